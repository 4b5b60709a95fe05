// Notes and coins by hand: what the buyer gave, and what goes back.

import { button, h, replace } from "../kit/dom.js";
import { amount, som, WORTHS } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { askFor, changeFrom, worthOf } from "./change.js";
import { icon } from "./pictures_screen.js";

const SMALLEST_NOTE = 2000;

/** "2 × 200 + 50". */
export function notesInWords(notes) {
  const largestFirst = [...notes].sort(([one], [other]) => other - one);
  return largestFirst.map(([worth, pieces]) => (
    pieces === 1 ? amount(worth) : `${pieces} × ${amount(worth)}`
  )).join(" + ");
}

/** Buttons of all notes; `take(given, change)` ends it, where `change` may be null: not told. */
export class NotePicker {
  constructor({ due, notes, drawer, take, back }) {
    Object.assign(this, { due, drawer, take, back, given: new Map(notes) });
    this.status = h("div", { class: "status", role: "status" });
    this.root = h("div", { class: "picker" },
      h("h1", { tabindex: -1 }, _("To pay"), " ", h("strong", { class: "number" }, som(due))),
      h("p", {}, _("Touch each note that the buyer gives.")),
      h("div", { class: "notes" }, WORTHS.map((worth) => button(
        amount(worth), () => this.#add(worth),
        { class: worth >= SMALLEST_NOTE ? `note note-${worth}` : "note coin" },
      ))),
      this.status);
    this.#draw();
  }

  #add(worth) {
    this.given.set(worth, (this.given.get(worth) ?? 0) + 1);
    this.#draw();
  }

  #draw() {
    const given = worthOf(this.given);
    const back = given - this.due;
    const change = back >= 0 ? changeFrom(this.drawer, back) : null;
    replace(this.status,
      h("p", { class: "large" }, _("Given: %(sum)s", { sum: som(given) }),
        given ? h("span", { class: "faint" }, ` ${notesInWords(this.given)}`) : null),
      back < 0 ? h("p", {}, _("%(sum)s more", { sum: som(-back) }))
        : this.#backInWords(back, change),
      h("p", { class: "answers" },
        back >= 0 ? this.#takeButton(change) : null,
        button(_("Begin again"), () => {
          this.given.clear();
          this.#draw();
        }),
        button([icon("back"), _("Back")], this.back)));
  }

  #backInWords(back, change) {
    if (back === 0) return h("p", { class: "large" }, _("exactly"));
    if (change) {
      return h("p", { class: "large" }, _("Give back %(sum)s", { sum: som(back) }),
        h("span", { class: "faint" }, ` ${notesInWords(change)}`));
    }
    const asked = askFor(this.drawer, back);
    const words = _("The drawer has no change for %(sum)s.", { sum: som(back) });
    const more = asked ? _("Ask for %(more)s more: then give %(notes)s.", {
      more: som(asked.more), notes: notesInWords(asked.change),
    }) : _("Ask for smaller notes, or change one elsewhere.");
    return h("p", { class: "why" }, words, " ", more);
  }

  #takeButton(change) {
    return change
      ? button(_("Take the money"), () => this.take(this.given, change), { class: "main" })
      : button(_("Change was found: take the money"), () => this.take(this.given, null));
  }
}
