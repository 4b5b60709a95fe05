"""Reads over consignors; whose income a user may see is decided here (invariant 12)."""

from datetime import date

from django.db.models import Q, QuerySet

from ayil.consignment.models import ConsignorAccount
from ayil.members.models import Affiliation, Role, User
from ayil.members.queries import AnyUser, affiliations_on, shops_for

# Those who keep the shop's books see what it owes to each; nobody else sees another's income.
KEEP_THE_BOOKS = (Role.MANAGER, Role.ACCOUNTANT, Role.AUDITOR)
SPEAK_FOR_A_COMMUNITY = (Affiliation.Part.LEADER, Affiliation.Part.CONTACT)


def own_accounts(user: AnyUser, on: date) -> QuerySet[ConsignorAccount]:
    """The user's own, and those of the communities that they lead or answer for."""
    if not isinstance(user, User) or user.party is None:
        return ConsignorAccount.objects.none()
    spoken_for = affiliations_on(user.party, on).filter(part__in=SPEAK_FOR_A_COMMUNITY)
    return ConsignorAccount.objects.filter(
        Q(consignor=user.party) | Q(consignor__in=spoken_for.values("community"))
    ).order_by("consignor_id", "shop_id")


def accounts_visible_to(user: AnyUser, on: date) -> QuerySet[ConsignorAccount]:
    """Own accounts, and all accounts of the shops whose books the user keeps."""
    if not isinstance(user, User):
        return ConsignorAccount.objects.none()
    kept = shops_for(user, *KEEP_THE_BOOKS, day=on)
    own = own_accounts(user, on).order_by().values("pk")
    return ConsignorAccount.objects.filter(Q(pk__in=own) | Q(shop__in=kept)).order_by("id")
