// A signature drawn with a finger or a pen: strokes, each x, y, x, y … in thousandths of the
// box's width, as the log takes them (ayil/shop/payloads.py, Proof).

import { button, h, svg } from "./dom.js";
import { _ } from "./words.js";

/** As many strokes, and points in one, as the server takes. */
export const MOST_STROKES = 100;
export const MOST_POINTS = 1000;
/** Points nearer than this to the one before say nothing. */
const NEAR = 4;
/** The box is this high, in thousandths of its width. */
export const HIGH = 400;
/** A dot or a slip of the hand is no signature: this long it is, all strokes together. */
export const SHORTEST = 200;

/** A hand's strokes, without a page: `begin`, `go`, `end` are told points in thousandths. */
export class Strokes {
  constructor() {
    this.all = [];
    this.now = null;
  }

  begin(x, y) {
    if (this.all.length >= MOST_STROKES) return;
    this.now = [...inBox(x, y)];
    this.all.push(this.now);
  }

  go(x, y) {
    if (!this.now || this.now.length >= 2 * MOST_POINTS) return;
    const [nextX, nextY] = inBox(x, y);
    const [lastX, lastY] = this.now.slice(-2);
    if (Math.hypot(nextX - lastX, nextY - lastY) < NEAR) return;
    this.now.push(nextX, nextY);
  }

  end() {
    this.now = null;
  }

  clear() {
    this.all = [];
    this.now = null;
  }

  /** How far the hand went, in thousandths. */
  get length() {
    return this.all.reduce((sum, stroke) => sum + lengthOf(stroke), 0);
  }

  /** Whether somebody signed, and did not only touch the glass. */
  get isSigned() {
    return this.length >= SHORTEST;
  }
}

function inBox(x, y) {
  const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
  return [within(x, 1000), within(y, HIGH)];
}

function lengthOf(stroke) {
  let length = 0;
  for (let at = 2; at < stroke.length; at += 2) {
    length += Math.hypot(stroke[at] - stroke[at - 2], stroke[at + 1] - stroke[at - 1]);
  }
  return length;
}

/** A stroke as the path of a picture. */
export function pathOf(stroke) {
  const points = [];
  for (let at = 0; at < stroke.length; at += 2) points.push(`${stroke[at]} ${stroke[at + 1]}`);
  return `M${points.join("L")}${points.length === 1 ? "h1" : ""}`;
}

/**
 * {element, strokes(), clear()}: a box to sign in, for pointers of any kind. Who cannot draw signs
 * by PIN: the box says so to a screen reader.
 */
export function signatureBox(name) {
  const hand = new Strokes();
  const ink = svg("path", {});
  const box = svg("svg", {
    class: "signature", viewBox: `0 0 1000 ${HIGH}`, role: "img",
    "aria-label": _("Box to sign in with a finger: %(name)s. Without a finger, sign by PIN.", { name }),
  }, svg("path", { class: "base", d: `M60 ${HIGH - 90}H940` }), ink);
  const draw = () => ink.setAttribute("d", hand.all.map(pathOf).join(""));
  const at = (event) => {
    const { left, top, width } = box.getBoundingClientRect();
    return [((event.clientX - left) * 1000) / width, ((event.clientY - top) * 1000) / width];
  };
  box.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) return;
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    hand.begin(...at(event));
    draw();
  });
  box.addEventListener("pointermove", (event) => {
    if (!event.isPrimary || !hand.now) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) hand.go(...at(one));
    hand.go(...at(event));
    draw();
  });
  for (const kind of ["pointerup", "pointercancel"]) box.addEventListener(kind, () => hand.end());
  const clear = () => {
    hand.clear();
    draw();
  };
  const element = h("div", { class: "signing" }, box, button(_("Sign anew"), clear));
  return { element, clear, strokes: () => (hand.isSigned ? hand.all : null) };
}
