// A shift is closed blind: first the drawer is counted, then one learns what was due in it.

import { button, h } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _, ngettext } from "../kit/words.js";
import { counterOf } from "../sell/counter.js";
import { said, worthOf } from "./count.js";
import { countForm } from "./count_form.js";
import { reportOf } from "./report.js";

/** The count; nothing on this screen says what the log expects. */
export function screen(till) {
  if (!till.state.shift) {
    return h("section", {}, h("h1", {}, _("No shift is open")),
      button(_("Open a shift"), () => till.go("open"), { class: "big" }));
  }
  const count = countForm(_("Count what lies in the drawer"));
  const form = h("form", { class: "shift-closing", novalidate: true },
    h("h1", {}, _("Close the shift")),
    h("p", {}, _("Count every note and coin. What should be there is shown afterwards; over or short, the shift closes all the same.")),
    parked(till), count.element,
    h("button", { type: "submit", class: "big go" }, _("I have counted")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const counted = count.pieces();
    if (counted !== null) till.show(sureOf(till, form, counted));
  });
  return form;
}

function parked(till) {
  const count = counterOf(till).parked.length;
  return count === 0 ? null : h("p", { class: "note" }, ngettext(
    "%(count)s sale is parked. It can be taken up in the next shift.",
    "%(count)s sales are parked. They can be taken up in the next shift.", count,
  ));
}

function sureOf(till, form, counted) {
  const yes = button(_("Close the shift"), async () => {
    yes.disabled = true;
    try {
      await closing(till, counted);
    } catch (error) {
      yes.disabled = false;
      till.fail(error);
    }
  }, { class: "main" });
  return h("section", { class: "shift-closing" },
    h("h1", {}, _("Counted: %(sum)s", { sum: som(worthOf(counted)) })),
    h("p", {}, _("Afterwards nothing more comes into this shift. The next sale needs a new one.")),
    h("div", { class: "answers" }, yes, button(_("Count again"), () => till.show(form))));
}

async function closing(till, counted) {
  const events = await till.log.ofShift(till.state.shift.name);
  const payload = { kind: "shift_closed", counted: said(counted), report: reportOf(events) };
  const event = await till.log.append(payload);
  till.say(_("The shift is closed."), "good");
  till.sync.now();
  await till.go("z", { hash: event.hash, isNew: true });
}
