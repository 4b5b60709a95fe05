// Sends what waits, in batches bounded in bytes; forgets nothing before the server has said, by
// hash, that it is stored. A batch that did not get through is tried again, smaller and later.

import { result, write } from "./store.js";

/** The largest body of a batch before it is packed. */
export const MOST_BYTES = 128 * 1024;
const MOST_EVENTS = 250;
const LEAST_BYTES = 4 * 1024;
const EVERY_MS = 60 * 1000;
const SOON_MS = 1500;
const PAUSES_MS = [2, 5, 10, 20, 40, 60, 120].map((seconds) => seconds * 1000);
const TIMEOUT_MS = 120 * 1000;
// On a line that loses a third of all packets a connection may pause for minutes, while a new one
// gets through at once: what is sent has this long, and a millisecond more for each byte.
const SENDING_MS = 15 * 1000;
const UTF8 = new TextEncoder();

/** What the server said no to: `status`, and `code` and words where it gave them. */
export class Refused extends Error {
  constructor(status, code, words) {
    super(words);
    Object.assign(this, { status, code });
  }
}

async function packed(text) {
  if (!globalThis.CompressionStream) return { body: text, headers: {} };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return { body: await new Response(stream).blob(), headers: { "Content-Encoding": "gzip" } };
}

/**
 * One request of the till to its server; answers JSON, throws Refused or a network error. `as`:
 * the till whose log speaks; the server takes nothing of it under another till's cookie.
 */
export async function ask(address, { body, text = body && JSON.stringify(body), as } = {}) {
  const headers = { "X-Ayil-Till": as ?? "1", Accept: "application/json" };
  const request = { headers, credentials: "same-origin", cache: "no-store" };
  let limit = TIMEOUT_MS;
  if (text !== undefined) {
    const sent = await packed(text);
    request.method = "POST";
    Object.assign(headers, sent.headers, { "Content-Type": "application/json" });
    request.body = sent.body;
    limit = SENDING_MS + (sent.body.size ?? sent.body.length);
  }
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), limit);
  try {
    const answer = await fetch(address, { ...request, signal: stop.signal });
    const said = await answer.json().catch(() => null);
    if (answer.ok && said !== null) return said;
    throw new Refused(answer.status, said?.error?.code ?? "", said?.error?.words ?? "");
  } finally {
    clearTimeout(late);
  }
}

export class Sync {
  #running = null;
  #again = false;
  #timer = null;
  #soonTimer = null;
  #failures = 0;
  #bytes = MOST_BYTES;

  constructor({ log, state, lots, offer, clock, keep, about }) {
    Object.assign(this, { log, state, lots, offer, clock, keep, about });
    this.state_ = { waiting: 0, lastAt: null, error: null, refused: null, newEpoch: false };
  }

  /** {waiting, lastAt (ms), error, refused, newEpoch, becameTill}. */
  get status() {
    return this.state_;
  }

