// What was printed before, or should have been: receipts and labels, printed once more.

import { button, h, replace } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _, dayInWords } from "../kit/words.js";
import { labelsFor, receiptFor } from "./papers.js";
import { sheetOf } from "./sheet.js";

const SHOWN = 30;
const MOST_LABELS = 200;

/** The last receipts; one is looked at before it is printed. */
export function screen(till) {
  const list = h("ul", { class: "receipts" });
  const preview = h("div", { class: "preview", "aria-live": "polite" });
  fill(till, list, preview).catch((error) => till.fail(error));
  return h("section", { class: "again" },
    h("h1", {}, _("Last receipts")),
    list,
    preview,
    h("h2", {}, _("A label once more")),
    labelForm(till),
    h("p", {}, button(_("The printer"), () => till.go("printer"))));
}

async function fill(till, list, preview) {
  const kinds = ["sale", "refund"];
  const events = await till.log.latest(SHOWN, ({ payload }) => kinds.includes(payload.kind));
  const rows = events.map((event) => h("li", {}, rowOf(till, event, preview)));
  replace(list, rows.length ? rows : h("li", {}, _("Nothing has been sold on this till yet.")));
}

function rowOf(till, event, preview) {
  const { payload } = event;
  const total = payload.tenders.reduce((sum, { amount }) => sum + amount, 0);
  const sum = payload.kind === "refund" ? som(-total) : som(total);
  const words = `${payload.receipt} · ${dayInWords(event.business_date)} · ${sum}`;
  return button(words, () => look(till, event, preview));
}

async function look(till, event, preview) {
  const paper = await receiptFor(till, event, { isCopy: true });
  const printed = async () => {
    try {
      await till.print(paper);
      till.say(_("Printed again."), "good");
    } catch (error) {
      till.fail(error);
    }
  };
  const print = button(_("Print again"), printed, { class: "big" });
  replace(preview, print, sheetOf(paper, 58));
  print.focus();
}

function labelForm(till) {
  const label = h("input", { id: "label-again", inputmode: "numeric", autocomplete: "off",
    maxlength: 60 });
  const count = h("input", { id: "labels-count", type: "number", min: 1, max: MOST_LABELS, value: 1,
    required: true });
  const print = async (event) => {
    event.preventDefault();
    const lot = till.shelf.get(label.value.trim());
    if (!lot) {
      till.say(_("There is no label %(label)s on this shelf.", { label: label.value }), "bad");
      return;
    }
    const papers = await labelsFor([{ lot, count: Number(count.value) }]);
    try {
      await till.print(papers);
      till.say(_("The labels are printed."), "good");
    } catch (error) {
      till.fail(error);
    }
  };
  return h("form", { onsubmit: print },
    h("p", {}, h("label", { for: "label-again" }, _("Number under the bars")), label),
    h("p", {}, h("label", { for: "labels-count" }, _("How many")), count),
    h("button", { type: "submit" }, _("Print labels")));
}
