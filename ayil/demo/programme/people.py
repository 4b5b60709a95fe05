"""Invented people with plausible names: makers in the villages, the association's posts."""

from collections.abc import Iterator
from itertools import product
from random import Random

from ayil.demo.programme.records import Person

_WOMEN = (
    "Айгүл", "Анара", "Асел", "Айнура", "Айзада", "Алтынай", "Бактыгүл", "Бурул", "Чынара",
    "Чолпон", "Динара", "Элмира", "Гүлнара", "Гүлсара", "Жамийла", "Жаңыл", "Жылдыз", "Калипа",
    "Каныкей", "Кундуз", "Кыял", "Мээрим", "Майрам", "Назгүл", "Нургүл", "Перизат", "Рахат",
    "Роза", "Салима", "Салтанат", "Сабира", "Турсунай", "Уулкан", "Венера", "Ырысгүл", "Замира",
    "Зуура",
)  # fmt: skip
_MEN = (
    "Адилет", "Акмат", "Алмаз", "Асан", "Азамат", "Бактыбек", "Болот", "Чыңгыз", "Данияр",
    "Эмил", "Эрмек", "Эсен", "Жолдош", "Жыргал", "Канат", "Кубат", "Кубаныч", "Максат",
    "Мирлан", "Нурбек", "Нурлан", "Рысбек", "Самат", "Стамбек", "Талант", "Темир", "Тилек",
    "Турат", "Улан", "Улукбек", "Ысмайыл", "Замир",
)  # fmt: skip
_FAMILIES = (
    "Абдылдаев", "Акматов", "Алымкулов", "Асанов", "Байсалов", "Бектуров", "Бейшеналиев",
    "Чойбеков", "Дыйканов", "Эсеналиев", "Иманалиев", "Исаков", "Жакыпов", "Жумабаев", "Кадыров",
    "Касымов", "Керимов", "Мамыров", "Молдоев", "Мураталиев", "Нурматов", "Омуров", "Орозов",
    "Осмонов", "Садыков", "Сатыбалдиев", "Шабданов", "Сулайманов", "Ташиев", "Токтогулов",
    "Турдубаев", "Усубалиев", "Ыбраимов",
)  # fmt: skip

# Posts of the association, by the roles of `members`. Known by name, so that a walk through the
# demo is the same with every seed.
_STAFF = (
    ("chair", "Калипа Эсеналиева", True, 1961, "ky", "officer"),
    ("officer", "Нурлан Осмонов", False, 1974, "ky", "officer"),
    ("manager", "Салтанат Кадырова", True, 1979, "ru", "manager"),
    ("clerk", "Айгүл Асанова", True, 1988, "ky", "clerk"),
    ("second-clerk", "Мээрим Исакова", True, 1990, "ky", "clerk"),
    ("accountant", "Роза Жумабаева", True, 1969, "ru", "accountant"),
    ("paymaster", "Талант Молдоев", False, 1972, "ky", "paymaster"),
    ("trainer", "Чынара Токтогулова", True, 1977, "ky", "trainer"),
    ("second-trainer", "Эмил Бейшеналиев", False, 1980, "ru", "trainer"),
    ("committee", "Сабира Ыбраимова", True, 1958, "ky", "committee"),
    ("auditor", "Эрмек Сатыбалдиев", False, 1966, "ru", "auditor"),
    ("donor", "Данияр Сулайманов", False, 1976, "en", "donor"),
    ("administration", "Болот Турдубаев", False, 1963, "ky", "administration"),
)


def staff() -> tuple[Person, ...]:
    return tuple(
        Person(key, name, None, born, woman, language, post)
        for key, name, woman, born, language, post in _STAFF
    )


def names(rng: Random) -> Iterator[tuple[str, bool]]:
    """Full names without end, no two the same in the first two thousand; True for women."""
    pairs = [
        (f"{given} {family}{'а' if woman else ''}", woman)
        for woman, givens in ((True, _WOMEN), (False, _MEN))
        for given, family in product(givens, _FAMILIES)
    ]
    rng.shuffle(pairs)
    taken = {name for _key, name, *_rest in _STAFF}
    while True:
        yield from (pair for pair in pairs if pair[0] not in taken)


def person(key: str, pair: tuple[str, bool], village: str, rng: Random) -> Person:
    return Person(key, pair[0], village, rng.randint(1948, 1992), pair[1])


def someone_of(given: Iterator[tuple[str, bool]], *, woman: bool) -> tuple[str, bool]:
    """The next name of that sex; those passed over are not used."""
    return next(pair for pair in given if pair[1] == woman)
