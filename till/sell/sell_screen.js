// The counter: what can be sold as pictures, what the buyer takes beside it.

import { button, h } from "../kit/dom.js";
import { _, spoken } from "../kit/words.js";
import { drawBasket } from "./basket_screen.js";
import { openCamera } from "./camera_screen.js";
import { hasCamera } from "./camera.js";
import { counterOf } from "./counter.js";
import { Goods } from "./goods_screen.js";
import { icon } from "./pictures_screen.js";
import { hearScans } from "./scanner.js";
import { dayOf, takeCode } from "./taking_screen.js";

const RESTS_MS = 700;

/** The screen on which one sells; `code`: what was scanned on the screen before. */
export function screen(till, { code = null } = {}) {
  if (!till.state.shift) return noShift(till);
  const counter = counterOf(till);
  const basket = h("aside", { class: "basket", "aria-label": _("What the buyer takes") });
  const field = h("input", {
    id: "find", type: "search", autocomplete: "off", enterkeyhint: "search", maxlength: 60,
    placeholder: _("Good, village or maker"), "aria-label": _("Find goods"),
    "aria-keyshortcuts": "F2",
  });
  const { goods, pictures, isNew } = pictured(till, field);
  const draw = () => drawBasket(till, basket, {
    pay: () => pay(till).catch((error) => till.fail(error)),
    park: () => park(till, draw),
  });
  const scanned = (read) => takeCode(till, read).catch((error) => till.fail(error));
  const root = h("section", { class: "sell" },
    h("h1", { class: "unseen" }, _("The counter")),
    h("div", { class: "shelf" }, searchOf(till, field, goods, scanned), pictures),
    basket);
  // The pictures follow the shelf when the hand rests: drawing them would hold up the next scan.
  let resting = null;
  const redraw = () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = null;
      goods.draw();
    }, RESTS_MS);
  };
  whileShown(root, "till:cart", () => {
    draw();
    if (resting) redraw();
  });
  whileShown(root, "till:shelf", redraw);
  hearScans(root, {
    onscan: scanned,
    onmisread: () => till.say(_("The code was read wrong. Scan it again."), "bad"),
  });
  whileShown(root, "keydown", (event) => {
    if (event.key === "F2") field.focus();
    else if (event.key === "F4") root.querySelector(".pay").click();
    else return;
    event.preventDefault();
  });
  if (isNew) goods.draw();
  else redraw();
  draw();
  counter.wake({
    shelf: till.shelf, day: dayOf(till), latest: (...asked) => till.log.latest(...asked),
  }).then(() => {
    draw();
    return code && scanned(code);
  }).catch((error) => till.fail(error));
  return root;
}

/** The pictures as they were drawn for the sale before: a scan in the next instant waits for none
 * to be drawn anew. Another language or shift, or a search that was left open, begins afresh. */
function pictured(till, field) {
  const of = `${spoken()} ${till.state.shift.name}`;
  const known = till.pictured;
  if (known?.of === of && known.goods.isAsAtFirst) {
    known.field = field;
    return { ...known, isNew: false };
  }
  const pictures = h("div", { class: "goods" });
  const made = { of, field, pictures, goods: new Goods(till, pictures) };
  pictures.addEventListener("till:cleared", () => { made.field.value = ""; });
  till.pictured = made;
  return { ...made, isNew: true };
}

function searchOf(till, field, goods, scanned) {
  const typed = () => goods.typed(field.value);
  field.addEventListener("input", typed);
  return h("form", { class: "find", role: "search", onsubmit: (event) => {
    event.preventDefault();
    typed();
  } },
  field,
  hasCamera() ? button([icon("camera"), h("span", { class: "unseen" }, _("Scan with the camera"))],
    () => openCamera(till, scanned), { class: "sign-only" }) : null,
  button([icon("wish"), h("span", {}, _("Not here?"))], () => till.go("wish"), { class: "ask" }));
}

/** Hears an event of the document for as long as the screen is shown. */
export function whileShown(element, name, act) {
  let wasShown = false;
  document.addEventListener(name, function hear(event) {
    wasShown ||= element.isConnected;
    if (element.isConnected) act(event);
    else if (wasShown) document.removeEventListener(name, hear);
  });
}

function noShift(till) {
  return h("section", { class: "card" },
    h("h1", {}, _("No shift is open")),
    h("p", {}, _("Open a shift before the first sale of the day.")),
    button(_("Open a shift"), () => till.go("open"), { class: "main" }));
}

/** To the payment, if there is room on the disk to write the sale down. */
async function pay(till) {
  const { enough } = await till.room();
  if (!enough) {
    return till.say(_(
      "This device is full. The sale could not be written down, so it is not begun. The cart "
      + "stays. Delete photos or programmes to free some room, then pay.",
    ), "bad");
  }
  return till.go("pay");
}

async function park(till, draw) {
  const counter = counterOf(till);
  if (!counter.cart.lines.length) return till.go("parked");
  const isParked = await counter.park(till.clock.wall().toISOString());
  draw();
  till.say(isParked ? _("Parked. The next buyer, please.")
    : _("So many sales are parked already. Take one up first."), isParked ? "good" : "bad");
  return undefined;
}
