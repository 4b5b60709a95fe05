"""What is kept of people goes when its time is over, and not a day before."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session

from ayil.members.actions import affiliate, record_membership
from ayil.members.looks import Seen
from ayil.members.models import (
    Appeal,
    Look,
    MembershipEvent,
    MembershipStep,
    OutgoingMessage,
    Party,
    PartyKind,
    RetentionRun,
    SignInLink,
    SignInLinkUse,
    Way,
)
from ayil.members.models.doors import CardTry
from ayil.members.models.messages import MessageOutcome
from ayil.members.retention import RULES, YEAR, apply_retention
from tests.site.cast import Programme, account_of, person, programme

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
KEPT = {rule.code: rule.keep for rule in RULES}
PHONE = "+996555123456"
Step = MembershipStep


@pytest.fixture
def made() -> Programme:
    return programme()


def reached(party: Party, made: Programme, when: datetime, *steps: Step) -> None:
    Party.objects.filter(pk=party.pk).update(phone=PHONE)
    for step in steps:
        record_membership(
            party=party, step=step, on=when.date(), by=made.officer, at=when, reason="as said"
        )


def wrong_try(made: Programme, when: datetime) -> None:
    CardTry.objects.create(number="1234567890", right=False, at=when)
    attempt = AccessAttempt.objects.create(username="asel", failures_since_start=1)
    log = AccessLog.objects.create(username="asel")
    for row in (attempt, log):
        type(row).objects.filter(pk=row.pk).update(attempt_time=when)


def session(made: Programme, when: datetime) -> None:
    user = account_of(person("Асел Токтосунова"))
    Session.objects.create(session_key="k", session_data="", expire_date=when)
    UserSession.objects.create(
        user=user, session_key="k", ip="10.0.0.1", user_agent="a phone", last_seen_at=when
    )


def link(made: Programme, when: datetime) -> None:
    made_link = SignInLink.objects.create(
        party=made.officer, token_hash=bytes(32), made_at=when, ends_at=when
    )
    SignInLinkUse.objects.create(link=made_link, at=when)


def message(made: Programme, when: datetime) -> None:
    sent = OutgoingMessage.objects.create(party=made.officer, way=Way.SMS, what="link", at=when)
    MessageOutcome.objects.create(message=sent, taken=True, at=when)


def look(made: Programme, when: datetime) -> None:
    Look.objects.create(party=made.manager, by=made.officer, what=Seen.RECORD, at=when)


def refused(made: Programme, when: datetime) -> None:
    reached(person("Асел Токтосунова"), made, when, Step.APPLIED, Step.REFUSED)


def left(made: Programme, when: datetime) -> None:
    steps = (Step.APPLIED, Step.ADMITTED, Step.ACTIVE, Step.LEFT)
    reached(person("Асел Токтосунова"), made, when, *steps)


def corrected(made: Programme, when: datetime) -> None:
    asel = person("Асел Токтосун кызы")
    Party.history.filter(id=asel.pk).update(history_date=when)


CASES: tuple[tuple[str, Callable[[Programme, datetime], None], int], ...] = (
    ("wrong-tries", wrong_try, 3),
    ("sessions", session, 2),
    ("links", link, 2),
    ("messages", message, 2),
    ("looks", look, 1),
    ("phones-of-refused", refused, 1),
    ("phones-of-left", left, 1),
    ("history", corrected, 1),
)


def test_every_rule_has_its_case() -> None:
    assert [code for code, _make, _rows in CASES] == list(KEPT)


@pytest.mark.parametrize(("code", "make", "rows"), CASES, ids=[case[0] for case in CASES])
def test_each_goes_when_its_time_is_over_and_not_before(
    made: Programme, code: str, make: Callable[[Programme, datetime], None], rows: int
) -> None:
    Party.history.all().delete()
    made_at = NOW - KEPT[code]
    make(made, made_at)
    assert sum(apply_retention(at=NOW - timedelta(days=2), dry_run=True).values()) == 0
    due = NOW + timedelta(days=2)
    wanted = dict.fromkeys(KEPT, 0) | {code: rows}
    assert apply_retention(at=due, dry_run=True) == wanted
    assert not RetentionRun.objects.exists()
    assert apply_retention(at=due) == wanted
    assert RetentionRun.objects.get().counts == wanted
    assert sum(apply_retention(at=due).values()) == 0
    assert RetentionRun.objects.count() == 1


def test_the_phone_goes_from_what_the_record_said_before(made: Programme) -> None:
    asel = person("Асел Токтосунова")
    asel.phone = PHONE
    asel.save()
    reached(asel, made, NOW - 3 * YEAR, Step.APPLIED, Step.ADMITTED, Step.ACTIVE, Step.LEFT)
    apply_retention(at=NOW + timedelta(days=2))
    asel.refresh_from_db()
    assert asel.phone == ""
    assert set(asel.history.values_list("phone", flat=True)) == {""}
    assert asel.name == "Асел Токтосунова"


def test_who_appeals_came_back_or_belongs_is_still_called(made: Programme) -> None:
    long_ago = NOW - 5 * YEAR
    asks, back, belongs = (person(name) for name in ("Асел", "Бурул", "Жамал"))
    reached(asks, made, long_ago, Step.APPLIED, Step.REFUSED)
    refusal = MembershipEvent.objects.get(party=asks, step=Step.REFUSED)
    Appeal.objects.create(refusal=refusal, words="Look again", by=asks, at=NOW)
    gone = (Step.APPLIED, Step.ADMITTED, Step.ACTIVE, Step.LEFT)
    reached(back, made, long_ago, *gone, Step.APPLIED, Step.ADMITTED)
    reached(belongs, made, long_ago, *gone)
    felt = Party.objects.create(kind=PartyKind.COMMUNITY, name="Кийиз", entered_at=NOW)
    affiliate(person=belongs, community=felt, since=NOW.date(), by=made.officer)
    counts = apply_retention(at=NOW)
    assert counts["phones-of-refused"] == counts["phones-of-left"] == 0
    assert set(Party.objects.exclude(phone="").values_list("pk", flat=True)) >= {
        asks.pk, back.pk, belongs.pk
    }  # fmt: skip
