// One way to write a value as bytes, so that its hash means the same in every language: the
// server's ayil/kit/canonical.py says the form.

const UTF8 = new TextEncoder();

/** By code points, which is the order of UTF-8 bytes; JavaScript's own order is by UTF-16. */
function byCodePoint(one, other) {
  const a = [...one];
  const b = [...other];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = a[i].codePointAt(0) - b[i].codePointAt(0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function pushText(text, parts) {
  if (!text.isWellFormed()) throw new TypeError("A text with half a character has no bytes.");
  const bytes = UTF8.encode(text);
  parts.push(UTF8.encode(`s${bytes.length}:`), bytes);
}

function push(value, parts) {
  if (value === null) parts.push(UTF8.encode("n"));
  else if (value === true) parts.push(UTF8.encode("t"));
  else if (value === false) parts.push(UTF8.encode("f"));
  else if (typeof value === "string") pushText(value, parts);
  else if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} cannot be part of a hash.`);
    parts.push(UTF8.encode(`i${Object.is(value, -0) ? 0 : value};`));
  } else if (Array.isArray(value)) {
    parts.push(UTF8.encode("l"));
    for (const item of value) push(item, parts);
    parts.push(UTF8.encode("e"));
  } else if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    parts.push(UTF8.encode("d"));
    for (const key of Object.keys(value).sort(byCodePoint)) {
      pushText(key, parts);
      push(value[key], parts);
    }
    parts.push(UTF8.encode("e"));
  } else throw new TypeError(`${typeof value} cannot be part of a hash.`);
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The canonical bytes of null, booleans, safe whole numbers, texts, lists and plain objects. */
export function encode(value) {
  const parts = [];
  push(value, parts);
  return joined(parts);
}

/** Bytes as hex digits. */
export function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** SHA-256 over the domain's name and the value, 64 hex digits. */
export async function digest(domain, value) {
  const parts = [];
  push(domain, parts);
  push(value, parts);
  return hex(await crypto.subtle.digest("SHA-256", joined(parts)));
}

/** The hash that is an event's identity: over every field but `hash`. */
export function eventHash(event) {
  const { hash: _hash, ...content } = event;
  return digest("ayil/event/1", content);
}
