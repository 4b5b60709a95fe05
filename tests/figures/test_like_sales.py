"""Sales of like goods are told together, and never what one maker sold (invariant 12)."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayil.decisions.models import FEWEST_MAKERS as KEPT_FEWEST
from ayil.decisions.models import GoodsKind
from ayil.figures.rules import (
    FEWEST_MAKERS,
    Likes,
    Line,
    TooFew,
    likes_of,
    price_at,
    shown_months,
)
from ayil.products.models import ProductKind

MONTHS = [(2012, month) for month in range(1, 7)]
LINES = st.lists(
    st.builds(
        Line,
        sale=st.integers(1, 30),
        month=st.sampled_from(MONTHS),
        maker=st.integers(1, 8),
        quantity=st.integers(-3, 9).filter(bool),
        unit_price_minor=st.integers(1, 6).map(lambda som: som * 100),
    ),
    max_size=60,
)


def test_the_kinds_and_the_bound_are_those_of_the_shop() -> None:
    """`decisions` stands below the goods and cannot ask them."""
    assert list(GoodsKind.choices) == list(ProductKind.choices)
    assert KEPT_FEWEST == FEWEST_MAKERS


def test_four_makers_are_too_few_and_five_are_told() -> None:
    lines = [Line(number, MONTHS[0], number, 2, 100 * number) for number in range(1, 5)]
    assert likes_of(lines, MONTHS) == TooFew()
    assert likes_of([], MONTHS) is None
    back = [Line(9, MONTHS[0], 1, 2, 100), Line(10, MONTHS[1], 1, -2, 100)]
    assert likes_of(back, MONTHS) is None  # all of it came back
    found = likes_of([*lines, Line(5, MONTHS[0], 5, 2, 500)], MONTHS)
    assert isinstance(found, Likes)
    assert (found.units, found.receipts, found.makers) == (10, 5, 5)
    assert (found.quarter_minor, found.middle_minor, found.three_quarters_minor) == (200, 300, 400)
    assert found.months[0] == (2012, 1, 10)
    assert found.months[1] == (2012, 2, 0)  # nobody sold: nobody is told of


@settings(max_examples=300)
@given(LINES)
def test_figures_hold_and_hide(lines: list[Line]) -> None:
    found = likes_of(lines, MONTHS)
    by_maker = Counter[int]()
    for line in lines:
        by_maker[line.maker] += line.quantity
    sellers = {maker for maker, units in by_maker.items() if units > 0}
    if not isinstance(found, Likes):
        # Nothing is said; a price that none of the units kept is no price.
        assert found is None or len(sellers) < FEWEST_MAKERS
        return
    assert found.makers == len(sellers) >= FEWEST_MAKERS
    assert found.units == sum(by_maker.values())
    assert found.quarter_minor <= found.middle_minor <= found.three_quarters_minor
    shown = sum(units for _year, _month, units in found.months if units is not None)
    who = defaultdict(Counter)  # type: ignore[var-annotated]
    for line in lines:
        who[line.month][line.maker] += line.quantity
    hidden = {m[:2] for m in found.months if m[2] is None}
    for year, month, units in found.months:
        if units is not None:
            makers = {one for one, count in who[year, month].items() if count}
            assert units == sum(who[year, month].values())
            assert not makers or len(makers) >= FEWEST_MAKERS
    # What is left out can be reckoned as the whole less the rest: it is of five makers as well.
    left_out = {one for month in hidden for one, count in who[month].items() if count}
    assert (len(left_out) >= FEWEST_MAKERS) == bool(hidden) or shown == 0


@given(LINES, st.randoms())
def test_the_order_of_lines_changes_nothing(lines: list[Line], chance: object) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert likes_of(mixed, MONTHS) == likes_of(lines, MONTHS)


def test_one_busy_month_hides_with_a_quiet_one() -> None:
    """The quiet month alone would be the whole less the busy one."""
    busy, quiet = MONTHS[0], MONTHS[1]
    sold = {busy: dict.fromkeys(range(1, 7), 3), quiet: {1: 2}}
    assert shown_months(sold) == frozenset()
    third = {MONTHS[2]: dict.fromkeys(range(1, 9), 1)}
    assert shown_months(sold | third) == {MONTHS[2]}


@given(st.fixed_dictionaries({month: st.sets(st.integers(1, 9)) for month in MONTHS}))
def test_whatever_months_are_left_out_they_are_of_five_makers(
    makers: dict[tuple[int, int], set[int]],
) -> None:
    shown = shown_months({month: dict.fromkeys(who, 1) for month, who in makers.items()})
    assert all(not makers[month] or len(makers[month]) >= FEWEST_MAKERS for month in shown)
    left_out = set().union(*(who for month, who in makers.items() if month not in shown))
    told = any(makers[month] for month in shown)
    assert not left_out or len(left_out) >= FEWEST_MAKERS or not told


def test_prices_are_weighed_by_units() -> None:
    prices = {100: 1, 200: 6, 900: 1}
    assert [price_at(prices, part, 4) for part in (1, 2, 3)] == [200, 200, 200]
    assert price_at(prices, 1, 1) == 900
    with pytest.raises(ValueError, match="no unit"):
        price_at({}, 1, 2)
