"""Invented people with plausible names: makers in the villages, the association's posts."""

from collections.abc import Iterator
from itertools import product
from random import Random

from ayil.demo.programme.records import Person

_WOMEN = (
    "Aigul", "Anara", "Asel", "Ainura", "Aizada", "Altynai", "Baktygul", "Burul", "Chinara",
    "Cholpon", "Dinara", "Elmira", "Gulnara", "Gulsara", "Jamilya", "Janyl", "Jyldyz", "Kalipa",
    "Kanykei", "Kunduz", "Kyial", "Meerim", "Mairam", "Nazgul", "Nurgul", "Perizat", "Rakhat",
    "Roza", "Salima", "Saltanat", "Sabira", "Tursunai", "Uulkan", "Venera", "Yrysgul", "Zamira",
    "Zuura",
)  # fmt: skip
_MEN = (
    "Adilet", "Akmat", "Almaz", "Asan", "Azamat", "Baktybek", "Bolot", "Chyngyz", "Daniyar",
    "Emil", "Ermek", "Esen", "Joldosh", "Jyrgal", "Kanat", "Kubat", "Kubanych", "Maksat",
    "Mirlan", "Nurbek", "Nurlan", "Rysbek", "Samat", "Stambek", "Talant", "Temir", "Tilek",
    "Turat", "Ulan", "Ulukbek", "Ysmail", "Zamir",
)  # fmt: skip
_FAMILIES = (
    "Abdyldaev", "Akmatov", "Alymkulov", "Asanov", "Baisalov", "Bekturov", "Beishenaliev",
    "Choibekov", "Dyikanov", "Esenaliev", "Imanaliev", "Isakov", "Jakypov", "Jumabaev", "Kadyrov",
    "Kasymov", "Kerimov", "Mamyrov", "Moldoev", "Murataliev", "Nurmatov", "Omurov", "Orozov",
    "Osmonov", "Sadykov", "Satybaldiev", "Shabdanov", "Sulaimanov", "Tashiev", "Toktogulov",
    "Turdubaev", "Usubaliev", "Ybraimov",
)  # fmt: skip

# Posts of the association, by the roles of `members`. Known by name, so that a walk through the
# demo is the same with every seed.
_STAFF = (
    ("chair", "Kalipa Esenalieva", True, 1961, "ky", "officer"),
    ("officer", "Nurlan Osmonov", False, 1974, "ky", "officer"),
    ("manager", "Saltanat Kadyrova", True, 1979, "ru", "manager"),
    ("clerk", "Aigul Asanova", True, 1988, "ky", "clerk"),
    ("second-clerk", "Meerim Isakova", True, 1990, "ky", "clerk"),
    ("accountant", "Roza Jumabaeva", True, 1969, "ru", "accountant"),
    ("paymaster", "Talant Moldoev", False, 1972, "ky", "paymaster"),
    ("trainer", "Chinara Toktogulova", True, 1977, "ky", "trainer"),
    ("second-trainer", "Emil Beishenaliev", False, 1980, "ru", "trainer"),
    ("committee", "Sabira Ybraimova", True, 1958, "ky", "committee"),
    ("auditor", "Ermek Satybaldiev", False, 1966, "ru", "auditor"),
    ("donor", "Daniyar Sulaimanov", False, 1976, "en", "donor"),
    ("administration", "Bolot Turdubaev", False, 1963, "ky", "administration"),
)


def staff() -> tuple[Person, ...]:
    return tuple(
        Person(key, name, None, born, woman, language, post)
        for key, name, woman, born, language, post in _STAFF
    )


def names(rng: Random) -> Iterator[tuple[str, bool]]:
    """Full names without end, no two the same in the first two thousand; True for women."""
    pairs = [
        (f"{given} {family}{'a' if woman else ''}", woman)
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
