"""Each month is closed, listed, approved, handed over and acknowledged by different people."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ayil.demo.acts.signing_lists import pay_by_bank, sign_lists
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.members.models import Party
from ayil.members.queries import mandate_on
from ayil.payouts.actions import (
    approve_run,
    dismiss_dispute,
    hand_over,
    prepare_run,
    raise_dispute,
    settle,
    uphold_dispute,
)
from ayil.payouts.models import Payout, Statement

MINIMUM_MINOR = 20_000
PAID_ON_DAY = 5
COMES_ON_THE_DAY = 0.85
DISPUTED = 0.02  # of statements (E)
UPHELD = 0.6
_LATER = timedelta(days=7)
_WORDS = (
    ("Кайтарылган бир буюм тизмеде жок.", "Акты табылды: тизмеге кирбей калыптыр."),
    ("Он эки буюм алып келдик, эсеп-кысапта он бир.", "Жүк кагазда он эки: бири үчүн төлөнөт."),
    ("Баасы ушул сатууга чейин өзгөргөн.", "Ошол күнү мурунку баа болгон экен."),
)


def closings(stage: Stage) -> Iterator[Happening]:
    """The books close on the last evening of a month; money is handed over on the fifth."""
    first, last = stage.plan.trade.first, stage.plan.last
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if (day + timedelta(days=1)).day == 1:
            pay_on = day + timedelta(days=PAID_ON_DAY)
            yield Happening(moment(day, 21), partial(_close, stage))
            yield Happening(moment(pay_on, 11), partial(_pay, stage))
            yield Happening(moment(pay_on + _LATER, 11), partial(_pay_the_rest, stage))
            yield Happening(moment(pay_on + _LATER, 13), partial(sign_lists, stage))
            yield Happening(moment(pay_on + _LATER, 15), partial(_dispute, stage, day))


def _close(stage: Stage, at: datetime) -> None:
    settle(shop=stage.shop, by=stage.parties["accountant"], at=at)


def _pay(stage: Stage, at: datetime) -> None:
    """The accountant lists, the manager approves, the paymaster hands over."""
    run = prepare_run(
        shop=stage.shop, by=stage.parties["accountant"], at=at, minimum_minor=MINIMUM_MINOR
    )
    approve_run(run=run, by=stage.parties["manager"], at=at + timedelta(minutes=20))
    pay_by_bank(stage, run, at + timedelta(minutes=30))
    for payout in _waiting(stage):
        comes = stage.chance("comes", payout.consignor.uid, at).random() < COMES_ON_THE_DAY
        if comes:
            _hand_over(stage, payout, at + timedelta(minutes=40))


def _pay_the_rest(stage: Stage, at: datetime) -> None:
    for payout in _waiting(stage):
        _hand_over(stage, payout, at)


def _waiting(stage: Stage) -> list[Payout]:
    open_ones = Payout.objects.filter(
        run__shop=stage.shop, handover__isnull=True, cancellation__isnull=True
    )
    return list(open_ones.select_related("consignor").order_by("id"))


def _hand_over(stage: Stage, payout: Payout, at: datetime) -> None:
    payee = _payee(stage, payout.consignor, at.date())
    hand_over(payout=payout, payee=payee, by=stage.parties["paymaster"], at=at)


def _payee(stage: Stage, consignor: Party, on: date) -> Party:
    """A community's leader; for a maker whoever holds their mandate, else the maker."""
    keys = {party.pk: key for key, party in stage.parties.items()}
    speaker = stage.speaker_of(keys[consignor.pk])
    if speaker != consignor:
        return speaker
    for community in stage.plan.cast.communities:
        leader = stage.parties[community.leader]
        if mandate_on(giver=consignor, holder=leader, day=on):
            return leader
    return consignor


def _dispute(stage: Stage, cut_on: date, at: datetime) -> None:
    """A few statements are disputed; another than the one who raised it decides a week later."""
    statements = Statement.objects.filter(shop=stage.shop, cut_on=cut_on, lines__gt=0)
    for statement in statements.select_related("shop", "consignor").order_by("id"):
        chance = stage.chance("dispute", statement.consignor.uid, cut_on)
        if chance.random() >= DISPUTED:
            continue
        keys = {party.pk: key for key, party in stage.parties.items()}
        words, found = chance.choice(_WORDS)
        dispute = raise_dispute(
            statement=statement, words=words, at=at,
            by=stage.speaker_of(keys[statement.consignor_id]),
        )  # fmt: skip
        decide_at = at + timedelta(hours=2)
        if chance.random() < UPHELD:
            amount = max(1, round(statement.sold_minor / max(statement.units, 1) / 100)) * 100
            uphold_dispute(
                dispute=dispute, amount_minor=amount, by=stage.parties["manager"], at=decide_at,
                reason=found,
            )  # fmt: skip
        else:
            dismiss_dispute(
                dispute=dispute, by=stage.parties["manager"], at=decide_at,
                reason="Эки жүк кагаз боюнча кайра саналды: эсеп-кысап туура.",
            )  # fmt: skip
