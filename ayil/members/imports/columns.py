"""What columns and cells of a list of people mean, in three languages; plain Python."""

import re
from collections.abc import Mapping
from datetime import date

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.spelling import folded_words

# The first name of each is the one in the file to fill in; others are names that lists bear.
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "name": {
        "ky": ("аты-жөнү", "аты", "аталышы", "ысымы"),
        "ru": ("имя", "фио", "ф. и. о.", "имя и фамилия", "название"),
        "en": ("name", "full name"),
    },
    "kind": {"ky": ("ким", "түрү"), "ru": ("кто", "вид"), "en": ("who", "kind")},
    "village": {
        "ky": ("айылы", "айыл"),
        "ru": ("село", "деревня", "айыл"),
        "en": ("village",),
    },
    "phone": {
        "ky": ("телефону", "телефон", "тел"),
        "ru": ("телефон", "тел", "номер телефона"),
        "en": ("phone", "telephone", "mobile"),
    },
    "born_year": {
        "ky": ("туулган жылы", "туулган күнү"),
        "ru": ("год рождения", "дата рождения"),
        "en": ("year of birth", "birth year", "born"),
    },
    "sex": {"ky": ("жынысы",), "ru": ("пол",), "en": ("sex", "gender")},
    "language": {"ky": ("тили",), "ru": ("язык",), "en": ("language",)},
    "community": {
        "ky": ("жамааты", "жамаат"),
        "ru": ("община", "сообщество", "группа"),
        "en": ("community", "group"),
    },
    "part": {
        "ky": ("жамааттагы орду",),
        "ru": ("кто в общине", "роль в общине"),
        "en": ("part in the community",),
    },
    "member_since": {
        "ky": ("мүчө болгон күнү",),
        "ru": ("член с",),
        "en": ("member since",),
    },
}
# Answers of columns that have few of them: the first word of each language is shown.
WORDS: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "kind": {
        "person": {"ky": ("киши", "адам"), "ru": ("человек",), "en": ("person",)},
        "community": {
            "ky": ("жамаат",),
            "ru": ("община", "сообщество", "группа"),
            "en": ("community", "group"),
        },
    },
    "sex": {
        "woman": {
            "ky": ("аял", "а"),
            "ru": ("женщина", "женский", "жен", "ж"),
            "en": ("woman", "female", "f", "w"),
        },
        "man": {
            "ky": ("эркек", "э"),
            "ru": ("мужчина", "мужской", "муж", "м"),
            "en": ("man", "male", "m"),
        },
    },
    "language": {
        "ky": {"ky": ("кыргызча",), "ru": ("кыргызский", "киргизский"), "en": ("Kyrgyz", "kg")},
        "ru": {"ky": ("орусча",), "ru": ("русский",), "en": ("Russian",)},
        "en": {"ky": ("англисче",), "ru": ("английский",), "en": ("English",)},
    },
    "part": {
        "leader": {"ky": ("жетекчи", "төрага"), "ru": ("руководитель", "лидер"), "en": ("leader",)},
        "contact": {
            "ky": ("байланышуучу адам", "байланышуучу", "байланышчы"),
            "ru": ("контактное лицо", "контакт"),
            "en": ("contact",),
        },
        "member": {"ky": ("мүчө", "катышуучу"), "ru": ("член", "участник"), "en": ("member",)},
    },
}
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def key_of(text: str) -> str:
    """What two spellings of one word have in common, spaces and hyphens left out."""
    return "".join(folded_words(text))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".:")


def column_of(heading: str) -> str | None:
    """Which column a heading names, in any of the three languages; None for another one."""
    wanted = _plain(heading)
    for column, spellings in COLUMNS.items():
        if any(wanted == _plain(one) for names in spellings.values() for one in names):
            return column
    folded = key_of(heading)
    for column, spellings in COLUMNS.items():
        if folded and any(folded == key_of(one) for names in spellings.values() for one in names):
            return column
    return None


def word_of(column: str, cell: str) -> str:
    """What a cell of a column with few answers says; "" for nothing, AyilError for another word."""
    wanted = _plain(cell)
    if not wanted:
        return ""
    for value, spellings in WORDS[column].items():
        words = {word.casefold() for ones in spellings.values() for word in ones}
        if wanted in words | {value}:
            return value
    known = "; ".join(
        "/".join(words[0] for words in spellings.values()) for spellings in WORDS[column].values()
    )
    raise AyilError(gettext_noop("«%(cell)s» is none of: %(known)s."), cell=cell[:40], known=known)


def year_of(cell: str) -> int | None:
    """The year in 1985, 1985-ж., 12.05.1985 or 1985-05-12; None for nothing."""
    if not cell:
        return None
    found = _YEAR.findall(cell)
    if len(found) != 1:
        raise AyilError(
            gettext_noop("«%(cell)s» is no year of birth. Write the four digits of it."),
            cell=cell[:40],
        )
    return int(found[0])


def day_of(cell: str) -> date | None:
    """The day in 2012-06-05 or 05.06.2012; None for nothing."""
    if not cell:
        return None
    written = _DAY.fullmatch(cell)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(cell[:10])
    except ValueError:
        raise AyilError(
            gettext_noop("«%(cell)s» is no day. Write it like 05.06.2012."), cell=cell[:40]
        ) from None
