// Small pictures: a village's medallion, the same as on the site's pages, and signs of kinds.

import { svg } from "../kit/dom.js";
import { _ } from "../kit/words.js";

// The quarter of a felt rug's medallion, on a field of 32 by 32, turned four times about 32,32.
const MEDALLIONS = [
  "M32 32V8c-8 0-14 5-14 12 0 5 6 6 7 2 3 1 4 6 7 10z",
  "M32 32 10 10h14l8 10z",
  "M32 32C20 32 8 26 8 16c0-7 10-8 11-1 5-3 9 5 13 17z",
  "M32 32V6l-7 9-9-3 3 9-9 7z",
  "M32 32V12a10 10 0 1 0-10 10h4a6 6 0 1 1 2-6z",
  "M32 32 20 20l-5 5-7-7 10-10 7 7-5 5z",
  "M32 32V8l-6 6V8l-8 8v6h-6l-4 6h12z",
  "M32 32c-2-8-8-12-14-8-5 3-9-1-8-6 1-7 9-9 12-4 6-8 10 4 10 18z",
];
const DYES = 6;

// Strokes on a field of 24 by 24.
const ICONS = {
  craft: "M6 13c0-5 2-8 4-8s3 2 3 5l5 4c2 1.5 2 5-1 5H8c-2 0-2-3-2-6zM9.5 9.5h3.2",
  food: "M8 3h8v3H8zM7 6h10c1.5 1.5 2 3 2 5v8c0 1-1 2-2 2H7c-1 0-2-1-2-2v-8c0-2 .5-3.5 2-5z"
    + "M5 12h14M5 17h14",
  raw: "M12 8c-5-3-9 1-8 6 1 4 4 7 8 6 4 1 7-2 8-6 1-5-3-9-8-6zM12 8c0-2 1-4 3-5",
  other: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  often: "M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7 9.6 9z",
  villages: "M2 20h20M4 20l4-9 4 9M11 14l5-9 6 15",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7",
  find: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15.5 15.5 20 20",
  park: "M7 4v16M17 4v16",
  wish: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14M9.8 9.5a2.3 2.3 0 1 1 3.2 2.1c-.8.4-1 .8-1 1.6"
    + "M12 16v.1",
  cash: "M3 7h18v11H3zM12 10a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M6 12.5h.1M18 12.5h.1",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3h-3zM20 14v6h-6",
  card: "M3 6h18v12H3zM3 10h18M6 15h4",
  good: "M4 12.5 10 18 20 6",
  bad: "M12 4 2.5 20h19zM12 10v5M12 17.5v.1",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  local: "M3 11 12 4l9 7M6 10v10h12V10M10 20v-6h4v6",
  tourist: "M8 8h8c2 0 2 1 2 3v8c0 1-1 2-2 2H8c-1 0-2-1-2-2v-8c0-2 0-3 2-3zM9 8V5a3 3 0 0 1 6 0v3"
    + "M6 14h12M10 14v3h4v-3",
  back: "M10 6 4 12l6 6M4 12h16",
  brought: "M9 7 5 11l4 4M5 11h9a5 5 0 0 1 0 10h-3",
  arrive: "M4 10v10h16V10M12 3v11M7.5 9.5 12 14l4.5-4.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  key: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
  report: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
  shop: "M4 10v10h16V10M2 10l2-6h16l2 6zM9 20v-6h6v6",
};

/** A sign beside a word; the word says it, so a reader aloud passes over the sign. */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true",
    focusable: "false" }, svg("path", { d: ICONS[name] }));
}

/** A village's own medallion; 48 differ before one comes again. */
export function medallion(village) {
  const number = village?.number ?? 0;
  const place = number % MEDALLIONS.length;
  const dye = (Math.floor(number / MEDALLIONS.length) + place) % DYES;
  const turns = [0, 90, 180, 270].map((turn) => svg("path", {
    d: MEDALLIONS[place], transform: `rotate(${turn} 32 32)`,
  }));
  return svg("svg", { class: `sign dye-${dye}`, viewBox: "0 0 64 64", "aria-hidden": "true",
    focusable: "false" }, svg("rect", { width: 64, height: 64, rx: 10 }), turns);
}

/** What a kind of goods is called. */
export function kindInWords(kind) {
  return { craft: _("Crafts"), food: _("Food"), raw: _("Raw produce") }[kind] ?? _("Other goods");
}
