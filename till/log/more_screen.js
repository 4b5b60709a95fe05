// All that is not the counter itself: other screens, the language, what waits, the way out.

import { button, h, replace } from "../kit/dom.js";
import { _, ngettext, setLanguage } from "../kit/words.js";
import { icon } from "../sell/pictures_screen.js";
import { exported, offer } from "./export.js";
import { olderLogs, save } from "./older.js";
import { lookForNewer, newerVersion } from "./versions.js";

const LANGUAGES = [["ky", "Кыргызча"], ["ru", "Русский"], ["en", "English"]];

function places(till) {
  const open = Boolean(till.state.shift);
  const all = [
    [open, "sell", "shop", _("The counter")],
    [open, "parked", "park", _("Parked sales")],
    [open, "refund", "brought", _("Goods brought back")],
    [open, "intake", "arrive", _("Goods come in")],
    [open, "wish", "wish", _("Asked for and not found")],
    [open, "cash", "cash", _("Cash in and out")],
    [open && till.about.terms.fiscal === "external", "fiscal", "qr",
      _("Numbers of the fiscal register")],
    [true, "again", "report", _("Last receipts")],
    [open, "close", "lock", _("Close the shift")],
    [!open, "open", "key", _("Open a shift")],
    [true, "z", "report", _("Z-reports")],
    [true, "printer", "print", _("Printer")],
  ];
  return all.filter(([is]) => is).map(([, name, sign, words]) => (
    button([icon(sign), h("span", {}, words)], () => till.go(name))
  ));
}

function languages(till) {
  return LANGUAGES.map(([code, name]) => button(name, async () => {
    await setLanguage(code);
    await till.settings.set("language", code);
    await till.go("more");
  }, { lang: code, "aria-pressed": String(till.settings.get("language") === code) }));
}

function sending(till) {
  const { waiting, lastAt, error } = till.sync.status;
  const words = waiting
    ? ngettext(
      "%(count)s record waits to be sent. It is safe on this device.",
      "%(count)s records wait to be sent. They are safe on this device.", waiting,
    )
    : _("All records are with the server.");
  const last = lastAt
    ? _("Last spoke with the server: %(when)s", { when: new Date(lastAt).toLocaleString("ru") })
    : _("It has not spoken with the server since it was opened.");
  return [h("p", {}, words), h("p", { class: "faint" }, last),
    error ? h("p", { class: "faint" }, error) : null];
}

async function saveFile(till, all) {
  const bodies = all ? await till.log.all() : (await till.log.waiting()).map((one) => one.body);
  const { device, sealing_key: key } = till.about;
  const name = `${device}-${till.clock.today()}.ayil`;
  offer(name, await exported(device, bodies, key));
  till.say(ngettext("%(count)s record is in the file.", "%(count)s records are in the file.",
    bodies.length), "good");
}

async function version(till, place) {
  await lookForNewer();
  const newer = await newerVersion().catch(() => null);
  replace(place, newer
    ? _("A newer version is here. It takes over when the shift is closed.")
    : _("Version %(version)s", { version: till.version.slice(0, 8) }));
}

/** The browser was enrolled anew: nothing is lost, and the other till begins with its own log. */
function another(till) {
  const { becameTill: code, waiting } = till.sync.status;
  if (!code) return null;
  return h("section", { class: "card" },
    h("h2", {}, _("This browser is another till now: %(code)s", { code })),
    h("p", {}, _("The manager has enrolled it anew. Close the shift that is open.")),
    waiting
      ? h("p", {}, _("Then save what waits to a file and give it to the manager; it stays on this device as well."))
      : null,
    till.state.shift ? null : button(_("Go over to the new till"), () => till.become(code)));
}

/** What a till that this browser was before has not sent. */
async function older(till, place) {
  const logs = await olderLogs(till.about.device).catch(() => []);
  replace(place, logs.map((log) => h("section", { class: "card" },
    h("p", {}, ngettext("Till %(code)s was on this browser before: %(count)s record waits.",
      "Till %(code)s was on this browser before: %(count)s records wait.", log.bodies.length,
      { code: log.device })),
    button(_("Save what waits to a file"),
      () => save(log, till.clock.today(), till.about.sealing_key)))));
}

/** The menu. */
export function screen(till) {
  const status = h("div", {}, sending(till));
  const versionPlace = h("p", { class: "faint" }, _("Version %(version)s", {
    version: till.version.slice(0, 8),
  }));
  const olderPlace = h("div");
  older(till, olderPlace);
  version(till, versionPlace);
  const sendNow = async () => {
    await till.sync.now();
    replace(status, sending(till));
  };
  return h("section", { class: "more" },
    h("h1", {}, _("More")),
    another(till),
    olderPlace,
    h("nav", { class: "places", "aria-label": _("Screens") }, places(till)),
    h("h2", {}, _("Language")),
    h("div", { class: "row" }, languages(till)),
    h("h2", {}, _("Records of this till")),
    status,
    h("div", { class: "row" },
      button(_("Send now"), sendNow),
      button(_("Save what waits to a file"), () => saveFile(till, false)),
      button(_("Save everything to a file"), () => saveFile(till, true))),
    h("p", { class: "faint" }, _("Only the association's server can read the file. Bring it to the manager on a stick or send it by any messenger.")),
    versionPlace);
}
