// A sale or refund as a paper, in the language of who takes it along.

import { amount } from "../kit/money.js";
import { paper } from "./paper.js";

/**
 * `event`: a sale or refund; `lotOf(label)`: the lot on the shelf or none; `about`: what the
 * server said of shop and cashiers; `words`: {language, _} of `wordsIn`; `code`: the text of the
 * signed code, or ""; `fiscal`: the number that a fiscal register gave, or ""; `isCopy`: it was
 * printed before.
 */
export function receipt(event, { lotOf, about, words, code = "", fiscal = "", isCopy = false }) {
  const { _ } = words;
  const { payload } = event;
  const isRefund = payload.kind === "refund";
  return paper([
    { text: about.shop.name, align: "center", size: 2, bold: true },
    { text: isRefund ? _("Refund") : _("Receipt"), align: "center", bold: true },
    isCopy && { text: _("Copy"), align: "center", bold: true },
    { text: `№ ${payload.receipt}`, align: "center" },
    { pair: [dayInWords(event.business_date), timeOf(event, about.time_zone)] },
    cashierRow(event, about, _),
    { rule: true },
    ...payload.lines.flatMap((line) => lineRows(line, lotOf(line.label), words)),
    { rule: true },
    ...sumRows(payload, isRefund, _),
    ...payload.tenders.flatMap((tender) => tenderRows(tender, isRefund, _)),
    payload.reason && { text: _("Reason: %(reason)s", { reason: payload.reason }) },
    fiscal && { pair: [_("Fiscal number"), fiscal] },
    ...(code ? [{ qr: code }] : []),
    code && { text: _("Keep this receipt: with it goods can be brought back."), align: "center" },
    !isRefund && { feed: 1 },
    !isRefund && { text: _("Thank you! Those who made it thank you too."), align: "center" },
  ], {
    title: payload.receipt, language: words.language, kind: "receipt", number: payload.receipt,
  });
}

/** 2012-07-05 → 05.07.2012, as all three languages write it. */
export function dayInWords(day) {
  return day.split("-").reverse().join(".");
}

/** Of names by language the wanted one, or the first that is there. */
export function nameIn(names, language) {
  return names[language] || names.ky || names.ru || names.en || "";
}

/** What a lot is called: its good, and its form where it has one. */
export function goodOf(lot, language) {
  return [nameIn(lot.names, language), lot.form].filter(Boolean).join(", ");
}

function timeOf(event, timeZone) {
  const moment = new Date(new Date(event.wall).getTime() + (event.offset_ms ?? 0));
  return new Intl.DateTimeFormat("en-GB", {
    timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(moment);
}

function cashierRow(event, about, _) {
  const cashier = about.cashiers.find(({ uid }) => uid === event.cashier);
  return cashier && { text: _("Served by %(name)s", { name: cashier.name }) };
}

function lineRows(line, lot, { language, _ }) {
  const discount = line.discount ?? 0;
  const who = lot ? [lot.maker, lot.village && nameIn(lot.village.names, language)] : [];
  const from = who.filter(Boolean).join(", ");
  return [
    { text: lot ? goodOf(lot, language) : _("Goods %(label)s", { label: line.label }), bold: true },
    from && { text: from },
    { pair: [`${line.quantity} × ${amount(line.unit_price)}`, amount(line.gross + discount)] },
    discount > 0 && { pair: [_("Discount"), amount(-discount)] },
  ];
}

function sumRows(payload, isRefund, _) {
  const total = payload.lines.reduce((sum, line) => sum + line.gross, 0) + payload.rounding;
  const words = isRefund ? _("Given back") : _("Total");
  return [
    payload.rounding !== 0 && { pair: [_("Rounding"), amount(payload.rounding)] },
    { pair: [words, _("%(amount)s som", { amount: amount(total) })], bold: true },
  ];
}

function tenderRows(tender, isRefund, _) {
  const names = {
    cash: _("In cash"), qr: _("By QR"), card: _("By card"), bank: _("By bank"), other: _("Paid otherwise"),
  };
  const rows = [{ pair: [names[tender.kind], amount(tender.amount)] }];
  if (tender.reference) rows.push({ pair: [_("Slip"), tender.reference] });
  const change = piecesOut(tender.notes ?? {});
  if (change > 0 && !isRefund) {
    rows.push({ pair: [_("Received"), amount(tender.amount + change)] });
    rows.push({ pair: [_("Change given"), amount(change)] });
  }
  return rows;
}

/** What went out of the drawer, in minor units. */
function piecesOut(notes) {
  return Object.entries(notes)
    .filter(([, pieces]) => pieces < 0)
    .reduce((sum, [worth, pieces]) => sum - Number(worth) * pieces, 0);
}
