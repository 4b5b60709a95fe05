"""Every look of the staff at what is personal is written down, for the person to read."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ayil.kit.clock import local_date
from ayil.members.identities import identities_of
from ayil.members.models import Look, Party
from ayil.members.own import parties_spoken_for, speaks_for
from ayil.members.queries import affiliations_on


class Seen(models.TextChoices):
    """What was looked at, as the person reads it."""

    RECORD = "record", _("phone, year of birth and consents")
    STATEMENT = "statement", _("a statement")
    SALES = "sales", _("sales and lessons")
    OWED = "owed", _("what the shop owes")
    APPLICATION = "application", _("an application")
    ACCOUNT = "account", _("a bank account, masked or in a bank file")
    EXPORT = "export", _("all data in one file")
    LIST = "list", _("a list that was taken out as a file")


def is_their_own(*, party: Party, by: Party, on: date) -> bool:
    """Oneself, whom one speaks for, whose mandate one holds, and who is in one's community."""
    if speaks_for(by, party, on):
        return True
    spoken_for = parties_spoken_for(by, on).exclude(pk=by.pk)
    return affiliations_on(party, on).filter(community__in=spoken_for).exists()


def record_look(*, party: Party, by: Party, what: Seen, at: datetime) -> None:
    """One view of one page by the staff; what is one's own is not written down."""
    if not is_their_own(party=party, by=by, on=local_date(at)):
        Look.objects.create(party=party, by=by, what=what, at=at)


def record_looks(*, parties: Iterable[Party], by: Party, what: Seen, at: datetime) -> None:
    """One view of a page that names many: a row for each, in one statement."""
    own = set(parties_spoken_for(by, local_date(at)).values_list("pk", flat=True))
    Look.objects.bulk_create(
        Look(party=party, by=by, what=what, at=at) for party in parties if party.pk not in own
    )


def looks_at(party: Party) -> QuerySet[Look]:
    """Who of the staff looked at this person, the latest first."""
    mine = identities_of(party)
    return Look.objects.filter(party__in=mine).select_related("by").order_by("-id")
