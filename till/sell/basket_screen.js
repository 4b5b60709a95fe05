// The cart as it is drawn: lines with their steppers, the sum, and the way to pay.

import { button, h, replace } from "../kit/dom.js";
import { amount, parseSom, som } from "../kit/money.js";
import { _, ngettext } from "../kit/words.js";
import { asked, priceField } from "./asking_screen.js";
import {
  discountOf, grossOf, lowest, oneMore, totals, whyNot, withAsked, withQuantity,
} from "./cart.js";
import { counterOf } from "./counter.js";
import { icon, medallion } from "./pictures_screen.js";
import { dayOf, lineInWords } from "./taking_screen.js";

const SOM = 100;
const PERCENTS = [5, 10, 15];

/** Draws the cart into `place`; `pay` and `park` are what its buttons do. */
export function drawBasket(till, place, { pay, park }) {
  const counter = counterOf(till);
  const { cart } = counter;
  const sum = totals(cart);
  const focused = place.contains(document.activeElement)
    ? document.activeElement.dataset.key : undefined;
  const set = async (changed) => {
    const kept = counter.change(changed);
    drawBasket(till, place, { pay, park });
    till.say(_("Together %(sum)s", { sum: som(totals(changed).gross) }));
    await kept;
  };
  const { list, foot } = partsOf(place);
  const before = list.children.length;
  patch(list, cart.lines.map((line, at) => rowOf(place, line, at, () => lineOf(
    till, line, at, set,
  ))));
  replace(foot,
    cart.lines.length ? null : h("p", { class: "empty" },
      _("Scan a label or touch a picture.")),
    h("div", { class: "sum" },
      button([icon("park"), parkInWords(counter)], park, { class: "park", "data-key": "park" }),
      h("p", { class: "total" },
        h("span", { class: "faint" }, ngettext("%(count)s piece", "%(count)s pieces", sum.pieces)),
        h("strong", { class: "number" }, som(sum.gross))),
      button([icon("cash"), _("Pay")], pay, {
        class: "main pay", "data-key": "pay", disabled: !cart.lines.length,
        "aria-keyshortcuts": "F4",
      })));
  if (list.children.length > before) list.lastChild.scrollIntoView({ block: "nearest" });
  if (!focused || place.contains(document.activeElement)) return;
  const same = place.querySelector(`[data-key="${focused}"]`);
  (same ?? place.querySelector(".pay")).focus();
}

function partsOf(place) {
  const known = place.querySelector(".lines");
  if (known) return { list: known, foot: known.nextSibling };
  const list = h("ul", { class: "lines" });
  const foot = h("div", {});
  replace(place, list, foot);
  return { list, foot };
}

// A scan must not wait for the lines that stay as they are: only what changed is drawn anew.
function patch(list, rows) {
  const wanted = new Set(rows);
  rows.forEach((row, at) => {
    const there = list.children[at];
    if (there === row) return;
    if (there && !wanted.has(there)) there.replaceWith(row);
    else list.insertBefore(row, there ?? null);
  });
  while (list.children.length > rows.length) list.lastChild.remove();
}

// A line of the cart is never changed, so that its row stands for it as long as the screen does.
const ROWS = new WeakMap();

function rowOf(place, line, at, draw) {
  if (!ROWS.has(place)) ROWS.set(place, new WeakMap());
  const rows = ROWS.get(place);
  const known = rows.get(line);
  if (known?.at === at) return known.row;
  const row = draw();
  rows.set(line, { at, row });
  return row;
}

function lineOf(till, line, at, set) {
  const name = lineInWords(line);
  const cart = () => counterOf(till).cart;
  const more = () => set(oneMore(cart(), at, till.shelf, dayOf(till),
    (label) => till.state.soldSince(label)));
  return h("li", {},
    button([
      line.village ? medallion(line.village) : icon("other"),
      h("span", { class: "words" },
        h("span", { class: "name" }, name),
        h("span", { class: "faint number" }, priceInWords(line))),
    ], () => change(cart(), at, set), {
      class: "line", "data-key": `line-${at}`,
      "aria-label": _("Change: %(name)s", { name }),
    }),
    button("−", () => set(withQuantity(cart(), at, line.quantity - 1)), {
      class: "step", "data-key": `less-${at}`, "aria-label": _("One less: %(name)s", { name }),
    }),
    h("span", { class: "pieces number" }, String(line.quantity)),
    button("+", more, {
      class: "step", "data-key": `more-${at}`, "aria-label": _("One more: %(name)s", { name }),
    }),
    h("span", { class: "number gross" }, amount(grossOf(line))));
}

// With an empty cart the same button shows what is parked.
function parkInWords({ cart, parked }) {
  return cart.lines.length || !parked.length
    ? h("span", {}, _("Park"))
    : [h("span", {}, _("Parked")), h("strong", {}, String(parked.length))];
}

function priceInWords(line) {
  const off = discountOf(line);
  return off ? `${som(line.asked)} (−${amount(off)})` : som(line.unit);
}

/** Quantity, discount and removal of one line, in a dialog. */
async function change(cart, at, set) {
  const line = cart.lines[at];
  const changed = await asked({ class: "change" }, (answer) => dialogOf(cart, at, line, answer));
  if (changed) await set(changed);
}

function dialogOf(cart, at, line, answer) {
  const why = h("p", { role: "alert", class: "why" });
  const pieces = h("input", { id: "pieces", type: "number", min: 0, max: 9999, step: 1,
    inputmode: "numeric", value: line.quantity });
  const price = priceField("price", line.asked);
  price.removeAttribute("autofocus");
  const take = (event) => {
    event.preventDefault();
    const wanted = parseSom(price.value);
    why.textContent = wanted === null ? _("This is no price.") : whyNot(line, wanted) ?? "";
    if (why.textContent) return;
    answer(withQuantity(withAsked(cart, at, wanted), at, Number(pieces.value)));
  };
  const offer = (asked_, words) => button(words, () => {
    price.value = amount(asked_).replace(/[^\d,]/g, "");
    why.textContent = "";
  }, { class: "chip" });
  return [
    h("h2", { id: "asked" }, lineInWords(line)),
    line.owner ? h("p", { class: "faint" }, line.owner) : null,
    h("form", { onsubmit: take, novalidate: true },
      h("label", { for: "pieces" }, _("How many")), pieces,
      h("label", { for: "price" }, _("Price a piece, som")), price,
      discounts(line, offer),
      why,
      h("p", { class: "answers" },
        h("button", { class: "main" }, _("Done")),
        button([icon("bin"), _("Take it out")], () => answer(withQuantity(cart, at, 0)),
          { class: "bad" }),
        button(_("Cancel"), () => answer(null)))),
  ];
}

function discounts(line, offer) {
  const floor = lowest(line);
  if (floor >= line.unit) return h("p", { class: "faint" }, whyNot(line, line.unit - 1));
  const steps = PERCENTS
    .map((percent) => [percent, Math.ceil((line.unit * (100 - percent)) / 100 / SOM) * SOM])
    .filter(([, price]) => price > floor && price < line.unit);
  return h("div", { class: "chips", role: "group", "aria-label": _("Discount") },
    offer(line.unit, _("No discount")),
    steps.map(([percent, price]) => offer(price, `−${percent} % · ${amount(price)}`)),
    offer(floor, _("The lowest: %(price)s", { price: som(floor) })));
}
