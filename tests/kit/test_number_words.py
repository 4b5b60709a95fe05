"""Sums in words, with the forms that each language asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.number_words import english, kyrgyz, russian, som_in_words

BIG = 999_999_999_99
RU_999, KY_999 = "девятьсот девяносто девять", "тогуз жүз токсон тогуз"


@pytest.mark.parametrize(
    ("amount_minor", "words"),
    [
        (0, "ноль сомов 00 тыйынов"),
        (101, "один сом 01 тыйын"),
        (2_02, "два сома 02 тыйына"),
        (5_05, "пять сомов 05 тыйынов"),
        (11_11, "одиннадцать сомов 11 тыйынов"),
        (21_21, "двадцать один сом 21 тыйын"),
        (1_000_00, "одна тысяча сомов 00 тыйынов"),
        (2_112_14, "две тысячи сто двенадцать сомов 14 тыйынов"),
        (41_000_00, "сорок одна тысяча сомов 00 тыйынов"),
        (1_002_001_50, "один миллион две тысячи один сом 50 тыйынов"),
        (22_000_000_00, "двадцать два миллиона сомов 00 тыйынов"),
        (
            BIG,
            f"{RU_999} миллионов {RU_999} тысяч {RU_999} сомов 99 тыйынов",
        ),
    ],
)
def test_russian(amount_minor: int, words: str) -> None:
    assert som_in_words(amount_minor, "ru") == words


@pytest.mark.parametrize(
    ("amount_minor", "words"),
    [
        (0, "нөл сом 00 тыйын"),
        (1_203_05, "бир миң эки жүз үч сом 05 тыйын"),
        (100_00, "жүз сом 00 тыйын"),
        (215_90, "эки жүз он беш сом 90 тыйын"),
        (7_480_00, "жети миң төрт жүз сексен сом 00 тыйын"),
        (1_150_000_00, "бир миллион жүз элүү миң сом 00 тыйын"),
        (
            BIG,
            f"{KY_999} миллион {KY_999} миң {KY_999} сом 99 тыйын",
        ),
    ],
)
def test_kyrgyz(amount_minor: int, words: str) -> None:
    assert som_in_words(amount_minor, "ky") == words


@pytest.mark.parametrize(
    ("amount_minor", "words"),
    [
        (0, "zero som 00 tyiyn"),
        (1_121_05, "one thousand one hundred twenty-one som 05 tyiyn"),
        (13_000_000_00, "thirteen million som 00 tyiyn"),
    ],
)
def test_english(amount_minor: int, words: str) -> None:
    assert som_in_words(amount_minor, "en") == words


@pytest.mark.parametrize("write", [russian, kyrgyz, english])
@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_two_numbers_never_have_the_same_words(write: object, one: int, other: int) -> None:
    assert callable(write)
    assert (write(one) == write(other)) == (one == other)


@pytest.mark.parametrize("amount_minor", [-1, 1_000_000_000_00])
def test_what_has_no_words_is_refused(amount_minor: int) -> None:
    with pytest.raises(ValueError, match="words"):
        som_in_words(amount_minor, "ky")
