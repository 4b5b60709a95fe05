// What may come back of a sale, and for how much. A sale here is {sale (its event's hash),
// receipt, date, lines, paid}: each line {line (from 1), label, quantity, unit_price, gross, back,
// back_gross}, `paid` sums by means, or null where nobody here knows them.

import { roundedForCash } from "../sell/change.js";

/** Means other than cash, in the order in which money goes back by them. */
const NOT_CASH = ["card", "qr", "bank", "other"];
/** The longest reason that the server takes. */
export const LONGEST_REASON = 200;

/** Pieces of a line that have not come back. */
export function leftOf(line) {
  return Math.max(0, line.quantity - line.back);
}

/**
 * What so many pieces of a line give back. The gross is cut cumulatively, so that parts of any
 * size end at exactly what was paid.
 */
export function grossBack(line, quantity) {
  const upto = Math.min(line.back + quantity, line.quantity);
  // Products of money and pieces pass what a number holds exactly.
  const due = Number((BigInt(line.gross) * BigInt(upto)) / BigInt(line.quantity));
  return Math.max(0, due - line.back_gross);
}

/** The lines of a refund's event; `chosen`: a Map, line's number → pieces. */
export function linesBack(sale, chosen) {
  return sale.lines.filter(({ line }) => chosen.get(line)).map((line) => {
    const quantity = chosen.get(line.line);
    if (quantity > leftOf(line)) throw new RangeError(`Of ${line.label} less is left.`);
    return {
      label: line.label,
      quantity,
      unit_price: line.unit_price,
      gross: grossBack(line, quantity),
      sale: sale.sale,
      line: line.line,
    };
  });
}

/** The line of goods that come without a receipt. */
export function lineWithout(label, quantity, price) {
  return {
    label, quantity, unit_price: price, gross: quantity * price, sale: null, line: null,
  };
}

/** What lines come to. */
export function grossOf(lines) {
  return lines.reduce((sum, line) => sum + line.gross, 0);
}

/** Whether nothing of the sale is left with the buyer; `chosen` as in linesBack. */
export function isAll(sale, chosen) {
  return sale.lines.every((line) => leftOf(line) === (chosen.get(line.line) ?? 0));
}

/**
 * By what means a sum goes back: [{kind, amount}], first by those other than cash, as far as it
 * came in by them, the rest in cash, rounded to whole som. `paid` null: all by `means`. With the
 * `last` goods goes what is left of the money, so that no rounding stays of a sale that is undone.
 */
export function tendersBack(gross, paid, means = "cash", last = false) {
  if (paid === null) {
    return [{ kind: means, amount: means === "cash" ? roundedForCash(gross) : gross }];
  }
  const tenders = [];
  let left = last ? Object.values(paid).reduce((sum, amount) => sum + amount, 0) : gross;
  for (const kind of NOT_CASH) {
    const amount = Math.min(left, Math.max(0, paid[kind] ?? 0));
    if (amount) tenders.push({ kind, amount });
    left -= amount;
  }
  // Parts may each be rounded up: together they give no more cash than came in.
  const cash = last ? left : Math.min(roundedForCash(left), Math.max(0, paid.cash ?? 0));
  return cash || !tenders.length ? [...tenders, { kind: "cash", amount: cash }] : tenders;
}

/** Whether a manager has to sign: above what the till may give back by itself. */
export function needsManager(gross, terms) {
  return gross > terms.refund_limit;
}

/** The payload of a refund. */
export function refundPayload({ receipt, lines, tenders, reason, approved = null }) {
  const paid = tenders.reduce((sum, tender) => sum + tender.amount, 0);
  return {
    kind: "refund", receipt, lines, tenders, rounding: paid - grossOf(lines), reason, approved,
  };
}

/** A sale of this till's own log as a refund sees it; `back`: what backOf found. */
export function saleOfEvent(event, back) {
  const paid = {};
  for (const { kind, amount } of event.payload.tenders) paid[kind] = (paid[kind] ?? 0) + amount;
  const lines = event.payload.lines.map((line, index) => lineOf(line, index + 1, back));
  return {
    sale: event.hash, receipt: event.payload.receipt, date: event.business_date, lines,
    paid: less(paid, back.paid),
  };
}

/** A sale as its signed code says it; null where the code had no room for its lines. */
export function saleOfCode(said, back) {
  if (!said.lines) return null;
  const lines = said.lines.map((line, index) => lineOf(
    { ...line, unit_price: Math.round(line.gross / line.quantity) }, index + 1, back,
  ));
  return { sale: said.hash, receipt: said.receipt, date: said.date, lines, paid: null };
}

/** A sale as the server says it; `back`: what of this till has not reached the server. */
export function saleOfServer(said, back) {
  const lines = said.lines.map((line) => {
    const mine = back.lines.get(line.line) ?? { back: 0, back_gross: 0 };
    return { ...line, back: line.back + mine.back, back_gross: line.back_gross + mine.back_gross };
  });
  return { ...said, lines, paid: less(said.paid, back.paid) };
}

/** What these refunds brought back of a sale: {lines: Map of {back, back_gross}, paid}. */
export function backOf(refunds, hash) {
  const lines = new Map();
  const paid = {};
  for (const { payload } of refunds) {
    const mine = payload.lines.filter((line) => line.sale === hash);
    for (const { line, quantity, gross } of mine) {
      const so = lines.get(line) ?? { back: 0, back_gross: 0 };
      lines.set(line, { back: so.back + quantity, back_gross: so.back_gross + gross });
    }
    if (!mine.length) continue;
    for (const { kind, amount } of payload.tenders) paid[kind] = (paid[kind] ?? 0) + amount;
  }
  return { lines, paid };
}

function lineOf({ label, quantity, unit_price: price, gross }, number, back) {
  const so = back.lines.get(number) ?? { back: 0, back_gross: 0 };
  return { line: number, label, quantity, unit_price: price, gross, ...so };
}

function less(paid, back) {
  return Object.fromEntries(
    Object.entries(paid).map(([kind, amount]) => [kind, amount - (back[kind] ?? 0)]),
  );
}
