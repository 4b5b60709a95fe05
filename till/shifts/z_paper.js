// A closing as a paper: the Z-report, in the till's language.

import { amount } from "../kit/money.js";
import { _, dayInWords, ngettext, spoken } from "../kit/words.js";
import { paper } from "../receipts/paper.js";
import { countedOf, overOf } from "./report.js";

/** The number by which a Z-report is called: its till, epoch and event. */
export function zNumber({ device, epoch, seq }) {
  return `${device}-${epoch}-${seq}`;
}

/** The names of the ways to pay. */
export function meansInWords() {
  return {
    cash: _("Cash"), qr: _("QR payment"), card: _("Card"), bank: _("Bank"), other: _("Other means"),
  };
}

/** `closing`: the event; `about`: what the server said of shop and cashiers; `isCopy`: it was
 * printed before. */
export function zPaper(closing, about, { isCopy = false } = {}) {
  const { payload } = closing;
  return paper([
    { text: about.shop.name, align: "center", size: 2, bold: true },
    { text: _("Z-report"), align: "center", bold: true },
    isCopy && { text: _("Copy"), align: "center", bold: true },
    { text: `№ ${zNumber(closing)}`, align: "center" },
    { text: dayInWords(closing.business_date), align: "center", size: 2 },
    { pair: [cashierOf(closing, about), timeOf(closing, about.time_zone)] },
    { rule: true },
    ...(payload.report ? reportRows(payload.report) : []),
    ...drawerRows(payload),
    { rule: true },
    ...piecesRows(payload.counted),
    { rule: true },
    { text: _("Seal %(seal)s", { seal: closing.hash.slice(0, 16) }), align: "center" },
  ], { title: zNumber(closing), language: spoken(), kind: "report" });
}

/** The name of who closed, or what the log says of them. */
export function cashierOf(event, about) {
  return about.cashiers.find(({ uid }) => uid === event.cashier)?.name ?? "";
}

function timeOf(event, timeZone) {
  const moment = new Date(new Date(event.wall).getTime() + (event.offset_ms ?? 0));
  return new Intl.DateTimeFormat("en-GB", {
    timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(moment);
}

function reportRows(report) {
  const names = meansInWords();
  return [
    { pair: [
      ngettext("%(count)s receipt", "%(count)s receipts", report.sales), amount(report.sold),
    ] },
    report.refunds > 0 && { pair: [
      ngettext("%(count)s refund", "%(count)s refunds", report.refunds), amount(-report.returned),
    ] },
    report.rounding !== 0 && { pair: [_("Rounding"), amount(report.rounding)] },
    ...Object.keys(names).filter((means) => report.paid[means]).map((means) => ({
      pair: [names[means], amount(report.paid[means])], bold: true,
    })),
    { rule: true },
    { pair: [_("At opening"), amount(report.float)] },
    { pair: [_("Taken in cash"), amount(report.paid.cash ?? 0)] },
    report.moved !== 0 && { pair: [_("Put in and taken out"), amount(report.moved)] },
    { pair: [_("Due in the drawer"), amount(report.expected)] },
  ];
}

function drawerRows(payload) {
  const over = overOf(payload);
  return [
    { pair: [_("Counted"), amount(countedOf(payload))], bold: true },
    over !== null && { pair: [overInWords(over), amount(over)], bold: true },
  ];
}

/** What a difference is called. */
export function overInWords(over) {
  if (over === 0) return _("No difference");
  return over > 0 ? _("Over") : _("Short");
}

function piecesRows(counted) {
  return Object.keys(counted).map(Number).sort((a, b) => b - a)
    .filter((worth) => counted[worth])
    .map((worth) => ({
      pair: [`${amount(worth)} × ${counted[worth]}`, amount(worth * counted[worth])],
    }));
}
