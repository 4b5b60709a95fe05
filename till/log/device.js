// What belongs to this device: its settings, its keys, its room on the disk.

import { toBase64 } from "../kit/base64.js";
import { result, setMeta, write } from "./store.js";

/** Below this much free room nothing more is sold: a log must never stop in a payment. */
export const LEAST_ROOM = 8 * 1024 * 1024;

const DEFAULTS = { language: "ky", printer: { kind: "browser" } };

export class Settings {
  constructor(db, values) {
    this.db = db;
    this.values = { ...DEFAULTS, ...values };
  }

  get(name) {
    return this.values[name];
  }

  async set(name, value) {
    this.values = { ...this.values, [name]: value };
    if (name === "language") localStorage.setItem("ayil-till-language", value);
    await setMeta(this.db, "settings", this.values);
  }
}

/** How much room the browser leaves: {free (bytes, null where it does not say), enough}. */
export async function room() {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota === undefined) return { free: null, enough: true };
  const free = quota - usage;
  return { free, enough: free >= LEAST_ROOM };
}

/** Begins an epoch: a new pair of keys for receipts, its public half told to the server. */
export async function begin(db, ask) {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
    "sign",
    "verify",
  ]);
  const point = await crypto.subtle.exportKey("raw", pair.publicKey);
  const { epoch } = await ask("/sync/v1/start", { body: { public_key: toBase64(point) } });
  await write(db, ["keys", "meta"], (transaction) => {
    transaction.objectStore("keys").put(pair.privateKey, "receipt");
    transaction.objectStore("meta").put({ epoch, seq: 0, hash: "0".repeat(64) }, "head");
  });
  return epoch;
}

/** The key that signs this till's receipts, or undefined before the first epoch. */
export function receiptKey(db) {
  return result(db.transaction("keys").objectStore("keys").get("receipt"));
}
