"""A small shop whose makers are told what sold, and the way to read what they were told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ayil.kit.clock import BISHKEK
from ayil.lessons.flash.rules import Due, Slot
from ayil.lessons.flash.telling import Passed, flash
from ayil.lessons.models import Flash
from ayil.members.consents import record_consent
from ayil.members.messages.choosing import Choice, choose_way
from ayil.members.models import Message, Party, Purpose, Rhythm, Way
from ayil.shop.models import SaleLine
from tests.cast import AT, DAY, Cast, assemble


@dataclass
class Telling:
    """The cast, told from the first pass on."""

    cast: Cast
    passes: list[Passed] = field(default_factory=list)
    on: date = DAY
    at: datetime = AT

    def agree(self, party: Party, rhythm: Rhythm, way: Way = Way.SLIP, **more: Any) -> None:
        record_consent(party=party, purpose=Purpose.MESSAGES, given=True, by=party, at=AT)
        choice = Choice(way, rhythm, more.pop("language", "en"), **more)
        choose_way(party=party, choice=choice, by=party, at=AT)

    def pass_by(self, slot: Slot, day: int = 0) -> Passed:
        """The pass of a slot so many days after the first."""
        on = DAY + timedelta(days=day)
        clock = {Slot.NOON: time(12), Slot.AFTERNOON: time(16), Slot.EVENING: time(20)}[slot]
        found = flash(
            shop=self.cast.shop, due=[Due(on, slot)], at=datetime.combine(on, clock, BISHKEK)
        )
        assert found is not None
        return found

    def sell(self, lot: Any, quantity: int = 1, price: int = 45_000) -> bytes:
        raw = self.cast.till.sale((lot, quantity, price))
        assert not self.cast.till.send(raw).exceptions
        return raw


def telling() -> Telling:
    made = Telling(assemble())
    made.pass_by(Slot.NOON, -1)
    return made


def texts(party: Party) -> list[str]:
    return list(Message.objects.filter(party=party).order_by("id").values_list("text", flat=True))


def flashes_of_line(line: SaleLine) -> int:
    """In how many flashes the line is."""
    return Flash.objects.filter(
        shop_id=line.sale.shop_id, producer_id=line.lot.consignor_id,
        seq_from__lt=line.sale.seq, seq_to__gte=line.sale.seq,
    ).count()  # fmt: skip
