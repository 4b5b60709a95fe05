// Asked for and not found: one tap noted, so that makers learn what is missing.

import { button, h } from "../kit/dom.js";
import { _, named } from "../kit/words.js";
import { icon, kindInWords, medallion } from "./pictures_screen.js";
import { KINDS } from "./shelf.js";
import { whyNotWritten } from "./why.js";

/** What the server takes of it. */
const LONGEST = 200;

/** The screen of wishes; `words`: what was searched for in vain. */
export function screen(till, { words = "" } = {}) {
  const field = h("input", { id: "wished", autocomplete: "off", maxlength: LONGEST, value: words });
  const note = async (said) => {
    if (!said.trim()) return;
    try {
      await till.log.append({ kind: "wish", words: said.trim().slice(0, LONGEST) });
      await till.go("sell");
      till.say(_("Noted: %(words)s", { words: said }), "good");
    } catch (error) {
      till.say(whyNotWritten(error), "bad");
    }
  };
  const villages = till.shelf.villages();
  return h("section", { class: "wish" },
    h("h1", {}, _("Asked for and not found")),
    h("form", { class: "find", onsubmit: (event) => {
      event.preventDefault();
      note(field.value);
    } },
    h("label", { for: "wished", class: "unseen" }, _("What was asked for")), field,
    h("button", { class: "main" }, _("Note it"))),
    h("h2", {}, _("Or touch what it was")),
    h("ul", { class: "pictures villages" },
      KINDS.map((kind) => wishOf(note, kindInWords(kind), icon(kind)))),
    villages.length ? h("h2", {}, _("Or of which village")) : null,
    h("ul", { class: "pictures villages" }, villages.map((village) => wishOf(
      note, named(village.names), medallion(village),
      _("Something of %(village)s", { village: named(village.names) }),
    ))),
    button([icon("back"), _("Back to the counter")], () => till.go("sell")));
}

function wishOf(note, name, sign, words = name) {
  return h("li", {}, button([sign, h("span", { class: "name" }, name)], () => note(words),
    { class: "picture" }));
}
