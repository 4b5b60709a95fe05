// A paper as commands of thermal printers (ESC/POS). Two ways of writing letters:
//
//   "drawn"    every line is a picture, so that ң ө ү are right on any printer
//   "rk1048"   the printer's own letters, quicker, where it has this code page; which number the
//              code page has differs by model and stands in its own self-test
//
// A line that the code page cannot spell is drawn also there.

import { barcodeModules, qrModules } from "./codes.js";
import { layOut } from "./paper.js";
import { columnsIn, draw, drawLine, moduleDots } from "./raster.js";
import { encode } from "./rk1048.js";

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const START = [ESC, 0x40];
// Chinese models read two bytes as one letter unless told not to.
const SINGLE_BYTES = [FS, 0x2e];
const CUT = [GS, 0x56, 66, 0];
const TO_NEXT_LABEL = [GS, 0x0c];
const MIDDLE = [ESC, 0x61, 1];
const LEFT = [ESC, 0x61, 0];
const NEW_LINE = 0x0a;
const CODE_KEY = 0x31;
const CORRECTION_M = 49;
const EAN_13 = 67;
const BARS_HIGH = 48;
const MOST_ROWS = 255;

/** What a printer is told where nobody chose otherwise. */
export const USUAL = { dots: 384, letters: "drawn", page: 0, cut: true, gaps: false };

/** The paper's bytes. `gaps`: labels on a roll with gaps between them, else on plain paper. */
export function escpos(paper, settings = {}) {
  const { dots, letters, page, cut, gaps } = { ...USUAL, ...settings };
  const body = letters === "rk1048" ? spelled(paper, dots, page) : picture(draw(paper, dots));
  return Uint8Array.from([...START, ...body, ...ending(paper, cut, gaps)]);
}

function ending(paper, cut, gaps) {
  if (paper.kind === "label" && gaps) return TO_NEXT_LABEL;
  return cut ? CUT : [ESC, 0x64, 4];
}

/** Rows of dots as GS v 0, cut where black and white rows meet: white ones cost a byte a row. */
function picture(bitmap) {
  const out = [];
  for (let top = 0; top < bitmap.height;) {
    const white = bitmap.row(top).length === 0;
    let wide = 1;
    let end = top;
    while (end < bitmap.height && end - top < MOST_ROWS) {
      const row = bitmap.row(end);
      if ((row.length === 0) !== white) break;
      wide = Math.max(wide, row.length);
      end += 1;
    }
    out.push(GS, 0x76, 0x30, 0, wide & 255, wide >> 8, end - top, 0);
    for (let y = top; y < end; y += 1) {
      for (let x = 0; x < wide; x += 1) out.push(bitmap.bytes[y * bitmap.stride + x]);
    }
    top = end;
  }
  return out;
}

function spelled(paper, dots, page) {
  const columns = columnsIn(dots);
  const out = [...SINGLE_BYTES, ESC, 0x74, page];
  for (const block of layOut(paper, columns)) {
    if ("line" in block) out.push(...written(block, dots));
    else if ("rule" in block) out.push(...encode("-".repeat(columns)), NEW_LINE);
    else if ("qr" in block) out.push(...MIDDLE, ...qr(block.qr, dots), ...LEFT);
    else if ("barcode" in block) out.push(...MIDDLE, ...barcode(block.barcode), ...LEFT);
    else out.push(ESC, 0x64, block.feed);
  }
  return out;
}

function written(block, dots) {
  const bytes = encode(block.line);
  if (!bytes) return picture(drawLine(block, dots));
  const large = (block.size - 1) * 0x11;
  const marked = block.bold || large;
  const look = (bold, size) => [ESC, 0x45, bold, GS, 0x21, size];
  return [
    ...(marked ? look(Number(block.bold), large) : []),
    ...bytes, NEW_LINE,
    ...(marked ? look(0, 0) : []),
  ];
}

/** A QR code of the printer's own drawing: model 2, size, correction, the text, print. */
function qr(text, dots) {
  const bytes = new TextEncoder().encode(text);
  const step = moduleDots(qrModules(text).size, dots);
  const stored = bytes.length + 3;
  const key = (length, ...rest) =>
    [GS, 0x28, 0x6b, length & 255, length >> 8, CODE_KEY, ...rest];
  return [
    ...key(4, 65, 50, 0),
    ...key(3, 67, step),
    ...key(3, 69, CORRECTION_M),
    ...key(stored, 80, 48, ...bytes),
    ...key(3, 81, 48),
  ];
}

/** An EAN-13 with its digits beneath; RangeError where the digits are none. */
function barcode(digits) {
  barcodeModules(digits);
  const codes = [...digits].map((digit) => digit.charCodeAt(0));
  return [
    GS, 0x68, BARS_HIGH, GS, 0x77, 3, GS, 0x48, 2, GS, 0x6b, EAN_13, codes.length, ...codes,
    NEW_LINE,
  ];
}
