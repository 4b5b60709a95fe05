// What belongs to this device: its settings, its keys, its room on the disk.

import { toBase64 } from "../kit/base64.js";
import { result, setMeta, write } from "./store.js";

/** The hash before the first event of an epoch. */
export const GENESIS = "0".repeat(64);

/** Below this much free room nothing more is sold: a log must never stop in a payment. */
export const LEAST_ROOM = 8 * 1024 * 1024;

const LANGUAGE = "ayil-till-language";
const DEFAULTS = { printer: { kind: "browser" } };

export class Settings {
  constructor(db, values) {
    this.db = db;
    const language = localStorage.getItem(LANGUAGE) ?? "ky";
    this.values = { ...DEFAULTS, language, ...values };
  }

  get(name) {
    return this.values[name];
  }

  async set(name, value) {
    this.values = { ...this.values, [name]: value };
    if (name === "language") localStorage.setItem(LANGUAGE, value);
    await setMeta(this.db, "settings", this.values);
  }
}

/** So much is written before each payment: many times what its event takes. */
const RESERVE = 256 * 1024;
const AT_ONCE = 64 * 1024; // bytes of chance that a browser gives at once

/**
 * Whether there is room for a sale: {free (bytes, null where the browser does not say), enough}.
 * Chromium names 10 GB whatever the disk has, so a reserve is written anew as well: random
 * bytes, which no disk makes smaller. Where that fails, nothing is lost yet.
 */
export async function room(db) {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  const free = quota === undefined ? null : quota - usage;
  if (free !== null && free < LEAST_ROOM) return { free, enough: false };
  const reserve = new Uint8Array(RESERVE);
  for (let at = 0; at < RESERVE; at += AT_ONCE) {
    crypto.getRandomValues(reserve.subarray(at, at + AT_ONCE));
  }
  try {
    await write(db, ["keys"], (transaction) => {
      transaction.objectStore("keys").put(reserve, "reserve");
    });
  } catch {
    return { free: 0, enough: false };
  }
  return { free, enough: true };
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
