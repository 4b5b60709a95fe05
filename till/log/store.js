// What the device keeps, in IndexedDB. One database a till: a browser that is enrolled anew
// begins another one, and the old log stays until it was handed over.

const VERSION = 1;

function build(db) {
  const events = db.createObjectStore("events", { keyPath: ["epoch", "seq"] });
  events.createIndex("hash", "hash", { unique: true });
  events.createIndex("shift", "shift");
  events.createIndex("receipt", "receipt");
  // Only what the server has not acknowledged carries this field.
  events.createIndex("waiting", "waiting");
  events.createIndex("acknowledged", "acknowledged");
  db.createObjectStore("meta");
  db.createObjectStore("keys");
  db.createObjectStore("lots", { keyPath: "label" });
}

/** Opens the database of a till, or makes it. */
export function openStore(device) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(`ayil-till-${device}`, VERSION);
    asked.onupgradeneeded = () => build(asked.result);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("The till's records are open in another window."));
  });
}

/** A request's result. */
export function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Runs `work` in one transaction; resolves with what it returned once all is on the disk. */
export function write(db, stores, work) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
    let answer;
    transaction.oncomplete = () => resolve(answer);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error ?? new Error("Nothing was written."));
    answer = work(transaction);
  });
}

/** One value of the small things kept beside the log. */
export function getMeta(db, name) {
  return result(db.transaction("meta").objectStore("meta").get(name));
}

/** Keeps one small thing. */
export function setMeta(db, name, value) {
  return write(db, ["meta"], (transaction) => {
    transaction.objectStore("meta").put(value, name);
  });
}
