// A paper as dots: the same on every machine, whatever letters its printer knows.

import { Bitmap, LETTER } from "./bitmap.js";
import { QUIET, barcodeModules, qrModules } from "./codes.js";
import { layOut } from "./paper.js";

const LEADING = 2;
const LINE = LETTER.height + LEADING;
const BARS_HIGH = 48;
const LARGEST_MODULE = 6;

/** How many letters stand in a line of so many dots. */
export function columnsIn(dots) {
  return Math.floor(dots / LETTER.width);
}

/** The paper as one picture, `dots` wide: 384 on paper of 58 mm, 576 on 80 mm. */
export function draw(paper, dots) {
  const blocks = layOut(paper, columnsIn(dots)).map((block) => blockOf(block, dots));
  const height = blocks.reduce((sum, block) => sum + block.height, 0);
  const bitmap = new Bitmap(dots, height);
  let top = 0;
  for (const block of blocks) {
    block.draw(bitmap, top);
    top += block.height;
  }
  return bitmap;
}

/** One line of letters as a picture of its own. */
export function drawLine({ line, bold, size }, dots) {
  const bitmap = new Bitmap(dots, LINE * size);
  bitmap.write(line, 0, 0, { bold, size });
  return bitmap;
}

/** How many dots wide a module of a QR code may be, so that it fits with its quiet zone. */
export function moduleDots(modules, dots) {
  return Math.max(1, Math.min(LARGEST_MODULE, Math.floor(dots / (modules + 2 * QUIET.qr))));
}

function blockOf(block, dots) {
  if ("line" in block) {
    const { line, bold, size } = block;
    return {
      height: LINE * size,
      draw: (bitmap, top) => bitmap.write(line, 0, top, { bold, size }),
    };
  }
  if ("qr" in block) return qrBlock(qrModules(block.qr), dots);
  if ("barcode" in block) return barcodeBlock(block.barcode, dots);
  if ("rule" in block) {
    return { height: LINE, draw: (bitmap, top) => bitmap.fill(0, top + LINE / 2 - 1, dots, 2) };
  }
  return { height: LINE * block.feed, draw: () => {} };
}

function qrBlock(code, dots) {
  const step = moduleDots(code.size, dots);
  const quiet = QUIET.qr * step;
  const left = (dots - code.size * step) >> 1;
  return {
    height: code.size * step + 2 * quiet,
    draw: (bitmap, top) => {
      for (let y = 0; y < code.size; y += 1) {
        for (let x = 0; x < code.size; x += 1) {
          if (code.get(x, y)) bitmap.fill(left + x * step, top + quiet + y * step, step, step);
        }
      }
    },
  };
}

function barcodeBlock(digits, dots) {
  const bars = barcodeModules(digits);
  const step = Math.max(1, Math.min(3, Math.floor(dots / (bars.length + 2 * QUIET.barcode))));
  const left = (dots - bars.length * step) >> 1;
  const words = (dots - digits.length * LETTER.width) >> 1;
  return {
    height: BARS_HIGH + 4 + LINE,
    draw: (bitmap, top) => {
      bars.forEach((black, place) => {
        if (black) bitmap.fill(left + place * step, top, step, BARS_HIGH);
      });
      bitmap.write(digits, words, top + BARS_HIGH + 4);
    },
  };
}
