// One line of the count: how many are accepted, how many refused and why; food with its dates.

import { button, h } from "../kit/dom.js";
import { _, dayInWords, ngettext } from "../kit/words.js";
import { priceOn } from "../sell/shelf.js";
import { daysAfter, faultOf, isCounted } from "./count.js";
import { keep, stage } from "./draft.js";
import { faultInWords, nameOf, reasons, shareInWords } from "./words.js";

const LONGEST_REASON = 200;
const LONGEST_BATCH = 40;
const HALF_A_YEAR = 183;
const A_YEAR = 365;

/** The form of the line at place `at`. */
export function lineStage(till, { at }) {
  const one = till.counting.lines[at];
  const { date } = till.state.shift;
  const pieces = piecesForm(one);
  const refusal = reasonForm(one);
  const food = one.good.kind === "food" ? foodForm(one, date) : null;
  const said = () => ({ ...one, ...pieces.said(), ...refusal.said(), ...food?.said() });
  const show = () => {
    refusal.element.hidden = !said().refused;
    if (food) food.element.hidden = said().accepted === 0;
  };
  const form = h("form", { class: "intake counting", novalidate: true, oninput: show },
    h("h1", {}, nameOf(one.good)),
    h("p", { class: priceOn(one.good, date).price === null ? "note" : "faint" },
      shareInWords(one.good, till.counting.agreement, date)),
    pieces.element, refusal.element, food?.element ?? null,
    h("button", { type: "submit", class: "big go" }, _("Counted")),
    h("div", { class: "answers" }, leaving(till, at)));
  show();
  pieces.heard(show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    taking(till, at, said(), form).catch((error) => till.fail(error));
  });
  return form;
}

async function taking(till, at, said, form) {
  const fault = faultOf(said, till.state.shift.date);
  if (fault) {
    till.say(faultInWords(fault), "bad");
    form.querySelector(`[data-fault~="${fault}"]`)?.focus();
    return;
  }
  till.counting.lines[at] = said;
  await keep(till, till.counting);
  till.say("");
  await stage(till, "count");
}

function leaving(till, at) {
  const one = till.counting.lines[at];
  const leave = async () => {
    if (one.line === null) till.counting.lines.splice(at, 1);
    else Object.assign(one, { accepted: null, refused: 0, reason: "" });
    await keep(till, till.counting);
    await stage(till, "count");
  };
  return button(one.line === null ? _("It is not there after all") : _("Count it another time"), leave);
}

/** {element, said(), heard(act)}: two numbers with a key for one more and one less. */
function piecesForm(one) {
  const acts = [];
  const hear = () => acts.forEach((act) => act());
  const start = isCounted(one) ? one.accepted : one.declared;
  const accepted = stepper("accepted", _("Accepted"), start, "pieces", hear);
  const refused = stepper("refused", _("Refused"), one.refused || null, "refused", hear);
  const declared = one.declared === null ? null
    : h("p", {}, ngettext("%(count)s was declared.", "%(count)s were declared.", one.declared));
  return {
    element: h("fieldset", { class: "pieces" }, h("legend", {}, _("How many?")), declared,
      accepted.element, refused.element),
    said: () => ({ accepted: accepted.number(), refused: refused.number() }),
    heard: (act) => acts.push(act),
  };
}

function stepper(id, words, start, fault, hear) {
  const input = h("input", {
    id, inputmode: "numeric", autocomplete: "off", maxlength: 6, value: start ?? "",
    placeholder: "0", "data-fault": fault,
  });
  const number = () => (/^\s*\d{0,6}\s*$/.test(input.value) ? Number(input.value) : NaN);
  const step = (by) => {
    input.value = Math.max(0, (number() || 0) + by);
    hear();
  };
  const less = _("%(what)s: one less", { what: words });
  const more = _("%(what)s: one more", { what: words });
  const element = h("p", { class: "row stepper" },
    h("label", { for: id }, words),
    h("span", { class: "keys" },
      button("−", () => step(-1), { class: "step", "aria-label": less }),
      input,
      button("+", () => step(1), { class: "step", "aria-label": more })));
  return { element, number };
}

function reasonForm(one) {
  const input = h("input", {
    id: "refused-why", maxlength: LONGEST_REASON, autocomplete: "off", value: one.reason,
    "data-fault": "reason",
  });
  const element = h("fieldset", { class: "reason" },
    h("legend", {}, _("Why are they refused?")),
    chips(reasons(one.good).map((words) => [words, words]), input),
    h("label", { for: "refused-why" }, _("In a few words")), input);
  return { element, said: () => ({ reason: input.value.trim() }) };
}

/** Batch and date: asked for, and proposed where there is something to go by. */
function foodForm(one, day) {
  const batch = h("input", {
    id: "batch", maxlength: LONGEST_BATCH, autocomplete: "off", value: one.batch,
    "data-fault": "batch",
  });
  const until = h("input", {
    id: "best-before", type: "date", value: one.best_before, "data-fault": "date expired",
  });
  const { keeps_days: keeps } = one.good;
  const asLast = keeps && daysAfter(day, keeps);
  const dates = [
    asLast && [_("As last time: %(day)s", { day: dayInWords(asLast) }), asLast],
    [_("Half a year"), daysAfter(day, HALF_A_YEAR)],
    [_("A year"), daysAfter(day, A_YEAR)],
  ].filter(Boolean);
  const element = h("fieldset", { class: "food" },
    h("legend", {}, _("Ask the maker")),
    h("label", { for: "batch" }, _("Batch, as it stands on the goods")), batch,
    chips([[_("Made today: %(day)s", { day: dayInWords(day) }), dayInWords(day)]], batch),
    h("label", { for: "best-before" }, _("Good until")), until, chips(dates, until));
  return { element, said: () => ({ batch: batch.value.trim(), best_before: until.value }) };
}

function chips(choices, input) {
  return h("div", { class: "chips" }, choices.map(([words, value]) => button(words, () => {
    input.value = value;
    input.focus();
  }, { class: "chip" })));
}
