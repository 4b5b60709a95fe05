// What the intake says of goods, people and sums, in the reader's words.

import { amount, som } from "../kit/money.js";
import { _, dayInWords, named, ngettext } from "../kit/words.js";
import { priceOn } from "../sell/shelf.js";
import { commissionOf } from "./count.js";

/** "Felt slippers, size 38" */
export function nameOf(good) {
  return [named(good.names), good.form].filter(Boolean).join(", ");
}

/** "Tamga" or nothing. */
export function villageIn(consignor) {
  return consignor.village ? named(consignor.village.names) : "";
}

/** 2050 → "20,5 %" */
export function percent(rate) {
  return `${amount(rate)}\u202f%`;
}

/** What lacks in a line, as an answer to whoever counts. */
export function faultInWords(fault) {
  return {
    pieces: _("Say how many are accepted, and how many are refused."),
    reason: _("Say why some are refused."),
    batch: _("Food needs a batch. Ask the maker, or take the day it was made."),
    date: _("Food needs a date until which it is good. Ask the maker."),
    expired: _("This date is over. Refuse what may no longer be sold."),
  }[fault];
}

/** "10 accepted, 2 refused: wet" */
export function countInWords({ accepted, refused, reason }) {
  const parts = [];
  if (accepted) parts.push(ngettext("%(count)s accepted", "%(count)s accepted", accepted));
  if (refused) {
    const why = { why: reason };
    parts.push(ngettext("%(count)s refused: %(why)s", "%(count)s refused: %(why)s", refused, why));
  }
  return parts.join(", ");
}

/** Batch and date of food, or nothing. */
export function freshness({ batch, best_before: until }) {
  return [
    batch && _("batch %(batch)s", { batch }),
    until && _("good until %(day)s", { day: dayInWords(until) }),
  ].filter(Boolean).join(", ");
}

/** Reasons that are given most often. */
export function reasons(good) {
  const often = [_("Damaged"), _("Not as the sample"), _("Dirty or wet"), _("Not agreed upon")];
  return good.kind === "food" ? [_("Date is over"), _("Opened or leaking"), ...often] : often;
}

/** What one piece brings to its owner: plain words for before signing. */
export function shareInWords(good, agreement, day) {
  const { price } = priceOn(good, day);
  const rate = agreement.commission[good.kind];
  if (price === null) {
    return _("It has no price yet. It stands on the shelf and is sold when its owner names one.");
  }
  const kept = commissionOf(price, rate);
  return _("One costs %(price)s. The shop keeps %(rate)s, %(kept)s. To the owner goes %(share)s.", {
    price: som(price), rate: percent(rate), kept: som(kept), share: som(price - kept),
  });
}
