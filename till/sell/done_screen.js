// The sale is in the log: what goes back to the buyer, the receipt, the next sale.

import { button, h, replace } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { receiptFor } from "../receipts/papers.js";
import { worthOf } from "./change.js";
import { notesInWords } from "./notes_screen.js";
import { icon } from "./pictures_screen.js";
import { hearScans } from "./scanner.js";

/** Shown after a sale; `event` is what the log holds. */
export function screen(till, { event = null } = {}) {
  if (!event) {
    queueMicrotask(() => till.go("sell"));
    return h("section", {});
  }
  const paper = h("p", { class: "receipt-state", role: "status" },
    _("The receipt is being printed…"));
  const root = h("section", { class: "done" },
    h("h1", {}, icon("good"), _("Sold for %(sum)s", { sum: som(paidOf(event)) })),
    changeOf(event),
    paper,
    h("p", { class: "answers" },
      button(_("The next sale"), () => till.go("sell"), { class: "main", autofocus: true }),
      button([icon("print"), _("Print again")], () => print(till, event, paper)),
      till.about.terms.fiscal === "external"
        ? button(_("Number of the fiscal register"), () => till.go("fiscal", { event })) : null),
    h("p", { class: "faint" }, `№ ${event.payload.receipt}`));
  hearScans(root, { onscan: (code) => till.go("sell", { code }) });
  // After the screen is drawn: printing may hold the page up.
  setTimeout(() => print(till, event, paper), 0);
  return root;
}

function paidOf(event) {
  return event.payload.tenders.reduce((sum, tender) => sum + tender.amount, 0);
}

function changeOf(event) {
  const out = new Map();
  for (const { notes = {} } of event.payload.tenders) {
    for (const [worth, pieces] of Object.entries(notes)) {
      if (pieces < 0) out.set(Number(worth), -pieces);
    }
  }
  if (!out.size) return null;
  const sorted = new Map([...out].sort(([one], [other]) => other - one));
  return h("div", { class: "give" },
    h("p", { class: "large" }, _("Give back %(sum)s", { sum: som(worthOf(sorted)) })),
    h("p", { class: "notes" }, notesInWords(sorted)));
}

// What came out once is a copy from then on; what never did is not.
async function print(till, event, state) {
  try {
    const isCopy = state.dataset.printed === "yes";
    await till.print(await receiptFor(till, event, { isCopy }));
    state.dataset.printed = "yes";
    replace(state, _("The receipt is printed."));
    state.className = "receipt-state good";
  } catch (error) {
    const words = error.words ?? error.message ?? String(error);
    replace(state, icon("bad"), _("The sale stands, but the receipt is not printed: %(words)s",
      { words }));
    state.className = "receipt-state bad";
  }
}
