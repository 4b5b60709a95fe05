// EAN-13: twelve digits and one that tells a misread code.

/** The thirteenth digit of twelve. */
export function checkDigit(twelve) {
  const sum = Array.from(twelve, Number).reduce(
    (total, digit, place) => total + digit * (place % 2 ? 3 : 1), 0,
  );
  return String((10 - (sum % 10)) % 10);
}

/** Whether thirteen digits belong together. */
export function isEan13(code) {
  return /^\d{13}$/.test(code) && checkDigit(code.slice(0, 12)) === code[12];
}

/** Thirteen digits of which one was read wrong; another code is not judged. */
export function isMisread(code) {
  return /^\d{13}$/.test(code) && !isEan13(code);
}
