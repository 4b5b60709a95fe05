"""The till's log in a real IndexedDB: chained, durable, written by one, never pruned too early."""

from typing import Any

import pytest

from tests.till.conftest import Modules

pytestmark = pytest.mark.browser

# A log on a store of its own, an open shift, and a clock that a test may turn.
BEGIN = """
  const at = (name) => import(`/till/v/test/${name}`);
  const [{ openStore, setMeta, result }, { State }] =
    await Promise.all([at("log/store.js"), at("log/state.js")]);
  const open = async (name, head) => {
    const db = await openStore(name);
    await setMeta(db, "head", head ?? { epoch: 1, seq: 0, hash: "0".repeat(64) });
    const clock = { now: Date.parse("2012-07-05T08:00:00Z"), offset: null,
      wall() { return new Date(this.now); }, mono: () => 5 };
    const state = new State();
    const about = { device: "karakol-1", shop: { code: "karakol" } };
    const log = new m.Log({ db, about, clock, state, head: head ?? await m.headOf(db) });
    return { db, clock, state, log };
  };
  const shift = { name: "1-0badcafe", date: "2012-07-05", cashier: "aigul" };
  const opening = { kind: "shift_opened", float: 50000, counted: { 10000: 5 } };
  const sale = (n, kind = "sale") => ({ kind, receipt: `karakol-1-1-${n}`, rounding: 0,
    lines: [{ label: "2000000000015", quantity: 2, unit_price: 10000, gross: 20000 }],
    tenders: [{ kind: "cash", amount: 20000, notes: { 50000: 1, 10000: -3 } }], visitor: null });
"""


def run(modules: Modules, body: str, *given: Any) -> Any:
    return modules.run("log/log.js", BEGIN + body, *given)


def test_events_are_numbered_and_chained_in_the_order_they_were_asked_for(modules: Modules) -> None:
    body = """
      const { log } = await open("a");
      await log.append(opening, { shift });
      await Promise.all([1, 2, 3].map((n) => log.append(sale(n))));
      return log.ofShift(shift.name);
    """
    events = run(modules, body)
    assert [event["seq"] for event in events] == [1, 2, 3, 4]
    assert [e["prev"] for e in events] == ["0" * 64, *(e["hash"] for e in events[:-1])]
    assert [e["payload"].get("receipt") for e in events[1:]] == [
        f"karakol-1-1-{n}" for n in (1, 2, 3)
    ]


def test_what_follows_from_the_log_is_folded_as_it_is_written(modules: Modules) -> None:
    body = """
      const { log, state } = await open("a");
      await log.append(opening, { shift });
      await log.append(sale(1));
      await log.append({ kind: "cash_moved", amount: -10000, reason: "tea", notes: { 10000: -1 } });
      const found = [[...state.drawer], state.expected, state.soldSince("2000000000015")];
      await log.append(sale(2, "refund"));
      const after = state.soldSince("2000000000015");
      await log.append({ kind: "shift_closed", counted: {} });
      return [...found, after, state.shift];
    """
    drawer, expected, sold, after, shift = run(modules, body)
    assert dict(drawer) == {10000: 1, 50000: 1}
    assert (expected, sold, after, shift) == (60000, 2, 0, None)


def test_without_an_open_shift_nothing_is_written(modules: Modules) -> None:
    body = """
      const { log } = await open("a");
      const code = await log.append(sale(1)).catch((error) => error.code);
      return [code, await log.countWaiting()];
    """
    assert run(modules, body) == ["no-shift", 0]


def test_a_window_that_lost_the_lock_writes_nothing(modules: Modules) -> None:
    """Two logs on one store: the second one's head is old, and it is told so."""
    body = """
      const one = await open("a");
      await one.log.append(opening, { shift });
      const two = await open("a", { ...one.log.head });
      two.state.fold((await one.log.ofShift(shift.name))[0]);
      await one.log.append(sale(1));
      const code = await two.log.append(sale(2)).catch((error) => error.code);
      return [code, (await one.log.ofShift(shift.name)).length];
    """
    assert run(modules, body) == ["moved-on", 2]


def test_nothing_is_pruned_before_it_is_acknowledged_and_ninety_days_old(modules: Modules) -> None:
    body = """
      const DAY = 86400000;
      const { log, clock, state } = await open("a");
      await log.append(opening, { shift });
      const first = await log.append(sale(1));
      const second = await log.append(sale(2));
      await log.append({ kind: "shift_closed", counted: {} });
      await log.acknowledge([first.hash]);
      const counts = [];
      for (const days of [89, 2, 400]) {
        clock.now += days * DAY;
        counts.push(await log.prune());
      }
      const kept = (await log.ofShift(shift.name)).map((event) => event.seq);
      return [counts, kept, (await log.waiting()).map((one) => one.hash).includes(second.hash)];
    """
    assert run(modules, body) == [[0, 1, 0], [1, 3, 4], True]


def test_the_open_shift_is_kept_however_old(modules: Modules) -> None:
    body = """
      const { log, clock } = await open("a");
      const events = [await log.append(opening, { shift }), await log.append(sale(1))];
      await log.acknowledge(events.map((event) => event.hash));
      clock.now += 200 * 86400000;
      return log.prune();
    """
    assert run(modules, body) == 0


def test_what_waits_comes_in_its_order_across_epochs(modules: Modules) -> None:
    body = """
      const { log } = await open("a");
      await log.append(opening, { shift });
      for (let n = 1; n < 12; n += 1) await log.append(sale(n));
      const key = "no key is needed here";
      const refused = await log.begin({ epoch: 9, key }).catch((error) => error.code);
      await log.append({ kind: "shift_closed", counted: {} });
      await log.begin({ epoch: 10, key });
      await log.append(opening, { shift: { ...shift, name: "10-0badcafe" } });
      const waiting = (await log.waiting()).map((one) => JSON.parse(one.body));
      return [refused, ...waiting.map((e) => [e.epoch, e.seq])];
    """
    numbers = [*([1, n] for n in range(1, 14)), [10, 1]]
    assert run(modules, body) == ["shift-open", *numbers]


def test_a_log_of_an_older_till_folds(modules: Modules) -> None:
    """Without notes, counted float, offset or report: what is not said is not known."""
    body = """
      const { state } = await open("a");
      const event = (payload) => ({ shift: "old", business_date: "2012-07-04", cashier: "Aigul",
        epoch: 1, seq: 1, wall: "2012-07-04T10:00:00+06:00", payload });
      state.fold(event({ kind: "shift_opened", float: 50000 }));
      state.fold(event({ kind: "sale", receipt: "r", rounding: 0, visitor: null,
        lines: [{ label: "x", quantity: 1, unit_price: 9000, gross: 9000 }],
        tenders: [{ kind: "cash", amount: 9000 }] }));
      return [state.shift.float, state.expected, [...state.drawer]];
    """
    assert run(modules, body) == [50000, 59000, []]


def test_a_batch_is_bounded_in_bytes_and_never_empty(modules: Modules) -> None:
    body = """
      const waiting = ["ы".repeat(100), "b".repeat(300), "c"].map((body) => ({ body }));
      return [500, 502, 10, 10000].map((bytes) => m.cut(waiting, bytes).length);
    """
    assert modules.run("log/sync.js", body) == [1, 2, 1, 3]
