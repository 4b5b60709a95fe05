// Before both sign, it is read out what was counted and what it brings; then it is a fact.

import { button, h } from "../kit/dom.js";
import { _, ngettext } from "../kit/words.js";
import { newNonce } from "../log/log.js";
import { countedLines, lotOf, newLabel, payloadOf } from "./count.js";
import { keep, stage } from "./draft.js";
import { signForm, told } from "./sign_form.js";
import { countInWords, freshness, nameOf, shareInWords } from "./words.js";

const LONGEST_DEVICE = 16;

/** What both sides put their names under. */
export function signStage(till) {
  const count = till.counting;
  const { consignor } = count.agreement;
  const owner = signForm("owner", consignor.signers,
    _("For the owner: %(name)s", { name: consignor.name }), till.about.sealing_key,
    consignor.signers.length === 1 ? consignor.signers[0] : null);
  const cashier = till.about.cashiers.find(({ uid }) => uid === till.state.shift.cashier);
  const shop = signForm("shop", till.about.cashiers, _("For the shop"), till.about.sealing_key,
    cashier ?? null);
  const go = h("button", { type: "submit", class: "big go" }, _("It is right: onto the shelf"));
  const form = h("form", { class: "intake signing-both", novalidate: true },
    h("h1", {}, _("Read it out, then both sign")),
    readOut(till), owner.element, shop.element,
    consignor.signers.length ? null : nobody(consignor),
    go, h("div", { class: "answers" }, button(_("Back to the count"), () => stage(till, "count"))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    await signing(till, owner, shop).catch((error) => till.fail(error));
    go.disabled = false;
  });
  return form;
}

function nobody(consignor) {
  return h("p", { class: "note bad" }, _("Nobody is known who may sign for %(name)s. The association names a leader or a contact of the community.", { name: consignor.name }));
}

function readOut(till) {
  const { agreement } = till.counting;
  const { date } = till.state.shift;
  const lines = countedLines(till.counting);
  const pieces = lines.reduce((sum, { accepted }) => sum + accepted, 0);
  return h("div", { class: "card" },
    h("ul", { class: "plain read-out" }, lines.map((one) => h("li", {},
      h("strong", {}, nameOf(one.good)),
      h("p", { class: "large" }, countInWords(one)),
      one.accepted && freshness(one) ? h("p", {}, freshness(one)) : null,
      one.accepted ? h("p", {}, shareInWords(one.good, agreement, date)) : null))),
    h("p", { class: "total" }, ngettext(
      "%(count)s piece is accepted.", "%(count)s pieces are accepted.", pieces,
    )));
}

async function signing(till, owner, shop) {
  if (owner.uid() && owner.uid() === shop.uid()) {
    throw told(_("One person cannot sign for both sides. Somebody else signs for the shop."));
  }
  const nonce = newNonce();
  const proofs = { consignor: await owner.proof(nonce), shop: await shop.proof(nonce) };
  const count = labelled(till);
  const event = await till.log.append(payloadOf(count, proofs), { nonce });
  const lots = countedLines(count).filter(({ accepted }) => accepted).map((one) => lotOf(
    { ...one, best_before: one.good.kind === "food" ? one.best_before : null }, one.good,
    count.agreement.consignor,
  ));
  await till.lots.take(lots);
  await till.offer.counted(countedLines(count).map((one) => one.line).filter((id) => id !== null));
  await keep(till, null);
  till.sync.now();
  await stage(till, "shelved", { note: event.payload.note, lots, isNew: true });
}

/** Each accepted line under a label of its own, and the note under a number. */
function labelled(till) {
  const count = till.counting;
  const { epoch, seq } = till.log.head;
  const drawn = new Set();
  const lines = count.lines.map((one) => {
    const label = newLabel((code) => till.shelf.get(code) !== null || drawn.has(code));
    drawn.add(label);
    return { ...one, label };
  });
  const number = `${till.about.device.slice(0, LONGEST_DEVICE)}-${epoch}-${seq + 1}`;
  return { ...count, note: count.note ?? number, lines };
}
