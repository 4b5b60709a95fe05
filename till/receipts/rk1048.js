// KZ-1048, which printers call RK1048: the one code page of thermal printers with ң, ө and ү.

const UPPER =
  "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\u0098™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү°±Ііөµ¶·ё№ғ»әҢңү" +
  "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";

// Signs that it lacks and that read the same by another.
const ALIKE = { "×": "x", "−": "-" };

const BYTES = new Map([...UPPER].map((letter, place) => [letter, 0x80 + place]));
for (let code = 0x20; code < 0x7f; code += 1) BYTES.set(String.fromCharCode(code), code);
for (const [sign, other] of Object.entries(ALIKE)) BYTES.set(sign, BYTES.get(other));

/** The words' bytes, or null where a letter is none of this code page's. */
export function encode(words) {
  const bytes = [...words].map((letter) => BYTES.get(letter));
  return bytes.includes(undefined) ? null : Uint8Array.from(bytes);
}
