"""The sentences: nothing beyond what is known, in three languages, with nothing left out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from itertools import product
from types import ModuleType

import pytest
from babel.messages import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayil.lessons import actions, models, report, words
from ayil.lessons.choice import Reason, Since, Verdict
from ayil.lessons.items import Goods, ItemFigures
from ayil.lessons.lesson import Action, Lesson, LessonKind, Range, Silence
from ayil.lessons.rules import lessons_for
from tests.lessons.conftest import LOCALE
from tests.lessons.goods import AS_OF, MUSHROOMS, SLIPPERS, item, items
from tests.lessons.test_rules import FEW, MANY, SOME

LANGUAGES = ["en", "ru", "ky"]
KYRGYZ = set("абвгдежзийклмнңоөпрстуүхчшыэюя")
# Without the letters of borrowed words: ё, ф, ц, щ, ъ, ь. And everyday Russian that no Kyrgyz
# sentence holds.
RUSSIAN = {"и", "не", "на", "в", "из", "от", "до", "за", "шт", "пока", "или", "что", "это", "день"}

pytestmark = pytest.mark.usefixtures("messages")


@cache
def catalogue(language: str) -> list[Message]:
    """What the lessons' own modules say; the pages' words stand in the same file."""
    source = BytesIO((LOCALE / language / "LC_MESSAGES" / "django.po").read_bytes())
    return [one for one in read_po(source, locale=language) if forms(one.id)[0] in used_messages()]


def forms(text: str | Sequence[str] | None) -> list[str]:
    """A message's one form, or each of its plural forms."""
    return [text] if isinstance(text, str) else list(text or [])


@cache
def used_messages() -> set[str]:
    return set().union(*(messages_of(module) for module in (words, models, report, actions)))


def messages_of(module: ModuleType) -> set[str]:
    source = BytesIO(inspect.getsource(module).encode())
    found = extract("python", source, keywords={"_": None, "ngettext": (1, 2)})
    return {forms(message)[0] for _line, message, _comments, _context in found}


def one(figures: ItemFigures, kind: LessonKind) -> Lesson:
    return next(lesson for lesson in lessons_for([figures], as_of=AS_OF)[0] if lesson.kind is kind)


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_each_message_has_a_translation(language: str) -> None:
    told = catalogue(language)
    assert {forms(message.id)[0] for message in told} == used_messages()
    for message in told:
        assert all(forms(message.string)), message.id
        assert not list(message.check()), message.id
        assert not message.fuzzy


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_a_translation_fills_the_same_gaps(language: str) -> None:
    gap = re.compile(r"%\(\w+\)d|%\(\w+\)s")
    for message in catalogue(language):
        wanted = sorted(gap.findall(forms(message.id)[0]))
        for string in forms(message.string):
            assert sorted(gap.findall(string)) == wanted, message.id


def test_kyrgyz_is_kyrgyz() -> None:
    russian = {string for message in catalogue("ru") for string in forms(message.string)}
    kyrgyz = [string for message in catalogue("ky") for string in forms(message.string)]
    assert not russian & set(kyrgyz)
    for string in kyrgyz:
        plain = re.sub(r"%\(\w+\)[ds]", " ", string).lower()
        assert set(filter(str.isalpha, plain)) <= KYRGYZ, string
        assert not RUSSIAN & set(re.findall(r"\w+", plain)), string


def test_kyrgyz_counts_in_the_singular() -> None:
    for message in catalogue("ky"):
        if not isinstance(message.string, str):
            assert len(set(forms(message.string))) == 1, message.id


ENGLISH = {
    (LessonKind.SOLD, "few"): f"{SLIPPERS}: 4 sold on 60 open days. Too few have sold to say more "
    "yet. Ask the clerk what visitors say of it.",
    (LessonKind.NEXT_DELIVERY, "none"): f"{SLIPPERS}: in 60 days on the shelf 4 sold. The shelf is "
    "empty now. Too few have sold to say more yet. Bring a few and test.",
    (LessonKind.SLOW_STOCK, "old"): f"{MUSHROOMS}: 6 on the shelf, the oldest for 90 days. Sold on "
    "60 open days: 4. Too few have sold to say more yet. Change one thing: the price or the size "
    "of the pack. Or take it back while it is good.",
}


def test_english_as_it_is_spoken() -> None:
    with translation.override("en"):
        few = words.tell(one(item(FEW), LessonKind.SOLD), name=SLIPPERS)
        none = words.tell(one(item(FEW, on_shelf=0), LessonKind.NEXT_DELIVERY), name=SLIPPERS)
        food = item(FEW, shelf_days=90, kind=Goods.FOOD)
        old = words.tell(one(food, LessonKind.SLOW_STOCK), name=MUSHROOMS)
    assert str(few) == ENGLISH[LessonKind.SOLD, "few"]
    assert str(none) == ENGLISH[LessonKind.NEXT_DELIVERY, "none"]
    assert str(old) == ENGLISH[LessonKind.SLOW_STOCK, "old"]


