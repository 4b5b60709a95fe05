// What only the server may read: a PIN goes into the log sealed, so that none lies on a tablet.

import { fromBase64, toBase64 } from "./base64.js";

const ALGORITHM = { name: "RSA-OAEP", hash: "SHA-256" };
const UTF8 = new TextEncoder();

/** The server's key (`till.about.sealing_key`: base64 of its SPKI), ready to seal. */
export function sealingKey(base64) {
  return crypto.subtle.importKey("spki", fromBase64(base64), ALGORITHM, false, ["encrypt", "wrapKey"]);
}

/** Base64 of a PIN, sealed for the event that will bear this nonce and for this person alone. */
export async function seal(pin, uid, nonce, key) {
  const words = UTF8.encode(`${pin}\n${uid}\n${nonce}`);
  return toBase64(await crypto.subtle.encrypt(ALGORITHM, await sealingKey(key), words));
}
