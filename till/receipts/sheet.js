// A paper in the page itself, for the browser's own printing: hidden on the screen, alone on the
// paper (print.css).

import { h, replace, svg } from "../kit/dom.js";
import { QUIET, barcodeModules, qrModules } from "./codes.js";

const MM_A_PIXEL = 25.4 / 96;
const MARGIN_MM = 4;
const BARS_HIGH = 24;
const pageSize = new CSSStyleSheet();

/** Lays the papers into the page, each on a page of its own, and opens the printing window. */
export function printSheets(papers, width) {
  const sheets = papers.map((paper) => sheetOf(paper, width));
  replace(document.getElementById("paper"), sheets);
  fit(sheets, papers[0].kind, width);
  globalThis.print();
}

/** The paper as an element; `width` of the roll in millimetres. */
export function sheetOf(paper, width) {
  return h("div", {
    class: `sheet mm${width} ${paper.kind}`,
    lang: paper.language,
    "data-receipt": paper.kind === "receipt" ? paper.number : null,
  }, paper.rows.map(rowOf));
}

/** Tells the browser how long the paper is: a roll has no pages. */
function fit(sheets, kind, width) {
  const pixels = Math.max(...sheets.map((sheet) => sheet.getBoundingClientRect().height));
  const high = Math.ceil(pixels * MM_A_PIXEL) + MARGIN_MM;
  const size = kind === "label" ? "58mm 40mm" : `${width}mm ${high}mm`;
  pageSize.replaceSync(`@page { size: ${size}; margin: 0; }`);
  if (!document.adoptedStyleSheets.includes(pageSize)) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageSize];
  }
}

function rowOf(row) {
  const look = [row.bold && "bold", row.size === 2 && "large", row.align].filter(Boolean).join(" ");
  if ("text" in row) return h("p", { class: look }, row.text);
  if ("pair" in row) {
    return h("p", { class: `pair ${look}` }, row.pair.map((words) => h("span", {}, words)));
  }
  if ("rule" in row) return h("hr");
  if ("qr" in row) return qrPicture(row.qr);
  if ("barcode" in row) {
    return [barcodePicture(row.barcode), h("p", { class: "center digits" }, row.barcode)];
  }
  return Array.from({ length: row.feed }, () => h("p", {}, "\u00a0"));
}

function qrPicture(text) {
  const code = qrModules(text);
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) path += `M${x + QUIET.qr} ${y + QUIET.qr}h1v1h-1z`;
    }
  }
  const size = code.size + 2 * QUIET.qr;
  return picture("qr", size, size, path);
}

function barcodePicture(digits) {
  const bars = barcodeModules(digits);
  const bar = (black, at) => (black ? `M${at + QUIET.barcode} 0h1v${BARS_HIGH}h-1z` : "");
  return picture("bars", bars.length + 2 * QUIET.barcode, BARS_HIGH, bars.map(bar).join(""));
}

function picture(name, width, height, path) {
  const look = { class: name, viewBox: `0 0 ${width} ${height}`, "shape-rendering": "crispEdges" };
  return svg("svg", look, svg("path", { d: path }));
}
