"""Numbers and money in words, as a person would say them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.spoken import HIGHEST, in_words, money_in_words

SAID = [
    (0, "zero", "ноль", "нөл"),
    (1, "one", "один", "бир"),
    (14, "fourteen", "четырнадцать", "он төрт"),
    (21, "twenty-one", "двадцать один", "жыйырма бир"),
    (100, "one hundred", "сто", "жүз"),
    (115, "one hundred and fifteen", "сто пятнадцать", "жүз он беш"),
    (240, "two hundred and forty", "двести сорок", "эки жүз кырк"),
    (1000, "one thousand", "одна тысяча", "миң"),
    (1080, "one thousand eighty", "одна тысяча восемьдесят", "миң сексен"),
    (2002, "two thousand two", "две тысячи два", "эки миң эки"),
    (11_000, "eleven thousand", "одиннадцать тысяч", "он бир миң"),
    (100_000, "one hundred thousand", "сто тысяч", "жүз миң"),
    (1_001_000, "one million one thousand", "один миллион одна тысяча", "бир миллион бир миң"),
    (-3, "minus three", "минус три", "минус үч"),
]


@pytest.mark.parametrize(("count", "english", "russian", "kyrgyz"), SAID)
def test_a_number_is_said(count: int, english: str, russian: str, kyrgyz: str) -> None:
    said = []
    for language in ("en", "ru", "ky"):
        with translation.override(language):
            said.append(in_words(count))
    assert said == [english, russian, kyrgyz]


def test_russian_counts_pieces_as_she() -> None:
    with translation.override("ru"):
        assert in_words(1, feminine=True) == "одна"
        assert in_words(22, feminine=True) == "двадцать две"
        assert in_words(12, feminine=True) == "двенадцать"
        assert in_words(1002, feminine=True) == "одна тысяча две"


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
@given(one=st.integers(0, 10**6), other=st.integers(0, 10**6))
def test_two_numbers_never_sound_alike(language: str, one: int, other: int) -> None:
    with translation.override(language):
        assert (in_words(one) == in_words(other)) == (one == other)


def test_what_is_beyond_words_stays_in_digits() -> None:
    assert in_words(HIGHEST) == str(HIGHEST)


def test_money_is_said_with_its_name() -> None:
    with translation.override("en"):
        assert money_in_words(108_000) == "one thousand eighty soms"
        assert money_in_words(150) == "one som fifty tyiyns"
        assert money_in_words(0) == "zero soms"
        assert money_in_words(1) == "one tyiyn"
        assert money_in_words(-45_000) == "minus four hundred and fifty soms"
        assert money_in_words(12_345, "USD") == "123.45\u00a0USD"
