// What only the server may read: a PIN goes into the log sealed, so that none lies on a tablet.

import { fromBase64, toBase64 } from "./base64.js";

const ALGORITHM = { name: "RSA-OAEP", hash: "SHA-256" };
const UTF8 = new TextEncoder();

/** Base64 of a PIN, sealed for the event that will bear this nonce and for this person alone.
 * `sealingKey` is `till.about.sealing_key`: base64 of the server's public key (SPKI). */
export async function seal(pin, uid, nonce, sealingKey) {
  const spki = fromBase64(sealingKey);
  const key = await crypto.subtle.importKey("spki", spki, ALGORITHM, false, ["encrypt"]);
  const words = UTF8.encode(`${pin}\n${uid}\n${nonce}`);
  return toBase64(await crypto.subtle.encrypt(ALGORITHM, key, words));
}
