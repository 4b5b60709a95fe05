"""What a shop's books must say: a second set of books, kept from the field guide's text alone.

Nothing here is imported from the product: plain dictionaries, whole numbers, events as a till
wrote them (JSON). Whoever changes a rule of the product has to change its words here as well.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Event = dict[str, Any]
TRADES = {"sale", "refund"}


def commission_of(gross_minor: int, rate_bp: int) -> int:
    """The printed rounding rule: to the nearest minor unit, a half goes away from zero."""
    whole, rest = divmod(abs(gross_minor) * rate_bp, 10_000)
    if rest >= 5_000:
        whole += 1
    return whole if gross_minor >= 0 else -whole


@dataclass
class Shelf:
    """One lot: whose it is, what the shop keeps of it, and what became of its goods."""

    variant: int
    consignor: str
    rate_bp: int
    fees_bp: int = 0
    accepted: int = 0
    sold: int = 0
    returned: int = 0
    written_off: int = 0
    on_shelf: int = 0


@dataclass
class LineSold:
    """One line of a sale, its split frozen, and what came back of it."""

    label: str
    units: int
    gross_minor: int
    commission_minor: int
    fees_minor: int = 0
    back_units: int = 0
    back_minor: int = 0

    @property
    def share_minor(self) -> int:
        return self.gross_minor - self.commission_minor - self.fees_minor

    @property
    def is_over(self) -> bool:
        return self.back_units > self.units or self.back_minor > self.gross_minor

    def share_back(self) -> int:
        """What of the share is to be given back in all: pro rata, never above the whole."""
        return self.part_back(self.share_minor)

    def fees_back(self) -> int:
        return self.part_back(self.fees_minor)

    def part_back(self, whole: int) -> int:
        within = min(self.back_minor, self.gross_minor)
        return whole * within // self.gross_minor if self.gross_minor else 0


@dataclass
class Open:
    """What a consignor's next statement will say, as far as it is known."""

    sold: int = 0
    refunded: int = 0
    other: int = 0
    paid: int = 0
    units: int = 0
    lines: int = 0


