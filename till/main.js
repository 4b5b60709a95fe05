// The shell: one writer, the store, the log, and the screens by name.

import { h, replace } from "./kit/dom.js";
import { Clock } from "./kit/clock.js";
import { _, setLanguage } from "./kit/words.js";
import { Offer } from "./intake/offer.js";
import { bar } from "./log/bar_screen.js";
import { Lots } from "./log/lots.js";
import { takeTill } from "./log/lock.js";
import { Log } from "./log/log.js";
import { tillsHere } from "./log/older.js";
import { State } from "./log/state.js";
import { openStore } from "./log/store.js";
import { allMeta, ask, keeper, Refused, Sync } from "./log/sync.js";
import { install, lookForNewer, takeOver, VERSION } from "./log/versions.js";
import { askEpoch, receiptKey, room, Settings, writeEpoch } from "./log/device.js";
import { print } from "./receipts/printer.js";
import { Shelf } from "./sell/shelf.js";

const SCREENS = {
  sell: () => import("./sell/sell_screen.js"),
  pay: () => import("./sell/pay_screen.js"),
  done: () => import("./sell/done_screen.js"),
  parked: () => import("./sell/parked_screen.js"),
  wish: () => import("./sell/wish_screen.js"),
  open: () => import("./shifts/open_screen.js"),
  cash: () => import("./shifts/cash_screen.js"),
  close: () => import("./shifts/close_screen.js"),
  z: () => import("./shifts/z_screen.js"),
  refund: () => import("./refunds/refund_screen.js"),
  intake: () => import("./intake/intake_screen.js"),
  fiscal: () => import("./fiscal/fiscal_screen.js"),
  again: () => import("./receipts/again_screen.js"),
  printer: () => import("./receipts/printer_screen.js"),
  more: () => import("./log/more_screen.js"),
};
const DEVICE = "ayil-till-device";
const SAID_FOR_MS = 1500;
const screenPlace = document.getElementById("screen");
const said = document.getElementById("said");

/** Everything that a screen may use; till/README.md says what is what. */
class Till {
  params = {};
  saidAt = 0;

  /** Shows a screen by its name. The first heading takes the focus, so that it is read out. */
  async go(name, params = {}) {
    this.current = name;
    this.params = params;
    const { screen } = await SCREENS[name]();
    if (this.current !== name) return;
    this.show(screen(this, params));
    if (location.hash !== `#${name}`) history.pushState({ name }, "", `#${name}`);
  }

