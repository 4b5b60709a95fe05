// Goods come in: who brings them, what was declared, the joint count, two signatures, the labels.

import { button, h, replace } from "../kit/dom.js";
import { _, named, ngettext } from "../kit/words.js";
import { begin } from "./count.js";
import { countStage } from "./count_screen.js";
import { keep, stage } from "./draft.js";
import { lineStage } from "./line_screen.js";
import { shelvedStage } from "./shelved_screen.js";
import { signStage } from "./sign_screen.js";
import { nameOf, villageIn } from "./words.js";

const STAGES = {
  who: whoStage, note: noteStage, count: countStage, line: lineStage, sign: signStage,
  shelved: shelvedStage,
};
const SHOWN_LINES = 4;

/** The stage that is asked for; without one, where the count was left. */
export function screen(till, params = {}) {
  if (!till.state.shift) {
    return h("section", {}, h("h1", {}, _("No shift is open")),
      button(_("Open a shift"), () => till.go("open"), { class: "big" }));
  }
  const name = params.stage ?? (till.counting ? "count" : "who");
  return STAGES[name](till, params);
}

function whoStage(till) {
  const { offer } = till;
  if (!offer.isKnown) return unheard(till);
  let village = null;
  const input = h("input", {
    id: "who-brings", type: "search", autocomplete: "off", enterkeyhint: "search",
  });
  const list = h("ul", { class: "plain bringers" });
  const chips = h("div", { class: "chips", role: "group", "aria-label": _("Villages") });
  const show = () => {
    const found = offer.find(input.value, village);
    replace(list, found.length ? found.map((one) => h("li", {}, bringer(till, one))) : nobody());
    replace(chips, [null, ...offer.villages()].map((one) => button(
      one ? named(one.names) : _("All villages"),
      () => {
        village = one?.code ?? null;
        show();
      },
      { class: "chip", "aria-pressed": String(village === (one?.code ?? null)) },
    )));
  };
  input.addEventListener("input", show);
  show();
  return h("section", { class: "intake" },
    h("h1", {}, _("Who brings goods?")),
    h("label", { for: "who-brings" }, _("Name or village")), input, chips, list);
}

function nobody() {
  return h("li", { class: "empty" },
    _("Nobody of that name has an agreement with this shop. The association makes one first."));
}

function unheard(till) {
  const ask = button(_("Ask the server now"), async () => {
    await till.sync.now();
    await till.go("intake");
  }, { class: "big" });
  return h("section", { class: "intake" },
    h("h1", {}, _("Who brings goods?")),
    h("p", { class: "note bad" }, _("This till has not heard yet who brings goods to the shop. Connect it to the network once; from then on goods come in without it too.")),
    ask);
}

function bringer(till, agreement) {
  const { consignor } = agreement;
  const notes = till.offer.notesOf(agreement).length;
  const where = [villageIn(consignor), agreement.number].filter(Boolean).join(" · ");
  const badge = ngettext("%(count)s note waits", "%(count)s notes wait", notes);
  return button([
    h("span", { class: "words" },
      h("span", { class: "name" }, consignor.name),
      h("span", { class: "faint" }, where)),
    notes ? h("span", { class: "badge" }, badge) : null,
  ], () => chosen(till, agreement), { class: "wide" });
}

async function chosen(till, agreement) {
  if (till.offer.notesOf(agreement).length) {
    await stage(till, "note", { agreement: agreement.number });
    return;
  }
  await start(till, agreement, null);
}

async function start(till, agreement, note) {
  await keep(till, begin(agreement, note, (id) => till.offer.variant(id), null));
  await stage(till, "count");
}

function noteStage(till, params) {
  const agreement = till.offer.agreement(params.agreement);
  return h("section", { class: "intake" },
    h("h1", {}, agreement.consignor.name),
    h("p", {}, _("What was declared before they came?")),
    h("ul", { class: "plain bringers" }, till.offer.notesOf(agreement).map((note) => h("li", {},
      button(noteWords(till, note), () => start(till, agreement, note), { class: "wide" })))),
    h("div", { class: "answers" },
      button(_("Goods that nobody declared"), () => start(till, agreement, null), { class: "big" }),
      button(_("Somebody else"), () => stage(till, "who"))));
}

function noteWords(till, note) {
  const lines = note.lines.slice(0, SHOWN_LINES).map(({ variant, declared }) => {
    const good = till.offer.variant(variant);
    return `${declared} × ${good ? nameOf(good) : "?"}`;
  });
  if (note.lines.length > SHOWN_LINES) lines.push("…");
  return h("span", { class: "words" },
    h("span", { class: "name" }, _("Note %(number)s of %(day)s", {
      number: note.number, day: note.on.split("-").reverse().join("."),
    })),
    h("span", { class: "faint" }, lines.join(", ")));
}
