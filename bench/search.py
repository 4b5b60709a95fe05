"""The search page over 100,000 people with Kyrgyz names in both scripts, typed as people type.

The whole page is timed as a browser gets it: session, rights, every field's finder, rendering.
The floor of the same run looks up the page's own 20 people by their keys and renders the same
template: what remains when nothing has to be searched.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench import Case, signed_in

if TYPE_CHECKING:
    from django.test import Client

PARTIES, TURNS, GOAL_MS = 100_000, 21, 150
GIVEN = (
    "Ай", "Алтын", "Ак", "Бакты", "Бек", "Гүл", "Жан", "Жаңыл", "Жолдош", "Жыпар", "Зуура", "Кал",
    "Кумуш", "Күн", "Мирлан", "Наз", "Нур", "Перизат", "Сая", "Төлө", "Уул", "Чол", "Чынар",
    "Ырыс", "Эл", "Өмүр", "Үмүт",
)  # fmt: skip
ENDINGS = (
    "", "гүл", "бек", "бүбү", "бай", "кан", "ай", "жан", "зат", "мира", "нура", "пан", "тай",
    "темир", "дөөлөт", "гөн",
)  # fmt: skip
FAMILIES = (
    "Абдылда", "Айтмат", "Акмат", "Алымкул", "Асан", "Байсал", "Бектур", "Бөкөнбай", "Жакып",
    "Жеңиш", "Жумабай", "Кадыр", "Касым", "Керим", "Көкүм", "Мамыр", "Молдо", "Мурат", "Мүсүр",
    "Нурмат", "Омур", "Орозбек", "Осмон", "Сатыбалды", "Садык", "Сулайман", "Сыдык", "Таш",
    "Токтогул", "Төлөгөн", "Турдубай", "Үсөн", "Чойбек", "Шабдан", "Ыбрайым", "Эсенаалы", "Өскөн",
)  # fmt: skip
FAMILY_ENDINGS = ("ов", "ова", "ев", "ева", " уулу", " кызы")
RUSSIAN = str.maketrans("өүңӨҮҢ", "оунОУН")
LATIN = {
    "ж": "zh", "ч": "ch", "ш": "sh", "ы": "y", "й": "y", "ө": "o", "ү": "u", "ң": "n", "а": "a",
    "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "э": "e",
    "я": "ya",
}  # fmt: skip


def run() -> list[Case]:
    from django.db import connection

    from ayil.kit.errors import AyilError
    from ayil.members.models import Party

    if Party.objects.exists():
        raise AyilError("This database holds people already. Give the bench an empty one.")
    begun = perf_counter()
    card = _people()
    filled = perf_counter() - begun
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its own keeper would have within the minute
    client = signed_in(_auditor())
    cases = [Case(f"{PARTIES:,} people entered, with their words", filled, "s")]
    begun = perf_counter()
    client.get("/find/", {"q": "Асан"})
    cold = (perf_counter() - begun) * 1000
    cases.append(Case("the first page of a process, templates and all", cold, "ms"))
    for name, query in (
        ("a rare name", _rarest()),
        ("a very common family name", "Асанов"),
        ("two common words", "Асан Нур"),
        ("two words that hardly meet", "Үсөнова Чынартемир"),
        ("in Russian letters", "Толо Бокон"),
        ("in Latin letters", "Jypar Osmon"),
        ("a name and its village", "Асанова Тамга"),
        ("one letter", "а"),
        ("two letters each", "ай ас"),
        ("nobody's name", "Шахерезада Рим"),
        ("a number that nothing has", "2000000000015"),
        ("a card's number", card),
    ):
        cases += _timed(client, name, query)
    return cases


def _spelled(name: str, rng: Random) -> str:
    """Six in ten as Kyrgyz writes it, two without its own letters, two in Latin letters."""
    way = rng.random()
    if way < 0.6:
        return name
    if way < 0.8:
        return name.translate(RUSSIAN)
    return "".join(LATIN.get(letter, letter) for letter in name.lower()).title()


def _names(count: int) -> Iterator[str]:
    """A few names are very common and most are rare, as in a village register."""
    rng = Random(100_000)  # noqa: S311 - the same names in every run
    given = [begin + end for begin in GIVEN for end in ENDINGS]
    families = [root + end for root in FAMILIES for end in FAMILY_ENDINGS]
    rng.shuffle(given)
    weights = [1 / (place + 3) for place in range(len(given))]
    for name in rng.choices(given, weights, k=count):
        yield _spelled(f"{name} {rng.choice(families)}", rng)


def _rarest() -> str:
    """The first full name that one person alone bears, with a letter that only Kyrgyz has."""
    borne = Counter(_names(PARTIES))
    return next(name for name, count in borne.items() if count == 1 and "ө" in name)


def _people() -> str:
    """Fills the database; gives the number of one card among them."""
    from hashlib import sha256

    from django.db import transaction

    from ayil.kit.clock import now
    from ayil.kit.search import remember_many
    from ayil.kit.spelling import sort_key
    from ayil.members.doors_rules import card_number
    from ayil.members.models import Card, Party, PartyKind

    villages, at = _villages(), now()
    with transaction.atomic():
        made = Party.objects.bulk_create(
            (
                Party(
                    kind=PartyKind.PERSON,
                    name=name,
                    sort_key=sort_key(name),
                    village=villages[place % len(villages)],
                    entered_at=at,
                )
                for place, name in enumerate(_names(PARTIES))
            ),
            batch_size=2000,
        )
        remember_many(Party, {party.pk: [party.name] for party in made})
        holder = made[PARTIES // 2]
        Card.objects.create(
            party=holder,
            number=card_number("417200931"),
            code_hash=sha256(b"bench").digest(),
            issued_at=at,
            by=holder,
        )
    return card_number("417200931")


def _villages() -> list[Any]:
    from ayil.demo.programme.geography import villages
    from ayil.places.actions import enter_place
    from ayil.places.models import PlaceKind

    region = enter_place(
        code="issyk-kul",
        kind=PlaceKind.REGION,
        parent=None,
        names=("Issyk-Kul", "Иссык-Куль", "Ысык-Көл"),
        source="bench",
    )
    district = enter_place(
        code="ton",
        kind=PlaceKind.DISTRICT,
        parent=region,
        names=("Ton", "Тон", "Тоң"),
        source="bench",
    )
    return [
        enter_place(
            code=village.code,
            kind=PlaceKind.VILLAGE,
            parent=district,
            names=village.names,
            source="bench",
        )
        for village in villages(20)
    ]


def _auditor() -> Any:
    """Sees more than anybody else, and needs no second factor."""
    from ayil.kit.clock import local_date, now
    from ayil.members.models import Party, PartyKind, Role, RoleGrant, User

    party = Party.objects.create(kind=PartyKind.PERSON, name="Калипа Эсеналиева", entered_at=now())
    RoleGrant.objects.create(party=party, role=Role.AUDITOR, since=local_date(now()), by=party)
    return User.objects.create(username="bench", party=party)


def _timed(client: "Client", name: str, query: str) -> list[Case]:
    """The median, least and most milliseconds of the page; the floor beside each."""
    spent: list[float] = []
    hits = 0
    for _turn in range(TURNS):
        begun = perf_counter()
        answer = client.get("/find/", {"q": query})
        spent.append((perf_counter() - begun) * 1000)
        opened = answer.headers.get("Location", "").startswith("/people/")
        if answer.status_code != 200 and not opened:
            raise RuntimeError(f"the page answered {answer.status_code}")
        hits = answer.content.count(b'<li><p><a class="touch"')
    floor = _floor()
    said = f"{name} «{query}», {hits} shown"
    return [
        Case(f"{said}: median", median(spent), "ms", floor, GOAL_MS, more_is_better=False),
        Case(f"{said}: least", min(spent), "ms", floor),
        Case(f"{said}: most", max(spent), "ms", floor, GOAL_MS, more_is_better=False),
    ]


def _floor() -> float:
    """Twenty people by their keys, on the same page: the median in milliseconds."""
    from django.template.loader import render_to_string

    from ayil.kit.search import Found
    from ayil.members.find import hit_of
    from ayil.members.models import Party
    from ayil.site.desk.finding import Answer, Group

    first = Party.objects.order_by("pk").values_list("pk", flat=True).first() or 1
    keys = [first + place * (PARTIES // 20) for place in range(20)]
    spent = []
    for _turn in range(TURNS):
        begun = perf_counter()
        parties = Party.objects.filter(pk__in=keys).select_related("village")
        found = Found([hit_of(party) for party in parties.order_by("sort_key")])
        answer = Answer([Group("People", found)])
        render_to_string("site/find.html", {"text": "20 keys", "answer": answer})
        spent.append((perf_counter() - begun) * 1000)
    return median(spent)
