// Goods come back, step by step: which receipt, which lines, why and how the money goes back.

import { button, h, replace } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _, dayInWords, named } from "../kit/words.js";
import { hearScans } from "../sell/scanner.js";
import { priceOn } from "../sell/shelf.js";
import { NotFound, salesCalled } from "./find.js";
import { payScreen } from "./give_back_screen.js";
import { grossBack, grossOf, isAll, leftOf, lineWithout, linesBack } from "./rules.js";

const LONGEST_CODE = 700;

/** The first step: the receipt. `code`: what was scanned at the counter. */
export function screen(till, { code = "" } = {}) {
  const input = h("input", {
    id: "receipt-number", autocomplete: "off", maxlength: LONGEST_CODE, value: code,
  });
  const why = h("div", { class: "why", "aria-live": "polite" });
  const look = async (text) => {
    replace(why, h("p", {}, _("Looking for the receipt…")));
    try {
      const sales = await salesCalled(till, text);
      replace(why);
      if (sales.length === 1) till.show(linesScreen(till, sales[0]));
      else replace(why, choice(till, sales));
    } catch (error) {
      replace(why, h("p", { class: "note bad" }, told(error)));
    }
  };
  const form = h("form", { class: "row", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    look(input.value);
  } }, h("label", { for: "receipt-number" }, _("Number of the receipt")), input,
  h("button", { type: "submit", class: "go" }, _("Look for it")));
  const section = h("section", { class: "refund" },
    h("h1", {}, _("Goods brought back")),
    h("p", {}, _("Scan the code on the receipt, or type its number.")),
    form, why,
    h("h2", {}, _("The receipt is lost")),
    button(_("Take back by the label of the goods"), () => till.show(withoutScreen(till))));
  hearScans(section, { onscan: (text) => {
    input.value = text;
    look(text);
  } });
  if (code) look(code);
  return section;
}

function told(error) {
  if (error instanceof NotFound) return error.words;
  console.error(error);
  return error.message;
}

/** Two tills of one number: a cloned one. The clerk looks at the receipt and chooses. */
function choice(till, sales) {
  return h("div", {}, h("p", {}, _("Two receipts have this number. Which one is it?")),
    sales.map((sale) => button(
      `${dayInWords(sale.date)} · ${som(grossOf(sale.lines))} · ${goodsOf(till, sale.lines[0])}`,
      () => till.show(linesScreen(till, sale)), { class: "big" },
    )));
}

function goodsOf(till, line) {
  const names = line.names ?? till.shelf.get(line.label)?.names;
  return names ? named(names) : _("Goods %(label)s", { label: line.label });
}

/** The second step: what of it came back. */
export function linesScreen(till, sale) {
  const chosen = new Map();
  const total = h("strong", { class: "amount" }, som(0));
  const next = button(_("Next"), () => till.show(payScreen(till, {
    lines: linesBack(sale, chosen), paid: sale.paid, last: isAll(sale, chosen),
  })), { class: "big go", disabled: true });
  const refresh = () => {
    total.textContent = som(grossOf(linesBack(sale, chosen)));
    next.disabled = chosen.size === 0;
  };
  const rows = sale.lines.map((line) => lineRow(till, line, (pieces) => {
    if (pieces) chosen.set(line.line, pieces);
    else chosen.delete(line.line);
    refresh();
  }));
  return h("section", { class: "refund" },
    h("h1", {}, _("What came back?")),
    h("p", { class: "faint" }, `№ ${sale.receipt} · ${dayInWords(sale.date)}`),
    sale.isSure ? null : h("p", { class: "note" }, _("There is no network: what other tills took back of this receipt is not known here.")),
    h("ul", { class: "plain back" }, rows),
    h("p", { class: "together" }, h("span", {}, _("To give back")), total),
    next);
}

function lineRow(till, line, choose) {
  const left = leftOf(line);
  const name = goodsOf(till, line);
  const count = h("output", { class: "pieces number" }, "0");
  const sum = h("span", { class: "part" });
  let pieces = 0;
  const set = (wanted) => {
    pieces = Math.min(left, Math.max(0, wanted));
    count.textContent = String(pieces);
    sum.textContent = pieces ? som(grossBack(line, pieces)) : "";
    choose(pieces);
  };
  const back = line.back
    ? h("p", { class: "faint" }, _("Came back before: %(count)s", { count: line.back }))
    : null;
  return h("li", {},
    h("p", {}, h("strong", {}, name), ` · ${line.quantity} × ${som(line.unit_price)}`), back,
    left === 0 ? h("p", { class: "faint" }, _("All of it came back already."))
      : h("p", { class: "row" }, button("−", () => set(pieces - 1), { "aria-label": _("One less: %(name)s", { name }) }), count,
      button("+", () => set(pieces + 1), { "aria-label": _("One more: %(name)s", { name }) }),
      left > 1 ? button(_("All"), () => set(left), { "aria-label": _("All: %(name)s", { name }) }) : null,
      sum));
}

/** The second step where there is no receipt: goods by their label, at the price of today. */
function withoutScreen(till) {
  const label = h("input", {
    id: "label-back", inputmode: "numeric", autocomplete: "off", maxlength: 60,
  });
  const why = h("p", { class: "why", "aria-live": "polite" });
  const list = h("ul", { class: "plain back" });
  const total = h("strong", { class: "amount" }, som(0));
  const lines = new Map();
  const next = button(_("Next"), () => till.show(payScreen(till, {
    lines: [...lines.values()], paid: null,
  })), { class: "big go", disabled: true });
  const refresh = () => {
    replace(list, [...lines.values()].map((line) => withoutRow(till, line, (quantity) => {
      if (quantity) lines.set(line.label, lineWithout(line.label, quantity, line.unit_price));
      else lines.delete(line.label);
      refresh();
    })));
    total.textContent = som(grossOf([...lines.values()]));
    next.disabled = lines.size === 0;
  };
  const take = (code) => {
    const lot = till.shelf.get(code.trim());
    const price = lot && priceOn(lot, till.state.shift.date).price;
    why.textContent = price ? "" : _("This till knows no goods with the label %(label)s and a price.", { label: code });
    if (!price) return;
    lines.set(lot.label, lineWithout(lot.label, (lines.get(lot.label)?.quantity ?? 0) + 1, price));
    label.value = "";
    refresh();
  };
  const form = h("form", { class: "row", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    take(label.value);
  } }, h("label", { for: "label-back" }, _("Label of the goods")), label,
  h("button", { type: "submit" }, _("Add")));
  const section = h("section", { class: "refund" },
    h("h1", {}, _("Back without a receipt")), form, why, list,
    h("p", { class: "together" }, h("span", {}, _("To give back")), total), next);
  hearScans(section, { onscan: take });
  return section;
}

function withoutRow(till, line, set) {
  const name = goodsOf(till, line);
  return h("li", {}, h("p", {}, h("strong", {}, name), ` · ${som(line.unit_price)}`),
    h("p", { class: "row" },
      button("−", () => set(line.quantity - 1), { "aria-label": _("One less: %(name)s", { name }) }),
      h("output", { class: "pieces number" }, String(line.quantity)),
      button("+", () => set(line.quantity + 1), { "aria-label": _("One more: %(name)s", { name }) }),
      h("span", { class: "part" }, som(line.gross))));
}
