// The chosen printer. What is to be printed is in the log before it comes here, so a print that
// fails loses nothing: it is told in words, and printed again from the list of last receipts.

import { _ } from "../kit/words.js";

/** Why nothing came out; `words` say it to the clerk, `code` to a programme. */
export class NotPrinted extends Error {
  constructor(code, words) {
    super(words);
    this.code = code;
    this.words = words;
  }
}

/** What a device has chosen where it chose nothing: the browser's own printing. */
export const USUAL = {
  kind: "browser", width: 58, letters: "drawn", page: 0, cut: true, gaps: false, baud: 115200,
  device: null,
};
const DOTS = { 58: 384, 80: 576 };
let last = Promise.resolve();

/** The choices of this device, with the usual where none was made. */
export function choices(settings) {
  return { ...USUAL, ...settings.get("printer") };
}

/** Prints one paper or a list of them, after what was asked for before; resolves when the printer
 * has it all. Throws NotPrinted, whose `printed` says how many of the list came out before. On a
 * device without a printer it does nothing. */
export function print(papers, settings) {
  const chosen = choices(settings);
  const printed = last.then(() => send([papers].flat(), chosen));
  last = printed.catch(() => {});
  return printed;
}

async function send(papers, chosen) {
  if (chosen.kind === "none" || papers.length === 0) return;
  if (chosen.kind === "browser") {
    const { printSheets } = await import("./sheet.js");
    printSheets(papers, chosen.width); // one window for all of them
    return;
  }
  const port = await portOf(chosen.kind);
  const { escpos } = await import("./escpos.js");
  const { letters, page, cut, gaps } = chosen;
  for (const [printed, paper] of papers.entries()) {
    const bytes = escpos(paper, { dots: DOTS[chosen.width], letters, page, cut, gaps });
    try {
      await port.send(bytes, chosen);
    } catch (error) {
      const told = error instanceof NotPrinted ? error : inWords(error);
      throw Object.assign(told, { printed });
    }
  }
}

/** Asks the browser for a printer by its own window, and gives what to remember of it; null where
 * the clerk chose none. */
export async function choose(kind) {
  try {
    return await (await portOf(kind)).choose();
  } catch (error) {
    if (error.name === "NotFoundError") return null;
    throw inWords(error);
  }
}

/** Whether this browser can speak to a printer of this kind. */
export function isThere(kind) {
  if (kind === "usb") return Boolean(navigator.usb);
  if (kind === "serial") return Boolean(navigator.serial);
  return true;
}

/** What went wrong with a printer, by the word that a port gives it. */
export function notPrinted(code) {
  const words = {
    none: _("No printer is chosen. Choose it under More, Printer."),
    off: _("The printer does not answer. Is it switched on, and is its cable in?"),
    paper: _("The printer has no paper. Put a roll in, then print again."),
    cover: _("The printer's cover is open. Close it, then print again."),
    stuck: _("The printer stopped taking the print. Look at its paper and lamp, then print again."),
    busy: _("Another programme uses the printer. Close it, then print again."),
    refused: _("The browser may not use the printer. Choose it anew under More, Printer."),
  };
  return new NotPrinted(code, words[code]);
}

function inWords(error) {
  const codes = { SecurityError: "refused", NetworkError: "off", NotFoundError: "off",
    InvalidStateError: "busy" };
  console.error(error);
  return notPrinted(codes[error.name] ?? "off");
}

function portOf(kind) {
  return kind === "usb" ? import("./usb.js") : import("./serial.js");
}
