// The shop's lots and prices on the device: fetched as a difference, in pages, and kept, so that
// a fetch that was cut off goes on where it stopped.

import { getMeta, result, write } from "./store.js";

const NONE = { since: 0, prices: 0, moves: 0 };

export class Lots {
  /** `shelf` is told of every lot; `state` of the newest price list. */
  constructor({ db, shelf, state }) {
    Object.assign(this, { db, shelf, state });
  }

  /** Puts what the device keeps on the shelf. */
  async load() {
    const lots = await result(this.db.transaction("lots").objectStore("lots").getAll());
    this.shelf.add(lots);
    this.state.prices = ((await getMeta(this.db, "marks")) ?? NONE).prices;
  }

  /** Fetches what changed; `ask` is the way to the server. */
  async fetch(ask) {
    const marks = (await getMeta(this.db, "marks")) ?? NONE;
    // The marks to come are those of the first page: what changes meanwhile is told again.
    let under = (await getMeta(this.db, "fetching")) ?? null;
    for (;;) {
      const query = new URLSearchParams({ ...marks, ...(under ? { after: under.after } : {}) });
      const page = await ask(`/sync/v1/shelf?${query}`);
      const next = under?.next ?? { since: page.upto, prices: page.price_list, moves: page.moves };
      under = page.more ? { next, after: page.more } : null;
      await this.#keep(page.lots, under ? marks : next, under);
      if (!under) return;
    }
  }

  async #keep(lots, marks, under) {
    await write(this.db, ["lots", "meta"], (transaction) => {
      const store = transaction.objectStore("lots");
      for (const lot of lots) store.put(lot);
      transaction.objectStore("meta").put(marks, "marks");
      transaction.objectStore("meta").put(under, "fetching");
    });
    this.state.prices = marks.prices;
    this.shelf.add(lots);
    if (lots.length) document.dispatchEvent(new CustomEvent("till:shelf"));
  }

  /** Lots that this till itself took in; the server's word replaces them when it comes. */
  async take(lots) {
    await write(this.db, ["lots"], (transaction) => {
      for (const lot of lots) transaction.objectStore("lots").put(lot);
    });
    this.shelf.add(lots);
    document.dispatchEvent(new CustomEvent("till:shelf"));
  }
}
