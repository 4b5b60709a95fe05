// Black dots on white: what a thermal printer burns.

import DOTS, { MORE, RANGES } from "./font/letters.js";

/** A letter's width and height in dots. */
export const LETTER = { width: 12, height: 24 };
const BYTES = (LETTER.width * LETTER.height) / 8;
const PLACES = places();
const UNKNOWN = PLACES.get("?");
let letters = null;

/** A picture of dots, all white at first; `width` is a multiple of 8. */
export class Bitmap {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.stride = width / 8;
    this.bytes = new Uint8Array(this.stride * height);
  }

  /** Blackens a rectangle; what lies outside is cut off. */
  fill(left, top, width, height) {
    const right = Math.min(left + width, this.width);
    const bottom = Math.min(top + height, this.height);
    for (let y = Math.max(top, 0); y < bottom; y += 1) {
      for (let x = Math.max(left, 0); x < right; x += 1) {
        this.bytes[y * this.stride + (x >> 3)] |= 0x80 >> (x & 7);
      }
    }
  }

  /** Writes a line from its upper left dot; every dot `size` wide and high, and in bold letters
   * twice as wide. */
  write(words, left, top, { size = 1, bold = false } = {}) {
    [...words].forEach((letter, place) => {
      this.#letter(letter, left + place * LETTER.width * size, top, size, bold);
    });
  }

  #letter(letter, left, top, size, bold) {
    const dots = dotsOf(letter);
    const width = bold ? 2 * size : size;
    for (let bit = 0; bit < BYTES * 8; bit += 1) {
      if (dots[bit >> 3] & (0x80 >> (bit & 7))) {
        const x = bit % LETTER.width;
        const y = Math.floor(bit / LETTER.width);
        this.fill(left + x * size, top + y * size, width, size);
      }
    }
  }

  /** The bytes of one row, without the white ones at its end. */
  row(y) {
    const row = this.bytes.subarray(y * this.stride, (y + 1) * this.stride);
    let end = row.length;
    while (end > 0 && row[end - 1] === 0) end -= 1;
    return row.subarray(0, end);
  }
}

function dotsOf(letter) {
  letters ??= Uint8Array.from(atob(DOTS), (byte) => byte.charCodeAt(0));
  const place = PLACES.get(letter) ?? UNKNOWN;
  return letters.subarray(place * BYTES, (place + 1) * BYTES);
}

/** Where the dots of each letter begin, counted in letters. */
function places() {
  const codes = RANGES.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_none, at) => first + at));
  const all = [...codes.map((code) => String.fromCodePoint(code)), ...MORE];
  return new Map(all.map((letter, place) => [letter, place]));
}
