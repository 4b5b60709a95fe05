// The goods are on the shelf: their labels come out at once, and can be printed again.

import { button, h } from "../kit/dom.js";
import { _, ngettext } from "../kit/words.js";
import { labelsFor } from "../receipts/papers.js";
import { stage } from "./draft.js";
import { nameOf } from "./words.js";

/** `lots` as on the shelf; `isNew`: print their labels now. */
export function shelvedStage(till, { note, lots, isNew = false }) {
  const whole = lots.map((lot) => ({ lot, count: lot.on_shelf }));
  const pieces = whole.reduce((sum, { count }) => sum + count, 0);
  const state = h("p", { class: "receipt-state", role: "status" });
  const print = (wanted) => printing(till, wanted, state).catch((error) => till.fail(error));
  if (isNew && pieces) queueMicrotask(() => print(whole));
  return h("section", { class: "intake done" },
    h("h1", {}, lots.length ? _("On the shelf, and can be sold") : _("Written down")),
    h("p", { class: "faint" }, _("Note %(number)s", { number: note })),
    lots.length ? null : h("p", {}, _("Nothing was accepted; the refused goods go home with their reason on the note.")),
    h("ul", { class: "plain counts" }, whole.map((one) => h("li", {}, shelved(one, print)))),
    state,
    h("div", { class: "answers" },
      pieces && lots.length > 1
        ? button(again(pieces), () => print(whole))
        : null,
      button(_("Somebody else brings goods"), () => stage(till, "who")),
      button(_("To the counter"), () => till.go("sell"), { class: "big go", autofocus: true })));
}

function again(pieces) {
  return ngettext("Print %(count)s label again", "Print all %(count)s labels again", pieces);
}

function shelved({ lot, count }, print) {
  return [
    h("span", { class: "words" },
      h("span", { class: "name" }, nameOf(lot)),
      h("span", { class: "faint" }, ngettext("%(count)s piece", "%(count)s pieces", count), " · ",
        h("span", { class: "number" }, lot.label)),
      lot.price === null ? h("span", { class: "badge no" }, _("no price yet")) : null),
    button(ngettext("Print %(count)s label", "Print %(count)s labels", count),
      () => print([{ lot, count }]), { "aria-label": `${_("Print labels")}: ${nameOf(lot)}` }),
  ];
}

async function printing(till, wanted, state) {
  state.className = "receipt-state";
  state.textContent = _("The labels are being printed.");
  try {
    const papers = await labelsFor(wanted);
    await till.print(papers);
    state.classList.add("good");
    state.textContent = ngettext(
      "%(count)s label is printed.", "%(count)s labels are printed.", papers.length,
    );
  } catch (error) {
    state.classList.add("bad");
    state.textContent = error.words ?? String(error.message ?? error);
  }
}
