"""Statements, payout lists and disputes, as the steps of a history ask for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from ayil.kit.errors import AyilError
from ayil.ledger.models import Transfer
from ayil.members.models import Party
from ayil.payouts.actions import (
    acknowledge,
    approve_run,
    cancel_payout,
    dismiss_dispute,
    hand_over,
    prepare_run,
    raise_dispute,
    reverse_in_dispute,
    settle,
    uphold_dispute,
)
from ayil.payouts.models import Acknowledgement, Dispute, Handover, Method, Payout, Statement
from ayil.payouts.queries import standings
from ayil.payouts.rules import payable_minor
from tests.histories import steps

if TYPE_CHECKING:
    from tests.histories.story import Story


def close_statements(story: Story) -> None:
    settle(shop=story.cast.shop, by=story.cast.aigul, at=story.at)
    story.oracle.settle()


def pay_out(story: Story, step: steps.Pay) -> None:
    """Aigul pays, the officer approves; each payout is handed over or taken off the list."""
    cast = story.cast
    prepare = partial(
        prepare_run, shop=cast.shop, by=cast.aigul, at=story.at, minimum_minor=step.minimum_minor
    )
    if not any(
        payable_minor(one.standing, minimum_minor=step.minimum_minor)
        for one in standings(cast.shop)
    ):
        with pytest.raises(AyilError, match="nothing to pay"):
            prepare()
        return
    run = prepare()
    payouts = list(run.payouts.select_related("consignor", "statement"))
    for payout in payouts:
        assert payout.amount_minor >= step.minimum_minor
        assert payout.amount_minor <= payout.statement.closing_minor
    approve_run(run=run, by=cast.officer, at=story.at)
    for number, payout in enumerate(payouts, 1):
        if number % step.every == 0 and step.every > 1:
            cancel_payout(payout=payout, by=cast.aigul, at=story.at, reason="nobody came")
        else:
            _hand_over(story, payout, Method.BANK if step.by_bank else Method.CASH)


def _hand_over(story: Story, payout: Payout, method: Method) -> None:
    """First by two persons where three are asked for, which is refused; then by three."""
    cast = story.cast
    consignor, payee = str(payout.consignor.uid), payee_of(story, payout.consignor)
    for payer, receiver in ((cast.officer, payee), (payee, payee), (cast.aigul, cast.aigul)):
        with pytest.raises(AyilError):
            hand_over(payout=payout, payee=receiver, by=payer, at=story.at, method=method)
    owed = story.oracle.accounts[f"payable:{consignor}"]
    if owed < payout.amount_minor:
        with pytest.raises(AyilError, match="are owed"):
            hand_over(payout=payout, payee=payee, by=cast.aigul, at=story.at, method=method)
        return
    handover = hand_over(payout=payout, payee=payee, by=cast.aigul, at=story.at, method=method)
    acknowledge(handover=handover, by=payee, at=story.at, how=Acknowledgement.How.SIGNATURE)
    place = "bank" if method == Method.BANK else "safe"
    story.oracle.pay(consignor, payout.amount_minor, place)


def payee_of(story: Story, consignor: Party) -> Party:
    """Burul collects for her community, everyone else for themselves."""
    return story.cast.burul if consignor == story.cast.community else consignor


def dispute(story: Story, step: steps.Dispute) -> None:
    goods = story.goods[step.maker % len(story.goods)]
    last = Statement.objects.filter(consignor=goods.maker).order_by("-number").first()
    if last is None:
        return
    raised = raise_dispute(
        statement=last, words="two jars are missing", by=goods.speaker, at=story.at
    )
    by, at, consignor = story.cast.officer, story.at, str(goods.maker.uid)
    if step.verdict == 0:
        dismiss_dispute(dispute=raised, by=by, at=at, reason="they were returned")
    elif step.verdict == 1 or not _undo_payout(story, raised, goods.maker):
        uphold_dispute(
            dispute=raised, amount_minor=step.amount_minor, by=by, at=at, reason="a wrong key"
        )
        story.oracle.correct(consignor, step.amount_minor)


def _undo_payout(story: Story, raised: Dispute, maker: Party) -> bool:
    """Takes the maker's last payout back, if there is one that was not taken back before."""
    paid = Handover.objects.filter(
        payout__consignor=maker, transfer__reversed_by__isnull=True
    ).last()
    if paid is None:
        return False
    transfer = Transfer.objects.get(pk=paid.transfer_id)
    reverse_in_dispute(
        dispute=raised, transfer=transfer, by=story.cast.officer, at=story.at, reason="never came"
    )
    place = "bank" if paid.method == Method.BANK else "safe"
    story.oracle.pay(str(maker.uid), -paid.payout.amount_minor, place)
    return True
