"""The loop in figures, read by the fields' own queries: from the tranche to the lesson."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from ayil.consignment.models import Lot
from ayil.decisions.queries import villages_with_decision
from ayil.demo.acts.founding import SIGN_IN, user_name
from ayil.figures.models import DailySale, OpenDay
from ayil.figures.series import last_open_day
from ayil.grants.models import Agreement
from ayil.grants.queries import tranche_figures
from ayil.grants.rules import Stage
from ayil.kit.errors import AyilError
from ayil.kit.money import plain
from ayil.lessons.models import LessonDelivery
from ayil.members.models import Shop, User
from ayil.members.queries import is_simulated
from ayil.members.signin import sign_in_path
from ayil.payouts.queries import owed_by_consignor
from ayil.places.queries import villages
from ayil.shop.models import SaleLine

LESSONS_SHOWN = 3
STAGES: Mapping[Stage, object] = {
    Stage.PLANNED: pgettext_lazy("tranche", "planned"),
    Stage.REQUESTED: pgettext_lazy("tranche", "requested"),
    Stage.RECEIVED: pgettext_lazy("tranche", "received"),
    Stage.SPENT: pgettext_lazy("tranche", "spent"),
    Stage.REPORTED: pgettext_lazy("tranche", "reported"),
    Stage.ACCEPTED: pgettext_lazy("tranche", "accepted"),
}


@dataclass(frozen=True)
class TrancheTold:
    """Amounts in minor units of `currency`; the stage in the reader's language."""

    agreement: str
    number: int
    stage: str
    received_minor: int
    spent_minor: int
    returned_minor: int
    currency: str


@dataclass(frozen=True)
class LessonTold:
    """`promised` and `outcome` are empty where there are none."""

    producer: str
    day: date
    words: str
    promised: str
    outcome: str


@dataclass(frozen=True)
class Loop:
    """One shop's loop; amounts in minor units of `currency`, sums net of refunds.

    `income_minor` is what makers earned, `owed_minor` what of it the shop still holds for them.
    """

    shop: str
    first_day: date | None
    last_day: date | None
    tranches: tuple[TrancheTold, ...]
    villages: int
    villages_with_decision: int
    makers: int
    lots: int
    pieces: int
    receipts: int
    units: int
    sales_minor: int
    income_minor: int
    commission_minor: int
    fees_minor: int
    owed_minor: int
    currency: str
    lessons: tuple[LessonTold, ...]
    simulated: bool


def loop_summary() -> Loop:
    """The loop of the shop that was opened first; AyilError where there is none."""
    shop = Shop.objects.select_related("fund").order_by("id").first()
    if shop is None:
        raise AyilError(_("There is no shop here yet. `ayil demo` loads a simulated one."))
    days = OpenDay.objects.filter(shop=shop)
    sums = DailySale.objects.filter(shop=shop).aggregate(
        units=Sum("units"),
        gross=Sum("gross_minor"),
        share=Sum("share_minor"),
        commission=Sum("commission_minor"),
    )
    fees = SaleLine.objects.filter(sale__shop=shop).aggregate(fees=Sum("fees_minor"))["fees"]
    delivered = Lot.objects.filter(shop=shop, count__isnull=False)
    return Loop(
        shop=shop.name,
        first_day=days.order_by("date").values_list("date", flat=True).first(),
        last_day=last_open_day(shop),
        tranches=_tranches(),
        villages=villages().count(),
        villages_with_decision=len(villages_with_decision(last_open_day(shop) or date.max)),
        makers=delivered.values("consignor").distinct().count(),
        lots=delivered.count(),
        pieces=delivered.aggregate(pieces=Sum("balance__accepted"))["pieces"] or 0,
        receipts=days.aggregate(receipts=Sum("receipts"))["receipts"] or 0,
        units=sums["units"] or 0,
        sales_minor=sums["gross"] or 0,
        income_minor=sums["share"] or 0,
        commission_minor=sums["commission"] or 0,
        fees_minor=fees or 0,
        owed_minor=sum(one.owed_minor for one in owed_by_consignor(shop)),
        currency=shop.currency,
        lessons=_lessons(shop),
        simulated=is_simulated(),
    )


def _tranches() -> tuple[TrancheTold, ...]:
    return tuple(
        TrancheTold(
            agreement=agreement.number,
            number=figures.tranche.number,
            stage=str(STAGES[figures.stage]),
            received_minor=figures.received_minor,
            spent_minor=figures.spent_minor,
            returned_minor=figures.returned_minor,
            currency=agreement.currency,
        )
        for agreement in Agreement.objects.order_by("id")
        for figures in tranche_figures(agreement)
    )


