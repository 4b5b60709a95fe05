// Who brings goods, by which agreement, who signs for them, what was declared: as the server said
// last, kept on the device for days without a network.

import { getMeta, result, setMeta } from "../log/store.js";
import { foldedWords } from "../sell/spelling.js";
import { lotsOf } from "./count.js";

const ADDRESS = "/sync/v1/intake";
const WITHIN_MS = 60 * 1000;

export class Offer {
  #kept = { tag: "", offer: null };

  /** `lots` takes what this till has taken in. */
  constructor({ db, lots }) {
    Object.assign(this, { db, lots });
  }

  /** What the device keeps; goods of counts that are not sent yet come back on the shelf. */
  async load(waiting) {
    this.#kept = (await getMeta(this.db, "intake")) ?? this.#kept;
    const counts = waiting.filter(({ payload }) => payload.kind === "intake");
    if (!counts.length) return;
    const lots = counts.flatMap((event) => lotsOf(event, this));
    const known = await result(this.db.transaction("lots").objectStore("lots").getAllKeys());
    const missing = lots.filter((lot) => !known.includes(lot.label));
    if (missing.length) await this.lots.take(missing);
  }

  /** Asks the server what is new; what is the same is not sent again. */
  async fetch() {
    const headers = { "X-Ayil-Till": "1", "If-None-Match": this.#kept.tag };
    const answer = await fetch(ADDRESS, {
      headers, credentials: "same-origin", cache: "no-store",
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    if (!answer.ok) return;
    this.#kept = { tag: answer.headers.get("ETag") ?? "", offer: await answer.json() };
    await setMeta(this.db, "intake", this.#kept);
  }

  /** Whether the server has ever said anything. */
  get isKnown() {
    return this.#kept.offer !== null;
  }

  get #said() {
    return this.#kept.offer ?? { agreements: [], variants: [], notes: [] };
  }

  /** Agreements whose consignor or village has all the words; `village` is a code. */
  find(words = "", village = null) {
    const asked = foldedWords(words).map((word) => ` ${word}`);
    return this.#said.agreements.filter(({ consignor }) => {
      if (village !== null && consignor.village?.code !== village) return false;
      const texts = [consignor.name, ...Object.values(consignor.village?.names ?? {})];
      const folded = texts.flatMap(foldedWords).map((word) => ` ${word}`).join("");
      return asked.every((word) => folded.includes(word));
    });
  }

  /** Villages from which somebody brings goods, each once. */
  villages() {
    const found = this.#said.agreements.map(({ consignor }) => consignor.village).filter(Boolean);
    return [...new Map(found.map((village) => [village.code, village])).values()];
  }

  agreement(number) {
    return this.#said.agreements.find((one) => one.number === number) ?? null;
  }

  variant(id) {
    return this.#said.variants.find((one) => one.id === id) ?? null;
  }

  /** What this owner makes. */
  variantsOf(uid) {
    return this.#said.variants.filter((one) => one.owner === uid);
  }

  /** Declared and not counted yet. */
  notesOf(agreement) {
    return this.#said.notes.filter((note) => note.agreement === agreement.number);
  }

  /** These declared lines are counted here: they are not offered again. */
  async counted(ids) {
    const { tag, offer } = this.#kept;
    const notes = offer.notes
      .map((note) => ({ ...note, lines: note.lines.filter(({ id }) => !ids.includes(id)) }))
      .filter((note) => note.lines.length);
    this.#kept = { tag, offer: { ...offer, notes } };
    await setMeta(this.db, "intake", this.#kept);
  }
}
