// What lies on the counter: the cart of this moment and those that were parked. Both are kept on
// the device at every change, so that a power cut in the middle of a sale leaves the cart.

import { newNonce } from "../log/log.js";
import { emptyCart, priced } from "./cart.js";

/** As many sales can be parked at once. */
export const MOST_PARKED = 20;

export class Counter {
  /** `settings` keep; `nonce` is that of the sale which this cart becomes. */
  constructor(settings) {
    this.settings = settings;
    const kept = settings.get("counter") ?? {};
    this.cart = kept.cart ?? emptyCart();
    this.nonce = kept.nonce ?? newNonce();
    this.parked = kept.parked ?? [];
  }

  /** Another cart lies on the counter. */
  change(cart) {
    this.cart = cart;
    return this.#keep();
  }

  /** The sale is in the log: the counter is empty. */
  clear() {
    this.cart = emptyCart();
    this.nonce = newNonce();
    return this.#keep();
  }

  /** Puts the cart aside; false where there is nothing to put or no room. */
  async park(at) {
    if (!this.cart.lines.length || this.parked.length >= MOST_PARKED) return false;
    this.parked = [...this.parked, { at, cart: this.cart }];
    await this.clear();
    return true;
  }

  /** Takes a parked cart up again; what lay there is parked in its place. */
  async recall(index, at) {
    const taken = this.parked[index];
    const others = this.parked.filter((_one, place) => place !== index);
    this.parked = this.cart.lines.length ? [...others, { at, cart: this.cart }] : others;
    this.cart = taken.cart;
    this.nonce = newNonce();
    await this.#keep();
  }

  /** Throws a parked cart away. */
  async drop(index) {
    this.parked = this.parked.filter((_one, place) => place !== index);
    await this.#keep();
  }

  /** Asks today's prices for a cart of another day, and forgets one that was sold already. */
  async wake({ shelf, day, latest }) {
    const sold = await latest(1, ({ payload }) => payload.kind === "sale");
    if (sold[0]?.nonce === this.nonce) await this.clear();
    const now = priced(this.cart, shelf, day);
    if (now !== this.cart) await this.change(now);
  }

  // All in one write: a cart without its nonce could be sold twice.
  #keep() {
    const { cart, nonce, parked } = this;
    return this.settings.set("counter", { cart, nonce, parked });
  }
}

/** The till's own counter. */
export function counterOf(till) {
  till.counter ??= new Counter(till.settings);
  return till.counter;
}

/** What stands on the receipt of the event that is written next. */
export function nextReceipt(till) {
  const { epoch, seq } = till.log.head;
  return `${till.about.device}-${epoch}-${seq + 1}`;
}
