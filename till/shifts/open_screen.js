// A shift is opened: the business date, who stands at the till, what lies in the drawer.

import { button, h, replace } from "../kit/dom.js";
import { _, dayInWords } from "../kit/words.js";
import { newNonce } from "../log/log.js";
import { said, worthOf } from "./count.js";
import { countForm } from "./count_form.js";
import { daysAfter, faultOf, isOdd, proposed } from "./dates.js";
import { whoForm } from "./who_form.js";

const NAME_BYTES = 4;

/** The screen on which a day at the counter begins. */
export function screen(till) {
  if (till.state.shift) return isOpen(till);
  const day = dayForm(till);
  const who = whoForm(till.about.cashiers, _("Who sells?"), till.about.sealing_key);
  const float = countForm(_("What lies in the drawer?"));
  const form = h("form", { class: "shift-opening", novalidate: true },
    h("h1", {}, _("Open a shift")),
    till.about.cashiers.length ? null : nobody(),
    day.element, who.element, float.element,
    h("button", { type: "submit", class: "big go" }, _("Open the shift")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await opening(till, form, { day, who, float }).catch((error) => till.fail(error));
  });
  // A new version takes over while nothing is open and nothing is typed.
  till.betweenShifts().catch(() => {});
  return form;
}

function isOpen(till) {
  return h("section", {}, h("h1", {}, _("A shift is open")),
    button(_("To the counter"), () => till.go("sell"), { class: "big" }));
}

function nobody() {
  return h("p", { class: "note bad" }, _("Nobody may sell at this till yet. The officer gives the office of clerk or manager, then the till must be on the network once."));
}

async function opening(till, form, { day, who, float }) {
  const date = day.date();
  const counted = float.pieces();
  if (date === null || counted === null) return;
  const nonce = newNonce();
  const proof = await who.proof(nonce);
  const go = form.querySelector("button.go");
  go.disabled = true;
  try {
    const shift = { name: shiftName(till.log.head.epoch), date, cashier: who.uid() };
    const payload = {
      kind: "shift_opened", float: worthOf(counted), counted: said(counted), till: till.version,
      ...(proof ? { proof } : {}),
    };
    await till.log.append(payload, { nonce, shift });
  } finally {
    go.disabled = false;
  }
  till.say(_("The shift is open."), "good");
  till.sync.now();
  await till.go("sell");
}

/** "<epoch>-<8 hex>": chosen by the till, never used twice. */
function shiftName(epoch) {
  const bytes = crypto.getRandomValues(new Uint8Array(NAME_BYTES));
  return `${epoch}-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** {element, date()}: the day, big; one that is not the clock's is asked about once more. */
function dayForm(till) {
  const { lastDate } = till.state;
  const today = till.clock.today();
  const input = h("input", {
    id: "business-date", type: "date", value: proposed(lastDate, today), min: lastDate || null,
    required: true,
  });
  const big = h("strong", { class: "date", "aria-live": "polite" });
  const why = h("div", { class: "why" });
  let sure = null;
  const show = () => {
    big.textContent = input.value ? dayInWords(input.value) : "—";
    replace(why, doubt(input.value, lastDate, today, sure, () => {
      sure = input.value;
      show();
    }));
  };
  input.addEventListener("input", show);
  const step = (count) => {
    input.value = daysAfter(input.value || today, count);
    show();
  };
  show();
  const element = h("fieldset", { class: "day" },
    h("legend", {}, _("Day of business")), big,
    h("div", { class: "row days" },
      button("−1", () => step(-1), { "aria-label": _("The day before") }),
      button("+1", () => step(1), { "aria-label": _("The day after") })),
    h("details", {}, h("summary", {}, _("Another day")),
      h("label", { for: "business-date" }, _("Day of business")), input),
    why, clockNote(till));
  return {
    element,
    date() {
      const value = input.value;
      const asked = isOdd(value, lastDate, today) && sure !== value;
      if (!faultOf(value, lastDate) && !asked) return value;
      (why.querySelector("button") ?? input).focus();
      till.say(asked && !faultOf(value, lastDate) ? _("Is the day right? Say yes first.")
        : _("Choose another day."), "bad");
      return null;
    },
  };
}

function doubt(value, last, today, sure, yes) {
  const fault = faultOf(value, last);
  if (fault === "before") {
    return h("p", { class: "note bad" }, _("The last shift was on %(day)s. A new one cannot be on an earlier day.", { day: dayInWords(last) }));
  }
  if (fault || !isOdd(value, last, today)) return null;
  if (sure === value) return h("p", { class: "note" }, _("The shift will be on %(day)s.", { day: dayInWords(value) }));
  return h("p", { class: "note" },
    _("By the clock it is %(day)s.", { day: dayInWords(today) }), " ",
    button(_("Yes, it is %(day)s", { day: dayInWords(value) }), yes));
}

/** What is wrong with the clock, where something is. */
export function clockNote(till) {
  const { clock, state } = till;
  if (clock.isOff) {
    return h("p", { class: "note bad" }, _("The clock of this device is wrong. What you sell is safe and in order all the same; look at the day, and set the clock when there is time."));
  }
  if (clock.wentBack(state.lastWall)) {
    return h("p", { class: "note bad" }, _("The clock of this device went back. Look at the day."));
  }
  return null;
}
