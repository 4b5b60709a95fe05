// The count that is being made is kept on the device, so that a buyer may be served in between
// and a power cut loses no counting. It is no fact before both have signed.

import { setMeta } from "../log/store.js";

const NAME = "counting";

/** Keeps the count as it stands now; null where there is none. */
export async function keep(till, count) {
  till.counting = count;
  await setMeta(till.db, NAME, count);
}

/** Where the count goes on: a stage of the intake's screen. */
export function stage(till, name, params = {}) {
  till.say("");
  return till.go("intake", { stage: name, ...params });
}
