// What follows from the log, folded event by event: the open shift, the drawer, what was sold.
// Events of older versions of the till fold as well: what they do not say counts as not known.

export class State {
  constructor() {
    this.shift = null;
    /** Worth in minor units → pieces in the drawer, as far as they were said. */
    this.drawer = new Map();
    /** Cash that is due in the drawer, minor units. */
    this.expected = 0;
    /** The number of the newest price that this till knows. */
    this.prices = 0;
    this.lastDate = "";
    /** The latest time that any clock of the log showed, milliseconds. */
    this.lastWall = 0;
    this.sold = new Map();
  }

  /** Takes in one event that is on the disk. */
  fold(event) {
    this.lastWall = Math.max(this.lastWall, new Date(event.wall).getTime());
    const fold = FOLDS[event.payload.kind];
    if (fold) fold(this, event, event.payload);
    this.#count(event, 1);
  }

  /** Net pieces of a lot that were sold here and that the server has not confirmed. */
  soldSince(label) {
    return this.sold.get(label) ?? 0;
  }

  /** The server has it now: its own figures count it from here on. */
  confirm(event) {
    this.#count(event, -1);
  }

  /** Counts what waits from before this page was opened. */
  waits(event) {
    this.#count(event, 1);
  }

  #count(event, sign) {
    const { kind, lines } = event.payload;
    if (kind !== "sale" && kind !== "refund") return;
    const pieces = kind === "sale" ? sign : -sign;
    for (const line of lines) {
      const sold = this.soldSince(line.label) + pieces * line.quantity;
      if (sold) this.sold.set(line.label, sold);
      else this.sold.delete(line.label);
    }
  }

  /** Pieces go into the drawer (above zero) or out of it. */
  move(pieces, sign = 1) {
    for (const [worth, count] of Object.entries(pieces ?? {})) {
      const now = (this.drawer.get(Number(worth)) ?? 0) + sign * count;
      this.drawer.set(Number(worth), now);
    }
  }
}

const FOLDS = {
  shift_opened(state, event, payload) {
    state.shift = {
      name: event.shift,
      date: event.business_date,
      cashier: event.cashier,
      openedSeq: event.seq,
      float: payload.float,
    };
    state.lastDate = event.business_date;
    state.drawer = new Map();
    state.move(payload.counted);
    state.expected = payload.float;
  },
  shift_closed(state, event) {
    state.lastDate = event.business_date;
    state.shift = null;
    state.drawer = new Map();
    state.expected = 0;
  },
  sale(state, _event, payload) {
    takeCash(state, payload, 1);
  },
  refund(state, _event, payload) {
    takeCash(state, payload, -1);
  },
  cash_moved(state, _event, payload) {
    state.expected += payload.amount;
    state.move(payload.notes);
  },
};

/** `notes` say themselves which way they went; amounts of a refund went out. */
function takeCash(state, payload, sign) {
  for (const tender of payload.tenders) {
    if (tender.kind !== "cash") continue;
    state.expected += sign * tender.amount;
    state.move(tender.notes);
  }
}