  /** Puts an element on the screen. */
  show(element) {
    // What was said of the screen before goes with it; what led here stays to be read.
    if (performance.now() - this.saidAt > SAID_FOR_MS) this.say("");
    replace(screenPlace, element);
    replace(document.getElementById("bar"), bar(this));
    const first = element.querySelector("[autofocus]") ?? element.querySelector("h1");
    if (first && !first.hasAttribute("autofocus")) first.setAttribute("tabindex", "-1");
    first?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Says a word in the live region; `kind`: "good" or "bad". */
  say(words, kind = "") {
    this.saidAt = performance.now();
    said.className = kind;
    said.textContent = words;
  }

  /** Tells of a failure and keeps the screen as it is. */
  fail(error) {
    console.error(error);
    this.say(error.words ?? error.message ?? String(error), "bad");
  }

  /** Prints a paper on the chosen printer. */
  print(paper) {
    return print(paper, this.settings);
  }

  /** Where one begins: the counter, or the opening of a shift. */
  home() {
    return this.go(this.state.shift ? "sell" : "open");
  }

  /** Between two shifts: a new version that is here takes over, or a due epoch begins. */
  async betweenShifts() {
    if (this.state.shift || (await takeOver())) return;
    await this.newEpochIfDue();
    await lookForNewer(); // for the next time: nothing changes under a form that is being filled
  }

  /** Without a line the old numbers go on, and the server tells a person of the clash. */
  async newEpochIfDue() {
    if (this.sync.status.newEpoch && !this.state.shift) await this.newEpoch().catch(() => {});
  }

  /** Goes over to the log of the till that this browser was enrolled as; the old one stays. */
  become(code) {
    localStorage.setItem(DEVICE, code);
    location.reload();
  }

  /** A new epoch from the server, with a new key for receipts. */
  async newEpoch() {
    await this.log.begin(await askEpoch(ask));
    this.keys.receipt = await receiptKey(this.db);
    this.sync.status.newEpoch = false;
  }
}

/** Folds what the open shift has written, and counts what waits, which it gives back. */
async function fold(db, state, log) {
  const last = (await log.latest(1))[0];
  if (!last) return [];
  const events = last.payload.kind === "shift_closed" ? [last] : await log.ofShift(last.shift);
  for (const event of events) state.fold(event);
  state.sold.clear();
  const waiting = (await log.waiting()).map((one) => JSON.parse(one.body));
  for (const event of waiting) state.waits(event);
  return waiting;
}

/** The till of this browser as the server knows it; null where it is none, or nobody answers. */
async function whoAmI() {
  try {
    return await ask("/sync/v1/till");
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null;
    return undefined;
  }
}

async function open() {
  const till = new Till();
  let device = localStorage.getItem(DEVICE) ?? (await tillsHere()).at(-1);
  let about = null;
  if (!device) {
    about = await whoAmI();
    if (!about) return notHere(about === undefined);
    device = about.device;
  }
  localStorage.setItem(DEVICE, device);
  const db = await openStore(device);
  const kept = await allMeta(db);
  about = kept.about ?? about ?? (await whoAmI());
  if (!about) return notHere(about === undefined);
  till.db = db;
  till.about = about;
  till.version = VERSION;
  till.settings = new Settings(db, kept.settings ?? {});
  till.clock = new Clock({ timeZone: about.time_zone, offset: kept.offset ?? null });
  till.state = new State();
  till.shelf = new Shelf();
  till.room = () => room(db);
  const head = kept.head ?? (await writeEpoch(db, await askEpoch(ask)));
  till.log = new Log({ db, about, clock: till.clock, state: till.state, head });
  till.keys = { receipt: await receiptKey(db) };
  till.lots = new Lots({ db, shelf: till.shelf, state: till.state });
  till.offer = new Offer({ db, lots: till.lots });
  till.counting = kept.counting ?? null;
  await Promise.all([till.lots.load(), setLanguage(till.settings.get("language"))]);
  await till.offer.load(await fold(db, till.state, till.log));
  // A tablet that is new to an old till opens no day before its last one.
  till.state.lastDate ||= about.last_date ?? "";
  till.sync = new Sync({
    log: till.log, state: till.state, lots: till.lots, offer: till.offer, clock: till.clock, about,
    keep: keeper(db),
  });
  return till;
}

function note(heading, words, ...more) {
  const card = h("section", { class: "card" }, h("h1", {}, heading), h("p", {}, words), more);
  replace(screenPlace, card);
}

function notHere(isOffline) {
  if (isOffline) {
    note(_("There is no network"), _("For its very first opening the till needs the network. Connect it, then load this page again."));
  } else {
    note(
      _("This browser is no till yet"),
      _("The shop's manager makes it one: sign in here, open the page of the shop's devices, and press the button."),
      h("a", { class: "button", href: "/devices/" }, _("The shop's devices")),
    );
  }
  return null;
}

function elsewhere(askToLetGo) {
  note(
    _("The till is open in another window"),
    _("Two windows would write one log. Close the other one, or take the till over here."),
    h("button", { type: "button", class: "button", onclick: askToLetGo }, _("Use it here")),
  );
}

async function start() {
  await setLanguage(localStorage.getItem("ayil-till-language") ?? "ky");
  if (!globalThis.isSecureContext || !navigator.locks || !globalThis.indexedDB) {
    note(_("This browser cannot hold a till"), _("It needs a newer browser, and an address that begins with https."));
    return;
  }
  let till = null;
  const mayLetGo = () => till === null || till.current !== "pay";
  await takeTill({ onWait: elsewhere, mayLetGo });
  till = await open();
  if (till === null) return;
  globalThis.addEventListener("popstate", (event) => {
    if (event.state?.name && event.state.name !== till.current) till.go(event.state.name);
  });
  document.addEventListener("till:sync", () => replace(document.getElementById("bar"), bar(till)));
  globalThis.addEventListener("unhandledrejection", (event) => till.fail(event.reason));
  await navigator.storage?.persist?.();
  install().catch(() => {});
  if (!till.state.shift && (await takeOver().catch(() => false))) return;
  await till.home();
  document.documentElement.dataset.ready = "yes";
  till.sync.start().then(() => till.newEpochIfDue());
}

start().catch((error) => {
  console.error(error);
  note(_("The till could not open"), `${error.message ?? error}`);
});
