"""The grant: two tranches of 128,600 dollars (S), spent on lines and bills that we estimate (E).

Bills are planned in whole dollars and paid in som at 47.0 (E), so that each is exact in both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ayil.demo.programme.records import Names, Source, Village

TRANCHE_USD = 128_600
SOM_A_DOLLAR = 47
RATE_SOURCE = f"демонун болжолу: 1 доллар {SOM_A_DOLLAR} сом, банктын курсу эмес"
MEMORANDUM_ON = date(2012, 4, 20)
BEGINS, ENDS = date(2012, 4, 20), date(2013, 3, 31)
REQUESTED = (date(2012, 5, 21), date(2012, 10, 29))
RECEIVED = (date(2012, 6, 5), date(2012, 11, 5))
PLANNED = (date(2012, 6, 5), date(2012, 10, 15))
REPORTED = (date(2012, 10, 12), date(2013, 4, 8))
ACCEPTED = (date(2012, 10, 26), date(2013, 4, 24))
# Days between which a tranche's bills are paid.
SPENT = ((date(2012, 6, 8), date(2012, 10, 5)), (date(2012, 11, 8), date(2013, 3, 29)))
RETURNED_ON = date(2013, 4, 3)
RETURNED_USD = 1_180


@dataclass(frozen=True)
class Line:
    """A budget line over both tranches, half of it in each; `share` out of 1,000 (E)."""

    code: str
    names: Names
    share: int
    bills: int
    payees: tuple[str, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class Supplier:
    key: str
    name: str


SUPPLIERS = (
    Supplier("bilim", "«Билим» окуу борбору (ойдон чыгарылган)"),
    Supplier("jun-stanok", "«Жүн станок» жабдуулары (ойдон чыгарылган)"),
    Supplier("karakol-kurulush", "«Каракол курулуш» (ойдон чыгарылган)"),
    Supplier("kol-avto", "«Көл авто» унаасы (ойдон чыгарылган)"),
    Supplier("ala-kol-kense", "«Ала-Көл» кеңсе товарлары (ойдон чыгарылган)"),
)
LINES = (
    Line("trainings", ("Trainings", "Обучение", "Окуутуулар"), 240, 14, ("bilim",),
         ("сапат боюнча окуу күндөрү", "баа боюнча окуу күндөрү", "окуунун залы жана тамагы",
          "басылган окуу барактары")),
    Line("equipment", ("Equipment", "Оборудование", "Жабдуулар"), 305, 10, ("jun-stanok",),
         ("жүн тытуучу станок", "кийиз басуучу үстөл", "банка жапкыч", "кургаткыч шкаф", "тараза")),
    Line("shop", ("Research shop", "Исследовательский магазин", "Изилдөө дүкөнү"), 180, 8,
         ("karakol-kurulush",),
         ("текчелер жана жарык", "дүкөндүн ижарасы", "энбелгилер жана баштыктар",
          "дүкөндүн көрнөгү")),
    Line("transport", ("Transport", "Транспорт", "Унаа"), 120, 9, ("kol-avto",),
         ("буюмдарды чогултуу", "тренерлердин жол акысы")),
    Line("administration", ("Administration", "Управление", "Башкаруу"), 155, 5,
         ("ala-kol-kense", "manager"), ("айлык кеңсе чыгымы", "дүкөн башчысынын айлыгы")),
)  # fmt: skip


def line_usd(line: Line, tranche: int) -> int:
    """What a tranche (1 or 2) sets aside for a line, in whole dollars."""
    if line is LINES[-1]:
        return TRANCHE_USD - sum(line_usd(other, tranche) for other in LINES[:-1])
    return TRANCHE_USD * line.share // 1_000


@dataclass(frozen=True)
class Bill:
    """One payment with its paper, for a village; `number` is on the slip."""

    number: str
    tranche: int
    line: str
    on: date
    usd: int
    payee: str
    village: str
    purpose: str
    source: Source = Source.ESTIMATE

    @property
    def som_minor(self) -> int:
        return self.usd * SOM_A_DOLLAR * 100


def bills(rng: Random, villages: Sequence[Village]) -> tuple[Bill, ...]:
    """All payments of both tranches in the order of their days; the villages take turns."""
    turns = _turns(villages)
    planned = [
        (on, tranche, line, usd)
        for tranche in (1, 2)
        for line in LINES
        for on, usd in _cut(rng, line, tranche)
    ]
    planned.sort(key=lambda row: (row[0], row[1], row[2].code))
    return tuple(
        Bill(
            number=f"B-{number:03d}",
            tranche=tranche,
            line=line.code,
            on=on,
            usd=usd,
            payee=rng.choice(line.payees),
            village=next(turns),
            purpose=rng.choice(line.purposes),
        )
        for number, (on, tranche, line, usd) in enumerate(planned, 1)
    )


def _cut(rng: Random, line: Line, tranche: int) -> list[tuple[date, int]]:
    """A line's half in as many bills as it has, uneven, that add up to it exactly.

    Of the last tranche a little is left, and goes back to the donor.
    """
    total = line_usd(line, tranche)
    if tranche == 2 and line is LINES[0]:
        total -= RETURNED_USD
    cuts = sorted(rng.sample(range(total // 40, total - total // 40), line.bills - 1))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]
    first, last = SPENT[tranche - 1]
    days = (last - first).days
    return [
        (first + timedelta(days=(2 * number + 1) * days // (2 * line.bills)), part)
        for number, part in enumerate(parts)
    ]


def _turns(villages: Sequence[Village]) -> Iterator[str]:
    while True:
        yield from (village.code for village in villages)
