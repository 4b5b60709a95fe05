// Codes as black and white modules: QR by lean-qr, EAN-13 by JsBarcode.

import EAN13 from "../libraries/jsbarcode/EAN_UPC/EAN13.js";
import { correction, generate } from "../libraries/lean-qr/nano.js";

/** White modules around a code, without which a camera does not find it. */
export const QUIET = { qr: 4, barcode: 11 };

/** A QR code of a text: {size, get(x, y)}. A seventh of it may be torn or faded. */
export function qrModules(text) {
  return generate(text, { minCorrectionLevel: correction.M });
}

/** The 95 modules of an EAN-13 as true (black) and false; RangeError where it is none. */
export function barcodeModules(digits) {
  const code = new EAN13(digits, { flat: true });
  if (!/^[0-9]{13}$/.test(digits) || !code.valid()) {
    throw new RangeError(`${digits} is no EAN-13: its check digit is wrong, or it is not 13 long.`);
  }
  return [...code.encode().data].map((module) => module === "1");
}

/** Whether a label's code can be drawn as bars: labels of other systems may be any word. */
export function isBarcode(label) {
  return /^[0-9]{13}$/.test(label) && new EAN13(label, {}).valid();
}
