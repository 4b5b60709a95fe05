"""The whole programme in one look: from the tranche to the lesson, every figure a count of rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from ayil.consignment.models import ConsignorAccount, Lot
from ayil.decisions.queries import villages_with_decision
from ayil.figures.models import DailySale, OpenDay
from ayil.grants.models import Agreement
from ayil.grants.queries import tranche_figures
from ayil.kit.spelling import sort_key
from ayil.lessons.models import ActionPromise, Lesson
from ayil.members.models import Party, Shop
from ayil.places.models import Place
from ayil.places.queries import villages

# Invariant 12: no figure of income over fewer producers than this.
FEWEST_TO_SHOW = 5


@dataclass(frozen=True)
class Granted:
    """What donors gave in one currency."""

    currency: str
    planned_minor: int
    received_minor: int
    spent_minor: int


@dataclass(frozen=True)
class Traded:
    """What the shops that trade in one currency sold, and what they owe their consignors."""

    currency: str
    receipts: int
    units: int
    takings_minor: int
    income_minor: int
    owed_minor: int


@dataclass
class Area:
    """A district: what its villages brought and earned; `income_minor` by currency."""

    place: Place
    villages: list["VillageRow"] = field(default_factory=list)
    income_minor: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def incomes(self) -> Sequence[tuple[str, int]]:
        return sorted(self.income_minor.items())


@dataclass(frozen=True)
class VillageRow:
    """One village: counts only, no money."""

    village: Place
    producers: int
    lots: int


@dataclass(frozen=True)
class Loop:
    """The programme now; months are (first day, takings) of the shops in the main currency."""

    granted: Sequence[Granted]
    villages: int
    decided: int
    producers: int
    lots: int
    pieces: int
    traded: Sequence[Traded]
    lessons: int
    promises: int
    outcomes: int
    areas: Sequence[Area]
    earners: Mapping[tuple[int | None, str], int]

    @property
    def shows_total(self) -> bool:
        """Whether the sums over all are over enough producers (invariant 12)."""
        totals: dict[str, int] = defaultdict(int)
        for (_district, currency), count in self.earners.items():
            totals[currency] += count
        return all(count >= FEWEST_TO_SHOW for count in totals.values())

    @property
    def shows_areas(self) -> bool:
        """All districts or none: the one left out would be what the others lack to the whole."""
        return all(count >= FEWEST_TO_SHOW for count in self.earners.values())


def the_loop(on: date) -> Loop:
    """As it stands on a day, in a fixed number of queries for each agreement."""
    incomes = _incomes()
    areas, earners = _areas(incomes)
    lots = Lot.objects.filter(count__isnull=False)
    promised = ActionPromise.objects.aggregate(
        made=Count("pk"), measured=Count("pk", filter=Q(outcome__isnull=False))
    )
    return Loop(
        granted=_granted(),
        villages=sum(len(area.villages) for area in areas),
        decided=villages_with_decision(on).count(),
        producers=ConsignorAccount.objects.values("consignor").distinct().count(),
        lots=lots.count(),
        pieces=lots.aggregate(pieces=Sum("balance__accepted"))["pieces"] or 0,
        traded=_traded(incomes),
        lessons=Lesson.objects.count(),
        promises=promised["made"],
        outcomes=promised["measured"],
        areas=areas,
        earners=earners,
    )


@dataclass(frozen=True)
class DistrictTotals:
    """What a district's administration reads: counts, and one income where it may be shown."""

    area: Area
    decided: int
    shows_income: bool

    @property
    def producers(self) -> int:
        return sum(row.producers for row in self.area.villages)

    @property
    def lots(self) -> int:
        return sum(row.lots for row in self.area.villages)


def districts_in_totals(districts: Collection[int], on: date) -> Sequence[DistrictTotals]:
    """Those of the districts that have villages in the programme.

    Their income is held back by the same rule as on the page of all: whoever reads both learns
    nothing from the difference.
    """
    areas, earners = _areas(_incomes())
    decided = set(villages_with_decision(on).values_list("pk", flat=True))
    return [
        DistrictTotals(
            area=area,
            decided=sum(row.village.pk in decided for row in area.villages),
            shows_income=all(count >= FEWEST_TO_SHOW for count in earners.values()),
        )
        for area in areas
        if area.place.pk in districts
    ]


