// The till's clock as it stands, and what is known of how far it is off. Nothing is ordered by
// it: the order of events is their number.
//
// Two clocks run here: the device's, which people and networks set, and the page's own, which never
// goes back. Where the first falls behind the second it was set back, and the offset grows by as
// much. Running ahead says nothing, since the second one stands still while a tablet sleeps.

/** A difference above this is told to the clerk. */
export const WARN_ABOVE_MS = 2 * 60 * 1000;

/** Two readings a moment apart differ by less. */
const LEAST_JUMP_MS = 2000;

export class Clock {
  #known;
  #wall;
  #mono;
  #heard = false;

  /** `offset`: milliseconds that the server was ahead when the two last spoke, or null. */
  constructor({ timeZone = "Asia/Bishkek", offset = null } = {}) {
    this.timeZone = timeZone;
    this.#known = offset;
    this.#read();
  }

  #read() {
    this.#wall = this.wall().getTime();
    this.#mono = this.mono();
  }

  /** Milliseconds by which the clock was set back since it was last compared. */
  get setBack() {
    const behind = this.#wall + this.mono() - this.#mono - this.wall().getTime();
    return behind > LEAST_JUMP_MS ? behind : 0;
  }

  /** Milliseconds that the server is ahead, or null where the two never spoke. */
  get offset() {
    return this.#known === null ? null : this.#known + this.setBack;
  }

  wall() {
    return new Date();
  }

  /** Milliseconds since this page began; they never jump. */
  mono() {
    return Math.round(performance.now());
  }

  /** Now, put right by what the server said. */
  corrected() {
    return new Date(this.wall().getTime() + (this.offset ?? 0));
  }

  /** The day that it is now where the shop stands: 2012-07-05. */
  today() {
    return dayIn(this.timeZone, this.corrected());
  }

  /** Learns from an answer: the server's time, and this clock before asking and after it. */
  learn(serverTime, before, after) {
    const middle = (before.getTime() + after.getTime()) / 2;
    this.#known = Math.round(new Date(serverTime).getTime() - middle);
    this.#heard = true;
    this.#read();
  }

  /** Whether the clerk is to be told that the clock is wrong. */
  get isOff() {
    return Math.abs(this.offset ?? 0) > WARN_ABOVE_MS;
  }

  /**
   * Whether the clock went back, and nobody has said since what is right. `lastWall`: the latest
   * time that stands in the log, milliseconds.
   */
  wentBack(lastWall) {
    if (this.#heard) return false; // then it is known how far it is off
    return Math.max(lastWall - this.wall().getTime(), this.setBack) > WARN_ABOVE_MS;
  }
}

/** The calendar's day of a moment in a zone: 2012-07-05. */
export function dayIn(timeZone, moment) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone, year: "numeric", month: "2-digit", day: "2-digit",
  }).formatToParts(moment);
  const of = (type) => parts.find((part) => part.type === type).value;
  return `${of("year")}-${of("month")}-${of("day")}`;
}

/** A moment with the device's own zone: 2012-07-05T14:03:09.120+06:00. */
export function withZone(moment) {
  const ahead = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + ahead * 60000).toISOString().slice(0, -1);
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const sign = ahead < 0 ? "-" : "+";
  return `${local}${sign}${two(Math.abs(ahead) / 60)}:${two(Math.abs(ahead) % 60)}`;
}
