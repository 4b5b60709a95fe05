// How the buyer pays. The sale is done once its event is on the disk, and not before.

import { button, h, replace } from "../kit/dom.js";
import { amount, som } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { salePayload, totals } from "./cart.js";
import { askFor, proposals, worthOf } from "./change.js";
import { counterOf, nextReceipt } from "./counter.js";
import { notesInWords, NotePicker } from "./notes_screen.js";
import { partDialog } from "./parts_screen.js";
import { cashTender, dueInCash, leftAfter, tendersOf, WAYS, withPart } from "./payment.js";
import { icon } from "./pictures_screen.js";
import { hearScans } from "./scanner.js";
import { visitorChips } from "./visitor_screen.js";
import { whyNotWritten } from "./why.js";

/** The screen of a payment. */
export function screen(till) {
  const { cart } = counterOf(till);
  if (!cart.lines.length) {
    queueMicrotask(() => till.go("sell"));
    return h("section", {});
  }
  const payment = new Payment(till);
  hearScans(payment.root, {
    onscan: () => till.say(_("First finish this payment, or go back to the counter."), "bad"),
  });
  return payment.root;
}

class Payment {
  parts = [];
  isWriting = false;

  constructor(till) {
    this.till = till;
    this.counter = counterOf(till);
    this.gross = totals(this.counter.cart).gross;
    this.root = h("section", { class: "payment" });
    this.draw();
  }

  draw() {
    const left = leftAfter(this.gross, this.parts);
    const due = dueInCash(this.gross, this.parts);
    replace(this.root,
      h("h1", {}, _("To pay"), " ", h("strong", { class: "number" }, som(left))),
      this.#paidParts(),
      visitorChips(this.counter),
      left > 0 ? this.#cash(due, left) : this.#nothingLeft(),
      left > 0 ? this.#others(left) : null,
      button([icon("back"), _("Back to the counter")], () => this.till.go("sell")));
  }

  #paidParts() {
    if (!this.parts.length) return null;
    return h("ul", { class: "parts" }, this.parts.map((part, at) => h("li", {},
      icon(part.kind), wayInWords(part.kind), " ", h("strong", {}, som(part.amount)),
      part.reference ? ` № ${part.reference}` : null,
      button(_("Take back"), () => {
        this.parts = this.parts.filter((_one, place) => place !== at);
        this.draw();
      }))));
  }

  #cash(due, left) {
    const { drawer } = this.till.state;
    const [exact, ...others] = proposals(due, drawer);
    return h("section", { class: "cash", "aria-labelledby": "in-cash" },
      h("h2", { id: "in-cash" }, icon("cash"), _("Cash: take")),
      due === left ? null : h("p", { class: "faint" }, _("In cash %(sum)s, rounded to whole som.",
        { sum: som(due) })),
      h("div", { class: "proposals" },
        button([
          h("strong", { class: "number" }, amount(exact.sum)),
          h("span", {}, _("exactly")),
          h("span", { class: "faint" }, notesInWords(exact.notes)),
        ], () => this.#finish(cashTender(due, exact.notes, new Map())), {
          class: "main proposal", autofocus: true,
        }),
        others.map((one) => this.#proposal(due, one))),
      button(_("Other notes"), () => this.#pick(due), { class: "wide" }));
  }

  #proposal(due, { sum, notes, change }) {
    const back = change
      ? [h("span", {}, _("change %(sum)s", { sum: amount(sum - due) })),
        h("span", { class: "faint" }, notesInWords(change))]
      : [h("span", { class: "why" }, _("no change for %(sum)s", { sum: amount(sum - due) })),
        h("span", { class: "faint" }, moreInWords(this.till, sum - due))];
    return button([h("strong", { class: "number" }, amount(sum)), back], () => {
      if (change) this.#finish(cashTender(due, notes, change));
      else this.#pick(due, notes);
    }, { class: change ? "proposal" : "proposal lacks" });
  }

  #pick(due, notes = new Map()) {
    const picker = new NotePicker({
      due, notes, drawer: this.till.state.drawer,
      take: (given, change) => this.#finish(cashTender(due, given, change)),
      back: () => this.draw(),
    });
    replace(this.root, picker.root);
    picker.root.querySelector("h1").focus();
  }

  #others(left) {
    return h("section", { class: "others", "aria-labelledby": "otherwise" },
      h("h2", { id: "otherwise" }, _("Without cash")),
      h("div", { class: "answers" }, WAYS.map((kind) => button(
        [icon(kind), wayInWords(kind)], () => this.#part(kind, left), { class: "way" },
      ))));
  }

  async #part(kind, left) {
    const part = await partDialog(kind, wayInWords(kind), left);
    if (!part) return;
    this.parts = withPart(this.gross, this.parts, part);
    if (leftAfter(this.gross, this.parts) === 0) await this.#finish(null);
    else this.draw();
  }

  #nothingLeft() {
    return h("p", {}, button([icon("good"), _("Paid: finish")], () => this.#finish(null), {
      class: "main", autofocus: true,
    }));
  }

  async #finish(cash) {
    if (this.isWriting) return;
    this.isWriting = true;
    this.root.setAttribute("aria-busy", "true");
    const { till, counter } = this;
    try {
      const tenders = tendersOf(this.gross, this.parts, cash);
      const payload = salePayload(counter.cart, tenders, nextReceipt(till));
      const event = await till.log.append(payload, { nonce: counter.nonce });
      await counter.clear();
      await till.go("done", { event });
    } catch (error) {
      till.say(whyNotWritten(error), "bad");
    } finally {
      this.isWriting = false;
      this.root.removeAttribute("aria-busy");
    }
  }
}

/** What a way to pay is called. */
export function wayInWords(kind) {
  return { qr: _("By QR"), card: _("By card") }[kind] ?? _("In cash");
}

function moreInWords(till, change) {
  const asked = askFor(till.state.drawer, change);
  if (!asked && worthOf(till.state.drawer) <= 0) return _("the drawer is empty");
  if (!asked) return _("ask for smaller notes");
  return _("ask for %(more)s more", { more: amount(asked.more) });
}
