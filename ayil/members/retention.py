"""How long what is kept of people is kept, and the deleting of what is due.

RULES is the one table: `apply_retention` carries it out, and the public page about privacy shows
the same lines.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from ayil.kit.clock import local_date
from ayil.members.models import (
    Affiliation,
    ChatInvitation,
    Look,
    MembershipEvent,
    MembershipStep,
    Message,
    MessageAttempt,
    MessageEnd,
    OutgoingMessage,
    Party,
    RetentionRun,
    SignInLink,
    SignInLinkUse,
)
from ayil.members.models.doors import CardTry, LinkRequest
from ayil.members.models.messages import MessageOutcome

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Rule:
    """`what` is kept for `keep` and no longer, because of `why`; `carry_out` answers how many rows
    were due at the moment given, and deletes them unless it is a dry run."""

    code: str
    what: object
    keep: timedelta
    why: object
    carry_out: Callable[[datetime, bool], int]

    @property
    def years(self) -> int:
        return self.keep // YEAR

    @property
    def days(self) -> int:
        return self.keep.days


def _delete(found: Iterable[QuerySet], dry: bool) -> int:  # type: ignore[type-arg]
    """Deletes the rows in this order (what points at others first); counts them."""
    total = 0
    for rows in found:
        total += rows.count()
        if not dry:
            rows.delete()
    return total


def _wrong_tries(before: datetime, dry: bool) -> int:
    kept = (AccessAttempt, AccessFailureLog, AccessLog)
    tries = [model.objects.filter(attempt_time__lt=before) for model in kept]
    others = [CardTry.objects.filter(at__lt=before), LinkRequest.objects.filter(at__lt=before)]
    return _delete([*tries, *others], dry)


def _ended_sessions(before: datetime, dry: bool) -> int:
    ended = Session.objects.filter(expire_date__lt=before)
    live = Session.objects.filter(expire_date__gte=before).values("session_key")
    return _delete([UserSession.objects.exclude(session_key__in=live), ended], dry)


def _old_links(before: datetime, dry: bool) -> int:
    links = SignInLink.objects.filter(ends_at__lt=before)
    uses = SignInLinkUse.objects.filter(link__in=links)
    mails = EmailConfirmation.objects.filter(created__lt=before)
    invited = ChatInvitation.objects.filter(ends_at__lt=before, chat__isnull=True)
    return _delete([uses, links, mails, invited], dry)


def _old_messages(before: datetime, dry: bool) -> int:
    sent = OutgoingMessage.objects.filter(at__lt=before)
    told = Message.objects.filter(ends_at__lt=before)
    hanging = [model.objects.filter(message__in=told) for model in (MessageAttempt, MessageEnd)]
    return _delete([MessageOutcome.objects.filter(message__in=sent), sent, *hanging, told], dry)


def _old_looks(before: datetime, dry: bool) -> int:
    return _delete([Look.objects.filter(at__lt=before)], dry)


def _old_history(before: datetime, dry: bool) -> int:
    return _delete([Party.history.filter(history_date__lt=before)], dry)


def _reached_after(step: MembershipStep, before: datetime) -> QuerySet[Party]:
    """Those with a phone whose membership came to this step before that day, and no further, and
    who belong to no community now."""
    last = MembershipEvent.objects.filter(party=OuterRef("pk")).order_by("-id")
    belongs = Affiliation.objects.filter(end__isnull=True).values("person")
    return (
        Party.objects.annotate(
            last_step=Subquery(last.values("step")[:1]), since=Subquery(last.values("on")[:1])
        )
        .filter(last_step=step, since__lt=local_date(before))
        .exclude(phone="")
        .exclude(pk__in=belongs)
    )


def _forget_phones(parties: QuerySet[Party], dry: bool) -> int:
    """From the record and from what the record said before."""
    found = list(parties.values_list("pk", flat=True))
    if not dry:
        Party.objects.filter(pk__in=found).update(phone="")
        Party.history.filter(id__in=found).update(phone="")
    return len(found)


def _phones_of_the_refused(before: datetime, dry: bool) -> int:
    waiting = MembershipEvent.objects.filter(appeal__isnull=False, appeal__answer__isnull=True)
    refused = _reached_after(MembershipStep.REFUSED, before)
    return _forget_phones(refused.exclude(pk__in=waiting.values("party")), dry)


def _phones_of_those_who_left(before: datetime, dry: bool) -> int:
    return _forget_phones(_reached_after(MembershipStep.LEFT, before), dry)


RULES: Sequence[Rule] = (
    Rule(
        "wrong-tries",
        _("Wrong passwords and PINs, and who asked for a sign-in link, with the network address"),
        timedelta(days=90),
        _("to see who tries to get in as somebody else"),
        _wrong_tries,
    ),
    Rule(
        "sessions",
        _("Where you were signed in"),
        timedelta(0),
        _("deleted as soon as the sign-in ends"),
        _ended_sessions,
    ),
    Rule(
        "links",
        _("Sign-in links that were used or ran out, and links to our bot that nobody opened"),
        timedelta(days=30),
        _("to answer who was let in by a link"),
        _old_links,
    ),
    Rule(
        "messages",
        _("Messages to you, and whether they came; of a sign-in link never the words"),
        YEAR,
        _("to answer whether you were told"),
        _old_messages,
    ),
    Rule(
        "looks",
        _("Who of the staff looked at your data"),
        3 * YEAR,
        _("so that you can ask why"),
        _old_looks,
    ),
    Rule(
        "phones-of-refused",
        _("The phone of somebody who was refused"),
        YEAR,
        _("for an appeal, and to answer it"),
        _phones_of_the_refused,
    ),
    Rule(
        "phones-of-left",
        _("The phone of somebody who left"),
        3 * YEAR,
        _("to settle what is still owed"),
        _phones_of_those_who_left,
    ),
    Rule(
        "history",
        _("What your record said before it was corrected"),
        10 * YEAR,
        _("to find and undo a wrong correction"),
        _old_history,
    ),
)


def apply_retention(*, at: datetime, dry_run: bool = False) -> dict[str, int]:
    """Deletes whatever is due by each rule; answers how many rows a rule, by its code.

    Safe to repeat: the second run finds nothing. A dry run counts and changes nothing.
    """
    with transaction.atomic():
        counts = {rule.code: rule.carry_out(at - rule.keep, dry_run) for rule in RULES}
        if not dry_run and any(counts.values()):
            RetentionRun.objects.create(at=at, counts=counts)
    return counts
