// Z-reports: the one that was just made, and older ones to be printed again.

import { button, h, replace } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _, dayInWords } from "../kit/words.js";
import { sheetOf } from "../receipts/sheet.js";
import { overOf } from "./report.js";
import { cashierOf, overInWords, zNumber, zPaper } from "./z_paper.js";

const SHOWN = 30;
const SHEET_MM = 58;

/** `hash`: that closing; without it the last ones to choose from. `isNew`: it was just made. */
export function screen(till, { hash = null, isNew = false } = {}) {
  const place = h("section", { class: "z-reports" }, h("h1", {}, _("Z-reports")));
  const fill = hash ? one(till, hash, isNew) : all(till);
  fill.then((parts) => replace(place, parts)).catch((error) => till.fail(error));
  return place;
}

async function one(till, hash, isNew) {
  const closing = await till.log.event(hash);
  const paper = zPaper(closing, till.about, { isCopy: !isNew });
  const print = button(isNew ? _("Print") : _("Print again"), async () => {
    try {
      await till.print(paper);
    } catch (error) {
      till.fail(error);
    }
  }, { class: "main" });
  const heading = h("h1", { tabindex: "-1" }, _("Z-report"));
  requestAnimationFrame(() => heading.focus());
  return [
    heading, h("p", { class: "faint" }, `№ ${zNumber(closing)}`), verdict(closing.payload),
    sheetOf(paper, SHEET_MM),
    h("div", { class: "answers" }, print,
      isNew ? button(_("Done"), () => till.go("open"))
        : button(_("All Z-reports"), () => till.go("z"))),
  ];
}

function verdict(payload) {
  const over = overOf(payload);
  if (over === null) return null;
  const words = over === 0
    ? _("The drawer holds exactly what is due.")
    : _("%(what)s: %(sum)s. It is written down; nobody has to do anything at the till.", {
      what: overInWords(over), sum: som(Math.abs(over)),
    });
  return h("p", { class: over === 0 ? "note good" : "note bad", role: "status" }, words);
}

async function all(till) {
  const closings = await till.log.latest(SHOWN, ({ payload }) => payload.kind === "shift_closed");
  return [
    h("h1", {}, _("Z-reports")),
    closings.length
      ? h("ul", { class: "receipts" }, closings.map((closing) => row(till, closing)))
      : h("p", {}, _("No shift has been closed on this device yet.")),
  ];
}

function row(till, closing) {
  const { report } = closing.payload;
  const over = overOf(closing.payload);
  const words = [
    dayInWords(closing.business_date), cashierOf(closing, till.about),
    report ? som(report.sold) : "",
    over ? `${overInWords(over)}: ${som(Math.abs(over))}` : "",
  ].filter(Boolean).join(" · ");
  return h("li", {}, button(words, () => till.go("z", { hash: closing.hash })));
}
