"""The vote: on a quorum, secret, every paper counted; the decision: signed by three."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ayil.decisions.actions import (
    close_poll,
    count_poll,
    count_quorum,
    draw_lot,
    enter_ballots,
    name_maker,
    open_poll,
    propose,
    record_resource,
    review_decision,
    sign_decision,
    supersede_decision,
)
from ayil.decisions.models import (
    Ballot,
    Decision,
    DecisionSigning,
    LocalResource,
    LotDrawing,
    Poll,
    PollTally,
    SigningPart,
)
from ayil.decisions.queries import (
    assembly_figures,
    has_standing_decision,
    standing_decision,
    villages_with_decision,
)
from ayil.decisions.rules import Stage, Verdict
from ayil.kit import guards
from ayil.kit.errors import AyilError, Conflict
from ayil.members.actions import grant_role
from ayil.members.models import Role
from tests.decisions.barskoon import AT, HELD, YURTS, Barskoon, breaches, decided, village, villager

LATER = date(2012, 7, 1)


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    """Quorate, with three proposals."""
    made = Barskoon()
    made.quorate()
    made.propose()
    return made


@pytest.mark.django_db
def test_a_village_decides_from_notice_to_signature() -> None:
    barskoon, decision = decided()
    figures = assembly_figures(barskoon.assembly)
    assert figures.stage == Stage.SIGNED
    assert decision.proposal.name_en == "Yurts"
    assert [(a.proposal.symbol, a.ballots) for a in figures.approvals] == [
        ("yurt", 7), ("felt", 3), ("jam", 2),
    ]  # fmt: skip
    assert figures.tally is not None
    assert (figures.tally.valid, figures.tally.none, figures.tally.spoiled) == (10, 1, 1)
    assert decision.minutes["rounds"][0]["unused"] == 1
    assert decision.minutes["women"] == 7
    assert standing_decision(barskoon.village, LATER) == decision
    assert list(villages_with_decision(LATER)) == [barskoon.village]
    assert breaches() == []


def test_a_decision_stands_only_when_three_have_signed(barskoon: Barskoon) -> None:
    barskoon.vote(YURTS)
    decision = barskoon.minute()
    assert assembly_figures(barskoon.assembly).stage == Stage.MINUTED
    for part, signer in (
        (SigningPart.CHAIR, barskoon.chair),
        (SigningPart.REGISTRAR, barskoon.registrar),
    ):
        sign_decision(decision=decision, part=part, signer=signer, on=HELD, at=AT)
        assert not has_standing_decision(barskoon.village, LATER)
    sign_decision(
        decision=decision, part=SigningPart.COUNTER, signer=barskoon.counter, on=LATER, at=AT
    )
    assert not has_standing_decision(barskoon.village, HELD)
    assert has_standing_decision(barskoon.village, LATER)


def test_who_signs_is_who_did_it_and_three_people(barskoon: Barskoon) -> None:
    barskoon.vote(YURTS)
    decision = barskoon.minute()

    def sign(part: SigningPart, signer: object) -> None:
        sign_decision(decision=decision, part=part, signer=signer, on=HELD, at=AT)  # type: ignore[arg-type]

    with pytest.raises(AyilError, match="was not the registrar"):
        sign(SigningPart.REGISTRAR, barskoon.chair)
    with pytest.raises(AyilError, match="was not the counter"):
        sign(SigningPart.COUNTER, barskoon.registrar)
    sign(SigningPart.REGISTRAR, barskoon.registrar)
    with pytest.raises(AyilError, match="three people"):
        sign(SigningPart.CHAIR, barskoon.registrar)
    with pytest.raises(AyilError, match="signed by its registrar"):
        sign(SigningPart.REGISTRAR, barskoon.registrar)
    grant_role(party=barskoon.chair, role=Role.DONOR, since=HELD, by=barskoon.registrar)
    with pytest.raises(AyilError, match="has no say"):
        sign(SigningPart.CHAIR, barskoon.chair)
    with pytest.raises(IntegrityError, match="neither keeps the roll"), transaction.atomic():
        DecisionSigning.objects.create(
            decision=decision, part="counter", signer=barskoon.proposers[2], on=HELD, recorded_at=AT
        )


def test_no_signature_without_a_tally_and_its_quorum(barskoon: Barskoon) -> None:
    barskoon.vote(YURTS)
    decision = barskoon.minute()
    guards.remove(connection, only=["decisions_quorumcount_no_update"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_quorumcount SET present = 5, women = 5")
    with pytest.raises(IntegrityError, match="with a quorum"), transaction.atomic():
        DecisionSigning.objects.create(
            decision=decision, part="chair", signer=barskoon.chair, on=HELD, recorded_at=AT
        )
    assert any("5 were present, 6 are a quorum" in line for line in breaches())


def test_a_vote_opens_on_the_last_count_of_a_quorum(barskoon: Barskoon) -> None:
    count_quorum(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, present=5)
    with pytest.raises(AyilError, match="has no quorum: 5 of 6"):
        open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    for quorum in barskoon.assembly.quorum_counts.all():
        with pytest.raises(IntegrityError, match="is a quorum"), transaction.atomic():
            Poll.objects.create(
                assembly=barskoon.assembly, round=1, paper=[1], quorum=quorum,
                by=barskoon.registrar, opened_at=AT,
            )  # fmt: skip
    count_quorum(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, present=6)
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)


def test_papers_are_no_more_than_people_and_all_are_entered(barskoon: Barskoon) -> None:
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    words = {"poll": poll, "by": barskoon.registrar, "at": AT}
    with pytest.raises(AyilError, match="Close the vote"):
        enter_ballots(poll=poll, papers=[{1}])
    for issued, unused in ((13, 0), (5, 6), (5, -1)):
        with pytest.raises(AyilError, match="do not fit"):
            close_poll(**words, issued=issued, unused=unused)
    close_poll(**words, issued=10, unused=2)
    with pytest.raises(AyilError, match="closed already"):
        close_poll(**words, issued=10, unused=2)
    with pytest.raises(AyilError, match="enter the 8 papers"):
        count_poll(poll=poll, by=barskoon.counter, at=AT)
    for papers, refusal in (([{1}] * 7, "leave 8"), ([{1}] * 7 + [{9}], "9 is not on the paper")):
        with pytest.raises(AyilError, match=refusal):
            enter_ballots(poll=poll, papers=papers)
    enter_ballots(poll=poll, papers=[{1}] * 8)
    with pytest.raises(AyilError, match="counts once"):
        enter_ballots(poll=poll, papers=[{1}] * 8)
    with pytest.raises(AyilError, match="proposed a product and cannot count"):
        count_poll(poll=poll, by=barskoon.proposers[0], at=AT)
    count_poll(poll=poll, by=barskoon.counter, at=AT)
    with pytest.raises(AyilError, match="counted before"):
        count_poll(poll=poll, by=barskoon.counter, at=AT)
    with pytest.raises(IntegrityError, match="before they are counted"), transaction.atomic():
        Ballot.objects.create(poll=poll, marks=[1])


def test_a_tally_that_leaves_papers_out_is_refused_by_the_database(barskoon: Barskoon) -> None:
    poll = barskoon.poll(YURTS)
    for valid in (9, 11):
        with pytest.raises(IntegrityError, match="counts every paper"), transaction.atomic():
            PollTally.objects.create(
                poll=poll, approvals=[], valid=valid, none=0, spoiled=1, verdict="chosen",
                leaders=[1], sha256=b"", by=barskoon.counter, counted_at=AT,
            )  # fmt: skip


def test_a_ballot_is_secret(barskoon: Barskoon) -> None:
    stored = {field.name for field in Ballot._meta.get_fields()}
    assert stored == {"id", "poll", "marks", "spoiled"}
    given_in = [{1}] * 6 + [{2}] * 6
    kept_in_order = 0
    poll = barskoon.poll(given_in)
    with connection.cursor() as cursor:
        order = "ctid" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT marks FROM decisions_ballot ORDER BY {order}")  # noqa: S608 - ours
        as_stored = [str(marks) for (marks,) in cursor.fetchall()]
    kept_in_order += as_stored == [str(sorted(paper)) for paper in given_in]
    assert kept_in_order == 0  # one chance in 924 of shuffling into the order of the box
    assert Ballot.objects.filter(poll=poll).count() == 12


def test_a_runoff_takes_the_leaders_and_may_end_by_lot(barskoon: Barskoon) -> None:
    tally = barskoon.vote([{1}] * 4 + [{2}] * 4 + [{3}] * 2)
    assert (tally.verdict, tally.leaders) == (Verdict.RUNOFF.value, [1, 2])
    with pytest.raises(AyilError, match="chosen nothing"):
        barskoon.minute()
    with pytest.raises(AyilError, match="runoff that is equal"):
        draw_lot(tally=tally, number=1, witnesses="Ermek", by=barskoon.registrar, at=AT)
    second = barskoon.vote([{1}] * 5 + [{2}] * 5)
    assert second.poll.paper == [1, 2]
    assert (second.verdict, second.leaders) == (Verdict.TIE.value, [1, 2])
    for number, witnesses in ((3, "Ermek"), (1, " ")):
        with pytest.raises(AyilError, match="the lot is between"):
            draw_lot(tally=second, number=number, witnesses=witnesses, by=barskoon.registrar, at=AT)
    draw_lot(tally=second, number=2, witnesses="Ermek, Elnura", by=barskoon.registrar, at=AT)
    decision = barskoon.minute()
    assert decision.proposal.name_en == "Felt"
    assert decision.minutes["lot"] == {"number": 2, "witnesses": "Ermek, Elnura"}
    with pytest.raises(AyilError, match="no runoff"):
        open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    barskoon.sign(decision)
    assert breaches() == []


def test_no_lot_where_nothing_is_equal(barskoon: Barskoon) -> None:
    tally = barskoon.vote(YURTS)
    with pytest.raises(IntegrityError, match="is equal"), transaction.atomic():
        LotDrawing.objects.create(
            tally=tally, number=2, witnesses="w", by=barskoon.counter, drawn_at=AT
        )


def test_a_village_may_choose_none(barskoon: Barskoon) -> None:
    assert barskoon.vote([set()] * 7 + [{1}] * 3).verdict == Verdict.NONE.value
    assert assembly_figures(barskoon.assembly).stage == Stage.VOTED
    with pytest.raises(AyilError, match="chosen nothing"):
        barskoon.minute()
    with pytest.raises(AyilError, match="no runoff"):
        barskoon.vote([{1}] * 10)


def test_a_decision_is_what_was_chosen(barskoon: Barskoon) -> None:
    with pytest.raises(AyilError, match="not been counted"):
        barskoon.minute()
    tally = barskoon.vote(YURTS)
    with pytest.raises(IntegrityError, match="of its own assembly"), transaction.atomic():
        Decision.objects.create(
            assembly=barskoon.assembly, village=village("tamga", "Tamga"), tally=tally,
            proposal=barskoon.assembly.proposals.get(number=1), on=HELD, minutes={}, sha256=b"",
            by=barskoon.registrar, recorded_at=AT,
        )  # fmt: skip
    barskoon.minute()
    with pytest.raises(AyilError, match="minutes already"):
        barskoon.minute()


@pytest.mark.django_db
def test_a_decision_is_reviewed_and_superseded() -> None:
    barskoon, decision = decided()
    review_decision(
        decision=decision, on=date(2013, 5, 12), finding="kept: 14 sold", by=barskoon.chair, at=AT
    )
    other = decided("tamga", "Tamga")[1]
    with pytest.raises(AyilError, match="in the place of"):
        supersede_decision(
            decision=decision, newer=other, on=LATER, reason="r", by=barskoon.chair, at=AT
        )
    supersede_decision(
        decision=decision, on=date(2013, 6, 1), reason="no willow left", by=barskoon.chair, at=AT
    )
    assert standing_decision(barskoon.village, date(2013, 5, 31)) == decision
    assert standing_decision(barskoon.village, date(2013, 6, 1)) is None
    assert assembly_figures(barskoon.assembly).stage == Stage.SUPERSEDED
    assert list(villages_with_decision(date(2013, 6, 1))) == [other.village]
    with pytest.raises(AyilError, match="superseded before"):
        supersede_decision(decision=decision, on=LATER, reason="r", by=barskoon.chair, at=AT)


def test_a_proposal_is_the_villages_own(barskoon: Barskoon) -> None:
    tamga = village("tamga", "Tamga")
    words = {
        "assembly": barskoon.assembly, "names": ("Honey", "Мёд", "Бал"), "symbol": "bee",
        "proposer": barskoon.proposers[0], "resource": barskoon.resource(), "at": AT,
    }  # fmt: skip
    salt = record_resource(
        village=tamga, kind=LocalResource.Kind.EARTH, name="salt", yearly_amount=1, unit="t",
        access="lease", by=barskoon.registrar, at=AT,
    )  # fmt: skip
    for change, refusal in (
        ({"proposer": villager("Sadyr", tamga)}, "does not live in"),
        ({"resource": salt}, "not a resource of"),
        ({"symbol": "yurt"}, "is taken"),
        ({"names": ("Honey", "Мёд", "")}, "three languages"),
    ):
        with pytest.raises(AyilError, match=refusal):
            propose(**words | change)
    uid = barskoon.chair.uid
    first = propose(**words, uid=uid)
    assert propose(**words, uid=uid) == first
    with pytest.raises(Conflict):
        propose(**words | {"symbol": "hive"}, uid=uid)
    assert first.number == 4
    maker = name_maker(proposal=first, person=barskoon.people[4], may_be_named=True)
    assert name_maker(proposal=first, person=barskoon.people[4], may_be_named=True) == maker
    with pytest.raises(AyilError, match="not one of"):
        name_maker(proposal=first, person=villager("x", tamga), may_be_named=True)
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, paper=[1, 4])
    with pytest.raises(AyilError, match=r"vote of .* has begun"):
        propose(**words | {"symbol": "hive"})


def test_a_resource_says_how_much_and_whose(barskoon: Barskoon) -> None:
    for change in ({"access": ""}, {"yearly_amount": -1}, {"season": (0, 12)}):
        with pytest.raises(AyilError, match="whose right"):
            record_resource(**{
                "village": barskoon.village, "kind": LocalResource.Kind.WOOL, "name": "wool",
                "yearly_amount": 5, "unit": "t", "access": "own flocks", "by": barskoon.registrar,
                "at": AT,
            } | change)  # fmt: skip


def test_at_most_six_on_the_paper(barskoon: Barskoon) -> None:
    for number in range(4):
        propose(
            assembly=barskoon.assembly, names=("a", "b", "c"), symbol=f"s{number}",
            proposer=barskoon.chair, resource=barskoon.resource(), at=AT,
        )  # fmt: skip
    for paper in ((), (1, 99)):
        with pytest.raises(AyilError, match="Shorten the list"):
            open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, paper=paper)
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, paper=range(1, 7))


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("decisions_rollentry", "name = 'someone else' WHERE number = 1", "not those that were"),
        ("decisions_rollfreezing", "quorum_numerator = 2, quorum_denominator = 5", "not those"),
        ("decisions_polltally", "valid = 11", "the papers say"),
        ("decisions_polltally", "verdict = 'tie'", "the papers say"),
        ("decisions_decision", "minutes = '{\"chosen\": 2}'", "do not hash"),
    ],
)
@pytest.mark.django_db
def test_one_changed_word_behind_the_back_is_found(table: str, change: str, words: str) -> None:
    decided()
    guards.remove(connection, only=[f"{table}_no_update"])
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - our own words
    assert any(words in line for line in breaches())


@pytest.mark.django_db
def test_a_changed_ballot_is_found() -> None:
    decided()
    guards.remove(connection, only=["decisions_ballot_no_update"])
    ballot = Ballot.objects.filter(spoiled=True).get()
    Ballot.objects.filter(pk=ballot.pk).update(spoiled=False, marks=[2])
    assert any("the papers say" in line for line in breaches())


@pytest.mark.django_db
def test_figures_take_as_many_queries_for_three_proposals_as_for_six() -> None:
    barskoon = Barskoon()
    barskoon.quorate()
    barskoon.propose()
    counts = []
    for round_ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assembly_figures(barskoon.assembly)
        counts.append(len(queries))
        for number in range(3 * (1 - round_)):
            propose(
                assembly=barskoon.assembly, names=("a", "b", "c"), symbol=f"s{number}",
                proposer=barskoon.chair, resource=barskoon.resource(), at=AT,
            )  # fmt: skip
    assert counts[0] == counts[1]


class RandomVotes(TestCase):
    @settings(max_examples=20)
    @given(
        st.lists(st.none() | st.sets(st.integers(1, 3)), min_size=1, max_size=12),
        st.lists(st.none() | st.sets(st.integers(1, 3)), min_size=1, max_size=12),
    )
    def test_any_vote_leaves_nothing_broken_and_nothing_chosen_without_a_majority(
        self, first: list[set[int] | None], second: list[set[int] | None]
    ) -> None:
        barskoon = Barskoon()
        barskoon.quorate()
        barskoon.propose()
        tally = barskoon.vote(first)
        if tally.verdict in {"runoff", "tie"}:
            on_paper = set(tally.leaders)
            tally = barskoon.vote([p if p is None else p & on_paper for p in second])
        if tally.verdict == "chosen":
            barskoon.sign(barskoon.minute())
            counts = dict(map(tuple, tally.approvals))
            assert 2 * counts[tally.leaders[0]] > tally.valid
        assert has_standing_decision(barskoon.village, LATER) == (tally.verdict == "chosen")
        assert breaches() == []
