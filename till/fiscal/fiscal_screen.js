// The number that a register beside the till printed on its own receipt: scanned or typed in,
// at once or later in the shift. No sale waits for it.

import { button, h, replace } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _, ngettext } from "../kit/words.js";
import { hearScans } from "../sell/scanner.js";
import { LONGEST, numberIn, sumOf, takenBy, without } from "./numbers.js";

/** Asks for the number of `event`, where one comes from a sale; else shows what lacks one. */
export function screen(till, { event = null } = {}) {
  const root = h("section", { class: "fiscal" });
  if (till.state.shift) new Numbers(till, root, event).draw().catch((error) => till.fail(error));
  else queueMicrotask(() => till.home());
  return root;
}

class Numbers {
  #isWriting = false;

  constructor(till, root, event) {
    Object.assign(this, { till, root, asked: event, backToSell: event !== null });
    hearScans(root, { onscan: (code) => this.#scanned(code) });
  }

  async draw() {
    this.events = await this.till.log.ofShift(this.till.state.shift.name);
    replace(this.root, this.asked ? this.#form(this.asked) : this.#list());
    (this.root.querySelector("input") ?? this.root.querySelector("h1")).focus();
  }

  #list() {
    const left = without(this.events);
    return [
      h("h1", { tabindex: "-1" }, _("Numbers of the fiscal register")),
      h("p", {}, left.length ? ngettext(
        "%(count)s receipt of this shift has no number of the register yet.",
        "%(count)s receipts of this shift have no number of the register yet.", left.length,
      ) : _("Every receipt of this shift has its number.")),
      h("ul", { class: "plain" }, left.map((event) => h("li", {}, button(
        this.#inWords(event), () => this.#ask(event), { class: "wide" },
      )))),
      button(_("Back to the counter"), () => this.till.go("sell")),
    ];
  }

  #inWords(event) {
    const sum = som(sumOf(event));
    return event.payload.kind === "refund"
      ? _("№ %(receipt)s, %(sum)s given back", { receipt: event.payload.receipt, sum })
      : _("№ %(receipt)s, %(sum)s", { receipt: event.payload.receipt, sum });
  }

  #ask(event) {
    this.asked = event;
    return this.draw();
  }

  #form(event) {
    this.field = h("input", {
      id: "fiscal-number", autocomplete: "off", inputmode: "numeric", "aria-describedby": "why",
    });
    this.why = h("div", { id: "why", class: "why", "aria-live": "assertive" });
    return [
      h("h1", { tabindex: "-1" }, _("Number of the fiscal register")),
      h("p", { class: "large" }, this.#inWords(event)),
      h("form", { novalidate: true, onsubmit: (submitted) => {
        submitted.preventDefault();
        this.#take(this.field.value);
      } },
      h("label", { for: "fiscal-number" },
        _("Scan the square code on the register's receipt, or type its number")),
      this.field, this.why,
      h("p", { class: "answers" },
        h("button", { class: "main" }, _("Write it down")),
        button(_("Later"), () => this.#leave()))),
    ];
  }

  #scanned(code) {
    if (!this.asked) {
      this.till.say(_("First touch the receipt that this number belongs to."), "bad");
      return;
    }
    this.field.value = code;
    this.#take(code);
  }

  async #take(text, isSure = false) {
    const number = numberIn(text);
    if (number === null) {
      this.#warn(_("This is no number of a register: it has 1 to %(most)s signs.", {
        most: LONGEST,
      }));
      return;
    }
    const other = takenBy(this.events, number, this.asked.hash);
    if (other && !isSure) {
      this.#warn(
        _("Receipt № %(receipt)s has this number already. Look at the paper once more.", {
          receipt: other.payload.receipt,
        }),
        button(_("It is right, write it down"), () => this.#take(text, true)),
      );
      return;
    }
    await this.#write(number);
  }

  #warn(words, ...more) {
    replace(this.why, h("p", { class: "note bad" }, words), more);
    this.field.setAttribute("aria-invalid", "true");
    (this.why.querySelector("button") ?? this.field).focus();
  }

  async #write(number) {
    if (this.#isWriting) return;
    this.#isWriting = true;
    try {
      await this.till.log.append({ kind: "fiscal", sale: this.asked.hash, number });
      await this.#leave();
      this.till.say(_("Number %(number)s is written down.", { number }), "good");
    } catch (error) {
      this.#warn(error.code === "full"
        ? _("This device is full: the number was not written down. Free some room first.")
        : error.message ?? String(error));
    } finally {
      this.#isWriting = false;
    }
  }

  #leave() {
    if (this.backToSell) return this.till.go("sell");
    this.asked = null;
    return this.draw();
  }
}
