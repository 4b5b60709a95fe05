// Money put into the drawer or taken out of it, other than by a sale.

import { h } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _ } from "../kit/words.js";
import { said, worthOf } from "./count.js";
import { countForm } from "./count_form.js";
import { reasonForm } from "./reason_form.js";

/** Reasons that are given most often, by the way the money goes. */
function reasons(isIn) {
  return isIn
    ? [_("Small change was brought"), _("From the safe")]
    : [_("To the safe"), _("To the bank"), _("Something was bought for the shop")];
}

/** Which way, how much by note and coin, and why. */
export function screen(till, { isIn = false } = {}) {
  const count = countForm(_("Which notes and coins?"));
  const reason = reasonForm(reasons(isIn));
  const ways = h("div", { class: "row ways" }, [false, true].map((way) => h("button", {
    type: "button", "aria-pressed": String(way === isIn),
    onclick: () => till.go("cash", { isIn: way }),
  }, way ? _("Put in") : _("Take out"))));
  const go = h("button", { type: "submit", class: "big go" },
    isIn ? _("It is in the drawer") : _("It is out of the drawer"));
  const form = h("form", { class: "cash-moving", novalidate: true },
    h("h1", {}, _("Cash in and out")), ways, count.element, reason.element, go);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    await moving(till, isIn, count.pieces(), reason).catch((error) => till.fail(error));
    go.disabled = false;
  });
  return form;
}

async function moving(till, isIn, pieces, reason) {
  if (pieces === null) return;
  const sum = worthOf(pieces);
  if (!sum) {
    till.say(_("Say how many of which notes or coins."), "bad");
    return;
  }
  const words = reason.words();
  if (!words) {
    till.say(_("Say why, in a few words."), "bad");
    return;
  }
  const sign = isIn ? 1 : -1;
  await till.log.append({
    kind: "cash_moved", amount: sign * sum, reason: words, notes: said(pieces, sign),
  });
  till.say(isIn ? _("%(sum)s put in.", { sum: som(sum) }) : _("%(sum)s taken out.", { sum: som(sum) }), "good");
  await till.go("sell");
}
