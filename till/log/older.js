// The tills that this browser was before: a browser forgets who it is more easily than what it
// wrote, so a log is looked for by its store, and what waits in one can always be handed over.

import { exported, offer } from "./export.js";
import { openStore, result } from "./store.js";
import { allMeta } from "./sync.js";

const STORE = "ayil-till-";

/** The names of all tills that have a log on this device. */
export async function tillsHere() {
  const stores = (await indexedDB.databases?.()) ?? [];
  return stores.map(({ name }) => name).filter((name) => name.startsWith(STORE))
    .map((name) => name.slice(STORE.length));
}

/** Of the tills that this browser no longer is those with records that wait: {device, bodies}. */
export async function olderLogs(current) {
  const found = [];
  for (const device of await tillsHere()) {
    if (device === current) continue;
    const db = await openStore(device);
    const index = db.transaction("events").objectStore("events").index("waiting");
    const bodies = (await result(index.getAll())).map((record) => record.body);
    if (bodies.length) found.push({ device, bodies, key: (await allMeta(db)).about?.sealing_key });
    db.close();
  }
  return found;
}

/** Hands an older till's waiting records over as a file that only the server can read. */
export async function save({ device, bodies, key }, today, keyNow) {
  offer(`${device}-${today}.ayil`, await exported(device, bodies, key ?? keyNow));
}
