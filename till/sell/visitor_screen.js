// Who buys, in one tap and only if the clerk wants: it tells which goods whom the shop attracts.

import { button, h } from "../kit/dom.js";
import { _ } from "../kit/words.js";

/** From here or a tourist, and the language that was spoken. */
const VISITORS = [
  ["local", "ky", () => _("From here, Kyrgyz")],
  ["local", "ru", () => _("From here, Russian")],
  ["tourist", "ru", () => _("Tourist, Russian")],
  ["tourist", "en", () => _("Tourist, English")],
  ["tourist", "other", () => _("Tourist, other")],
];

/** Chips of which one or none is chosen. */
export function visitorChips(counter) {
  const isNow = (origin, language) => counter.cart.visitor?.origin === origin
    && counter.cart.visitor?.language === language;
  const chips = VISITORS.map(([origin, language, words]) => button(words(), (event) => {
    const visitor = isNow(origin, language) ? null : { origin, language };
    for (const chip of chips) {
      chip.setAttribute("aria-pressed", String(visitor !== null && chip === event.currentTarget));
    }
    return counter.change({ ...counter.cart, visitor });
  }, { class: "chip", "aria-pressed": String(isNow(origin, language)) }));
  return h("div", {
    class: "chips visitor", role: "group", "aria-label": _("Who buys (if you like)"),
  }, chips);
}
