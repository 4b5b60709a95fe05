import { _, numberInWords } from "./words.js";

/** The notes and coins of the shop's currency by their worth in minor units, largest first. */
export const WORTHS = [
  500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 300, 100,
];

/** A whole som in minor units: cash is rounded to it. */
export const SOM = 100;

/** 123450 → "1 234,50"; whole soms without a fraction. */
export function amount(minor) {
  const whole = Math.trunc(Math.abs(minor) / SOM);
  const rest = Math.abs(minor) % SOM;
  const sign = minor < 0 ? "−" : "";
  const fraction = rest ? `,${String(rest).padStart(2, "0")}` : "";
  return `${sign}${numberInWords(whole)}${fraction}`;
}

/** 123450 → "1 234,50 сом". */
export function som(minor) {
  return _("%(amount)s som", { amount: amount(minor) });
}

/** What a person typed, as minor units; null where it is no amount. */
export function parseSom(text) {
  const found = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/[\s\u00a0\u202f]/g, ""));
  if (!found) return null;
  return Number(found[1]) * SOM + Number((found[2] ?? "").padEnd(2, "0"));
}
