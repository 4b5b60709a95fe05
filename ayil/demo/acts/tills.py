"""Two tills write their logs, and send them: at closing, or when their line is back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from typing import Any

from msgspec import to_builtins

from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.demo.programme.records import Entry, Line, Receipt, Refund, TillDay, Wish
from ayil.kit.clock import BISHKEK
from ayil.shop.devices import enrol_device
from ayil.shop.events import GENESIS, event_hash, read_event, seal
from ayil.shop.log import ingest
from ayil.shop.models import Device
from ayil.shop.zreport import report_of

OPENS, CLOSES = time(8, 45), time(18, 45)


@dataclass
class TillLog:
    """One till's append-only log: numbered, chained, sealed; what waits to be sent."""

    stage: Stage
    device: Device
    seq: int = 0
    prev: str = GENESIS
    waiting: list[bytes] = field(default_factory=list)
    sales: dict[int, tuple[str, Receipt]] = field(default_factory=dict)

    def write(self, day: TillDay, at: time, payload: dict[str, Any]) -> str:
        """Adds one event and returns its hash."""
        self.seq += 1
        wall = datetime.combine(day.on, at, BISHKEK)
        content = {
            "v": 1,
            "nonce": self.stage.nonce(self.device.code, self.seq),
            "device": self.device.code,
            "epoch": 1,
            "seq": self.seq,
            "prev": self.prev,
            "shop": self.device.shop.code,
            "shift": f"{day.on.isoformat()}/{self.device.code}",
            "business_date": day.on.isoformat(),
            "cashier": self.stage.parties[day.cashier].name,
            "prices": day.on.toordinal(),
            "wall": wall.isoformat(),
            "mono": (at.hour * 60 + at.minute) * 60_000,
            "payload": payload,
        }
        self.prev = event_hash(content)
        self.waiting.append(seal(content))
        return self.prev

    def play(self, day: TillDay) -> None:
        """A whole shift, from its float to its blind count."""
        before = len(self.waiting)
        self.write(day, OPENS, {"kind": "shift_opened", "float": day.float_minor})
        for entry in day.entries:
            self._play_entry(day, entry)
        counted = {str(value): count for value, count in day.counted.items()}
        report = to_builtins(report_of([read_event(raw) for raw in self.waiting[before:]]))
        self.write(day, CLOSES, {"kind": "shift_closed", "counted": counted, "report": report})

    def _play_entry(self, day: TillDay, entry: Entry) -> None:
        if isinstance(entry, Wish):
            self.write(day, entry.at, {"kind": "wish", "words": entry.words})
        elif isinstance(entry, Receipt):
            hash_ = self.write(day, entry.at, self._sale(entry))
            self.sales[entry.key] = (hash_, entry)
        else:
            self.write(day, entry.at, self._refund(entry))

    def _number(self) -> str:
        return f"{self.device.code}-1-{self.seq + 1}"

    def _sale(self, receipt: Receipt) -> dict[str, Any]:
        gross = receipt.gross_minor
        visitor = receipt.visitor
        return {
            "kind": "sale",
            "receipt": self._number(),
            "lines": [self._line(line) for line in receipt.lines],
            "tenders": [{"kind": receipt.tender, "amount": gross + receipt.rounding_minor}],
            "rounding": receipt.rounding_minor,
            "visitor": {"origin": visitor[0], "language": visitor[1]} if visitor else None,
        }

    def _refund(self, refund: Refund) -> dict[str, Any]:
        hash_, receipt = self.sales[refund.of]
        number = 1 + [line.lot for line in receipt.lines].index(refund.line.lot)
        return {
            "kind": "refund",
            "receipt": self._number(),
            "lines": [self._line(refund.line) | {"sale": hash_, "line": number}],
            "tenders": [{"kind": "cash", "amount": refund.line.gross_minor}],
            "rounding": 0,
            "reason": refund.reason,
        }

    def _line(self, line: Line) -> dict[str, Any]:
        return {
            "label": self.stage.lots[line.lot].label,
            "quantity": line.quantity,
            "unit_price": line.price_minor,
            "gross": line.gross_minor,
        }

    def send(self, at: datetime) -> None:
        """All that waits goes to the server in one batch; what it acknowledges is not kept."""
        waiting, self.waiting = self.waiting, []
        answer = ingest(device=self.device, raw=waiting, at=at)
        if answer.exceptions or len(answer.acknowledged) != len(waiting):
            raise RuntimeError(f"the server would not take the demo's events: {answer.exceptions}")


def counter(stage: Stage) -> Iterator[Happening]:
    """The shifts of both tills; the lots they sell from are entered by then."""
    logs: dict[str, TillLog] = {}

    def close(day: TillDay, at: datetime) -> None:
        if day.till not in logs:
            device, _token = enrol_device(
                shop=stage.shop, code=day.till, by=stage.parties["manager"], at=at
            )
            logs[day.till] = TillLog(stage, device)
        logs[day.till].play(day)
        if day.sent_on == day.on:
            logs[day.till].send(at)

    for day in stage.plan.trade.days:
        yield Happening(moment(day.on, 19), partial(close, day))
