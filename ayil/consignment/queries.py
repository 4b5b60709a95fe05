"""Reads over consignors; whose income a user may see is decided here (invariant 12)."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ayil.consignment.models import (
    Agreement,
    ConsignmentNote,
    ConsignorAccount,
    JointCount,
    Lot,
    NoteLine,
)
from ayil.members.models import Shop
from ayil.members.own import own_parties
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with


def own_accounts(user: AnyUser, on: date) -> QuerySet[ConsignorAccount]:
    """The user's own, and those of the communities that they lead or answer for."""
    own = own_parties(user, on)
    return ConsignorAccount.objects.filter(consignor__in=own).order_by("consignor_id", "shop_id")


def accounts_visible_to(user: AnyUser, on: date) -> QuerySet[ConsignorAccount]:
    """Own accounts, and all accounts of the shops whose books the user keeps."""
    kept = shops_with(user, Right.KEEP_BOOKS, day=on)
    own = own_accounts(user, on).order_by().values("pk")
    return ConsignorAccount.objects.filter(Q(pk__in=own) | Q(shop__in=kept)).order_by("id")


def standing_agreements(shop: Shop, day: date) -> QuerySet[Agreement]:
    """By which goods may be taken on that day."""
    return standing_on(Agreement.objects.filter(shop=shop), day)


def standing_on(agreements: QuerySet[Agreement], day: date) -> QuerySet[Agreement]:
    """Those of the agreements that are in force on the day."""
    begun = agreements.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))
    return begun.filter(Q(end__isnull=True) | Q(end__on__gt=day))


def agreements_visible_to(user: AnyUser, on: date) -> QuerySet[Agreement]:
    """One's own, and those of the shops for which one makes agreements, receives goods by them or
    keeps the books."""
    seen = Q(consignor__in=own_parties(user, on))
    for right in (Right.AGREE, Right.RECEIVE_GOODS, Right.KEEP_BOOKS):
        seen |= Q(shop__in=shops_with(user, right, day=on))
    return Agreement.objects.filter(seen).select_related("shop", "consignor__village")


def notes_visible_to(user: AnyUser, on: date) -> QuerySet[ConsignmentNote]:
    """One's own, and those of the shops in which one receives goods or keeps the books."""
    seen = Q(agreement__consignor__in=own_parties(user, on))
    for right in (Right.RECEIVE_GOODS, Right.KEEP_BOOKS, Right.ASSESS):
        seen |= Q(agreement__shop__in=shops_with(user, right, day=on))
    return ConsignmentNote.objects.filter(seen).select_related(
        "agreement__shop", "agreement__consignor__village"
    )


def lots_visible_to(user: AnyUser, on: date) -> QuerySet[Lot]:
    """One's own, and those of the shops in which one looks after goods or keeps the books."""
    seen = Q(consignor__in=own_parties(user, on))
    for right in (Right.RECEIVE_GOODS, Right.KEEP_BOOKS):
        seen |= Q(shop__in=shops_with(user, right, day=on))
    return Lot.objects.filter(seen)


def open_notes(shop: Shop) -> QuerySet[ConsignmentNote]:
    """Announced, not withdrawn, with a line that was not counted yet."""
    waiting = NoteLine.objects.filter(note=OuterRef("pk"), count__isnull=True)
    return ConsignmentNote.objects.filter(
        Exists(waiting), agreement__shop=shop, withdrawal__isnull=True
    ).order_by(F("expected_on").asc(nulls_last=True), "declared_on", "id")


def counts_to_assess(user: AnyUser, on: date) -> QuerySet[JointCount]:
    """Of the shops in which one assesses: what was accepted and nobody has looked at yet."""
    shops = shops_with(user, Right.ASSESS, day=on)
    return JointCount.objects.filter(
        line__note__agreement__shop__in=shops, accepted__gt=0, assessment__isnull=True
    ).select_related("line__variant__product", "line__note__agreement__consignor__village")