def _lessons(shop: Shop) -> tuple[LessonTold, ...]:
    """The latest of different kinds and makers, those with a measured outcome first."""
    deliveries = (
        LessonDelivery.objects.filter(lesson__shop=shop)
        .select_related("lesson__producer", "lesson__variant__product", "lesson__promise__outcome")
        .order_by(
            F("lesson__promise__outcome__id").desc(nulls_last=True), "-lesson__as_of", "lesson_id"
        )
    )
    chosen: dict[str, LessonDelivery] = {}
    for delivery in deliveries.iterator(chunk_size=100):
        chosen.setdefault(delivery.lesson.kind, delivery)
        if len(chosen) == LESSONS_SHOWN:
            break
    return tuple(_lesson(delivery) for delivery in chosen.values())


def _lesson(delivery: LessonDelivery) -> LessonTold:
    lesson = delivery.lesson
    promise = getattr(lesson, "promise", None)
    outcome = getattr(promise, "outcome", None)
    return LessonTold(
        producer=lesson.producer.name,
        day=lesson.as_of,
        words=delivery.words if delivery.language == get_language() else str(lesson.in_words()),
        promised=promise.get_action_display() if promise else "",
        outcome=str(outcome.in_words()) if outcome else "",
    )


def sign_in_links(base: str) -> dict[str, str]:
    """One address a role, that signs in by one tap; `base` is where this server answers.

    None for real records.
    """
    if not is_simulated():
        return {}
    users = User.objects.in_bulk([user_name(role) for role in SIGN_IN], field_name="username")
    return {
        role: f"{base}{sign_in_path(users[user_name(role)])}"
        for role in SIGN_IN
        if user_name(role) in users
    }


def told(loop: Loop, links: Mapping[str, str]) -> Sequence[str]:
    """The loop and the links in lines for a terminal."""
    money = _Money(loop.currency)
    simulated = _("A simulated programme: its figures are estimates, its people are invented.")
    return [
        *((simulated, "") if loop.simulated else ()),
        f"{loop.shop}, {loop.first_day} – {loop.last_day}",
        *(_told_tranche(tranche) for tranche in loop.tranches),
        _("Villages with a decision of their own: %(with)d of %(all)d")
        % {"with": loop.villages_with_decision, "all": loop.villages},
        _("Delivered: %(lots)d lots, %(pieces)d pieces, by %(makers)d makers")
        % {"lots": loop.lots, "pieces": loop.pieces, "makers": loop.makers},
        _("Sold: %(receipts)d receipts, %(units)d pieces, %(sales)s")
        % {"receipts": loop.receipts, "units": loop.units, "sales": money(loop.sales_minor)},
        _("Income of the makers: %(income)s; the shop's commission: %(commission)s, fees: %(fees)s")
        % {
            "income": money(loop.income_minor),
            "commission": money(loop.commission_minor),
            "fees": money(loop.fees_minor),
        },
        _("Still owed to the makers: %(owed)s") % {"owed": money(loop.owed_minor)},
        "",
        *(line for lesson in loop.lessons for line in _told_lesson(lesson)),
        *((_("Sign in as:"),) if links else ()),
        *(f"  {role:<18} {address}" for role, address in links.items()),
    ]


class _Money:
    def __init__(self, currency: str) -> None:
        self.currency = currency

    def __call__(self, amount_minor: int) -> str:
        whole, _dot, part = plain(amount_minor, self.currency).partition(".")
        return (
            f"{int(whole):,}".replace(",", " ") + (f".{part}" if part else "") + f" {self.currency}"
        )


def _told_tranche(tranche: TrancheTold) -> str:
    money = _Money(tranche.currency)
    return _("Tranche %(number)d (%(stage)s): received %(received)s, spent %(spent)s, "
             "returned %(returned)s") % {
        "number": tranche.number,
        "stage": tranche.stage,
        "received": money(tranche.received_minor),
        "spent": money(tranche.spent_minor),
        "returned": money(tranche.returned_minor),
    }  # fmt: skip


def _told_lesson(lesson: LessonTold) -> Sequence[str]:
    lines = [f"{lesson.producer}, {lesson.day}: {lesson.words}"]
    if lesson.promised:
        lines.append("  " + _("Promised: %(action)s.") % {"action": lesson.promised})
    if lesson.outcome:
        lines.append("  " + lesson.outcome)
    return [*lines, ""]
