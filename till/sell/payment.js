// How a sum is paid: parts by QR, card or bank, and the rest in cash, rounded to whole som.

import { movedNotes, roundedForCash, worthOf } from "./change.js";

/** Ways to pay beside cash, in the order in which they are shown. On account is none of them. */
export const WAYS = ["qr", "card"];
/** What the server takes for a terminal's slip. */
export const LONGEST_SLIP = 60;

/** What is left of a sum after some parts. */
export function leftAfter(gross, parts) {
  return gross - parts.reduce((sum, part) => sum + part.amount, 0);
}

/** What is to be paid in cash after some parts. */
export function dueInCash(gross, parts) {
  return roundedForCash(leftAfter(gross, parts));
}

/** Adds a part that is no cash; throws where there is not so much left. */
export function withPart(gross, parts, { kind, amount, reference = "" }) {
  if (!WAYS.includes(kind)) throw new RangeError(`Nothing is paid by ${kind}.`);
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > leftAfter(gross, parts)) {
    throw new RangeError("A part is above nothing and at most what is left.");
  }
  const part = { kind, amount };
  if (reference.trim()) part.reference = reference.trim().slice(0, LONGEST_SLIP);
  return [...parts, part];
}

/**
 * The cash of a sale: what came in less what went out. Without `change` (a Map) nobody said in
 * which notes it was given, and the drawer's pieces are not told.
 */
export function cashTender(due, given, change) {
  if (change === null) return { kind: "cash", amount: due };
  if (worthOf(given) - worthOf(change) !== due) {
    throw new RangeError("What was given less the change is not what is due.");
  }
  return { kind: "cash", amount: due, notes: movedNotes(given, change) };
}

/** All tenders of a sale: the parts, and cash where some is due. */
export function tendersOf(gross, parts, cash = null) {
  const tenders = cash && cash.amount ? [...parts, cash] : [...parts];
  if (leftAfter(gross, parts) !== 0 && !cash) throw new RangeError("It is not paid yet.");
  return tenders;
}
