// Why something is done: a word that is often said, or one's own.

import { button, h } from "../kit/dom.js";
import { _ } from "../kit/words.js";

/** As many letters as the server takes. */
export const LONGEST = 200;

/** {element, words()}: chips put their words into the field, which may be changed. */
export function reasonForm(chips, legend = _("Why?")) {
  const input = h("input", { id: "reason", maxlength: LONGEST, autocomplete: "off" });
  const take = (words) => {
    input.value = words;
    input.focus();
  };
  const element = h("fieldset", { class: "reason" },
    h("legend", {}, legend),
    h("div", { class: "chips row" },
      chips.map((words) => button(words, () => take(words), { class: "chip" }))),
    h("label", { for: "reason" }, _("In a few words")), input);
  return {
    element,
    words() {
      const words = input.value.trim();
      if (!words) input.focus();
      return words;
    },
  };
}
