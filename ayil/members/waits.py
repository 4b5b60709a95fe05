"""What waits at the doors: who handles money and has no second factor, cards never used."""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.members.models import Card, CardTry, RoleGrant, User
from ayil.members.rights import TOUCHES_MONEY, Right, has_right
from ayil.members.waiting import Waiting

UNUSED_AFTER = timedelta(days=30)


def doors_waiting(user: User, day: date) -> list[Waiting]:
    """For whoever may know it: who gives roles, and who issues cards."""
    found = []
    if has_right(user, Right.GIVE_ROLE, day=day):
        found.append(_without_second_factor(day))
    if has_right(user, Right.ISSUE_CARD, day=day):
        found.append(_cards_never_used(day))
    return found


def _without_second_factor(day: date) -> Waiting:
    factors = Authenticator.objects.filter(user__party=OuterRef("party"))
    grants = RoleGrant.objects.filter(
        Q(end__isnull=True) | Q(end__on__gt=day),
        ~Exists(factors),
        role__in=TOUCHES_MONEY,
        since__lte=day,
    )
    people = grants.order_by("since").values_list("party__uid", "since")
    count = grants.values("party").distinct().count()
    first = people.first()
    return Waiting(
        what=ngettext(
            "%(count)s person handles money and has no second factor yet",
            "%(count)s people handle money and have no second factor yet",
            count,
        )
        % {"count": count},
        count=count,
        oldest=first[1] if first else None,
        address=reverse("person", args=[first[0]]) if first else "",
        right=Right.GIVE_ROLE,
    )


def _cards_never_used(day: date) -> Waiting:
    """Given out a month ago, and its PIN never typed rightly: lost, or not understood."""
    used = CardTry.objects.filter(number=OuterRef("number"), right=True)
    cards = Card.objects.filter(
        ~Exists(used), end__isnull=True, issued_at__date__lt=day - UNUSED_AFTER
    )
    count = cards.count()
    first = cards.order_by("issued_at").values_list("party__uid", "issued_at__date").first()
    return Waiting(
        what=ngettext(
            "%(count)s card was never used: ask whether it is lost",
            "%(count)s cards were never used: ask whether they are lost",
            count,
        )
        % {"count": count},
        count=count,
        oldest=first[1] if first else None,
        address=reverse("person", args=[first[0]]) if first else "",
        right=Right.ISSUE_CARD,
    )
