// Ticks that wait for a network: kept on the device, sent as a whole, forgotten once they are told
// back. A tick is only ever added, so a list that is sent twice, or by two devices, counts once.

/** The numbers that were ticked here and are not known to be taken yet, under one key. */
export class WaitingTicks {
  /**
   * @param {Storage} storage localStorage, or what behaves like it
   * @param {string} list the uid of the assembly whose roll is ticked
   */
  constructor(storage, list) {
    this.storage = storage;
    this.key = `ayil.ticks.${list}`;
  }

  /** @returns {number[]} by number: in which order people came is not kept */
  get numbers() {
    try {
      const kept = JSON.parse(this.storage.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept.filter(Number.isSafeInteger) : [];
    } catch {
      return [];
    }
  }

  /** Keeps one more; a second time changes nothing. */
  add(number) {
    this.#keep([...this.numbers, number]);
  }

  /** Forgets these: taken, or unticked again before they were sent. */
  forget(numbers) {
    const gone = new Set(numbers);
    this.#keep(this.numbers.filter((number) => !gone.has(number)));
  }

  #keep(numbers) {
    const sorted = [...new Set(numbers)].sort((one, other) => one - other);
    if (sorted.length === 0) {
      this.storage.removeItem(this.key);
    } else {
      this.storage.setItem(this.key, JSON.stringify(sorted));
    }
  }
}

/**
 * Sends what waits. Answers what the server knows now ({ticked, women, numbers}), null where there
 * is no network, or an Error where it was refused; what was not taken goes on waiting.
 */
export async function send(waiting, address, token, fetching = fetch) {
  const numbers = waiting.numbers;
  const body = new URLSearchParams(numbers.map((number) => ["number", String(number)]));
  let answer;
  try {
    answer = await fetching(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body,
      redirect: "manual",
    });
  } catch {
    return null;
  }
  if (!answer.ok) {
    return new Error(String(answer.status));
  }
  const known = await answer.json().catch(() => null);
  if (known === null) {
    return new Error("unreadable");
  }
  waiting.forget(known.numbers);
  return known;
}
