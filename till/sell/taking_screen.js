// From a scan or a tap to a line in the cart, with the questions that may stand between.

import { som } from "../kit/money.js";
import { _, named } from "../kit/words.js";
import { isAsking, priceFromLabel, sellExpired } from "./asking_screen.js";
import { nextLot, totals, withLot, withUnknown } from "./cart.js";
import { counterOf } from "./counter.js";
import { isExpired, leftOf, priceOn } from "./shelf.js";

const RECEIPT = "AYIL1:";
/** What the server takes for a label. */
const LONGEST_LABEL = 60;

/** The name of a good, with its form. */
export function goodInWords({ names, form }) {
  return [named(names), form].filter(Boolean).join(", ");
}

/** The name of a cart's line. */
export function lineInWords(line) {
  return line.variant === null
    ? _("Goods %(label)s", { label: line.label })
    : goodInWords(line);
}

/** The business date that the till sells on. */
export function dayOf(till) {
  return till.state.shift?.date ?? till.clock.today();
}

/** Takes what a scanner or a camera read. */
export async function takeCode(till, code) {
  if (isAsking()) return till.say(_("First answer the question."), "bad");
  if (code.startsWith(RECEIPT)) return till.go("refund", { found: code });
  const lot = till.shelf.get(code);
  if (lot) return takeLot(till, lot);
  if (code.length > LONGEST_LABEL) return till.say(_("This code is no label of goods."), "bad");
  return takeUnknown(till, code);
}

/** Takes one piece of a good: of the lot that is to be sold first. */
export function takeGood(till, good) {
  const { cart } = counterOf(till);
  const sold = (label) => till.state.soldSince(label);
  return takeLot(till, nextLot(cart, till.shelf, good, dayOf(till), sold));
}

async function takeLot(till, lot) {
  const counter = counterOf(till);
  const day = dayOf(till);
  const name = goodInWords(lot);
  if (isExpired(lot, day) && !(await sellExpired(lot, name))) {
    return till.say(_("Not sold: %(name)s", { name }), "bad");
  }
  const held = priceOn(lot, day);
  if (held.price === null) {
    const words = _("The owner of %(name)s has named no price yet", { name });
    held.price = await priceFromLabel(words, lot.label);
    if (held.price === null) return undefined;
  }
  return told(till, counter, withLot(counter.cart, lot, held), [
    name, som(held.price), olderInWords(till, counter, lot, day),
  ]);
}

async function takeUnknown(till, label) {
  const counter = counterOf(till);
  const price = await priceFromLabel(_("This till does not know the label yet"), label);
  if (price === null) return undefined;
  const name = _("Goods %(label)s", { label });
  return told(till, counter, withUnknown(counter.cart, label, price), [name, som(price)]);
}

/** Says in words what was taken and what the cart comes to now. */
function told(till, counter, cart, words) {
  const kept = counter.change(cart);
  document.dispatchEvent(new CustomEvent("till:cart"));
  const total = _("Together %(sum)s", { sum: som(totals(cart).gross) });
  till.say([...words, total].filter(Boolean).join(" · "), "good");
  return kept;
}

// A scanned lot is the one in the buyer's hand; an older one is only pointed out.
function olderInWords(till, counter, lot, day) {
  if (!lot.best_before) return "";
  const sold = (label) => till.state.soldSince(label);
  const first = nextLot(counter.cart, till.shelf, till.shelf.goodOf(lot.label), day, sold);
  const left = leftOf(first, sold(first.label));
  if (!first.best_before || first.best_before >= lot.best_before || left === null) return "";
  return _("An older one is on the shelf: sell that first");
}
