// Sales that were put aside: taken up again, or thrown away.

import { button, h } from "../kit/dom.js";
import { som } from "../kit/money.js";
import { _, ngettext } from "../kit/words.js";
import { sure } from "./asking_screen.js";
import { totals } from "./cart.js";
import { counterOf } from "./counter.js";
import { icon } from "./pictures_screen.js";
import { lineInWords } from "./taking_screen.js";

/** The list of parked sales. */
export function screen(till) {
  const counter = counterOf(till);
  const rows = counter.parked.map(
    (one, index) => h("li", { class: "card" }, rowOf(till, one, index)),
  );
  return h("section", { class: "parked" },
    h("h1", {}, _("Parked sales")),
    rows.length ? h("ul", { class: "plain" }, rows)
      : h("p", { class: "empty" }, _("No sale is parked.")),
    button([icon("back"), _("Back to the counter")], () => till.go("sell")));
}

function rowOf(till, { at, cart }, index) {
  const counter = counterOf(till);
  const sum = totals(cart);
  const hour = new Intl.DateTimeFormat("ru", {
    timeZone: till.about.time_zone, hour: "2-digit", minute: "2-digit",
  }).format(new Date(at));
  const words = `${hour} · ${ngettext("%(count)s piece", "%(count)s pieces", sum.pieces)}`;
  return [
    h("p", {}, h("strong", { class: "number" }, som(sum.gross)), " ", words),
    h("p", { class: "faint" }, cart.lines.map(lineInWords).join(" · ")),
    h("p", { class: "answers" },
      button(_("Take it up"), async () => {
        await counter.recall(index, till.clock.wall().toISOString());
        await till.go("sell");
      }, { class: "main" }),
      button([icon("bin"), _("Throw away")], async () => {
        if (!(await sure(_("Throw this sale away?"), _("Throw away")))) return;
        await counter.drop(index);
        await till.go("parked");
      })),
  ];
}
