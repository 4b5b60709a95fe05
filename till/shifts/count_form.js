// Notes and coins counted into a form: one row a worth, the largest first, and what they come to.

import { h } from "../kit/dom.js";
import { amount, som, WORTHS } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { parsePieces, worthOf } from "./count.js";

/**
 * {element, pieces()}: `pieces` gives worth → pieces, or null where a field holds no number; that
 * field has the focus then. `onchange` hears the sum in minor units.
 */
export function countForm(legend, { onchange = () => {} } = {}) {
  const fields = new Map(WORTHS.map((worth) => [worth, field(worth)]));
  const sum = h("output", { class: "amount", "aria-live": "off" }, som(0));
  const typed = () => Object.fromEntries(
    [...fields].map(([worth, { input }]) => [worth, parsePieces(input.value)]),
  );
  const refresh = () => {
    const now = typed();
    for (const [worth, { input, part }] of fields) {
      input.setAttribute("aria-invalid", String(now[worth] === null));
      part.textContent = now[worth] ? amount(worth * now[worth]) : "";
    }
    const total = worthOf(now);
    sum.textContent = som(total);
    onchange(total);
  };
  const element = h("fieldset", { class: "count", oninput: refresh },
    h("legend", {}, legend),
    [...fields.values()].map(({ row }) => row),
    h("p", { class: "together" }, h("span", {}, _("Together")), sum));
  return {
    element,
    pieces() {
      const now = typed();
      const wrong = WORTHS.find((worth) => now[worth] === null);
      if (wrong === undefined) return now;
      fields.get(wrong).input.focus();
      return null;
    },
  };
}

function field(worth) {
  const id = `count-${worth}`;
  const input = h("input", {
    id, inputmode: "numeric", autocomplete: "off", maxlength: 6, placeholder: "0",
  });
  const part = h("span", { class: "part" });
  const row = h("p", { class: "row" }, h("label", { for: id }, `${amount(worth)} ×`), input, part);
  return { row, input, part };
}
