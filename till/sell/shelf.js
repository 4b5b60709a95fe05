// What can be sold, in memory: lots by label in one step, goods by words, village and kind.
// The lots themselves are kept on the device by the core; this module only reads them.

import { foldedWords } from "./spelling.js";

/** Kinds in the order in which they are shown. */
export const KINDS = ["craft", "food", "raw", "other"];

const FOREVER = "9999-12-31";
const FEWEST_DIGITS = 3;

/** One good: all lots of one variant. They have one name, owner, village and price. */
class Good {
  constructor(variant) {
    this.variant = variant;
    this.lots = new Map();
    this.newest = null;
    this.words = null;
  }

  take(lot) {
    this.lots.set(lot.label, lot);
    this.newest = lot;
    this.words = null;
  }

  get names() { return this.newest.names; }
  get form() { return this.newest.form; }
  get kind() { return this.newest.kind; }
  get owner() { return this.newest.owner; }
  get village() { return this.newest.village; }
  get photo() { return this.newest.photo; }
}

export class Shelf {
  #lots = new Map();
  #goods = new Map();
  #folded = new Map();
  #order = new Map();

  constructor(lots = []) {
    this.add(lots);
  }

  get size() {
    return this.#lots.size;
  }

  /** Takes lots in as the server or an intake gives them; a known label is replaced. */
  add(lots) {
    for (const lot of lots) {
      const before = this.#lots.get(lot.label);
      if (before && before.variant !== lot.variant) {
        this.#goods.get(before.variant).lots.delete(lot.label);
      }
      this.#lots.set(lot.label, lot);
      if (!this.#order.has(lot.label)) this.#order.set(lot.label, this.#order.size);
      let good = this.#goods.get(lot.variant);
      if (!good) this.#goods.set(lot.variant, (good = new Good(lot.variant)));
      good.take(lot);
    }
  }

  /** The lot of a label, or null. */
  get(label) {
    return this.#lots.get(label) ?? null;
  }

  /** The good that a lot belongs to, or null. */
  goodOf(label) {
    const lot = this.#lots.get(label);
    return lot ? this.#goods.get(lot.variant) : null;
  }

  /** The good of a variant's number, or null. */
  good(variant) {
    return this.#goods.get(variant) ?? null;
  }

  /**
   * Goods that have all the words, of one village (its code) or kind where these are given, in
   * the order in which they came. Digits find a label by a part of it.
   */
  find(words = "", { village = null, kind = null } = {}) {
    const asked = foldedWords(words).map((word) => ` ${word}`);
    const digits = words.replaceAll(/\s/g, "");
    const isNumber = /^\d+$/.test(digits) && digits.length >= FEWEST_DIGITS;
    const found = [];
    for (const good of this.#goods.values()) {
      if (!good.lots.size) continue;
      if (village !== null && good.village?.code !== village) continue;
      if (kind !== null && good.kind !== kind) continue;
      if (this.#has(good, asked) || (isNumber && hasLabel(good, digits))) found.push(good);
    }
    return found;
  }

  /** Villages that have goods here, each once: [{code, number, names}]. */
  villages() {
    const found = new Map();
    for (const good of this.#goods.values()) {
      if (good.lots.size && good.village) found.set(good.village.code, good.village);
    }
    return [...found.values()];
  }

  /** Kinds of which there are goods here, in their order. */
  kinds() {
    const there = new Set();
    for (const good of this.#goods.values()) if (good.lots.size) there.add(good.kind);
    return KINDS.filter((kind) => there.has(kind));
  }

  /** A good's lots in the order in which they are to be sold: the oldest date first. */
  inOrder(good) {
    const rank = (lot) => this.#order.get(lot.label);
    return [...good.lots.values()].sort((one, other) => {
      const a = one.best_before ?? FOREVER;
      const b = other.best_before ?? FOREVER;
      return a < b ? -1 : a > b ? 1 : rank(one) - rank(other);
    });
  }

  #has(good, asked) {
    if (!asked.length) return true;
    good.words ??= this.#wordsOf(good);
    return asked.every((word) => good.words.includes(word));
  }

  #wordsOf({ newest: lot }) {
    const texts = [
      ...Object.values(lot.names), lot.form, lot.owner, ...Object.values(lot.village?.names ?? {}),
    ];
    return texts.map((text) => this.#fold(text)).join("");
  }

  // Names of villages and makers come again and again.
  #fold(text) {
    let folded = this.#folded.get(text);
    if (folded === undefined) {
      folded = foldedWords(text).map((word) => ` ${word}`).join("");
      this.#folded.set(text, folded);
    }
    return folded;
  }
}

function hasLabel(good, digits) {
  for (const label of good.lots.keys()) if (label.includes(digits)) return true;
  return false;
}

/** The owner's price of a lot on a day: {price, floor}; the price is null while none is named. */
export function priceOn(lot, day) {
  let held = { price: lot.price, floor: lot.floor };
  for (const later of lot.later ?? []) {
    if (later.since <= day) held = { price: later.price, floor: later.floor };
  }
  return held;
}

/** Whether food may no longer be sold on that day. */
export function isExpired(lot, day) {
  return lot.kind === "food" && Boolean(lot.best_before) && lot.best_before < day;
}

/**
 * Pieces of a lot that lie on the shelf as far as the till knows, or null where nobody counts
 * them; `sold`: pieces that it sold since, or has in the cart.
 */
export function leftOf(lot, sold = 0) {
  return lot.on_shelf === null || lot.on_shelf === undefined ? null : lot.on_shelf - sold;
}

/** The lot of a good to sell next: the oldest that is not expired and still there; else the
 * newest one, since a shelf may read below zero. */
export function lotToSell(shelf, good, day, soldOf) {
  const lots = shelf.inOrder(good);
  const fresh = lots.filter((lot) => !isExpired(lot, day));
  const there = fresh.filter((lot) => {
    const left = leftOf(lot, soldOf(lot.label));
    return left === null || left > 0;
  });
  return there[0] ?? fresh.at(-1) ?? lots.at(-1);
}
