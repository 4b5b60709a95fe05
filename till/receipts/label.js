// A price label as a paper: 58 × 40 mm, readable in three languages. Words have so many lines at
// most that a long name never pushes the code off a roll of labels.

import { amount } from "../kit/money.js";
import { isBarcode } from "./codes.js";
import { paper, wrap } from "./paper.js";
import { dayInWords, nameIn } from "./receipt.js";

const LANGUAGES = ["ky", "ru", "en"];
// Letters in a line of 58 mm.
const NARROW = 32;

/** `lot` as on the shelf; `words`: {ky, ru, en}, each {_} of `wordsIn`. */
export function label(lot, words) {
  const [first, ...others] = namesOf(lot);
  const own = [first, lot.form].filter(Boolean).join(", ");
  const foreign = others.join(" · ");
  const from = [villageOf(lot), lot.maker].filter(Boolean).join(", ");
  return paper([
    { text: own, bold: true, most: 2 },
    foreign && { text: foreign, most: 2 },
    // Without a price there is room to write one by hand.
    { text: priceOf(lot, words.ky), size: 2, bold: true, align: "center" },
    from && { text: from, most: linesOf(own) + linesOf(foreign) > 3 ? 1 : 2 },
    ...shelfLife(lot, words),
    isBarcode(lot.label) ? { barcode: lot.label } : { text: lot.label, align: "center" },
  ], {
    title: lot.label, language: "ky", kind: "label", number: lot.label,
  });
}

/** How many lines words take on the narrowest paper. */
function linesOf(words) {
  return words ? wrap(words, NARROW).length : 0;
}

/** The good's names, each once, Kyrgyz first. */
function namesOf({ names }) {
  return [...new Set(LANGUAGES.map((language) => names[language]).filter(Boolean))];
}

function priceOf({ price }, { _ }) {
  return price === null ? "" : _("%(amount)s som", { amount: amount(price) });
}

/** In both scripts, so that guests can read it too. */
function villageOf({ village }) {
  if (!village) return "";
  const { names } = village;
  return [...new Set([nameIn(names, "ky"), nameIn(names, "en")])].join(" / ");
}

function shelfLife(lot, words) {
  const rows = [];
  if (lot.best_before) {
    const said = LANGUAGES.map((language) => words[language]._("Good until"));
    rows.push({ text: [...new Set(said)].join(" · "), most: 1 });
  }
  const batch = lot.batch && `№ ${lot.batch}`;
  const day = lot.best_before && dayInWords(lot.best_before);
  if (batch || day) rows.push({ pair: [batch || "", day || ""], bold: true });
  return rows;
}
