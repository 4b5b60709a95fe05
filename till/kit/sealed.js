// What only the server may read: sealed for its key, which the till was told.

import { fromBase64, toBase64 } from "./base64.js";

/**
 * A person's PIN for the event with this nonce, base64 of RSA-OAEP. `key`: the server's key,
 * base64 SPKI. Sealed twice it looks different; nobody can take it for another event.
 */
export async function seal(pin, uid, nonce, key) {
  const algorithm = { name: "RSA-OAEP", hash: "SHA-256" };
  const wrapping = await crypto.subtle.importKey("spki", fromBase64(key), algorithm, false, [
    "encrypt",
  ]);
  const words = new TextEncoder().encode(`${pin}\n${uid}\n${nonce}`);
  return toBase64(await crypto.subtle.encrypt(algorithm, wrapping, words));
}
