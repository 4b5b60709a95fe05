"""Money, figures and days, as the reader's language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit import written as words

HARD = "\u00a0"
JOINED = "-\u2060"


def on_one_line(written: str) -> str:
    return written.replace(" ", HARD).replace("-", JOINED)


@pytest.mark.parametrize(
    ("language", "amount_minor", "currency", "written"),
    [
        ("ky", 123450, "KGS", "1_234,50_сом"),
        ("ru", 123450, "KGS", "1_234,50_сом"),
        ("en", 123450, "KGS", "1_234.50_сом"),
        ("ky", 120000, "KGS", "1_200_сом"),
        ("ky", -5, "KGS", "−0,05_сом"),
        ("ky", 0, "KGS", "0_сом"),
        ("en", 12860000, "USD", "128_600_USD"),
        ("en", 1234567, "JPY", "1_234_567_JPY"),
        ("ky", None, "KGS", "–"),
    ],
)
def test_money(language: str, amount_minor: int | None, currency: str, written: str) -> None:
    with translation.override(language):
        assert words.money(amount_minor, currency) == written.replace("_", HARD)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["ky", "ru", "en"]))
def test_money_says_the_whole_amount(amount_minor: int, language: str) -> None:
    with translation.override(language):
        text = words.money(amount_minor, "KGS").removesuffix(f"{HARD}сом")
    digits = text.replace(HARD, "").replace("−", "-").replace(",", ".")
    whole, _point, fraction = digits.partition(".")
    assert int(f"{whole}{fraction or '00'}") == amount_minor


def test_an_unknown_currency_is_no_silent_number() -> None:
    with pytest.raises(ValueError, match="XXX"):
        words.money(1, "XXX")


@pytest.mark.parametrize(
    ("language", "written"),
    [("ky", "2012-ж. 5-июнь"), ("ru", "5 июня 2012 г."), ("en", "5 June 2012")],
)
def test_day(language: str, written: str) -> None:
    with translation.override(language):
        assert words.day(date(2012, 6, 5)) == on_one_line(written)
        assert words.day(None) == "–"


def test_a_late_moment_is_tomorrow_in_bishkek() -> None:
    late = datetime(2012, 6, 5, 20, 30, tzinfo=UTC)
    with translation.override("ky"):
        assert words.day(late) == on_one_line("2012-ж. 6-июнь")
        assert words.moment(late) == on_one_line("2012-ж. 6-июнь") + " 02:30"


@pytest.mark.parametrize(("basis_points", "written"), [(2000, "20_%"), (1750, "17,5_%")])
def test_rate(basis_points: int, written: str) -> None:
    with translation.override("ky"):
        assert words.rate(basis_points) == written.replace("_", HARD)


def test_a_share_of_nothing_is_not_nought() -> None:
    assert words.share_of(0, 0) == "–"
    assert words.share_of(1, 4) == f"25{HARD}%"


def test_nearly_all_is_not_all() -> None:
    with translation.override("en"):
        assert words.share_of(25_602_000, 25_720_000) == f"99.5{HARD}%"
        assert words.share_of(99_999, 100_000) == f"99.9{HARD}%"


def test_number() -> None:
    with translation.override("ru"):
        assert words.number(-1234.5, 1) == f"−1{HARD}234,5"
        assert words.number(None) == "–"
