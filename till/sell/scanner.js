// A scanner that types: it presses keys faster than a hand can, and Enter at the end. Read by
// the places of the keys, so that it does not matter which keyboard's letters are set.

import { isMisread } from "./ean.js";

/** A pause that ends a burst: a slow tablet may hold a scanner's keys up for as long. */
export const PAUSE_MS = 120;
/** A hand's quickest keys are further apart than this on the average. */
export const KEY_EACH_MS = 60;
/** Fewer keys than these are not taken for a code. */
export const FEWEST_KEYS = 6;

const PLAIN = {
  Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Semicolon: ";:",
  Quote: "'\"", Comma: ",<", Period: ".>", Slash: "/?", Backslash: "\\|", Backquote: "`~",
  Space: "  ", NumpadSubtract: "--", NumpadAdd: "++", NumpadDivide: "//", NumpadDecimal: "..",
};
const SHIFTED_DIGITS = ")!@#$%^&*(";

/** What a key writes on an English keyboard; empty for a key that writes nothing. */
export function written({ code = "", key = "", shiftKey = false }) {
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter) return shiftKey ? letter[1] : letter[1].toLowerCase();
  const digit = /^Digit(\d)$/.exec(code);
  if (digit) return shiftKey ? SHIFTED_DIGITS[Number(digit[1])] : digit[1];
  const pad = /^Numpad(\d)$/.exec(code);
  if (pad) return pad[1];
  if (PLAIN[code]) return PLAIN[code][shiftKey ? 1 : 0];
  return code === "" && key.length === 1 ? key : "";
}

/** Tells bursts from typing. Knows no page: `press` is told keys with their times. */
export class Bursts {
  #text = "";
  #first = 0;
  #last = -Infinity;

  /** Takes a key; returns the code when it ended one, else null. */
  press(key, at) {
    if (at - this.#last > PAUSE_MS) this.#text = "";
    if (key.key === "Enter" || key.key === "Tab") return this.#end();
    const letter = written(key);
    if (!letter) return null;
    if (!this.#text) this.#first = at;
    this.#text += letter;
    this.#last = at;
    return null;
  }

  #end() {
    const text = this.#text;
    this.#text = "";
    const took = this.#last - this.#first;
    return text.length >= FEWEST_KEYS && took <= KEY_EACH_MS * text.length ? text : null;
  }

  /** How many keys of a burst are down so far. */
  get length() {
    return this.#text.length;
  }
}

/**
 * Hears a scanner while `element` is shown. `onscan(code)` gets a code, `onmisread(code)` one
 * whose check digit is wrong. What a scanner typed into a field is taken out of it again; what a
 * hand typed stays.
 */
export function hearScans(element, { onscan, onmisread = () => {} }) {
  const bursts = new Bursts();
  let before = null;
  let wasShown = false;
  function hear(event) {
    if (!element.isConnected) {
      if (wasShown) document.removeEventListener("keydown", hear, true);
      return;
    }
    wasShown = true;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const code = bursts.press(event, event.timeStamp);
    if (bursts.length === 1) before = fieldAt(event.target);
    if (code === null) return;
    event.preventDefault();
    event.stopPropagation();
    putBack(before);
    (isMisread(code) ? onmisread : onscan)(code);
  }
  document.addEventListener("keydown", hear, true);
  return () => document.removeEventListener("keydown", hear, true);
}

function fieldAt(target) {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField ? { field: target, value: target.value } : null;
}

function putBack(before) {
  if (!before || before.field.value === before.value) return;
  before.field.value = before.value;
  before.field.dispatchEvent(new Event("input", { bubbles: true }));
}
