// The papers of this till: a receipt in its buyer's language, labels of lots.

import { _, wordsIn } from "../kit/words.js";
import { label } from "./label.js";
import { paper } from "./paper.js";
import { receipt } from "./receipt.js";
import { signedText } from "./signed.js";

const LANGUAGES = ["ky", "ru", "en"];

/** The receipt of a sale or refund that is on the disk; `isCopy`: it was printed before. */
export async function receiptFor(till, event, { isCopy = false } = {}) {
  const fiscal = isCopy ? await fiscalNumber(till, event) : "";
  return receipt(event, {
    lotOf: (code) => till.shelf.get(code),
    about: till.about,
    words: await wordsIn(languageOf(event, till.settings.get("language"))),
    code: await codeOf(till, event),
    fiscal,
    isCopy,
  });
}

/** Labels of lots, one paper each: `lots` is a list of {lot, count}. */
export async function labelsFor(lots) {
  const spoken = await Promise.all(LANGUAGES.map((language) => wordsIn(language)));
  const words = Object.fromEntries(spoken.map((one) => [one.language, one]));
  return lots.flatMap(({ lot, count }) => Array.from({ length: count }, () => label(lot, words)));
}

/** What the buyer speaks, where they were asked: who speaks none of ours is given English. */
export function languageOf(event, tills) {
  const spoken = event.payload.visitor?.language;
  if (!spoken) return tills;
  return LANGUAGES.includes(spoken) ? spoken : "en";
}

/** Only sales are brought back, and only this epoch's key is still here. */
async function codeOf(till, event) {
  const { epoch } = till.log.head;
  const isOurs = event.device === till.about.device && event.epoch === epoch;
  if (event.payload.kind !== "sale" || !till.keys.receipt || !isOurs) return "";
  return signedText(event, till.keys.receipt);
}

async function fiscalNumber(till, event) {
  const shift = await till.log.ofShift(event.shift);
  const said = shift.filter(({ payload }) => payload.kind === "fiscal")
    .find(({ payload }) => payload.sale === event.hash);
  return said?.payload.number ?? "";
}

/** A paper that shows what a printer can do. */
export function testPaper(shop) {
  return paper([
    { text: shop, align: "center", size: 2, bold: true },
    { text: _("Test print"), align: "center", bold: true },
    { rule: true },
    { text: "Ң Ө Ү ң ө ү · Ё ё № « »" },
    { text: "Жумушуңуз ийгиликтүү болсун!" },
    { pair: ["2 × 450", "900"] },
    { pair: ["Бардыгы · Итого · Total", "900"], bold: true },
    { rule: true },
    { barcode: "2901234567896" },
    { qr: "AYIL" },
    { text: _("Can you read all of it? Then the printer is set right."), align: "center" },
  ], { title: _("Test print"), language: "ky", kind: "report" });
}
