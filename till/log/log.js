// The till's log: append-only, numbered, chained by hash. An event is written in one strict
// transaction together with the head of the chain; only then does anybody hear of it.

import { eventHash, hex } from "../kit/canonical.js";
import { withZone } from "../kit/clock.js";
import { writeEpoch } from "./device.js";
import { getMeta, result, write } from "./store.js";

/** What was acknowledged stays on the device for this long. */
export const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** A random number of 128 bits, 32 hex digits. */
export function newNonce() {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/** Why nothing may be written; `code` is "no-shift", "moved-on" or "full". */
export class NotWritten extends Error {
  constructor(code, words) {
    super(words);
    this.code = code;
  }
}

export class Log {
  #queue = Promise.resolve();

  /** `about`: device and shop; `head`: {epoch, seq, hash}; `state` folds what is appended. */
  constructor({ db, about, clock, state, head }) {
    Object.assign(this, { db, about, clock, state, head });
  }

  /** Writes one event, after those that were asked for before; resolves once it is on the disk. */
  append(payload, options = {}) {
    const written = this.#queue.then(() => this.#write(payload, options));
    this.#queue = written.catch(() => {});
    return written;
  }

  async #write(payload, { nonce = newNonce(), shift = this.state.shift }) {
    if (!shift) throw new NotWritten("no-shift", "No shift is open.");
    const event = {
      v: 1,
      nonce,
      device: this.about.device,
      epoch: this.head.epoch,
      seq: this.head.seq + 1,
      prev: this.head.hash,
      shop: this.about.shop.code,
      shift: shift.name,
      business_date: shift.date,
      cashier: shift.cashier,
      prices: this.state.prices,
      wall: withZone(this.clock.wall()),
      mono: this.clock.mono(),
      offset_ms: this.clock.offset,
      payload,
    };
    event.hash = await eventHash(event);
    const head = { epoch: event.epoch, seq: event.seq, hash: event.hash };
    await this.#put(event, head);
    this.head = head;
    this.state.fold(event);
    this.onwritten?.(event);
    return event;
  }

  async #put(event, head) {
    let movedOn = false;
    try {
      await write(this.db, ["events", "meta"], (transaction) => {
        const meta = transaction.objectStore("meta");
        const asked = meta.get("head");
        asked.onsuccess = () => {
          // Another window wrote meanwhile: the lock was lost, and this page is out of date.
          movedOn = asked.result.hash !== event.prev || asked.result.epoch !== event.epoch;
          if (movedOn) {
            transaction.abort();
            return;
          }
          transaction.objectStore("events").add(recordOf(event));
          meta.put(head, "head");
        };
      });
    } catch (error) {
      if (movedOn) throw new NotWritten("moved-on", "Another window of this till has written.");
      if (error?.name === "QuotaExceededError") throw new NotWritten("full", error.message);
      throw error;
    }
  }

  /** Begins an epoch ({epoch, key} as the server gave it), whose numbers start at 1, after what is
   * being written; only between shifts: a shift's events are bounded by their numbers. */
  begin(epoch) {
    const begun = this.#queue.then(async () => {
      if (this.state.shift) throw new NotWritten("shift-open", "A shift is open.");
      this.head = await writeEpoch(this.db, epoch);
    });
    this.#queue = begun.catch(() => {});
    return begun;
  }

  #events() {
    return this.db.transaction("events").objectStore("events");
  }

  /** The event of a hash, or null. */
  async event(hash) {
    return eventOf(await result(this.#events().index("hash").get(hash)));
  }

  /** A shift's events in their order. */
  async ofShift(name) {
    const records = await result(this.#events().index("shift").getAll(name));
    return records.map(eventOf).sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
  }

  /** The sale or refund with this number on its receipt, or null. */
  async byReceipt(number) {
    return eventOf(await result(this.#events().index("receipt").get(number)));
  }

  /** The newest events first, at most `count`; `wanted(event)` chooses. */
  latest(count, wanted = () => true) {
    return new Promise((resolve, reject) => {
      const found = [];
      const cursor = this.#events().openCursor(null, "prev");
      cursor.onerror = () => reject(cursor.error);
      cursor.onsuccess = () => {
        const at = cursor.result;
        if (!at || found.length >= count) {
          resolve(found);
          return;
        }
        const event = eventOf(at.value);
        if (wanted(event)) found.push(event);
        at.continue();
      };
    });
  }

  /** Bodies that the server has not acknowledged, oldest first: [{hash, body, event}]. */
  async waiting(count = undefined) {
    const records = await result(this.#events().index("waiting").getAll(null, count));
    return records.map((record) => ({ hash: record.hash, body: record.body }));
  }

  /** Every body that the device keeps, oldest first. */
  async all() {
    return (await result(this.#events().getAll())).map((record) => record.body);
  }

  /** How many the server has not acknowledged. */
  countWaiting() {
    return result(this.#events().index("waiting").count());
  }

  /** Notes what the server keeps: hashes, and by hash the code of what a person must look at. */
  acknowledge(hashes, exceptions = new Map()) {
    const at = this.clock.wall().getTime();
    return write(this.db, ["events"], (transaction) => {
      const events = transaction.objectStore("events");
      for (const hash of hashes) {
        const asked = events.index("hash").get(hash);
        asked.onsuccess = () => {
          const record = asked.result;
          if (!record) return;
          delete record.waiting;
          record.acknowledged ??= at;
          if (exceptions.has(hash)) record.exception = exceptions.get(hash);
          events.put(record);
        };
      }
    });
  }

  /** Deletes what was acknowledged 90 days ago and belongs to no open shift; how many it was. */
  prune() {
    const until = this.clock.wall().getTime() - KEPT_MS;
    return new Promise((resolve, reject) => {
      const transaction = this.db.transaction("events", "readwrite");
      const old = transaction.objectStore("events").index("acknowledged")
        .openCursor(IDBKeyRange.upperBound(until));
      let count = 0;
      old.onsuccess = () => {
        const at = old.result;
        if (!at) return;
        if (at.value.waiting === undefined && at.value.shift !== this.state.shift?.name) {
          at.delete();
          count += 1;
        }
        at.continue();
      };
      transaction.oncomplete = () => resolve(count);
      transaction.onerror = () => reject(transaction.error);
    });
  }
}

function recordOf(event) {
  const record = {
    epoch: event.epoch,
    seq: event.seq,
    hash: event.hash,
    shift: event.shift,
    // Zero-padded, so that the index gives what waits in the order it was written.
    waiting: `${String(event.epoch).padStart(10, "0")}-${String(event.seq).padStart(16, "0")}`,
    body: JSON.stringify(event),
  };
  if (event.payload.receipt) record.receipt = event.payload.receipt;
  return record;
}

function eventOf(record) {
  return record ? JSON.parse(record.body) : null;
}

/** Where the chain stands, or null on a device that has none yet. */
export async function headOf(db) {
  return (await getMeta(db, "head")) ?? null;
}
