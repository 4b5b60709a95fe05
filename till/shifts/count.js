// Notes and coins as they are counted: an object, worth in minor units → pieces.

import { WORTHS } from "../kit/money.js";

/** More pieces of one worth than lie in any drawer: a slip of the finger. */
export const MOST_PIECES = 100000;

/** What a person typed as a number of pieces; empty is none, null where it is no number. */
export function parsePieces(text) {
  const typed = text.trim();
  if (typed === "") return 0;
  const pieces = /^\d{1,6}$/.test(typed) ? Number(typed) : null;
  return pieces !== null && pieces <= MOST_PIECES ? pieces : null;
}

/** What they come to, in minor units. */
export function worthOf(pieces) {
  return Object.entries(pieces).reduce((sum, [worth, count]) => sum + Number(worth) * count, 0);
}

/** The same without worths of which there are none; `sign` −1 for what goes out. */
export function said(pieces, sign = 1) {
  return Object.fromEntries(
    WORTHS.filter((worth) => pieces[worth]).map((worth) => [String(worth), sign * pieces[worth]]),
  );
}
