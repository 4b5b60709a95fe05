"""A sale that comes back in parts, paid and given back in whatever way, leaves nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayil.consignment.accounts import COMMISSION, FEES, LOSSES, ROUNDING
from ayil.consignment.models import FeeTerm, Lot, LotBalance
from ayil.kit.invariants import collected
from ayil.ledger.models import Account
from ayil.shop.models import SaleLine
from ayil.shop.rules import Original, split_refund, split_sale
from tests.cast import Cast, assemble, hash_of

WAYS = ("cash", "qr", "card")


@dataclass(frozen=True)
class Undone:
    """A sale of one line and how it comes back: pieces and money of each part, in its order."""

    quantity: int
    gross: int
    paid: dict[str, int]
    parts: Sequence[tuple[int, int, dict[str, int]]]


def cut(draw: st.DrawFn, whole: int, count: int) -> list[int]:
    """`whole` in so many parts, some of which may be nothing."""
    ends = sorted(draw(st.lists(st.integers(0, whole), min_size=count - 1, max_size=count - 1)))
    return [high - low for low, high in zip([0, *ends], [*ends, whole], strict=True)]


@st.composite
def undone(draw: st.DrawFn) -> Undone:
    """Money and pieces are cut apart from one another: a part may give back any sum."""
    quantity, gross = draw(st.integers(1, 9)), draw(st.integers(1, 10**6))
    rounding = draw(st.integers(-50, 50)) if gross > 50 else 0
    count = draw(st.integers(1, quantity))
    pieces = [1 + more for more in cut(draw, quantity - count, count)]
    shares = cut(draw, gross + rounding, len(WAYS))
    paid = dict(zip(WAYS, shares, strict=True))
    by_way = {way: cut(draw, amount, count) for way, amount in paid.items()}
    grosses = cut(draw, gross, count)
    parts = [(pieces[n], grosses[n], {way: by_way[way][n] for way in WAYS}) for n in range(count)]
    return Undone(quantity, gross, paid, draw(st.permutations(parts)))


@given(
    gross=st.integers(1, 10**12),
    rates=st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)).filter(
        lambda pair: sum(pair) <= 10_000
    ),
    data=st.data(),
)
def test_the_split_of_all_parts_is_the_split_of_the_sale(
    gross: int, rates: tuple[int, int], data: st.DataObject
) -> None:
    sold = split_sale(gross, *rates)
    assert sold.gross_minor == sold.share_minor + sold.commission_minor + sold.fees_minor
    assert min(sold.share_minor, sold.commission_minor, sold.fees_minor) >= 0
    original = Original(1, "x", 1, gross, sold.share_minor, 0, 0, sold.fees_minor)
    sums = [0, 0, 0, 0]
    parts = data.draw(st.lists(st.integers(0, gross), max_size=8))
    for part in [*parts, gross * 2]:  # the last takes more than is left: that is the shop's loss
        split = split_refund(original, part)
        original = original.less(0, part)
        money = (split.share_minor, split.commission_minor, split.fees_minor, split.loss_minor)
        assert split.gross_minor == sum(money)
        sums = [so_far + amount for so_far, amount in zip(sums, money, strict=True)]
    back = sum(parts) + gross * 2
    assert sums == [-sold.share_minor, -sold.commission_minor, -sold.fees_minor, gross - back]


def tenders(amounts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"kind": kind, "amount": amount} for kind, amount in amounts.items() if amount]


def play(cast: Cast, lot: Lot, story: Undone) -> None:
    """The sale and its parts in one batch, or the parts before it: nothing else differs."""
    price = story.gross // story.quantity
    line = {"label": lot.label, "quantity": story.quantity, "unit_price": price}
    sale = cast.till.write(
        {
            "kind": "sale", "receipt": "r", "lines": [line | {"gross": story.gross}],
            "tenders": tenders(story.paid) or [{"kind": "cash", "amount": 0}],
            "rounding": sum(story.paid.values()) - story.gross, "visitor": None,
        }
    )  # fmt: skip
    back = [
        cast.till.write(
            {
                "kind": "refund", "receipt": f"b{number}",
                "lines": [
                    line | {"quantity": pieces, "gross": gross, "sale": hash_of(sale), "line": 1}
                ],
                "tenders": tenders(paid) or [{"kind": "cash", "amount": 0}],
                "rounding": sum(paid.values()) - gross, "reason": "кайтарды",
            }
        )
        for number, (pieces, gross, paid) in enumerate(story.parts)
    ]  # fmt: skip
    cast.till.send(*back, sale)


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stories=st.lists(undone(), min_size=1, max_size=3))
def test_owner_shop_and_rounding_end_at_nothing(nothing: Cast, stories: Sequence[Undone]) -> None:
    """One cast for all stories: each leaves the books as it found them, or the next one fails."""
    lot = nothing.deliver(nothing.jam, 40)
    for story in stories:
        play(nothing, lot, story)
    fund = nothing.shop.fund
    left = dict(Account.objects.filter(fund=fund).values_list("code", "balance_minor"))
    for code in (COMMISSION, FEES, LOSSES, ROUNDING):
        assert left.get(code, 0) == 0, code
    assert {code: amount for code, amount in left.items() if amount} == {}
    assert LotBalance.objects.get(lot=lot).on_shelf == 40
    assert not SaleLine.objects.exclude(loss_minor=0).exists()


@pytest.fixture
def nothing(db: None) -> Cast:
    """The cast with fees of 2.5 % beside the commission."""
    found = assemble()
    agreement = found.jyldyz.agreements.get()
    FeeTerm.objects.create(agreement=agreement, kind=FeeTerm.Kind.CARRIAGE, rate_bp=150)
    FeeTerm.objects.create(agreement=agreement, kind=FeeTerm.Kind.PAYMENT, rate_bp=100)
    return found


@pytest.mark.django_db
def test_fees_stand_apart_and_verify_knows_them(nothing: Cast) -> None:
    lot = nothing.deliver(nothing.jam, 5)
    assert (lot.commission_bp, lot.fees_bp) == (2_000, 250)
    sale = nothing.till.sale((lot, 2, 12_000))
    nothing.till.send(sale, nothing.till.refund(lot, 1, 12_000, of=hash_of(sale)))
    nothing.till.send(nothing.till.refund(lot, 2, 30_000, of=hash_of(sale)))
    first, *back = SaleLine.objects.order_by("id")
    assert (first.share_minor, first.commission_minor, first.fees_minor) == (18_600, 4_800, 600)
    assert [(line.fees_minor, line.loss_minor) for line in back] == [(-300, 0), (-300, -18_000)]
    accounts = dict(Account.objects.values_list("code", "balance_minor"))
    assert (accounts[FEES], accounts[COMMISSION], accounts[LOSSES]) == (0, 0, 18_000)
    assert [line for check in collected() for line in check.find()] == []