@pytest.mark.parametrize(
    ("language", "days", "expected"),
    [
        ("ru", 1, "Мыло: за 1 день работы магазина продано 2 шт."),
        ("ru", 3, "Мыло: за 3 дня работы магазина продано 2 шт."),
        ("ru", 11, "Мыло: за 11 дней работы магазина продано 2 шт."),
        ("ru", 21, "Мыло: за 21 день работы магазина продано 2 шт."),
        ("ky", 1, "Мыло: дүкөн иштеген 1 күндө 2 даана сатылды."),
        ("ky", 21, "Мыло: дүкөн иштеген 21 күндө 2 даана сатылды."),
    ],
)
def test_plurals(language: str, days: int, expected: str) -> None:
    lesson = one(item([2] + [0] * (days - 1)), LessonKind.SOLD)
    with translation.override(language):
        assert words.fact(lesson, name="Мыло").startswith(expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_uncertainty_is_told_in_counts(language: str) -> None:
    span = Range(3, 9)
    figures = {"sold": 70, "days": 60, "weeks": 1, "typical": 6}
    lesson = Lesson(LessonKind.SOLD, 1, Goods.CRAFT, figures, span, None, Action.KEEP_ON_SHELF)
    with translation.override(language):
        text = str(words.tell(lesson, name=SLIPPERS))
    assert all(number in re.findall(r"\d+", text) for number in ("70", "60", "6", "3", "9"))
    assert "%" not in text


def numbers_in(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}


def numbers_known(lesson: Lesson) -> set[int]:
    known = {abs(number) for number in lesson.figures.values()} | set(lesson.amounts.values())
    if lesson.range is not None:
        known |= {lesson.range.low, lesson.range.high, 8, 10}
    return known


# The catalogue is read once a test, not once an example, and does not change between them.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items(), st.sampled_from(LANGUAGES))
def test_no_sentence_says_more_than_its_silence_allows(figures: ItemFigures, language: str) -> None:
    for lesson in lessons_for([figures], as_of=AS_OF)[0]:
        with translation.override(language):
            telling = words.tell(lesson, name=SLIPPERS)
        assert telling.fact.startswith(SLIPPERS)
        text = " ".join(part for part in telling if part)
        assert "%" not in text
        assert "  " not in text
        if not lesson.is_told:
            assert not numbers_in(text)
        if lesson.figures.get("sold", 0) < 5:
            assert numbers_in(text) <= {abs(number) for number in lesson.figures.values()}
        assert numbers_in(text) <= numbers_known(lesson)


def everything_that_is_said() -> list[str]:
    """Each sentence there is, at least once, in the language that is on."""
    goods = [
        item(units, in_stock=marks, on_shelf=shelf, shelf_days=age, kind=kind, stock_known=known)
        for units, shelf, age, kind, known in product(
            (FEW, [0] * 9, SOME, MANY), (-1, 0, 7, 99), (5, 200), Goods, (True, False)
        )
        for marks in ([True] * len(units), [True] * (len(units) - 3) + [False] * 3)
    ]
    told = [
        " ".join(words.tell(lesson, name="·"))
        for four in lessons_for(goods, as_of=AS_OF)
        for lesson in four
    ]
    amounts = [{"units": 4}, {"units_low": 0, "units_high": 4}, {"units_low": 2, "units_high": 4}]
    for amount, span, weeks in product(amounts, (Range(2, 2), Range(1, 4)), (1, 3)):
        figures = {"sold": 20, "days": 30, "shelf_days": 30, "empty_days": 3, "weeks": weeks}
        for kind in (LessonKind.SOLD, LessonKind.STOCK_OUT, LessonKind.NEXT_DELIVERY):
            lesson = Lesson(
                kind, 1, Goods.CRAFT, figures | {"typical": 2}, span, None, Action.BRING, amount
            )
            told.append(" ".join(words.tell(lesson, name="·")))
    told += [words.silence(why) for why in Silence] + [words.reason(why) for why in Reason]
    told += [
        words.last_advice(verdict, action, Since(24, 6, 3), name="·")
        for verdict, action in product(Verdict, Action)
    ]
    return told


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_every_sentence_is_said_in_the_readers_own_language(language: str) -> None:
    with translation.override(language):
        told = everything_that_is_said()
    for text in told:
        assert not re.search(r"[A-Za-z%]", text), text


def test_the_walk_above_says_every_message_there_is() -> None:
    """Else a sentence could be missing from a language without anybody seeing it."""
    with translation.override("en"):
        told = " ".join(everything_that_is_said())
    for message in messages_of(words):
        pattern = re.sub(r"%\\\(\w+\\\)[ds]", r"\\S+", re.escape(message))
        plural = pattern.replace(r"\ day\ ", r"\ days?\ ").replace(r"\ week", r"\ weeks?")
        plural = plural.replace(r"\ day\.", r"\ days?\.").replace(r"\ day:", r"\ days?:")
        assert re.search(plural, told), message
