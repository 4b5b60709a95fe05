// The line above every screen: whose shop, whose shift, what waits, and what is wrong.

import { button, h } from "../kit/dom.js";
import { _, dayInWords, ngettext } from "../kit/words.js";

function network(till) {
  const { waiting, error, refused } = till.sync.status;
  if (refused === "unknown-till") {
    return h("span", { class: "sign bad" }, _("Not known to the server: call the manager"));
  }
  if (refused === "another-till") {
    return h("span", { class: "sign bad" }, _("This browser is another till now: see More"));
  }
  const words = waiting
    ? ngettext("%(count)s record waits", "%(count)s records wait", waiting)
    : _("All is sent");
  return h("span", { class: error ? "sign off" : "sign on" },
    error ? _("No network: %(words)s", { words }) : words);
}

function clock(till) {
  if (till.clock.isOff) {
    const minutes = Math.round(Math.abs(till.clock.offset) / 60000);
    return h("span", { class: "sign bad" }, ngettext(
      "The clock is %(count)s minute off", "The clock is %(count)s minutes off", minutes,
    ));
  }
  return till.clock.wentBack(till.state.lastWall)
    ? h("span", { class: "sign bad" }, _("The clock went back"))
    : null;
}

/** The bar as it stands now. */
export function bar(till) {
  const { shift } = till.state;
  const cashier = till.about.cashiers.find((one) => one.uid === shift?.cashier);
  return h("div", { class: "bar" },
    button(till.about.shop.name, () => till.home(), { class: "brand" }),
    shift
      ? h("span", { class: "shift" }, `${dayInWords(shift.date)} · ${cashier?.name ?? ""}`)
      : h("span", { class: "shift" }, _("No shift is open")),
    network(till),
    clock(till),
    button(_("More"), () => till.go("more"), { class: "menu" }),
  );
}
