import { _ } from "../kit/words.js";

/** Why a sale is not in the log, and what to do, in words. */
export function whyNotWritten(error) {
  const words = {
    full: _("This device is full, so the sale was not written down. Nothing was sold: give the "
      + "money back. The cart stays. Free some room, then pay again."),
    "no-shift": _("No shift is open: open one, then pay. The cart stays."),
    "moved-on": _("Another window of this till has sold meanwhile. Nothing was sold here. Load "
      + "this page again."),
  };
  return words[error.code]
    ?? _("The sale was not written down: %(words)s. Nothing was sold. The cart stays.",
      { words: error.message ?? String(error) });
}
