"""Whoever applies is admitted; a refusal is written, read, appealed against and answered."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate, enter_party
from ayil.members.admission import (
    admit_applicant,
    admit_due,
    answer_appeal,
    appeal,
    refuse_applicant,
    take_step,
)
from ayil.members.applications import (
    belonging_of,
    last_event,
    membership_of,
    unanswered,
    waiting,
)
from ayil.members.doubles import merge
from ayil.members.joining import Named, apply_as_person
from ayil.members.models import (
    Affiliation,
    AppealAnswer,
    MembershipEvent,
    MembershipStep,
    Party,
    PartyKind,
    User,
)
from ayil.members.queries import is_member_on
from tests.cast import AT, DAY, Cast
from tests.members.applicants import WEEK_LATER, applied, form, officers, second_officer

Part = Affiliation.Part
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return officers()


@pytest.fixture
def other_officer(cast: Cast) -> Party:
    return second_officer(cast)


def test_an_officer_admits_at_once(cast: Cast) -> None:
    application = applied(cast)
    with pytest.raises(AyilError, match="may not do this"):
        admit_applicant(application=application, by=cast.aigul, on=DAY, at=AT)
    admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)
    assert is_member_on(application.event.party, DAY)
    with pytest.raises(AyilError, match="answered already"):
        admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)


def test_nobody_decides_on_their_own_application(cast: Cast) -> None:
    application = apply_as_person(
        applicant=Named("", record=cast.officer), form=form(), by=cast.officer, on=DAY, at=AT
    )
    with pytest.raises(AyilError, match="their own application"):
        admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)


def test_whom_nobody_refuses_is_admitted_by_rule(cast: Cast) -> None:
    early, late = applied(cast), applied(cast, "Meerim Iliazova", on=DAY + timedelta(days=1))
    assert admit_due(on=WEEK_LATER - timedelta(days=1), at=AT) == ([], [])
    assert admit_due(on=WEEK_LATER, at=AT) == ([early.event.party], [])
    assert admit_due(on=WEEK_LATER, at=AT) == ([], [])
    event = last_event(early.event.party)
    assert event is not None
    assert (event.step, event.by) == (MembershipStep.ADMITTED, None)
    assert not is_member_on(late.event.party, WEEK_LATER)
    with pytest.raises(AyilError, match="admitted by rule"):
        refuse_applicant(
            application=late, reason="too late", by=cast.officer,
            on=WEEK_LATER + timedelta(days=1), at=AT,
        )  # fmt: skip


def test_the_rule_admits_nobody_who_was_refused_or_has_left(cast: Cast) -> None:
    refused, gone = applied(cast), applied(cast, "Meerim Iliazova")
    refuse_applicant(application=refused, reason="a resale trader", by=cast.officer, on=DAY, at=AT)
    admit_applicant(application=gone, by=cast.officer, on=DAY, at=AT)
    take_step(party=gone.event.party, step=MembershipStep.LEFT, by=gone.event.party, on=DAY, at=AT)
    assert admit_due(on=WEEK_LATER, at=AT) == ([], [])


def test_only_the_rule_acts_without_a_name(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipEvent.objects.create(
            party=cast.jyldyz, step=MembershipStep.LEFT, on=DAY, recorded_at=AT
        )


def test_a_refusal_is_written_and_answered_by_another(cast: Cast, other_officer: Party) -> None:
    application = applied(cast)
    asel = application.event.party
    with pytest.raises(AyilError, match="reason"):
        refuse_applicant(application=application, reason=" ", by=cast.officer, on=DAY, at=AT)
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    with pytest.raises(AyilError, match="few words"):
        appeal(application=application, words=" ", by=None, at=AT)
    asked = appeal(application=application, words="I make felt myself", by=None, at=AT)
    assert asked.by == asel
    with pytest.raises(AyilError, match="already"):
        appeal(application=application, words="again", by=None, at=AT)
    with pytest.raises(AyilError, match="somebody else"):
        answer_appeal(appeal=asked, admits=True, reason="ok", by=cast.officer, on=DAY, at=AT)
    with pytest.raises(AyilError, match="may not do this"):
        answer_appeal(appeal=asked, admits=True, reason="ok", by=cast.aigul, on=DAY, at=AT)
    answer_appeal(
        appeal=asked, admits=True, reason="We saw her felt", by=other_officer, on=DAY, at=AT
    )
    assert is_member_on(asel, DAY)
    assert [step.label for step in membership_of(asel)] == [
        "applied", "refused", "appealed", "the appeal was right", "admitted",
    ]  # fmt: skip


def test_a_refusal_that_stands_lets_one_apply_again(cast: Cast, other_officer: Party) -> None:
    application = applied(cast)
    asel = application.event.party
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    asked = appeal(application=application, words="no", by=None, at=AT)
    answer_appeal(appeal=asked, admits=False, reason="it is", by=other_officer, on=DAY, at=AT)
    assert not is_member_on(asel, DAY)
    with pytest.raises(AyilError, match="answered already"):
        answer_appeal(appeal=asked, admits=True, reason="oh", by=other_officer, on=DAY, at=AT)
    apply_as_person(applicant=Named("", record=asel), form=form(), by=asel, on=DAY, at=AT)
    assert [found.event.party for found in unanswered()] == [asel]


def test_a_paper_appeal_needs_its_number(cast: Cast) -> None:
    application = applied(cast)
    with pytest.raises(AyilError, match="not refused"):
        appeal(application=application, words="why", by=None, at=AT)
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    with pytest.raises(AyilError, match="number of its paper"):
        appeal(application=application, words="why", by=cast.aigul, at=AT)
    asked = appeal(application=application, words="why", by=cast.aigul, at=AT, paper="B-1")
    assert (asked.by, asked.paper) == (cast.aigul, "B-1")


def test_the_database_too_admits_a_refused_one_only_by_appeal(
    cast: Cast, other_officer: Party
) -> None:
    application = applied(cast)
    asel = application.event.party
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)

    def write(step: str) -> None:
        MembershipEvent.objects.create(
            party=asel, step=step, on=DAY, by=cast.officer, recorded_at=AT
        )

    with pytest.raises(IntegrityError, match="appeal"), transaction.atomic():
        write("admitted")
    asked = appeal(application=application, words="no", by=None, at=AT)
    with pytest.raises(IntegrityError, match="who refused"), transaction.atomic():
        AppealAnswer.objects.create(appeal=asked, admits=True, reason="x", by=cast.officer, at=AT)
    answer_appeal(appeal=asked, admits=False, reason="it is", by=other_officer, on=DAY, at=AT)
    with pytest.raises(IntegrityError, match="appeal"), transaction.atomic():
        write("admitted")


def test_steps_are_the_members_own_to_say(cast: Cast) -> None:
    asel = applied(cast).event.party
    with pytest.raises(AyilError, match="cannot be entered"):
        take_step(party=asel, step=MembershipStep.ACTIVE, by=asel, on=DAY, at=AT)
    with pytest.raises(AyilError, match="may not do this"):
        take_step(party=cast.jyldyz, step=MembershipStep.LEFT, by=asel, on=DAY, at=AT)
    take_step(
        party=cast.jyldyz, step=MembershipStep.DORMANT, by=cast.jyldyz, on=DAY, at=AT,
        reason="at her daughter's",
    )  # fmt: skip
    assert is_member_on(cast.jyldyz, DAY)
    take_step(party=cast.jyldyz, step=MembershipStep.LEFT, by=cast.officer, on=DAY, at=AT)
    assert not is_member_on(cast.jyldyz, DAY)
    for outside in (MembershipStep.ADMITTED, MembershipStep.APPLIED, MembershipStep.REFUSED):
        with pytest.raises(AyilError, match="cannot be entered"):
            take_step(party=cast.jyldyz, step=outside, by=cast.officer, on=DAY, at=AT)


def test_only_events_make_a_member(cast: Cast) -> None:
    """Sales, an agreement, a role, a consent and a relation make nobody a member."""
    aigul = cast.aigul
    lot = cast.deliver(cast.jam, 5)
    take_step(party=cast.jyldyz, step=MembershipStep.LEFT, by=cast.jyldyz, on=DAY, at=AT)
    cast.till.send(cast.till.sale((lot, 2, 12_000)))
    assert not is_member_on(cast.jyldyz, DAY)
    assert not is_member_on(aigul, DAY)
    group = enter_party(kind=PartyKind.COMMUNITY, name="No member", at=AT)
    affiliate(person=aigul, community=group, since=DAY, by=cast.officer, part=Part.LEADER)
    assert not is_member_on(aigul, DAY)
    before = MembershipEvent.objects.count()
    admit_applicant(application=applied(cast), by=cast.officer, on=DAY, at=AT)
    assert MembershipEvent.objects.count() == before + 2


def test_the_desk_is_told_what_waits(cast: Cast, other_officer: Party) -> None:
    user = User.objects.create(username="nurlan", party=cast.officer)
    assert waiting(user, DAY) == []
    first = applied(cast)
    applied(cast, "Meerim Iliazova", on=DAY + timedelta(days=2))
    (told,) = waiting(user, DAY)
    assert (told.what, told.count, told.oldest) == ("2 applications to look at", 2, DAY)
    refuse_applicant(application=first, reason="resale", by=cast.officer, on=DAY, at=AT)
    appeal(application=first, words="no", by=None, at=AT)
    assert [one.what for one in waiting(user, DAY)] == [
        "1 application to look at", "1 appeal to answer",
    ]  # fmt: skip


@pytest.mark.parametrize("table", ["application", "appeal", "appealanswer"])
def test_what_was_written_stays(cast: Cast, other_officer: Party, table: str) -> None:
    application = applied(cast)
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    asked = appeal(application=application, words="no", by=None, at=AT)
    answer_appeal(appeal=asked, admits=False, reason="it is", by=other_officer, on=DAY, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM members_{table}")  # noqa: S608


def test_a_membership_of_one_record_is_the_persons(cast: Cast) -> None:
    """Of two records that were merged, the one that is a member speaks for both."""
    kept, double = applied(cast).event.party, applied(cast, "Асел Токтосунова")
    admit_applicant(application=double, by=cast.officer, on=DAY, at=AT)
    assert not belonging_of(kept, DAY).is_member
    merge(kept=kept, double=double.event.party, reason="same", by=cast.officer, at=AT)
    assert belonging_of(kept, DAY).step == MembershipStep.ADMITTED
    assert len(membership_of(kept)) == 3
