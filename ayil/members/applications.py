"""Reads over applications and memberships: what waits, who belongs through what, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.kit.clock import local_date
from ayil.members.identities import groups, identities_of
from ayil.members.models import (
    Affiliation,
    Appeal,
    AppealAnswer,
    Application,
    MembershipEvent,
    MembershipStep,
    Party,
    PartyKind,
    User,
)
from ayil.members.queries import last_step
from ayil.members.rights import Right
from ayil.members.rules import FEWEST_CONTACTS, is_member, own_steps_after
from ayil.members.waiting import Waiting

Part = Affiliation.Part
CONTACT_PARTS = (Part.LEADER, Part.CONTACT)
DECIDED_SHOWN_DAYS = 30
DECIDED_SHOWN = 50


@dataclass(frozen=True)
class Step:
    """One line of a membership's time line, in the reader's language.

    `by` is None for what the rule did; `is_appeal` marks what is no step of the life cycle but
    stands between two of them.
    """

    on: date
    label: str
    words: str
    by: Party | None
    is_appeal: bool = False


@dataclass(frozen=True)
class Belonging:
    """Why somebody is a member on a day: by their own last step, or through communities."""

    step: str | None
    through: Sequence[Party]

    @property
    def is_member(self) -> bool:
        return is_member(self.step) or bool(self.through)

    @property
    def label(self) -> str:
        return str(MembershipStep(self.step).label) if self.step else ""


def last_event(party: Party) -> MembershipEvent | None:
    return MembershipEvent.objects.filter(party=party).order_by("-id").first()


def standing_affiliations(day: date) -> QuerySet[Affiliation]:
    """Affiliations that began and have not ended on the day."""
    return Affiliation.objects.filter(since__lte=day).filter(
        Q(end__isnull=True) | Q(end__on__gt=day)
    )


def lacks_contacts(party: Party, day: date) -> bool:
    """Whether a community has fewer people to turn to than it needs; others never lack any.

    Two records that were merged into one person are one contact.
    """
    if party.kind != PartyKind.COMMUNITY:
        return False
    people = set(
        standing_affiliations(day)
        .filter(community=party, part__in=CONTACT_PARTS)
        .values_list("person", flat=True)
    )
    merged = {pk: min(person) for person in groups() for pk in person}
    return len({merged.get(pk, pk) for pk in people}) < FEWEST_CONTACTS


def _with_people(applications: QuerySet[Application]) -> QuerySet[Application]:
    return applications.select_related("event__party__village", "event__by")


def _later() -> QuerySet[MembershipEvent]:
    return MembershipEvent.objects.filter(party=OuterRef("event__party"), id__gt=OuterRef("event"))


def unanswered() -> QuerySet[Application]:
    """Applications after which nothing happened yet, the oldest first."""
    return _with_people(Application.objects.filter(~Exists(_later()))).order_by(
        "event__on", "event_id"
    )


def open_appeals() -> QuerySet[Appeal]:
    """Appeals that nobody has answered, the oldest first."""
    return (
        Appeal.objects.filter(answer__isnull=True)
        .select_related("refusal__party__village", "refusal__by")
        .order_by("at", "id")
    )


def decided_lately(day: date) -> QuerySet[MembershipEvent]:
    """Admissions and refusals of the last days, the latest first, with their applications."""
    return (
        MembershipEvent.objects.filter(
            step__in=[MembershipStep.ADMITTED, MembershipStep.REFUSED],
            on__gt=day - timedelta(days=DECIDED_SHOWN_DAYS),
            party__membership_events__application__isnull=False,
        )
        .select_related("party__village", "by")
        .distinct()
        .order_by("-id")[:DECIDED_SHOWN]
    )


def applications_of(party_ids: Sequence[int]) -> dict[int, Application]:
    """The latest application of each party, by the party's key; one query."""
    found = Application.objects.filter(event__party__in=party_ids).select_related("event")
    return {application.event.party_id: application for application in found.order_by("event_id")}


def membership_of(party: Party) -> list[Step]:
    """Every step of a membership with its appeals, in their order, over all of one's records."""
    events = (
        MembershipEvent.objects.filter(party__in=identities_of(party))
        .select_related("by", "application", "appeal__by", "appeal__answer__by")
        .order_by("id")
    )
    return [step for event in events for step in _steps(event)]


def own_steps_of(party: Party) -> list[tuple[str, str]]:
    """The steps that may be entered next without an application, each with its word."""
    return [(step, str(MembershipStep(step).label)) for step in own_steps_after(last_step(party))]


def _steps(event: MembershipEvent) -> list[Step]:
    words = event.reason
    application = getattr(event, "application", None)
    if application is not None:
        words = str(application.get_way_display())
    elif event.by is None:
        words = _("by rule: nobody refused in time")
    found = [Step(event.on, str(MembershipStep(event.step).label), words, event.by)]
    appealed = getattr(event, "appeal", None)
    if appealed is not None:
        found.append(_appeal_step(appealed))
        answer = getattr(appealed, "answer", None)
        if answer is not None:
            found.append(_answer_step(answer))
    return found


def _appeal_step(appeal: Appeal) -> Step:
    return Step(local_date(appeal.at), _("appealed"), appeal.words, appeal.by, is_appeal=True)


def _answer_step(answer: AppealAnswer) -> Step:
    label = _("the appeal was right") if answer.admits else _("the refusal stands")
    return Step(local_date(answer.at), label, answer.reason, answer.by, is_appeal=True)


def belonging_of(party: Party, day: date) -> Belonging:
    """Over all of one's records: a step that makes a member counts before one that does not.

    A constant number of queries, however many communities there are.
    """
    own = identities_of(party)
    standing = standing_affiliations(day).filter(person__in=own)
    communities = list(Party.objects.filter(pk__in=standing.values("community")))
    last = {
        event.party_id: event.step
        for event in MembershipEvent.objects.filter(
            Q(party__in=own) | Q(party__in=communities), on__lte=day
        )
        .order_by("id")
        .only("party_id", "step")
    }
    through = [community for community in communities if is_member(last.get(community.pk))]
    steps = [last[pk] for pk in (party.pk, *sorted(own)) if pk in last]
    step = next((step for step in steps if is_member(step)), steps[0] if steps else None)
    return Belonging(step, through)


def waiting(user: User, day: date) -> list[Waiting]:
    """For the desk: applications to look at, appeals to answer. Two queries."""
    address = reverse("applications")
    applied = unanswered().order_by().aggregate(count=Count("pk"), oldest=Min("event__on"))
    appealed = open_appeals().order_by().aggregate(count=Count("pk"), oldest=Min("at"))
    found = []
    if applied["count"]:
        what = ngettext(
            "%(count)s application to look at",
            "%(count)s applications to look at",
            applied["count"],
        ) % {"count": applied["count"]}
        found.append(Waiting(what, applied["count"], applied["oldest"], address, Right.ADMIT))
    if appealed["count"]:
        what = ngettext(
            "%(count)s appeal to answer", "%(count)s appeals to answer", appealed["count"]
        ) % {"count": appealed["count"]}
        oldest = local_date(appealed["oldest"])
        found.append(Waiting(what, appealed["count"], oldest, address + "#appeals", Right.ADMIT))
    return found
