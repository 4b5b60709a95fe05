"""Amounts are whole minor units, and are read from plain figures only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.money import part_of, plain, share_by_rate, to_minor

AMOUNTS = st.integers(-(10**15), 10**15)


@given(AMOUNTS, st.sampled_from(["KGS", "USD", "JPY"]))
def test_what_is_written_is_read_back(amount_minor: int, currency: str) -> None:
    assert to_minor(plain(amount_minor, currency), currency) == amount_minor


@pytest.mark.parametrize(
    "text",
    ["", "1e3", "1e999999", "NaN", "Infinity", "1_000", "１２", "1,5", "0x10", "1.", " 5", "--1"],
)
def test_only_plain_figures_are_an_amount(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount of money"):
        to_minor(text, "KGS")


def test_nothing_finer_than_the_minor_unit() -> None:
    assert to_minor("1.500", "KGS") == 150
    with pytest.raises(ValueError, match="whole number of KGS"):
        to_minor("1.505", "KGS")
    with pytest.raises(ValueError, match="not known"):
        to_minor("1", "XXX")


@given(AMOUNTS, st.integers(0, 10_000))
def test_a_refund_gives_back_what_the_sale_took(amount_minor: int, rate_bp: int) -> None:
    assert share_by_rate(-amount_minor, rate_bp) == -share_by_rate(amount_minor, rate_bp)
    assert abs(share_by_rate(amount_minor, rate_bp)) <= abs(amount_minor)


@given(AMOUNTS, st.lists(st.integers(0, 1_000), min_size=1, max_size=9))
def test_parts_add_up_to_the_whole(whole_minor: int, sizes: list[int]) -> None:
    total, upto, parts = sum(sizes) or 1, 0, 0
    for size in [*sizes, total - sum(sizes)]:
        parts += part_of(whole_minor, upto + size, total) - part_of(whole_minor, upto, total)
        upto += size
    assert parts == whole_minor
