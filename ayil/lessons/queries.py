"""Reads for the lessons: what would be told, what was told, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Sum

from ayil.consignment.models import ConsignorAccount, Lot, Movement, MovementKind
from ayil.consignment.queries import accounts_visible_to
from ayil.consignment.stock_queries import STOCK_IS_KNOWN
from ayil.figures.models import DailySale, OpenDay
from ayil.lessons.choice import Choice, Since, this_week
from ayil.lessons.items import VariantId
from ayil.lessons.lesson import Lesson as Record
from ayil.lessons.lesson import LessonKind
from ayil.lessons.models import ActionPromise, Lesson
from ayil.lessons.readings import WINDOW_WEEKS, Window, read_items
from ayil.lessons.rules import Terms, lessons_for
from ayil.members.models import Party, Shop
from ayil.members.queries import AnyUser

LATELY = timedelta(days=28)


@dataclass(frozen=True)
class Heard:
    """All lessons of one producer at a shop, and the one chosen for the week."""

    producer_id: int
    lessons: Sequence[Record]
    choice: Choice


def lessons_at(
    shop: Shop,
    *,
    as_of: date,
    producer: Party | None = None,
    terms: Terms | None = None,
    weeks: int = WINDOW_WEEKS,
) -> tuple[Window, list[Heard]]:
    """What each consignor who ever brought goods (or one) would hear on a day; writes nothing.

    In a constant number of queries, in the order of the producers' ids.
    """
    window, goods = read_items(shop, as_of=as_of, producer=producer, weeks=weeks)
    items = [item for mine in goods.values() for item in mine]
    fours = iter(lessons_for(items, as_of=as_of, terms=terms))
    lately = _told_lately(shop, as_of, producer)
    heard = []
    for producer_id, mine in goods.items():
        lessons = [lesson for _item in mine for lesson in next(fours)]
        choice = this_week(lessons, told_lately=lately.get(producer_id, frozenset()))
        if choice is not None:
            heard.append(Heard(producer_id, lessons, choice))
    return window, heard


def _told_lately(
    shop: Shop, as_of: date, producer: Party | None
) -> dict[int, frozenset[tuple[LessonKind, VariantId]]]:
    rows = Lesson.objects.filter(shop=shop, as_of__lt=as_of, as_of__gt=as_of - LATELY)
    if producer is not None:
        rows = rows.filter(producer=producer)
    lately: dict[int, frozenset[tuple[LessonKind, VariantId]]] = {}
    for producer_id, kind, variant_id in rows.values_list("producer_id", "kind", "variant_id"):
        told = lately.get(producer_id, frozenset())
        lately[producer_id] = told | {(LessonKind(kind), variant_id)}
    return lately


def lessons_visible_to(user: AnyUser, on: date) -> QuerySet[Lesson]:
    """Lessons of the consignors whose income the user may see (invariant 12)."""
    account = accounts_visible_to(user, on).filter(
        shop=OuterRef("shop"), consignor=OuterRef("producer")
    )
    return _with_all_steps().filter(Exists(account.order_by()))


def lessons_of(account: ConsignorAccount) -> QuerySet[Lesson]:
    """One consignor's lessons at one shop, the latest first, with all their steps at hand."""
    mine = _with_all_steps().filter(shop_id=account.shop_id, producer_id=account.consignor_id)
    return mine.order_by("-as_of")


def _with_all_steps() -> QuerySet[Lesson]:
    return Lesson.objects.select_related(
        "variant__product", "promise__outcome", "after__promise__lesson__variant__product"
    ).prefetch_related("deliveries")


def promises_to_measure(shop: Shop, as_of: date, producer: Party | None) -> QuerySet[ActionPromise]:
    """Promises made before the day, whose outcome nobody has measured."""
    promises = ActionPromise.objects.select_related("lesson").filter(
        lesson__shop=shop, promised_on__lt=as_of, outcome__isnull=True
    )
    return promises if producer is None else promises.filter(lesson__producer=producer)


def days_it_took(promise: ActionPromise, as_of: date) -> list[date]:
    """The open days after the promise, up to as many as its outcome needs."""
    lesson = promise.lesson
    opened = OpenDay.objects.filter(
        shop=lesson.shop_id, date__gt=promise.promised_on, date__lte=as_of
    ).order_by("date")
    return list(opened.values_list("date", flat=True)[: lesson.due_open_days])


def what_happened(promise: ActionPromise, days: Sequence[date]) -> Since:
    """Brought and sold from the day after the promise to the last of `days`."""
    lesson = promise.lesson
    if not days:
        return Since(0, None, 0)
    lots = Lot.objects.filter(shop=lesson.shop_id, variant=lesson.variant_id)
    brought: int | None = None
    if not lots.exclude(STOCK_IS_KNOWN).exists():
        came = Movement.objects.filter(
            lot__in=lots,
            lot__arrived_from__isnull=True,
            kind=MovementKind.ACCEPTED,
            date__gt=promise.promised_on,
            date__lte=days[-1],
        )
        brought = came.aggregate(units=Sum("quantity"))["units"] or 0
    sales = DailySale.objects.filter(shop=lesson.shop_id, variant=lesson.variant_id, date__in=days)
    return Since(len(days), brought, sales.aggregate(units=Sum("units"))["units"] or 0)
