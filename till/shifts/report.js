// The Z-report: what a shift's own events come to. They are bounded by their numbers, from the
// opening up to the closing, and no clock is asked.

/** The report over a shift's events in the order of their numbers; whole minor units. */
export function reportOf(events) {
  const report = {
    first: events[0].seq, events: events.length, sales: 0, refunds: 0, sold: 0, returned: 0,
    rounding: 0, paid: {}, float: 0, moved: 0, expected: 0,
  };
  for (const { payload } of events) FOLDS[payload.kind]?.(report, payload);
  report.expected = report.float + report.moved + (report.paid.cash ?? 0);
  for (const [means, sum] of Object.entries(report.paid)) if (!sum) delete report.paid[means];
  return report;
}

/** Over (above zero) or short (below) of what a closing counted; null where it says no report. */
export function overOf(payload) {
  return payload.report ? countedOf(payload) - payload.report.expected : null;
}

/** What a closing counted, in minor units. */
export function countedOf({ counted }) {
  return Object.entries(counted).reduce((sum, [worth, pieces]) => sum + Number(worth) * pieces, 0);
}

const FOLDS = {
  shift_opened(report, payload) {
    report.float += payload.float;
  },
  cash_moved(report, payload) {
    report.moved += payload.amount;
  },
  sale(report, payload) {
    report.sales += 1;
    report.sold += grossOf(payload);
    take(report, payload, 1);
  },
  refund(report, payload) {
    report.refunds += 1;
    report.returned += grossOf(payload);
    take(report, payload, -1);
  },
};

function grossOf({ lines }) {
  return lines.reduce((sum, line) => sum + line.gross, 0);
}

function take(report, payload, sign) {
  report.rounding += sign * payload.rounding;
  for (const { kind, amount } of payload.tenders) {
    report.paid[kind] = (report.paid[kind] ?? 0) + sign * amount;
  }
}
