// What belongs to this device: its settings, its keys, its room on the disk.

import { toBase64 } from "../kit/base64.js";
import { result, setMeta, write } from "./store.js";

/** The hash before the first event of an epoch. */
export const GENESIS = "0".repeat(64);

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

/** Asks the server for a new epoch, for a new pair of keys: {epoch, key}, nothing written yet. */
export async function askEpoch(ask) {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
    "sign",
    "verify",
  ]);
  const point = await crypto.subtle.exportKey("raw", pair.publicKey);
  const { epoch } = await ask("/sync/v1/start", { body: { public_key: toBase64(point) } });
  return { epoch, key: pair.privateKey };
}

/** An epoch's beginning and the key of its receipts, at once; answers the head of its chain. */
export async function writeEpoch(db, { epoch, key }) {
  const head = { epoch, seq: 0, hash: GENESIS };
  await write(db, ["keys", "meta"], (transaction) => {
    transaction.objectStore("keys").put(key, "receipt");
    transaction.objectStore("meta").put(head, "head");
  });
  return head;
}

/** The key that signs this till's receipts, or undefined before the first epoch. */
export function receiptKey(db) {
  return result(db.transaction("keys").objectStore("keys").get("receipt"));
}
