// A joint count in the making, as plain data: what was brought, what of it is accepted, under
// which label. It becomes a fact when both sides have signed.

import { checkDigit } from "../sell/ean.js";

const BASIS = 10000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** More pieces than anybody carries: a slip of the finger. */
export const MOST_PIECES = 100000;

/** A label of this till's own: 29, ten digits drawn, the check digit; none that `taken` knows. */
export function newLabel(taken = () => false) {
  for (;;) {
    const drawn = crypto.getRandomValues(new Uint32Array(10));
    const twelve = `29${Array.from(drawn, (number) => number % 10).join("")}`;
    const label = twelve + checkDigit(twelve);
    if (!taken(label)) return label;
  }
}

/** A count begins: of a declared note, or of goods that nobody declared (`note` is null). */
export function begin(agreement, note, variantOf, number) {
  return {
    agreement,
    note: note?.number ?? number,
    lines: (note?.lines ?? []).map((declared) => ({
      ...line(variantOf(declared.variant)),
      line: declared.id,
      declared: declared.declared,
      batch: declared.batch,
      best_before: declared.best_before ?? "",
    })),
  };
}

/** Goods that nobody declared; they are counted when `accepted` is a number. */
export function line(good) {
  return {
    good, line: null, declared: null, accepted: null, refused: 0, reason: "", batch: "",
    best_before: "", label: "",
  };
}

/** Whether anything was said of the line yet. */
export function isCounted({ accepted }) {
  return accepted !== null;
}

/** What lacks in a line, by one word; null where nothing does. `day` is the business date. */
export function faultOf(counted, day) {
  const { good, accepted, refused, reason, batch, best_before: until } = counted;
  if (!isPieces(accepted) || !isPieces(refused) || accepted + refused === 0) return "pieces";
  if (refused && !reason.trim()) return "reason";
  if (good.kind !== "food" || !accepted) return null;
  if (!batch.trim()) return "batch";
  if (!until) return "date";
  return until <= day ? "expired" : null;
}

function isPieces(number) {
  return Number.isSafeInteger(number) && number >= 0 && number <= MOST_PIECES;
}

/** Why a kind of goods cannot be taken by this agreement; null where it can. */
export function isAgreed({ commission }, { kind }) {
  return commission[kind] !== undefined;
}

/** The lines that were counted; the others may be counted another time. */
export function countedLines({ lines }) {
  return lines.filter(isCounted);
}

/** 2012-07-05 and 335 → 2013-06-05. */
export function daysAfter(day, count) {
  const moment = new Date(`${day}T00:00:00Z`).getTime() + count * DAY_MS;
  return new Date(moment).toISOString().slice(0, 10);
}

/** What the shop keeps of an amount, half a tyiyn up: the server's rule (ayil/kit/money.py). */
export function commissionOf(amount, rate) {
  return Math.floor((amount * rate * 2 + BASIS) / (2 * BASIS));
}

/** The event that both sides sign. */
export function payloadOf(count, proofs) {
  const { agreement, note } = count;
  return {
    kind: "intake",
    agreement: agreement.number,
    consignor: agreement.consignor.uid,
    note,
    lines: countedLines(count).map(lineOfPayload),
    for_shop: proofs.shop,
    for_consignor: proofs.consignor,
  };
}

function lineOfPayload(counted) {
  const { good, line: id, declared, accepted, refused, reason, label, batch } = counted;
  const isFood = good.kind === "food" && accepted > 0;
  return {
    line: id,
    variant: good.id,
    declared: declared ?? accepted + refused,
    accepted,
    refused,
    reason: refused ? reason.trim() : "",
    label: accepted ? label : "",
    batch: accepted ? batch.trim() : "",
    best_before: isFood ? counted.best_before : null,
  };
}

/** The lots that an intake's event puts on the shelf, in the shelf's own shape. */
export function lotsOf({ payload }, offer) {
  const { consignor } = offer.agreement(payload.agreement) ?? { consignor: null };
  return payload.lines.filter((one) => one.accepted).map((one) => {
    const good = offer.variant(one.variant);
    return good && consignor && lotOf(one, good, consignor);
  }).filter(Boolean);
}

/** One lot as the shelf holds it. */
export function lotOf({ label, accepted, batch, best_before: until }, good, consignor) {
  const { names, form, kind, price, floor, later, currency, photo } = good;
  return {
    label, variant: good.id, names, form, kind, owner: consignor.name, maker: consignor.maker,
    village: consignor.village, price, floor, later, currency, batch, best_before: until,
    on_shelf: accepted, photo,
  };
}
