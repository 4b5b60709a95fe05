"""Agreements renewed after their year, goods looked at, and what is on its way at the end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ayil.consignment.actions import (
    Announced,
    Mark,
    Terms,
    a_year_from,
    announce_delivery,
    assess,
    plan_trip,
    renew,
    withdraw_note,
)
from ayil.consignment.actions.announcing import Comes
from ayil.consignment.car import items_for
from ayil.consignment.checklist import CHECKLISTS
from ayil.consignment.models import Agreement, Assessment, FeeTerm, Lot
from ayil.consignment.rules import STANDARD_RATES_BP
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.demo.programme.records import Delivery
from ayil.products.models import ProductKind, Variant

LOOKED_AT = 0.08  # of what was accepted (E)
NOT_GOOD = 0.15
CARRIAGE_BP = 200  # for those whose goods the shop's car picks up (E)
BY_CAR = 2
_ADVICE = {
    "craft": ("seams", "Бүйүрү сөгүлүп кетти: эки кат тигиңиз."),
    "food": ("label", "Этикетка суудан өчүп калат: калың кагаз алыңыз."),
    "raw": ("dry", "Жакшы кургаган эмес: дагы эки күн кургатыңыз."),
    "other": ("label", "Этикетка жок: сөзсүз чаптаңыз."),
}


def agreed_until(stage: Stage, since: date) -> date | None:
    """A yearly term; without a day where the plan ends before it could be renewed."""
    until = a_year_from(since)
    return until if until <= stage.plan.last else None


def on_trust(stage: Stage) -> Iterator[Happening]:
    """What belongs to the goods beside deliveries and sales."""
    trade = stage.plan.trade
    ending = {one.until for one in stage.agreements.values() if one.until}
    for until in sorted(ending):
        yield Happening(moment(until - timedelta(days=3), 11), partial(_renew_all, stage, until))
    yield Happening(moment(trade.first + timedelta(days=9), 7), partial(_carry, stage))
    for delivery in trade.deliveries:
        yield Happening(moment(delivery.on, 16), partial(_look_at, stage, delivery))
    yield Happening(moment(stage.plan.last, 17), partial(_on_its_way, stage))


def _renew_all(stage: Stage, until: date, at: datetime) -> None:
    for owner, agreement in sorted(stage.agreements.items()):
        if agreement.until == until:
            fees = {fee.kind: fee.rate_bp for fee in agreement.fees.all()}
            _renew(stage, owner, agreement, until + timedelta(days=1), fees, at)


def _carry(stage: Stage, at: datetime) -> None:
    """The shop's car picks up the goods of two owners from now on, for a fee."""
    for owner in sorted(stage.agreements)[:BY_CAR]:
        agreement = stage.agreements[owner]
        _renew(stage, owner, agreement, at.date(), {FeeTerm.Kind.CARRIAGE: CARRIAGE_BP}, at)


def _renew(
    stage: Stage, owner: str, agreement: Agreement, since: date, fees: dict[str, int], at: datetime
) -> None:
    until = agreement.until if agreement.until and agreement.until > since else None
    terms = Terms(since=since, until=until, rates_bp=STANDARD_RATES_BP, fees_bp=fees)
    stage.agreements[owner] = renew(
        agreement=agreement, terms=terms, by=stage.parties["manager"], at=at, on=at.date()
    )


def _look_at(stage: Stage, delivery: Delivery, at: datetime) -> None:
    for number, _line in enumerate(delivery.lines):
        lot = stage.lots.get((delivery.number, number))
        chance = stage.chance("quality", delivery.number, number)
        if lot is not None and chance.random() < LOOKED_AT:
            _assess(stage, lot, at, is_good=chance.random() >= NOT_GOOD)


def _assess(stage: Stage, lot: Lot, at: datetime, *, is_good: bool) -> None:
    kind = lot.variant.product.kind
    wrong, advice = _ADVICE[kind]
    marks = {one.code: Mark(is_good or one.code != wrong) for one in CHECKLISTS[kind]}
    if lot.count is None:
        return
    assess(
        count=lot.count, marks=marks, words="" if is_good else advice,
        grade=Assessment.Grade.GOOD if is_good else Assessment.Grade.MEND,
        by=stage.parties["manager"], on=at.date(), at=at,
    )  # fmt: skip


def _on_its_way(stage: Stage, at: datetime) -> None:
    """Three notes that nobody counted: for the car, brought by the owner, and withdrawn."""
    owners = sorted(stage.agreements)[:3]
    for owner, comes in zip(owners, (Comes.CAR, Comes.BROUGHT, Comes.CAR), strict=False):
        agreement, speaker = stage.agreements[owner], stage.speaker_of(owner)
        variant = Variant.objects.filter(product__owner=agreement.consignor).earliest("id")
        is_food = variant.product.kind == ProductKind.FOOD
        note = announce_delivery(
            agreement=agreement,
            lines=[Announced(variant, 6, "7" if is_food else "",
                             at.date() + timedelta(days=300) if is_food else None)],
            expected_on=at.date() + timedelta(days=2), comes=comes, declared_by=speaker,
            by=speaker, on=at.date(),
        )  # fmt: skip
        if owner == owners[-1]:
            withdraw_note(note=note, by=speaker, at=at, on=at.date(), reason="Жол жабылып калды")
    plan_trip(
        shop=stage.shop, items=items_for(stage.shop, at.date()), on=at.date() + timedelta(days=2),
        by=stage.parties["clerk"], today=at.date(), at=at,
    )  # fmt: skip
