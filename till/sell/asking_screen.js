// Questions that stop the selling until they are answered: a price, an expired jar.

import { button, h } from "../kit/dom.js";
import { parseSom, som } from "../kit/money.js";
import { _, dayInWords } from "../kit/words.js";
import { icon } from "./pictures_screen.js";

/** Asks in a dialog; `build(answer)` gives its content. Resolves with the answer, or null. */
export function asked(attributes, build) {
  return new Promise((resolve) => {
    let answered = null;
    const box = h("dialog", { "aria-labelledby": "asked", ...attributes });
    const answer = (value) => {
      answered = value;
      box.close();
    };
    box.append(...build(answer).flat(Infinity).filter(Boolean));
    box.addEventListener("close", () => {
      box.remove();
      resolve(answered);
    });
    document.body.append(box);
    box.showModal();
  });
}

/** Whether a question stands open. */
export function isAsking() {
  return document.querySelector("dialog[open]") !== null;
}

/** A yes or a no; the no is what Enter and Escape mean. */
export function sure(words, yes, no = _("No")) {
  return asked({ role: "alertdialog" }, (answer) => [
    h("h2", { id: "asked" }, words),
    h("p", { class: "answers" },
      button(no, () => answer(false), { class: "main", autofocus: true }),
      button(yes, () => answer(true), { class: "bad" })),
  ]);
}

/** Whether expired food is sold all the same; the default is not. */
export function sellExpired(lot, name) {
  return asked({ role: "alertdialog", class: "stop" }, (answer) => [
    h("h2", { id: "asked" }, icon("bad"), _("Do not sell: the date has passed")),
    h("p", {}, name),
    h("p", { class: "large" }, _("Best before %(day)s", { day: dayInWords(lot.best_before) })),
    h("p", {}, _("Put it aside and tell the shop's manager. A write-off is made of it.")),
    h("p", { class: "answers" },
      button(_("Do not sell"), () => answer(false), { class: "main", autofocus: true }),
      button(_("Another date stands on the label: sell"), () => answer(true))),
  ]);
}

/** The price of one piece, typed from the label; minor units, or null. */
export function priceFromLabel(words, label) {
  return asked({ class: "price" }, (answer) => {
    const field = priceField("price-asked");
    const why = h("p", { role: "alert", class: "why" });
    const take = (event) => {
      event.preventDefault();
      const price = parseSom(field.value);
      if (price) answer(price);
      else why.textContent = _("Type the price in som: 450 or 450,50.");
    };
    return [
      h("h2", { id: "asked" }, words),
      h("p", { class: "faint" }, _("Label %(label)s", { label })),
      h("form", { onsubmit: take, novalidate: true },
        h("label", { for: "price-asked" }, _("The price on the label, som a piece")),
        field,
        why,
        h("p", { class: "answers" },
          h("button", { class: "main" }, _("Take it")),
          button(_("Cancel"), () => answer(null)))),
    ];
  });
}

/** A field for a sum in som. */
export function priceField(id, minor = null) {
  const value = minor === null ? "" : som(minor).replace(/[^\d,]/g, "");
  return h("input", {
    id, value, inputmode: "decimal", autocomplete: "off", maxlength: 14, autofocus: true,
  });
}
