"""What waits at the doors: who handles money and has no second factor, cards never used; and
messages that did not come."""

from datetime import UTC, date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.members.messages.log import LATELY, failures
from ayil.members.messages.queue import open_messages
from ayil.members.models import Card, CardTry, RoleGrant, User, Way
from ayil.members.rights import TOUCHES_MONEY, Right, has_right, shops_with
from ayil.members.waiting import Waiting, shops_in_sight

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


def messages_waiting(user: User, day: date) -> list[Waiting]:
    """Messages that did not come of late, for who may see them; slips for the next car."""
    found = [_slips(user, day)]
    if has_right(user, Right.SEE_MESSAGES, day=day):
        found.append(_failed(user, day))
    return found


def _failed(user: User, day: date) -> Waiting:
    since = datetime.combine(day, time(), UTC) - LATELY
    failed = failures(shops_with(user, Right.SEE_MESSAGES, day=day), since)
    count = failed.count()
    first = failed.values_list("at__date", "message__shop__code").first()
    return Waiting(
        what=ngettext(
            "%(count)s message did not come: ask whether the telephone is right",
            "%(count)s messages did not come: ask whether the telephones are right",
            count,
        )
        % {"count": count},
        count=count,
        oldest=first[0] if first else None,
        address=f"{reverse('messages')}?shop={first[1]}&only=failed" if first else "",
        right=Right.SEE_MESSAGES,
    )


def _slips(user: User, day: date) -> Waiting:
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    slips = open_messages().filter(way=Way.SLIP, shop__in=shops)
    count = slips.count()
    first = slips.order_by("made_at").values_list("made_at__date", "shop__code").first()
    is_theirs = has_right(user, Right.RECEIVE_GOODS, day=day)
    return Waiting(
        what=ngettext(
            "%(count)s slip of paper waits for the next car",
            "%(count)s slips of paper wait for the next car",
            count,
        )
        % {"count": count},
        count=count,
        oldest=first[0] if first else None,
        address=f"{reverse('slips')}?shop={first[1]}" if first and is_theirs else "",
        right=Right.RECEIVE_GOODS,
    )
