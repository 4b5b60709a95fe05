// The shelf as pictures: goods often sold, by village, by kind, by words.

import { button, h, replace } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _, named, ngettext } from "../kit/words.js";
import { icon, kindInWords, medallion } from "./pictures_screen.js";
import { leftOf, priceOn } from "./shelf.js";
import { dayOf, goodInWords, takeGood } from "./taking_screen.js";

/** So many pictures are drawn at once; the others on asking. */
const SHOWN = 48;
const OFTEN_SHOWN = 24;
const SALES_LOOKED_AT = 300;
const TYPING_MS = 120;

/** Pieces left of a good, as far as the till knows; null where nobody counts them. */
export function leftOfGood(till, good) {
  let sum = 0;
  for (const lot of good.lots.values()) {
    const left = leftOf(lot, till.state.soldSince(lot.label));
    if (left === null) return null;
    sum += left;
  }
  return sum;
}

/** How often each variant was sold in the last sales of this till. */
export async function oftenSold(till) {
  const sales = await till.log.latest(SALES_LOOKED_AT, ({ payload }) => payload.kind === "sale");
  const counts = new Map();
  for (const { payload } of sales) {
    for (const { label } of payload.lines) {
      const variant = till.shelf.get(label)?.variant;
      if (variant !== undefined) counts.set(variant, (counts.get(variant) ?? 0) + 1);
    }
  }
  return counts;
}

/** The pictures with their chips and search. `place` shows them; redraw with `.draw()`. */
export class Goods {
  constructor(till, place) {
    Object.assign(this, { till, place, words: "", view: "often", village: null, shown: SHOWN });
    this.often = till.often ?? new Map();
    if (!till.often) this.#learn().catch((error) => till.fail(error));
  }

  // Once a day is enough: the till is opened every morning.
  async #learn() {
    this.often = await oftenSold(this.till);
    this.till.often = this.often;
    if (this.view === "often") this.draw();
  }

  /** What was typed; the pictures follow when the hand rests. */
  typed(words) {
    this.words = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#show(this.view), TYPING_MS);
  }

  #show(view, village = null) {
    Object.assign(this, { view, village, shown: SHOWN });
    this.draw();
  }

  /** Whether nothing was searched for or chosen since it was made. */
  get isAsAtFirst() {
    return this.view === "often" && !this.words && this.shown === SHOWN;
  }

  draw() {
    replace(this.place, this.#chips(), this.#pictures());
  }

  #chips() {
    const chip = (view, words, sign) => button([icon(sign), words], () => {
      this.words = "";
      this.place.dispatchEvent(new CustomEvent("till:cleared"));
      this.#show(view);
    }, { class: "chip", "aria-pressed": String(this.view === view && !this.words) });
    return h("div", { class: "chips views", role: "group", "aria-label": _("What is shown") },
      chip("often", _("Often"), "often"),
      chip("villages", _("Villages"), "villages"),
      this.till.shelf.kinds().map((kind) => chip(kind, kindInWords(kind), kind)));
  }

  #pictures() {
    if (this.view === "villages" && !this.village && !this.words.trim()) return this.#villages();
    const goods = this.#goods();
    const more = goods.length - this.shown;
    return [
      this.village ? this.#villageHead() : null,
      h("ul", { class: "pictures" }, goods.slice(0, this.shown).map((good) => this.#picture(good))),
      goods.length ? null : this.#nothing(),
      more > 0 ? button(ngettext("%(count)s more", "%(count)s more", more), () => {
        this.shown += SHOWN;
        this.draw();
      }, { class: "wide" }) : null,
    ];
  }

  #goods() {
    const { shelf } = this.till;
    const words = this.words.trim();
    if (words) return this.#thereFirst(shelf.find(words, { village: this.village }));
    if (this.view === "often") return this.#thereFirst(shelf.find("")).slice(0, OFTEN_SHOWN);
    const narrowed = this.view === "villages" ? { village: this.village } : { kind: this.view };
    return this.#thereFirst(shelf.find("", narrowed));
  }

  // What is on the shelf before what is not; within that what sells often before the rest.
  #thereFirst(goods) {
    const rank = (good) => {
      const left = leftOfGood(this.till, good);
      return (left === null || left > 0 ? 1e6 : 0) + (this.often.get(good.variant) ?? 0);
    };
    const ranks = new Map(goods.map((good) => [good, rank(good)]));
    return goods.sort((one, other) => ranks.get(other) - ranks.get(one));
  }

  #picture(good) {
    const left = leftOfGood(this.till, good);
    const { price } = priceOn(good.newest, dayOf(this.till));
    const isGone = left !== null && left <= 0;
    return h("li", {}, button([
      h("span", { class: "top" },
        photo(good) ?? [medallion(good.village), icon(good.kind)],
        left === null ? null : h("span", { class: isGone ? "badge no" : "badge" },
          ngettext("%(count)s left", "%(count)s left", left))),
      h("span", { class: "name" }, goodInWords(good)),
      h("span", { class: "faint" }, [good.village && named(good.village.names),
        h("span", { class: "owner" }, good.owner)]),
      h("strong", { class: "number" }, price === null ? _("no price") : som(price)),
    ], () => takeGood(this.till, good), { class: "picture" }));
  }

  #villages() {
    const villages = this.till.shelf.villages();
    const byName = new Intl.Collator(["ky", "ru"]).compare;
    villages.sort((one, other) => byName(named(one.names), named(other.names)));
    return h("ul", { class: "pictures villages" }, villages.map((village) => h("li", {},
      button([medallion(village), h("span", { class: "name" }, named(village.names))],
        () => this.#show("villages", village.code), { class: "picture" }))));
  }

  #villageHead() {
    const village = this.till.shelf.villages().find(({ code }) => code === this.village);
    return h("p", { class: "head" }, medallion(village), h("strong", {}, named(village.names)),
      button([icon("back"), _("All villages")], () => this.#show("villages")));
  }

  #nothing() {
    const words = this.words.trim();
    if (!words) return h("p", { class: "empty" }, _("Nothing lies here yet."));
    return h("p", { class: "empty" }, _("Nothing found for “%(words)s”.", { words }), " ",
      button(_("Note that it was asked for"), () => this.till.go("wish", { words })));
  }
}

// A photo is shown while there is a line: its owner may take it back at any time, so that the
// device keeps none of its own.
function photo(good) {
  if (!good.photo || !navigator.onLine) return null;
  const image = h("img", { class: "photo", src: good.photo, alt: "", loading: "lazy",
    width: 64, height: 64 });
  image.addEventListener("error", () => image.replaceWith(medallion(good.village)), { once: true });
  return image;
}