@dataclass
class Oracle:
    """The second set of books of one shop."""

    shelves: dict[str, Shelf] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: dict[tuple[int, str], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * 7)
    )
    receipts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    heard: dict[str, Event] = field(default_factory=dict)
    applied: set[str] = field(default_factory=set)
    lines: dict[tuple[str, int], LineSold] = field(default_factory=dict)
    statements: dict[str, Open] = field(default_factory=lambda: defaultdict(Open))
    closed: dict[str, list[dict[str, int]]] = field(default_factory=lambda: defaultdict(list))
    refund_limit: int | None = None

    # The makers' money.

    def settle(self) -> None:
        """Whoever had anything posted since their last statement gets the next one, for good;
        also where it came to nothing, as a payout that was taken back does."""
        for consignor, now in list(self.statements.items()):
            earlier = self.closed[consignor]
            opening = earlier[-1]["closing"] if earlier else 0
            closing = opening + now.sold - now.refunded + now.other - now.paid
            earlier.append({"opening": opening, **vars(now), "closing": closing})
        self.statements.clear()

    def pay(self, consignor: str, amount: int, out_of: str) -> None:
        """Handed over (below zero: taken back): what is owed and what the shop holds both fall."""
        self.accounts[out_of] -= amount
        self.accounts[f"payable:{consignor}"] -= amount
        self.statements[consignor].paid += amount

    def correct(self, consignor: str, amount: int) -> None:
        """What the shop bears, for lost goods or a dispute (below zero: takes back)."""
        if not amount:
            return
        self.accounts["losses"] += amount
        self.accounts[f"payable:{consignor}"] += amount
        self.statements[consignor].other += amount

    # Goods: what the office does.

    def accept(self, label: str, shelf: Shelf, units: int) -> None:
        self.shelves[label] = shelf
        shelf.accepted += units
        shelf.on_shelf += units

    def give_back(self, label: str, units: int) -> None:
        self.shelves[label].returned += units
        self.shelves[label].on_shelf -= units

    def write_off(self, label: str, units: int, owed_by_shop_at: int | None) -> None:
        """What the shop bears it owes, at the owner's price of the day, as if it had sold."""
        shelf = self.shelves[label]
        shelf.written_off += units
        shelf.on_shelf -= units
        if owed_by_shop_at is not None:
            gross = units * owed_by_shop_at
            share = gross - commission_of(gross, shelf.rate_bp + shelf.fees_bp)
            self.correct(shelf.consignor, share)

    def count(self, label: str, counted: int) -> None:
        """What is above the books was never lost: it is booked in; what lacks waits for an act."""
        found = max(0, counted - self.shelves[label].on_shelf)
        self.shelves[label].written_off -= found
        self.shelves[label].on_shelf += found

    # The tills' logs.

    def hear(self, batch: Iterable[bytes]) -> None:
        """Every event counts once, whenever it comes; a refund waits for its sale."""
        for raw in batch:
            event = json.loads(raw)
            self.heard.setdefault(event["hash"], event)
        while ready := [
            e for hash_, e in self.heard.items() if hash_ not in self.applied and self._can(e)
        ]:
            for event in ready:
                self.applied.add(event["hash"])
                self._apply(event)

    def _can(self, event: Event) -> bool:
        payload = event["payload"]
        if payload["kind"] not in TRADES:
            return True
        for line in payload["lines"]:
            if line["label"] not in self.shelves:
                return False
            if line.get("sale") is not None and line["sale"] not in self.applied:
                return False
        return True

    def _apply(self, event: Event) -> None:
        if event["payload"]["kind"] in TRADES:
            self._trade(event)
        else:
            self._drawer(event)

    def _trade(self, event: Event) -> None:
        payload, day = event["payload"], event["business_date"]
        sign = 1 if payload["kind"] == "sale" else -1
        for number, line in enumerate(payload["lines"], 1):
            shelf = self.shelves[line["label"]]
            gross, units = sign * line["gross"], sign * line["quantity"]
            share, commission = self._split(event, number, line, gross, units)
            shelf.sold += units
            shelf.on_shelf -= units
            self._rollup(day, shelf, units, (gross, share, commission))
            self.statements[shelf.consignor].units += units
            self.statements[shelf.consignor].lines += 1
            self.receipts[day][1] += gross
        self.receipts[day][0] += sign == 1
        paid = sum(tender["amount"] for tender in payload["tenders"])
        self.accounts["rounding"] += sign * (paid - sum(line["gross"] for line in payload["lines"]))
        for tender in payload["tenders"]:
            self.accounts[place_of(tender["kind"], event["device"])] += sign * tender["amount"]

    def _split(
        self, event: Event, number: int, line: dict[str, Any], gross: int, units: int
    ) -> tuple[int, int]:
        """A line's share and commission (below zero: taken back); the shop bears what is left."""
        shelf = self.shelves[line["label"]]
        commission = commission_of(gross, shelf.rate_bp)
        fees = commission_of(gross, shelf.rate_bp + shelf.fees_bp) - commission
        share = gross - commission - fees
        named = self.lines.get((line.get("sale") or "", line.get("line") or 0))
        if event["payload"]["kind"] == "sale":
            self.lines[event["hash"], number] = LineSold(
                line["label"], units, gross, commission, fees
            )
        elif named is not None and named.label == line["label"]:
            given, within = named.share_back(), min(named.back_minor, named.gross_minor)
            fees = named.fees_back()
            named.back_units -= units
            named.back_minor -= gross
            share, fees = given - named.share_back(), fees - named.fees_back()
            commission = within - min(named.back_minor, named.gross_minor) - share - fees
        self._owe(shelf.consignor, share)
        self.accounts["commission"] += commission
        self.accounts["fees"] += fees
        self.accounts["losses"] -= gross - share - commission - fees
        return share, commission

    def _owe(self, consignor: str, share: int) -> None:
        self.accounts[f"payable:{consignor}"] += share
        if share > 0:
            self.statements[consignor].sold += share
        else:
            self.statements[consignor].refunded -= share

    def _rollup(self, day: str, shelf: Shelf, units: int, money: tuple[int, int, int]) -> None:
        row = self.days[shelf.variant, day]
        added = (units, *money, max(0, -units), max(0, -money[0]), 1)
        for place, amount in enumerate(added):
            row[place] += amount

    def _drawer(self, event: Event) -> None:
        payload = event["payload"]
        drawer = place_of("cash", event["device"])
        if payload["kind"] == "shift_opened":
            self._move("safe", drawer, payload["float"])
        elif payload["kind"] == "cash_moved":
            self._move("petty-cash", drawer, payload["amount"])
        elif payload["kind"] == "shift_closed":
            self._move(drawer, "safe", counted(payload))

    def _move(self, out_of: str, into: str, amount: int) -> None:
        self.accounts[out_of] -= amount
        self.accounts[into] += amount

    def above_limit(self) -> set[str]:
        """Refunds that a till made on its own above what its manager lets it."""
        return {
            hash_
            for hash_ in self.applied
            if (payload := self.heard[hash_]["payload"])["kind"] == "refund"
            and self.refund_limit is not None
            and sum(line["gross"] for line in payload["lines"]) > self.refund_limit
        }

    def balances(self) -> dict[str, int]:
        """Every account that is not empty, by code, in its natural direction.

        What a closing found over or short follows from the log of its shift alone, whatever the
        order in which the tills were heard.
        """
        final = dict(self.accounts)
        for hash_ in self.applied:
            event = self.heard[hash_]
            if event["payload"]["kind"] == "shift_closed":
                over = counted(event["payload"]) - self.expected(event)
                drawer = place_of("cash", event["device"])
                final[drawer] = final.get(drawer, 0) + over
                final["over-short"] = final.get("over-short", 0) + over
        return {code: held for code, held in final.items() if held}

    def expected(self, closing: Event) -> int:
        """What the shift's log says is in the drawer when it is counted."""
        shift = ("device", "epoch", "shift")
        return sum(
            cash_of(self.heard[hash_])
            for hash_ in self.applied
            if all(self.heard[hash_][name] == closing[name] for name in shift)
            and self.heard[hash_]["seq"] < closing["seq"]
        )


def place_of(tender: str, device: str) -> str:
    """Cash lies in the till's drawer, the rest is on its way to the bank or there."""
    if tender == "cash":
        return f"drawer:{device}"
    return "bank" if tender == "bank" else f"tender:{tender}"


def counted(payload: dict[str, Any]) -> int:
    return sum(int(value) * pieces for value, pieces in payload["counted"].items())


def cash_of(event: Event) -> int:
    """What an event other than a closing put into the drawer (below zero: took out)."""
    payload = event["payload"]
    if payload["kind"] in TRADES:
        cash = sum(int(t["amount"]) for t in payload["tenders"] if t["kind"] == "cash")
        return cash if payload["kind"] == "sale" else -cash
    if payload["kind"] == "shift_opened":
        return int(payload["float"])
    return int(payload["amount"]) if payload["kind"] == "cash_moved" else 0
