// Which receipts of a shift have their number of the fiscal register, and what was scanned.

/** What the log takes of a number. */
export const LONGEST = 60;

/** The numbers that were said in these events: hash of the sale → number, the last one holds. */
export function numbersOf(events) {
  const said = events.filter(({ payload }) => payload.kind === "fiscal");
  return new Map(said.map(({ payload }) => [payload.sale, payload.number]));
}

/** Sales and refunds of a shift without a number, the newest first. */
export function without(events) {
  const known = numbersOf(events);
  return events.filter(({ hash, payload }) => isReceipt(payload) && !known.has(hash)).reverse();
}

/** Another receipt of these that has this number already, or null. */
export function takenBy(events, number, hash) {
  for (const [sale, said] of numbersOf(events)) {
    if (said === number && sale !== hash) return events.find((one) => one.hash === sale) ?? null;
  }
  return null;
}

/**
 * The number in what was typed or scanned; null where it is none. The square code on a register's
 * receipt is an address, in which the register (fn) and its document (fd, in some i) are named.
 */
export function numberIn(text) {
  const words = text.trim();
  const asked = /^https?:|^[^?\s]*[?&]?\w+=[^&\s]+&/i.test(words) ? numberInCode(words) : words;
  return asked && asked.length <= LONGEST && !/[\u0000-\u001f\u007f]/.test(asked) ? asked : null;
}

function numberInCode(words) {
  const fields = new URLSearchParams(words.slice(words.indexOf("?") + 1));
  const first = (...names) => names.map((name) => fields.get(name)).find(Boolean);
  const document = first("fd_number", "fd", "i");
  const register = first("fn_number", "fn");
  return document && register ? `${register}-${document}` : document ?? null;
}

/** What came in by a receipt, or went back by it. */
export function sumOf({ payload }) {
  return payload.tenders.reduce((sum, tender) => sum + tender.amount, 0);
}

function isReceipt({ kind }) {
  return kind === "sale" || kind === "refund";
}
