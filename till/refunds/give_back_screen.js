// The last step of a refund: why, by what means the money goes back, and who signs above the limit.

import { button, h, replace } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { newNonce } from "../log/log.js";
import { receiptFor } from "../receipts/papers.js";
import { changeFrom } from "../sell/change.js";
import { reasonForm } from "../shifts/reason_form.js";
import { whoForm } from "../shifts/who_form.js";
import { meansInWords } from "../shifts/z_paper.js";
import { grossOf, needsManager, refundPayload, tendersBack } from "./rules.js";

function reasons() {
  return [_("Broken"), _("Spoiled"), _("Wrong size"), _("Changed their mind")];
}

/**
 * `lines` of the event; `paid`: how the sale was paid, less what went back; null if unknown;
 * `last`: nothing of the sale stays with the buyer.
 */
export function payScreen(till, { lines, paid, last = false }) {
  const gross = grossOf(lines);
  const reason = reasonForm(reasons(), _("Why does it come back?"));
  const means = meansForm(till, gross, paid, last);
  const manager = needsManager(gross, till.about.terms) ? managerForm(till) : null;
  const go = h("button", { type: "submit", class: "big go" }, _("The money is given back"));
  const form = h("form", { class: "refund", novalidate: true },
    h("h1", {}, _("To give back: %(sum)s", { sum: som(gross) })),
    reason.element, means.element, manager?.element ?? null, go);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    await giving(till, { lines, reason, means, manager }).catch((error) => till.fail(error));
    go.disabled = false;
  });
  return form;
}

function managerForm(till) {
  const managers = till.about.cashiers.filter((one) => one.manager && one.pin);
  const limit = som(till.about.terms.refund_limit);
  const legend = till.about.terms.refund_limit
    ? _("Above %(limit)s a manager signs", { limit })
    : _("A manager signs");
  if (managers.length) return whoForm(managers, legend, till.about.sealing_key);
  const words = _("A manager has to sign, and none has a PIN yet. Keep the goods, write down the name, and give the money back when one can sign.");
  return {
    element: h("p", { class: "note bad" }, words),
    proof: () => Promise.reject(Object.assign(new Error(words), { words })),
  };
}

/** {element, tenders()}: what goes back by which means, and the notes to give. */
function meansForm(till, gross, paid, last) {
  const place = h("fieldset", { class: "means" });
  const asItCame = tendersBack(gross, paid, "cash", last);
  let tenders = asItCame;
  const show = (wanted) => {
    tenders = wanted;
    replace(place, h("legend", {}, _("How the money goes back")),
      tenders.map((tender) => tenderRow(till, tender)),
      h("div", { class: "row" }, others(gross, paid, { tenders, asItCame }, show)));
  };
  show(tenders);
  return { element: place, tenders: () => tenders.map((tender) => withNotes(till, tender)) };
}

function tenderRow(till, { kind, amount }) {
  const name = meansInWords()[kind];
  const row = h("p", { class: "together" }, h("span", {}, name),
    h("strong", { class: "amount" }, som(amount)));
  if (kind !== "cash") return [row, h("p", { class: "faint" }, byTerminal(kind))];
  const notes = changeFrom(till.state.drawer, amount);
  return [row, notes === null
    ? h("p", { class: "note bad" }, _("By the log the drawer has no notes for exactly this sum. Change a note first, or give what is at hand and count well at closing."))
    : h("ul", { class: "plain give" },
      [...notes].map(([worth, pieces]) => h("li", {}, `${som(worth)} × ${pieces}`)))];
}

function byTerminal(kind) {
  return kind === "card" ? _("Give it back on the terminal first.")
    : _("Send it back in the bank's own programme first.");
}

/** Where the terminal cannot give it back, or nobody here knows how it was paid. */
function others(gross, paid, { tenders, asItCame }, show) {
  const names = meansInWords();
  const now = tenders.map(({ kind }) => kind).join();
  const choices = paid === null ? ["cash", "card", "qr"] : ["cash"];
  const found = choices.filter((kind) => kind !== now).map((kind) => button(
    _("All by: %(means)s", { means: names[kind] }), () => show(tendersBack(gross, null, kind)),
  ));
  if (now === "cash" && asItCame.some(({ kind }) => kind !== "cash")) {
    found.push(button(_("As it was paid"), () => show(asItCame)));
  }
  return found;
}

function withNotes(till, tender) {
  if (tender.kind !== "cash") return tender;
  const notes = changeFrom(till.state.drawer, tender.amount);
  if (!notes?.size) return tender;
  const out = [...notes].map(([worth, pieces]) => [worth, -pieces]);
  return { ...tender, notes: Object.fromEntries(out) };
}

async function giving(till, { lines, reason, means, manager }) {
  const words = reason.words();
  if (!words) {
    till.say(_("Say why, in a few words."), "bad");
    return;
  }
  const nonce = newNonce();
  const approved = manager ? await manager.proof(nonce) : null;
  const { epoch, seq } = till.log.head;
  const receipt = `${till.about.device}-${epoch}-${seq + 1}`;
  const payload = refundPayload({
    receipt, lines, tenders: means.tenders(), reason: words, approved,
  });
  const event = await till.log.append(payload, { nonce });
  till.sync.now();
  till.show(doneScreen(till, event));
  await print(till, event);
}

async function print(till, event) {
  try {
    await till.print(await receiptFor(till, event));
  } catch (error) {
    till.fail(error);
  }
}

function doneScreen(till, event) {
  const sum = event.payload.tenders.reduce((total, tender) => total + tender.amount, 0);
  return h("section", { class: "refund done" },
    h("h1", {}, _("Given back: %(sum)s", { sum: som(sum) })),
    h("p", { class: "faint" }, `№ ${event.payload.receipt}`),
    h("div", { class: "answers" },
      button(_("To the counter"), () => till.go("sell"), { class: "main", autofocus: true }),
      button(_("Print again"), () => print(till, event))));
}
