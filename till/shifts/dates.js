// The business date of a shift: chosen at its opening, and never before that of the last one.

/** The day that a new shift is given: today, or that of the last shift where it is later. */
export function proposed(last, today) {
  return last > today ? last : today;
}

/** What is wrong with a day: "none", "before" (the last shift's), or null. */
export function faultOf(day, last) {
  if (!isDay(day)) return "none";
  return day < last ? "before" : null;
}

/** Whether a day is another than the clock says, so that it is asked about once more. */
export function isOdd(day, last, today) {
  return day !== proposed(last, today);
}

/** So many days after a day. */
export function daysAfter(day, count) {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + count);
  return moment.toISOString().slice(0, 10);
}

function isDay(day) {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
}
