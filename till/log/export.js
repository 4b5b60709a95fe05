// The way out of a broken network: the log in a file that only the server can read.

import { fromBase64, toBase64 } from "../kit/base64.js";

async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * The events' bodies as a file for the server: gzip, then AES-256-GCM under a fresh key, which
 * is wrapped by RSA-OAEP for `sealingKey` (base64 SPKI). Answers the text of the file.
 */
export async function exported(device, bodies, sealingKey) {
  const wrapping = await crypto.subtle.importKey(
    "spki", fromBase64(sealingKey), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"],
  );
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = await packed(`{"events":[${bodies.join(",")}]}`);
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  const wrapped = await crypto.subtle.wrapKey("raw", key, wrapping, { name: "RSA-OAEP" });
  return JSON.stringify({
    ayil: "till-export/1",
    device,
    key: toBase64(wrapped),
    iv: toBase64(iv),
    body: toBase64(body),
  });
}

/** Hands a text to the reader as a file. */
export function offer(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60 * 1000);
}
