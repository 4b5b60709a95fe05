// Who buys, in one tap and only if the clerk wants: it tells which goods whom the shop attracts.

import { button, h } from "../kit/dom.js";
import { _ } from "../kit/words.js";
import { icon } from "./pictures_screen.js";

/** From here or a tourist, and the language that was spoken: short on the chip, whole aloud. */
const VISITORS = [
  ["local", [
    ["ky", "KY", () => _("From here, Kyrgyz")],
    ["ru", "RU", () => _("From here, Russian")],
  ]],
  ["tourist", [
    ["ru", "RU", () => _("Tourist, Russian")],
    ["en", "EN", () => _("Tourist, English")],
    ["other", "…", () => _("Tourist, another language")],
  ]],
];

/** Chips of which one or none is chosen. */
export function visitorChips(counter) {
  const isNow = (origin, language) => counter.cart.visitor?.origin === origin
    && counter.cart.visitor?.language === language;
  const chips = [];
  const chipOf = (origin, [language, short, words]) => {
    const chip = button(short, () => {
      const visitor = isNow(origin, language) ? null : { origin, language };
      for (const one of chips) {
        one.setAttribute("aria-pressed", String(visitor !== null && one === chip));
      }
      return counter.change({ ...counter.cart, visitor });
    }, { class: "chip", "aria-label": words(), "aria-pressed": String(isNow(origin, language)) });
    chips.push(chip);
    return chip;
  };
  const names = { local: _("From here"), tourist: _("Tourist") };
  return h("div", { class: "visitor", role: "group", "aria-label": _("Who buys (if you like)") },
    VISITORS.map(([origin, spoken]) => h("p", {},
      icon(origin), h("span", {}, names[origin]), spoken.map((one) => chipOf(origin, one)))));
}
