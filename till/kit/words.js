// Words in the reader's language. English is the source; the others are written by
// `make messages` into words/ru.json and words/ky.json: {"msgid": "words" | ["one", "few", …]}.

const CATALOGUES = { en: {} };
let language = "ky";
let catalogue = {};
let plural = () => 0;

const PLURALS = {
  en: (n) => Number(n !== 1),
  ky: (n) => Number(n !== 1),
  // The rule of CLDR for whole numbers: one, few, many.
  ru: (n) => {
    if (n % 10 === 1 && n % 100 !== 11) return 0;
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2;
  },
};

async function catalogueOf(wanted) {
  if (!CATALOGUES[wanted]) {
    const answer = await fetch(new URL(`../words/${wanted}.json`, import.meta.url));
    CATALOGUES[wanted] = await answer.json();
  }
  return CATALOGUES[wanted];
}

/** Loads and takes a language: "ky", "ru" or "en". */
export async function setLanguage(wanted) {
  catalogue = await catalogueOf(wanted);
  language = wanted;
  plural = PLURALS[wanted];
  if (globalThis.document) document.documentElement.lang = wanted;
}

/** The words of another language than the reader's, for a paper that a buyer takes along. */
export async function wordsIn(wanted) {
  const words = await catalogueOf(wanted);
  return { language: wanted, _: (text, values = {}) => said(words, text, values) };
}

/** The language that is spoken now. */
export function spoken() {
  return language;
}

function filled(words, values) {
  return words.replaceAll(/%\((\w+)\)s/g, (_whole, name) => values[name] ?? "");
}

function said(words, text, values) {
  const found = words[text];
  return filled((Array.isArray(found) ? found[0] : found) || text, values);
}

/** The words in the reader's language, with %(name)s put in. */
export function _(words, values = {}) {
  return said(catalogue, words, values);
}

/** The form that fits `count`. */
export function ngettext(one, many, count, values = {}) {
  const found = catalogue[one];
  const words = Array.isArray(found) ? found[plural(count)] : null;
  return filled(words || (count === 1 ? one : many), { count: numberInWords(count), ...values });
}

/** A whole number with a thin space between thousands, from five digits on. */
export function numberInWords(number) {
  const digits = String(Math.abs(number));
  const spaced = digits.length < 5 ? digits : digits.replaceAll(/\B(?=(\d{3})+$)/g, "\u202f");
  return number < 0 ? `−${spaced}` : spaced;
}

/** Of names by language the reader's own, or the first that is there. */
export function named(names) {
  return names[language] || names.ky || names.ru || names.en || "";
}

/** 2012-07-05 → 05.07.2012. */
export function dayInWords(day) {
  return day.split("-").reverse().join(".");
}
