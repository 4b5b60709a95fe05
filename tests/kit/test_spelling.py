"""Names in Kyrgyz, Russian and Latin letters: one order, one way to be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.spelling import (
    ALPHABET,
    folded_words,
    number_spellings,
    sort_key,
    under_latin_keys,
)

NAMES = st.text(ALPHABET + ALPHABET.upper() + " -'0123456789", max_size=30)


def test_the_kyrgyz_alphabet_orders() -> None:
    names = ["Нарын", "Нүсүп", "Ңарын", "Омор", "Өмүр", "Пери", "Улан", "Үмөт", "Фатима", "Яна"]
    assert sorted(sorted(names), key=sort_key) == names != sorted(names)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Асан", "Асанова"),
        ("Ак Жол", "Акжол"),  # a word's end before any letter
        ("Ак-Сай", "Аксы"),
        ("5-ай", "Аба"),
        ("Zhyldyz", "Абдыл"),  # Latin letters before Cyrillic ones
        ("ЁЛКА", "Жол"),
        ("асан", "Асан уулу"),
    ],
)
def test_words_digits_and_scripts_in_order(before: str, after: str) -> None:
    assert sort_key(before) < sort_key(after)


def test_case_and_accents_do_not_order() -> None:
    assert sort_key("ӨМҮР") == sort_key("өмүр")
    assert sort_key("Özgön") == sort_key("Ozgon")
    assert sort_key("Ё") != sort_key("Е")


@given(st.text(max_size=200))
def test_any_text_has_a_key_that_fits_and_words_that_end(text: str) -> None:
    assert len(sort_key(text)) <= 128
    assert sort_key(text).isascii()
    for word in folded_words(text):
        assert folded_words(word) == folded_words(word.upper())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Жыпаргүл", "Жыпаргул", "Jypargul", "Zhypargul", "Dzhypargul", "ЖЫПАРГҮЛ", "Jypargül"),
        ("Өмүр", "Омур", "Omur", "Ömür"),
        ("Жаңыл", "Жаныл", "Janyl", "Zhanyl", "Jangyl", "Джаныл"),
        ("Чолпон", "Cholpon", "Çolpon"),
        ("Шайыр", "Shaiyr", "Şayır", "Шайир"),
        ("Айгүл", "Айгуль", "Aigul", "Aygul", "Aigül'"),
        ("Бөкөнбаев", "Боконбаев", "Bokonbaev", "Bokonbayev"),
        ("Нурия", "Nuriya", "Nuriia"),
        ("Кызыл-Суу", "Kyzyl-Suu", "кызыл суу", "Kyzyl Su"),
        ("Хан", "Khan", "Han"),
        ("Юсуп", "Yusup", "Юсупп"),
        ("Щедрин", "Shchedrin"),
        ("Цой", "Tsoi", "Tsoy"),
        ("Эгемберди", "Egemberdi"),
    ],
)
def test_the_spellings_of_a_name_are_one(spellings: tuple[str, ...]) -> None:
    assert {tuple(folded_words(spelling)) for spelling in spellings} == {
        tuple(folded_words(spellings[0]))
    }


def test_other_names_stay_apart() -> None:
    apart = ["Асан", "Эсен", "Айсан", "Жоомарт", "Чомарт", "Шакен", "Саян", "Калый", "Талый"]
    assert len({tuple(folded_words(name)) for name in apart}) == len(apart)


@given(NAMES)
def test_what_is_folded_is_folded_once(name: str) -> None:
    words = folded_words(name)
    assert all(word.isascii() and word == word.lower() and word.isalnum() for word in words)
    assert folded_words(name.upper()) == folded_words(name.lower())


def test_a_scanner_under_a_russian_keyboard_is_read() -> None:
    assert under_latin_keys("реезыЖ..фншдюлп.сфкв.Фи_1-К.") == "https://ayil.kg/card/Ab_1-R/"
    assert under_latin_keys("Karakol-1-1-5") == "Karakol-1-1-5"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("н-12", "Н-12"),
        ("h-12", "Н-12"),
        ("Н-12", "H-12"),
        (" a-7 ", "A-7"),
        ("2000015", "2000015"),
    ],
)
def test_a_number_in_the_other_scripts_letters(typed: str, meant: str) -> None:
    assert meant in number_spellings(typed)
