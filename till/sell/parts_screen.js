// A part that is paid without cash: how much, and the slip of the terminal.

import { button, h } from "../kit/dom.js";
import { parseSom, som } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { asked, priceField } from "./asking_screen.js";
import { LONGEST_SLIP } from "./payment.js";
import { icon } from "./pictures_screen.js";

/** Asks for a part; resolves with {kind, amount, reference}, or null. */
export function partDialog(kind, name, left) {
  return asked({ class: "part" }, (answer) => {
    const field = priceField("part", left);
    field.removeAttribute("autofocus");
    const slip = kind === "card" ? h("input", {
      id: "slip", autocomplete: "off", maxlength: LONGEST_SLIP, inputmode: "numeric",
      autofocus: true,
    }) : null;
    const why = h("p", { role: "alert", class: "why" });
    const take = (event) => {
      event.preventDefault();
      const amount = parseSom(field.value);
      why.textContent = faultOf(amount, left, slip);
      if (!why.textContent) answer({ kind, amount, reference: slip?.value ?? "" });
    };
    return [
      h("h2", { id: "asked" }, icon(kind), name),
      h("form", { onsubmit: take, novalidate: true },
        h("label", { for: "part" }, _("How much of it, som")), field,
        slip ? [h("label", { for: "slip" }, _("Number on the terminal's slip")), slip]
          : h("p", {}, _("Look at the buyer's screen: is it paid?")),
        why,
        h("p", { class: "answers" },
          h("button", { class: "main", autofocus: !slip }, icon("good"), _("Paid")),
          button(_("Cancel"), () => answer(null)))),
    ];
  });
}

function faultOf(amount, left, slip) {
  if (!amount) return _("Type how much was paid, in som.");
  if (amount > left) return _("At most %(sum)s is left to pay.", { sum: som(left) });
  if (slip && !slip.value.trim()) return _("Type the number that stands on the slip.");
  return "";
}
