"""The decision that stands: what was chosen, signed by three; a changed word is found."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ayil.decisions.actions import (
    propose,
    review_decision,
    sign_decision,
    supersede_decision,
)
from ayil.decisions.models import (
    CountSheet,
    Decision,
    DecisionSigning,
    Part,
)
from ayil.decisions.queries import (
    assembly_figures,
    has_standing_decision,
    sheet_fingerprint,
    standing_decision,
    villages_with_decision,
)
from ayil.decisions.rules import Stage
from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Role
from tests.decisions.barskoon import AT, HELD, YURTS, Barskoon, breaches, decided, village

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
    assert [p.name_en for p in decision.proposals] == ["Yurts"]
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
        (Part.CHAIR, barskoon.chair),
        (Part.REGISTRAR, barskoon.registrar),
    ):
        sign_decision(decision=decision, part=part, signer=signer, on=HELD, at=AT)
        assert not has_standing_decision(barskoon.village, LATER)
    sign_decision(decision=decision, part=Part.COUNTER, signer=barskoon.counter, on=LATER, at=AT)
    assert not has_standing_decision(barskoon.village, HELD)
    assert has_standing_decision(barskoon.village, LATER)


def test_who_signs_is_who_did_it_and_three_people(barskoon: Barskoon) -> None:
    barskoon.vote(YURTS)
    decision = barskoon.minute()

    def sign(part: Part, signer: object) -> None:
        sign_decision(decision=decision, part=part, signer=signer, on=HELD, at=AT)  # type: ignore[arg-type]

    with pytest.raises(AyilError, match="was not the registrar"):
        sign(Part.REGISTRAR, barskoon.chair)
    with pytest.raises(AyilError, match="was not the counter"):
        sign(Part.COUNTER, barskoon.registrar)
    sign(Part.REGISTRAR, barskoon.registrar)
    with pytest.raises(AyilError, match="signed by its registrar"):
        sign(Part.REGISTRAR, barskoon.registrar)
    grant_role(
        party=barskoon.chair,
        role=Role.DONOR,
        donor=barskoon.people[0],
        since=HELD,
        by=barskoon.registrar,
    )
    with pytest.raises(AyilError, match="has no say"):
        sign(Part.CHAIR, barskoon.chair)
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


def test_a_decision_is_what_was_chosen(barskoon: Barskoon) -> None:
    with pytest.raises(AyilError, match="not been counted"):
        barskoon.minute()
    tally = barskoon.vote(YURTS)
    with pytest.raises(IntegrityError, match="of its own assembly"), transaction.atomic():
        Decision.objects.create(
            assembly=barskoon.assembly, village=village("tamga", "Tamga"), tally=tally,
            on=HELD, minutes={}, sha256=b"",
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


OF_THE_ROLL = ("roll_changes_by_erasure_alone", "decisions_rollentry_fixed")


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("decisions_rollentry", "name = 'someone else' WHERE number = 1", "is not who was entered"),
        ("decisions_rollentry", "leaf = salt WHERE number = 1", "not those that were"),
        ("decisions_rollentry", "salt = leaf WHERE number = 1", "is not who was entered"),
        ("decisions_rollfreezing", "quorum_numerator = 2, quorum_denominator = 5", "not those"),
        ("decisions_polltally", "valid = 11", "the papers say"),
        ("decisions_polltally", "verdict = 'tie'", "the papers say"),
        ("decisions_decision", "minutes = '{\"chosen\": 2}'", "do not hash"),
    ],
)
@pytest.mark.django_db
def test_one_changed_word_behind_the_back_is_found(table: str, change: str, words: str) -> None:
    decided()
    guards.remove(connection, only=[f"{table}_no_update", *OF_THE_ROLL])
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - our own words
    assert any(words in line for line in breaches())


@pytest.mark.django_db
def test_changed_papers_are_found() -> None:
    """Both sheets and their hashes are changed alike; what sealed the papers tells."""
    decided()
    guards.remove(connection, only=["decisions_countsheet_no_update"])
    for sheet in CountSheet.objects.all():
        sheet.piles[-1][0] = [2]
        piles, spoiled = sheet.piles, sheet.spoiled
        CountSheet.objects.filter(pk=sheet.pk).update(
            piles=piles, sha256=sheet_fingerprint(sheet.poll, sheet.counting, piles, spoiled)
        )
    assert any("not those that were sealed" in line for line in breaches())


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
                assembly=barskoon.assembly, names=("a", "b", "c"),
                symbol=("egg", "hat", "tea", "bag")[number],
                proposer=barskoon.chair, resource=barskoon.resource(), at=AT,
            )  # fmt: skip
    assert counts[0] == counts[1]