  /** Begins to send by itself: now, when the line comes back, and every minute. */
  start() {
    // Nobody is to read that all is sent while something waits.
    this.log.onwritten = async () => {
      this.#say({ waiting: await this.log.countWaiting() });
      this.#soon();
    };
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.now();
    });
    return this.now();
  }

  /**
   * Sends and fetches all there is; one run at a time. Resolves when it ended, well or not. What
   * is asked while one runs is done after it: it may have passed what was written meanwhile.
   */
  now() {
    if (this.#running) this.#again = true;
    this.#running ??= this.#run().finally(() => this.#ended());
    return this.#running;
  }

  /** What was just written goes out by itself while the line is good, and nothing else with it. */
  #soon() {
    if (this.#running || this.#failures || this.#soonTimer || this.state_.becameTill) return;
    this.#soonTimer = setTimeout(() => {
      this.#soonTimer = null;
      this.#running ??= this.#run({ onlySend: true }).finally(() => this.#ended());
    }, SOON_MS);
  }

  #ended() {
    this.#running = null;
    const isAsked = this.#again;
    this.#again = false;
    if (isAsked && this.state_.error === null) return this.now();
    // The line was said to be back while a run was failing: it does not wait for its long pause.
    if (isAsked) this.#after(PAUSES_MS[0]);
    return undefined;
  }

  async #run({ onlySend = false } = {}) {
    clearTimeout(this.#timer);
    let pause = EVERY_MS;
    try {
      if (!onlySend) await this.#learn();
      await this.#send();
      if (!onlySend) {
        await this.lots.fetch(ask);
        await this.offer.fetch();
        await this.log.prune();
      }
      this.#failures = 0;
      this.#say({ error: null, refused: null, lastAt: this.clock.wall().getTime() });
    } catch (error) {
      pause = PAUSES_MS[Math.min(this.#failures, PAUSES_MS.length - 1)];
      this.#failures += 1;
      const refused = error instanceof Refused ? error : null;
      this.#say({ error: String(error.message ?? error), refused: refused?.code ?? null });
    }
    this.#after(pause);
  }

  /** A little chance, so that the tills of a shop do not all ask in the same second. */
  #after(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), pause * (0.75 + Math.random() / 2));
  }

  #say(news) {
    Object.assign(this.state_, news);
    document.dispatchEvent(new CustomEvent("till:sync", { detail: this.state_ }));
  }

  /** Who this till is and what it may do; the server's clock. */
  async #learn() {
    const before = this.clock.wall();
    const about = await ask("/sync/v1/till");
    // The browser was enrolled anew: this log belongs to the till that it was, and stays its own.
    if (about.device !== this.about.device) {
      this.state_.becameTill = about.device;
      throw new Refused(409, "another-till", about.device);
    }
    this.clock.learn(about.server_time, before, this.clock.wall());
    Object.assign(this.about, about);
    await this.keep(about, this.clock.offset);
    const head = about.epoch.heads?.[String(this.log.head.epoch)];
    // The server knows more of this epoch than the device: its disk was set back.
    if (head && head.seq > this.log.head.seq) this.#say({ newEpoch: true });
  }

  async #send() {
    this.#say({ waiting: await this.log.countWaiting() });
    for (;;) {
      const batch = cut(await this.log.waiting(MOST_EVENTS), this.#bytes);
      if (!batch.length) return;
      try {
        await this.#sendBatch(batch);
        this.#bytes = Math.min(MOST_BYTES, this.#bytes * 2);
        this.#failures = 0;
      } catch (error) {
        this.#bytes = Math.max(LEAST_BYTES, Math.floor(this.#bytes / 2));
        throw error;
      }
    }
  }

  async #sendBatch(batch) {
    // The very texts that were written and hashed.
    const text = `{"events":[${batch.map((one) => one.body).join(",")}]}`;
    const answer = await ask("/sync/v1/events", { text, as: this.about.device });
    const exceptions = new Map();
    for (const fault of answer.exceptions) {
      if (batch[fault.index]) exceptions.set(batch[fault.index].hash, fault.code);
    }
    // What could not be read is kept there as well, with the bytes as they came.
    const kept = new Set([...answer.acknowledged, ...exceptions.keys()]);
    const done = batch.filter((one) => kept.has(one.hash));
    if (!done.length) throw new Refused(200, "nothing-kept", "The server kept nothing.");
    await this.log.acknowledge(done.map((one) => one.hash), exceptions);
    const events = done.map((one) => JSON.parse(one.body));
    for (const event of events) this.state.confirm(event);
    // What is left over of an epoch that has ended already asks for no other one.
    const isNow = events.at(-1).epoch === this.log.head.epoch;
    if (answer.new_epoch && isNow) this.#say({ newEpoch: true });
    // Counted anew: more may have been written meanwhile.
    this.#say({ waiting: await this.log.countWaiting() });
  }
}

/** The first ones that fit into so many bytes together, at least one. */
export function cut(waiting, bytes) {
  const batch = [];
  let size = 0;
  for (const one of waiting) {
    size += UTF8.encode(one.body).length + 1;
    if (batch.length && size > bytes) break;
    batch.push(one);
  }
  return batch;
}

/** Keeps what the server said of this till. */
export function keeper(db) {
  return (about, offset) => write(db, ["meta"], (transaction) => {
    transaction.objectStore("meta").put(about, "about");
    transaction.objectStore("meta").put(offset, "offset");
  });
}

/** All small things that are kept, by name. */
export async function allMeta(db) {
  const meta = db.transaction("meta").objectStore("meta");
  const [names, values] = await Promise.all([result(meta.getAllKeys()), result(meta.getAll())]);
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
