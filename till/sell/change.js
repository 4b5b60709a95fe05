// Which notes a buyer may hand over for a sum, and which ones to give back out of what lies in
// the drawer. Sums are whole minor units; notes are a Map: worth → pieces.

import { SOM, WORTHS } from "../kit/money.js";

// Few people carry one, so it is taken when it comes but not proposed.
const RARE = 200000;
const ROUND = [1000, 2000, 5000, 10000, 20000, 50000, 100000, 500000];
/** As many payments are proposed beside the exact one. */
const PROPOSED = 4;
/** A buyer is asked for at most this much more, so that the change can be given. */
const MOST_ASKED = 50000;

/** Cash is paid in whole som, half a som up. */
export function roundedForCash(minor) {
  return Math.round(minor / SOM) * SOM;
}

/** What notes come to. */
export function worthOf(notes) {
  let sum = 0;
  for (const [worth, pieces] of notes) sum += worth * pieces;
  return sum;
}

/** A sum in the fewest notes and coins, of which there are enough; `without` some worths. */
export function fewest(minor, without = []) {
  const notes = new Map();
  let left = minor;
  for (const worth of WORTHS) {
    if (without.includes(worth) || worth > left) continue;
    notes.set(worth, Math.floor(left / worth));
    left %= worth;
  }
  return left === 0 ? notes : null;
}

/** All that a drawer can give, up to a sum: what each amount takes, in the fewest pieces. */
class Drawer {
  constructor(drawer, upto) {
    this.size = Math.floor(upto / SOM);
    this.least = new Array(this.size + 1).fill(Infinity);
    this.least[0] = 0;
    this.used = [];
    for (const [worth, pieces] of drawer) {
      const step = worth / SOM;
      if (pieces > 0 && Number.isInteger(step) && step <= this.size) this.#with(worth, pieces);
    }
  }

  // For each remainder of `step` a window of `pieces` steps slides over the amounts; the queue
  // holds those from which the amount may still be reached, the best one first.
  #with(worth, pieces) {
    const step = worth / SOM;
    const before = this.least;
    const least = new Array(this.size + 1).fill(Infinity);
    const used = new Uint32Array(this.size + 1);
    for (let rest = 0; rest < step && rest <= this.size; rest += 1) {
      const queue = [];
      let first = 0;
      for (let times = 0; rest + times * step <= this.size; times += 1) {
        const amount = rest + times * step;
        const cost = before[amount] - times;
        while (queue.length > first && queue.at(-1).cost >= cost) queue.pop();
        queue.push({ times, cost });
        while (queue[first].times < times - pieces) first += 1;
        least[amount] = queue[first].cost + times;
        used[amount] = times - queue[first].times;
      }
    }
    this.least = least;
    this.used.push({ worth, step, used });
  }

  /** The notes of an amount, or null where the drawer cannot give it. */
  give(minor) {
    let amount = minor / SOM;
    if (!Number.isInteger(amount) || amount < 0 || !(this.least[amount] < Infinity)) return null;
    const notes = new Map();
    for (const { worth, step, used } of [...this.used].reverse()) {
      if (used[amount]) notes.set(worth, used[amount]);
      amount -= used[amount] * step;
    }
    return new Map([...notes].sort(([one], [other]) => other - one));
  }
}

/** The change in the fewest pieces that the drawer has, or null where it cannot give it. */
export function changeFrom(drawer, minor) {
  return new Drawer(drawer, Math.max(minor, 0)).give(minor);
}

/**
 * What to ask a buyer for beside what they gave, so that the change can be given: the smallest
 * sum of the fewest pieces, {more, change}, or null where nothing helps.
 */
export function askFor(drawer, change) {
  const reach = new Drawer(drawer, change + MOST_ASKED);
  let best = null;
  for (let more = SOM; more <= MOST_ASKED; more += SOM) {
    const given = reach.give(change + more);
    if (!given) continue;
    const asked = fewest(more, [RARE]);
    // Nobody is asked for a note that they would get back at once.
    if ([...asked.keys()].some((worth) => given.has(worth))) continue;
    const pieces = piecesOf(asked);
    if (!best || pieces < best.pieces) best = { pieces, more, change: given };
  }
  return best && { more: best.more, change: best.change };
}

/** How many pieces notes are. */
export function piecesOf(notes) {
  let count = 0;
  for (const pieces of notes.values()) count += pieces;
  return count;
}

/**
 * What a buyer is likely to hand over for a sum, the exact one first: [{sum, notes, change}].
 * `change` is null where the drawer cannot give it.
 */
export function proposals(due, drawer) {
  const sums = new Map();
  for (const round of ROUND) {
    const sum = Math.ceil(due / round) * round;
    const notes = fewest(sum, [RARE]);
    // A purse in which one note is too many would not have been opened for it.
    if (sum > due && notes && !isTooMuch(notes, sum, due)) sums.set(sum, notes);
  }
  const ranked = [...sums].sort(
    ([one, a], [other, b]) => piecesOf(a) - piecesOf(b) || one - other,
  ).slice(0, PROPOSED).sort(([one], [other]) => one - other);
  const reach = new Drawer(drawer, Math.max(0, ...ranked.map(([sum]) => sum - due)));
  return [
    { sum: due, notes: fewest(due, [RARE]), change: new Map() },
    ...ranked.map(([sum, notes]) => ({ sum, notes, change: reach.give(sum - due) })),
  ];
}

function isTooMuch(notes, sum, due) {
  return [...notes.keys()].some((worth) => sum - worth >= due);
}

/** Given and change as one: worth → pieces that came in (above zero) or went out. */
export function movedNotes(given, change) {
  const moved = {};
  for (const [worth, pieces] of given) moved[worth] = pieces;
  for (const [worth, pieces] of change) moved[worth] = (moved[worth] ?? 0) - pieces;
  for (const worth of Object.keys(moved)) if (!moved[worth]) delete moved[worth];
  return moved;
}