def _granted() -> Sequence[Granted]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for agreement in Agreement.objects.order_by("id"):
        total = sums[agreement.currency]
        for figures in tranche_figures(agreement):
            total[0] += figures.planned_minor
            total[1] += figures.received_minor
            total[2] += figures.spent_minor
    return [Granted(currency, *total) for currency, total in sorted(sums.items())]


def _by(rows: QuerySet[Any], *keys: str, **sums: Any) -> list[dict[str, Any]]:
    return list(rows.order_by().values(*keys).annotate(**sums))


@dataclass(frozen=True)
class Income:
    """What one consignor sold in one shop; `village` is None for those entered in none."""

    consignor: int
    village: int | None
    currency: str
    units: int
    share_minor: int


def _incomes() -> Sequence[Income]:
    """One pass over the daily figures, by what they are stored by."""
    sums = _by(DailySale.objects.all(), "shop_id", "consignor_id",
               sold=Sum("units"), earned=Sum("share_minor"))  # fmt: skip
    village = dict(
        Party.objects.filter(consignor_accounts__isnull=False).values_list("pk", "village_id")
    )
    currency = dict(Shop.objects.values_list("pk", "currency"))
    return [
        Income(
            consignor=row["consignor_id"],
            village=village.get(row["consignor_id"]),
            currency=currency[row["shop_id"]],
            units=row["sold"],
            share_minor=row["earned"],
        )
        for row in sums
    ]


def _traded(incomes: Sequence[Income]) -> Sequence[Traded]:
    currency = F("shop__currency")
    days = _by(OpenDay.objects.annotate(currency=currency), "currency",
               receipts_=Sum("receipts"), takings=Sum("gross_minor"))  # fmt: skip
    owing = ConsignorAccount.objects.filter(account__balance_minor__gt=0)
    owed = _by(owing.annotate(currency=currency), "currency", owed=Sum("account__balance_minor"))
    owes = {row["currency"]: row["owed"] for row in owed}
    units: dict[str, int] = defaultdict(int)
    earned: dict[str, int] = defaultdict(int)
    for income in incomes:
        units[income.currency] += income.units
        earned[income.currency] += income.share_minor
    return [
        Traded(
            currency=day["currency"],
            receipts=day["receipts_"],
            units=units[day["currency"]],
            takings_minor=day["takings"],
            income_minor=earned[day["currency"]],
            owed_minor=owes.get(day["currency"], 0),
        )
        for day in sorted(days, key=lambda day: str(day["currency"]))
    ]


def _areas(
    incomes: Sequence[Income],
) -> tuple[Sequence[Area], Mapping[tuple[int | None, str], int]]:
    """The districts, and how many producers earned by district (None: elsewhere) and currency."""
    producers = {
        row["village"]: row["producers"]
        for row in _by(
            ConsignorAccount.objects.annotate(village=F("consignor__village")),
            "village",
            producers=Count("consignor", distinct=True),
        )
    }
    counted = Lot.objects.filter(count__isnull=False)
    lots = {
        row["village"]: row["lots"]
        for row in _by(
            counted.annotate(village=F("consignor__village")), "village", lots=Count("pk")
        )
    }
    areas: dict[int, Area] = {}
    district_of: dict[int, Area] = {}
    for village in villages().select_related("parent__parent"):
        district = _district(village)
        district_of[village.pk] = areas.setdefault(district.pk, Area(district))
        district_of[village.pk].villages.append(
            VillageRow(village, producers.get(village.pk, 0), lots.get(village.pk, 0))
        )
    earners: dict[tuple[int | None, str], set[int]] = defaultdict(set)
    for income in incomes:
        area = district_of.get(income.village) if income.village else None
        earners[area.place.pk if area else None, income.currency].add(income.consignor)
        if area is not None:
            area.income_minor[income.currency] += income.share_minor
    in_order = sorted(areas.values(), key=lambda area: sort_key(area.place.name))
    return in_order, {key: len(who) for key, who in earners.items()}


def _district(village: Place) -> Place:
    """The district a village lies in, whether an aiyl aimak stands between or not."""
    above = village.parent
    if above is not None and above.kind == "aimak" and above.parent is not None:
        return above.parent
    return above or village


def takings_by_month(currency: str) -> Sequence[tuple[date, int]]:
    """(First of the month, takings) over all shops of the currency, oldest first."""
    months: dict[date, int] = defaultdict(int)
    days = OpenDay.objects.filter(shop__currency=currency)
    for on, takings in days.values_list("date", "gross_minor"):
        months[on.replace(day=1)] += takings
    return sorted(months.items())
