// The signed code on a receipt: any till of the shop can tell offline that it is a receipt of
// ours, and what was sold. "AYIL1:" and, in base64 for addresses,
//
//   1 byte    version, 1
//   32 bytes  hash of the sale's event
//   text      name of the till's key, "<device>-<epoch>": its length in a byte, then UTF-8
//   number    of the event in its epoch            numbers: 7 bits a byte, lowest first, the
//   number    business date, days since 1970       eighth bit says that another follows
//   number    of lines; 0 where they are left out, since the code would be too large
//   lines     label, quantity, gross in minor units; a label of 13 digits is a 0 and 6 bytes
//   64 bytes  ECDSA P-256 with SHA-256 over "ayil/receipt/1" and all that stands before
//
// ISO 8601 days and whole minor units, as everywhere.

import { fromBase64, fromBase64Url, toBase64Url } from "../kit/base64.js";
import { hex } from "../kit/canonical.js";

const PREFIX = "AYIL1:";
const DOMAIN = new TextEncoder().encode("ayil/receipt/1");
const SIGNATURE = 64;
const MOST_BYTES = 300;
const DAY_MS = 24 * 60 * 60 * 1000;
const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };

/** Why a code is no receipt of ours: `code` is "unreadable", "unknown-till" or "forged". */
export class NoReceipt extends Error {
  constructor(code, words) {
    super(words);
    this.code = code;
  }
}

/** The text of a sale's code; `key` is the till's private key of the event's epoch. */
export async function signedText(event, key) {
  const whole = payloadOf(event, event.payload.lines);
  const payload = whole.length + SIGNATURE <= MOST_BYTES ? whole : payloadOf(event, []);
  const signature = await crypto.subtle.sign(ALGORITHM, key, withDomain(payload));
  return PREFIX + toBase64Url(Uint8Array.from([...payload, ...new Uint8Array(signature)]));
}

/** Whether a scanned text means to be such a code. */
export function isSigned(text) {
  return text.trim().startsWith(PREFIX);
}

/**
 * What a code says: {hash, device, epoch, seq, receipt, date, lines}, where `lines` is a list of
 * {label, quantity, gross}, or null where the code had no room. `receiptKeys` as the server tells
 * them (base64 of the point by "<device>-<epoch>"). Throws NoReceipt.
 */
export async function readSigned(text, receiptKeys) {
  const { payload, signature } = taken(text);
  const said = read(payload);
  const name = `${said.device}-${said.epoch}`;
  if (!Object.hasOwn(receiptKeys, name)) {
    throw new NoReceipt("unknown-till", `This till does not know the key of ${name} yet.`);
  }
  const key = await crypto.subtle.importKey(
    "raw", fromBase64(receiptKeys[name]), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"],
  );
  if (!(await crypto.subtle.verify(ALGORITHM, key, signature, withDomain(payload)))) {
    throw new NoReceipt("forged", `This is not what ${name} signed.`);
  }
  return said;
}

function withDomain(payload) {
  return Uint8Array.from([...DOMAIN, ...payload]);
}

function payloadOf(event, lines) {
  const hash = event.hash.match(/../g).map((pair) => parseInt(pair, 16));
  const day = Date.parse(`${event.business_date}T00:00:00Z`) / DAY_MS;
  return Uint8Array.from([
    1, ...hash, ...words(`${event.device}-${event.epoch}`), ...number(event.seq), ...number(day),
    ...number(lines.length), ...lines.flatMap(line),
  ]);
}

function line({ label, quantity, gross }) {
  return [...labelBytes(label), ...number(quantity), ...number(gross)];
}

function labelBytes(label) {
  if (!/^[0-9]{13}$/.test(label)) return words(label);
  const bytes = [];
  for (let rest = Number(label); bytes.length < 6; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  return [0, ...bytes];
}

function words(text) {
  const bytes = new TextEncoder().encode(text);
  return [bytes.length, ...bytes];
}

function number(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function taken(text) {
  const unreadable = new NoReceipt("unreadable", "This is no code of a receipt.");
  if (!isSigned(text)) throw unreadable;
  let bytes;
  try {
    bytes = fromBase64Url(text.trim().slice(PREFIX.length));
  } catch {
    throw unreadable;
  }
  if (bytes.length < SIGNATURE + 37) throw unreadable;
  return { payload: bytes.slice(0, -SIGNATURE), signature: bytes.slice(-SIGNATURE) };
}

function read(bytes) {
  let at = 0;
  const next = (count) => {
    if (at + count > bytes.length) throw new NoReceipt("unreadable", "The code is cut off.");
    at += count;
    return bytes.subarray(at - count, at);
  };
  const nextNumber = () => {
    let value = 0;
    for (let worth = 1; ; worth *= 128) {
      const [byte] = next(1);
      value += (byte % 128) * worth;
      if (byte < 128) return value;
    }
  };
  const nextWords = (length = next(1)[0]) => new TextDecoder().decode(next(length));
  const nextLabel = () => {
    const [length] = next(1);
    if (length) return nextWords(length);
    return String(next(6).reduce((sum, byte) => sum * 256 + byte, 0)).padStart(13, "0");
  };

  const [version] = next(1);
  if (version !== 1) throw new NoReceipt("unreadable", `Codes of kind ${version} are not known.`);
  const hash = hex(next(32));
  const [, device, epoch] = /^(.+)-([0-9]+)$/.exec(nextWords()) ?? [];
  if (!device) throw new NoReceipt("unreadable", "The code names no till.");
  const seq = nextNumber();
  const date = dayOf(nextNumber());
  const lines = Array.from({ length: Math.min(nextNumber(), bytes.length) }, () => ({
    label: nextLabel(), quantity: nextNumber(), gross: nextNumber(),
  }));
  return {
    hash, device, epoch: Number(epoch), seq, receipt: `${device}-${epoch}-${seq}`, date,
    lines: lines.length ? lines : null,
  };
}

function dayOf(days) {
  const moment = new Date(days * DAY_MS);
  if (Number.isNaN(moment.getTime())) throw new NoReceipt("unreadable", "The code has no date.");
  return moment.toISOString().slice(0, 10);
}
