"""What columns and cells of a list of people mean, in three languages."""

import re
from collections.abc import Mapping

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.lists import Columns

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
    "record": {
        "ky": ("жазуунун номери",),
        "ru": ("номер записи",),
        "en": ("number of the record", "record"),
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
ABOUT: Mapping[str, str] = {
    "name": gettext_noop("What they are called, in any script."),
    "kind": gettext_noop("A person or a community; a person where it is empty."),
    "village": gettext_noop("Its name, or its code where two villages bear the name."),
    "phone": gettext_noop("With or without +996."),
    "born_year": gettext_noop("Four digits. It tells two of one name apart."),
    "sex": gettext_noop("May be left empty."),
    "language": gettext_noop("In which they are written to; Kyrgyz where it is empty."),
    "community": gettext_noop(
        "The name of the community that they belong to. Who belongs to two has a row for each."
    ),
    "part": gettext_noop("Leader, contact or member; a community has a leader and one contact."),
    "member_since": gettext_noop("The day of admission, like 05.06.2012; empty for no member."),
    "record": gettext_noop("Stands in lists that came from here. Leave it empty for new people."),
}


def _example(language: str, group: str, person: str) -> list[Mapping[str, str]]:
    def word(column: str, value: str) -> str:
        return WORDS[column][value][language][0]

    return [
        {"name": group, "kind": word("kind", "community")},
        {
            "name": person,
            "kind": word("kind", "person"),
            "phone": "0555 123 456",
            "born_year": "1975",
            "sex": word("sex", "woman"),
            "language": word("language", language),
            "community": group,
            "part": word("part", "leader"),
        },
    ]


PEOPLE = Columns(
    COLUMNS,
    words=WORDS,
    about=ABOUT,
    needed=("name",),
    examples={
        "ky": _example("ky", "Үлгү жамааты", "Асанова Айгүл"),
        "ru": _example("ru", "община «Образец»", "Асанова Айгуль"),
        "en": _example("en", "Sample group", "Aizada Sample"),
    },
)

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


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
