// Finds the sale that goods come back from: by the signed code of its receipt or by its number, in
// this till's own log, and at the server where there is a line.

import { ask, Refused } from "../log/sync.js";
import { isSigned, NoReceipt, readSigned } from "../receipts/signed.js";
import { _ } from "../kit/words.js";
import { backOf, saleOfCode, saleOfEvent, saleOfServer } from "./rules.js";

/** No sale was found; `words` say why and what to do. */
export class NotFound extends Error {
  constructor(words) {
    super(words);
    this.words = words;
  }
}

/**
 * The sales that a scanned or typed text means, nearly always one: a number that a cloned till
 * used again has two. `isSure` of a sale: the server was asked what came back of it elsewhere.
 * Throws NotFound.
 */
export async function salesCalled(till, text) {
  const typed = text.trim();
  if (isSigned(typed)) return salesOfCode(till, typed);
  if (!typed) throw new NotFound(_("Scan the code on the receipt, or type its number."));
  const mine = await till.log.byReceipt(typed);
  const query = mine ? { sale: mine.hash } : { number: typed };
  const there = await atServer(till, query);
  if (there?.length) return there;
  if (mine?.payload.kind === "sale") return [await ofOwnLog(till, mine, there !== null)];
  throw new NotFound(there
    ? _("No sale has the number %(number)s. Look at the receipt once more.", { number: typed })
    : _("This till has no receipt %(number)s, and there is no network to ask the others. Scan the code on the receipt.", { number: typed }));
}

async function salesOfCode(till, text) {
  const said = await readSigned(text, till.about.receipt_keys).catch((error) => {
    throw error instanceof NoReceipt ? new NotFound(whyNot(error)) : error;
  });
  const there = await atServer(till, { sale: said.hash });
  if (there?.length) return there;
  const mine = await till.log.event(said.hash);
  if (mine) return [await ofOwnLog(till, mine, there !== null)];
  const sale = saleOfCode(said, backOf(await refundsOf(till, said.hash), said.hash));
  if (!sale) {
    throw new NotFound(_("The receipt is ours, but its code has no room for so many lines, and there is no network to ask for them. Take the goods back by their labels."));
  }
  return [{ ...sale, isSure: false }];
}

function whyNot({ code }) {
  if (code === "forged") return _("The code on this receipt was changed: no till of ours signed it. Call the manager.");
  if (code === "unknown-till") return _("This receipt is of a till that this one does not know yet. Connect the network once, or type the number.");
  return _("The code cannot be read. Scan it again, or type the number of the receipt.");
}

/** What the server knows, or null where it does not answer. */
async function atServer(till, query) {
  let answer;
  try {
    answer = await ask(`/sync/v1/receipt?${new URLSearchParams(query)}`);
  } catch (error) {
    if (error instanceof Refused && error.status === 400) return [];
    return null;
  }
  const unsent = new Set((await till.log.waiting()).map((one) => one.hash));
  return Promise.all(answer.receipts.map(async (said) => {
    const refunds = await refundsOf(till, said.sale);
    const back = backOf(refunds.filter((event) => unsent.has(event.hash)), said.sale);
    return { ...saleOfServer(said, back), isSure: true };
  }));
}

/** `isSure`: the server has not heard of it yet, and so no other till has. */
async function ofOwnLog(till, event, isSure) {
  const back = backOf(await refundsOf(till, event.hash), event.hash);
  return { ...saleOfEvent(event, back), isSure };
}

/** This till's refunds of a sale. */
function refundsOf(till, hash) {
  return till.log.latest(Infinity, ({ payload }) => payload.kind === "refund"
    && payload.lines.some((line) => line.sale === hash));
}
