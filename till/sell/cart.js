// What a buyer takes: plain values in, plain values out. A line asks for `asked` a piece, which
// is the owner's price `unit` or less, but never under the owner's floor.

import { som } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { leftOf, lotToSell, priceOn } from "./shelf.js";

/** As many pieces as anybody can have meant; more is a scanner's code in the wrong field. */
export const MOST_PIECES = 9999;

/** A cart with nothing in it. */
export function emptyCart() {
  return { lines: [], visitor: null };
}

/** Pieces of a label in the cart. */
export function inCart(cart, label) {
  return cart.lines.reduce((sum, one) => sum + (one.label === label ? one.quantity : 0), 0);
}

/** One more of a lot at the owner's price; a line of the same label and price grows. */
export function withLot(cart, lot, { price, floor }, quantity = 1) {
  const { names, form, kind, owner, village, variant } = lot;
  return withLine(cart, {
    label: lot.label, variant, names, form, kind, owner, village,
    unit: price, floor, asked: price, quantity,
  });
}

/** A label that this till does not know, at the price that stands on it: a sale is a fact. */
export function withUnknown(cart, label, price, quantity = 1) {
  return withLine(cart, {
    label, variant: null, names: {}, form: "", kind: "other", owner: "", village: null,
    unit: price, floor: null, asked: price, quantity,
  });
}

function withLine(cart, line) {
  const at = cart.lines.findIndex((one) => one.label === line.label && one.unit === line.unit);
  if (at < 0) return { ...cart, lines: [...cart.lines, line] };
  return withQuantity(cart, at, cart.lines[at].quantity + line.quantity);
}

/** Another quantity of a line; none of it takes the line away. */
export function withQuantity(cart, at, quantity) {
  const pieces = Math.min(Math.max(Math.trunc(quantity) || 0, 0), MOST_PIECES);
  const lines = pieces
    ? cart.lines.map((line, index) => (index === at ? { ...line, quantity: pieces } : line))
    : cart.lines.filter((_line, index) => index !== at);
  return { ...cart, lines };
}

/** Another price a piece; throws with words where the owner does not allow it. */
export function withAsked(cart, at, asked) {
  const why = whyNot(cart.lines[at], asked);
  if (why) throw new RangeError(why);
  const lines = cart.lines.map((line, index) => (index === at ? { ...line, asked } : line));
  return { ...cart, lines };
}

/** How low one piece of a line may go. */
export function lowest(line) {
  return line.floor ?? line.unit;
}

/** Why a line cannot be sold at `asked` a piece, in words; null where it can. */
export function whyNot(line, asked) {
  if (asked === line.unit) return null;
  if (!Number.isSafeInteger(asked) || asked < 0) return _("This is no price.");
  if (asked > line.unit) {
    return _("The owner asks for %(price)s. It is not sold for more.", { price: som(line.unit) });
  }
  if (line.floor === null || line.floor === undefined) {
    return line.variant === null
      ? _("There is no discount on goods that this till does not know.")
      : _("The owner gives no discount on this.");
  }
  if (asked < line.floor) {
    return _("The owner does not go below %(floor)s a piece.", { floor: som(line.floor) });
  }
  return null;
}

/** What a line costs. */
export function grossOf(line) {
  return line.quantity * line.asked;
}

/** How much less than the owner's price a line costs. */
export function discountOf(line) {
  return line.quantity * (line.unit - line.asked);
}

/** {pieces, gross, discount} of the whole cart. */
export function totals(cart) {
  return cart.lines.reduce((sum, line) => ({
    pieces: sum.pieces + line.quantity,
    gross: sum.gross + grossOf(line),
    discount: sum.discount + discountOf(line),
  }), { pieces: 0, gross: 0, discount: 0 });
}

/** The lot of a good that comes next, counting what is in the cart already. */
export function nextLot(cart, shelf, good, day, soldSince) {
  return lotToSell(shelf, good, day, (label) => soldSince(label) + inCart(cart, label));
}

/**
 * One more piece of a line: of its own lot while some are left, then of the next lot of the same
 * good, which makes a line of its own.
 */
export function oneMore(cart, at, shelf, day, soldSince) {
  const line = cart.lines[at];
  const lot = shelf.get(line.label);
  const left = lot && leftOf(lot, soldSince(line.label) + inCart(cart, line.label));
  if (!lot || left === null || left > 0) return withQuantity(cart, at, line.quantity + 1);
  const next = nextLot(cart, shelf, shelf.goodOf(line.label), day, soldSince);
  const { price, floor } = priceOn(next, day);
  const same = next.label === line.label || price !== line.unit;
  if (same) return withQuantity(cart, at, line.quantity + 1);
  const grown = withLot(cart, next, { price, floor });
  const added = grown.lines.findIndex((one) => one.label === next.label && one.unit === price);
  // What the buyer was promised for one piece holds for the next one.
  return grown.lines.length > cart.lines.length ? withAskedIfAllowed(grown, added, line.asked)
    : grown;
}

function withAskedIfAllowed(cart, at, asked) {
  return whyNot(cart.lines[at], asked) ? cart : withAsked(cart, at, asked);
}

/**
 * The cart at the prices of a day: a cart that was parked yesterday is not sold at yesterday's.
 * The same cart where none of them changed.
 */
export function priced(cart, shelf, day) {
  const lines = cart.lines.map((line) => {
    const lot = line.variant === null ? null : shelf.get(line.label);
    const { price, floor } = lot ? priceOn(lot, day) : { price: null };
    if (price === null || (price === line.unit && (floor ?? null) === (line.floor ?? null))) {
      return line;
    }
    const now = { ...line, unit: price, floor };
    const asked = line.asked === line.unit || whyNot(now, line.asked) ? price : line.asked;
    return { ...now, asked };
  });
  return lines.every((line, at) => line === cart.lines[at]) ? cart : { ...cart, lines };
}

/** The event of a sale. `tenders` are what was paid, the difference is the rounding of cash. */
export function salePayload(cart, tenders, receipt) {
  const paid = tenders.reduce((sum, tender) => sum + tender.amount, 0);
  return {
    kind: "sale",
    receipt,
    lines: cart.lines.map((line) => ({
      label: line.label,
      quantity: line.quantity,
      unit_price: line.unit,
      gross: grossOf(line),
      discount: discountOf(line),
    })),
    tenders,
    rounding: paid - totals(cart).gross,
    visitor: cart.visitor,
  };
}
