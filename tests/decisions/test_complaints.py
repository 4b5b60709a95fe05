"""Something was wrong: said by anybody, answered by somebody without a part, and what follows."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from ayil.decisions.actions import count_poll
from ayil.decisions.actions.complaints import MOST_NAMELESS_AN_HOUR, answer_complaint, complain
from ayil.decisions.actions.sealing import seal_decision
from ayil.decisions.complaints import answer_due, complaint_counts, open_complaints
from ayil.decisions.models import (
    Complaint,
    ComplaintOutcome,
    Decision,
    DecisionAnnulment,
    DecisionPaper,
    Recount,
)
from ayil.decisions.queries import (
    assembly_figures,
    has_standing_decision,
    standing_decision,
    tally_of,
)
from ayil.decisions.recount import read_bundle, recount
from ayil.decisions.rules import Stage
from ayil.decisions.waits import decisions_waiting
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role, User
from ayil.products.actions import enter_product, name_village_product
from ayil.products.models import ProductKind, VillageProduct
from tests.decisions.barskoon import AT, HELD, YURTS, Barskoon, breaches, decided
from tests.decisions.test_minutes import photo, seen_by
from tests.rig.client import Client
from tests.site.cast import account_of, person

About, Verdict = Complaint.About, ComplaintOutcome.Verdict
SOON = HELD + timedelta(days=3)


@pytest.fixture
def made(db: None) -> tuple[Barskoon, Decision]:
    return decided()


@pytest.fixture
def officer(made: tuple[Barskoon, Decision]) -> Party:
    boss = person("Nurlan")
    grant_role(party=boss, role=Role.OFFICER, since=HELD, by=made[0].registrar)
    return boss


def complained(barskoon: Barskoon, **said: Any) -> Complaint:
    told: dict[str, Any] = {"about": About.COUNT, "words": "two papers lay under the table"}
    return complain(assembly=barskoon.assembly, on=SOON, at=AT, **(told | said))


def answered(complaint: Complaint, verdict: Verdict, by: Party) -> ComplaintOutcome:
    return answer_complaint(
        complaint=complaint, verdict=verdict, reason="looked into it", by=by, at=AT
    )


def recounted(barskoon: Barskoon, papers: list[Any]) -> None:
    """Both counters count the last round again."""
    poll = barskoon.assembly.polls.get()
    barskoon.enter(poll, papers)
    count_poll(poll=poll, by=barskoon.counter, at=AT)


def test_who_may_complain_and_until_when(made: tuple[Barskoon, Decision]) -> None:
    barskoon, _decision = made
    own = complained(barskoon, person=barskoon.proposers[1], by=barskoon.proposers[1])
    assert (own.how, own.person) == ("own", barskoon.proposers[1])
    nameless = complained(barskoon, origin="abc")
    assert (nameless.how, nameless.by, nameless.origin) == ("nameless", None, "abc")
    spoken = complained(barskoon, by=barskoon.registrar, how=Complaint.How.VOICE)
    assert (spoken.person, spoken.origin) == (None, "")
    uid = uuid.uuid4()
    assert complained(barskoon, uid=uid) == complained(barskoon, uid=uid)
    last = barskoon.assembly.held_on + timedelta(days=14)
    assert complain(assembly=barskoon.assembly, about=About.ROLL, words="w", on=last, at=AT)
    with pytest.raises(AyilError, match="taken until"):
        complain(
            assembly=barskoon.assembly, about=About.ROLL, words="w",
            on=last + timedelta(days=1), at=AT,
        )  # fmt: skip
    with pytest.raises(AyilError, match="in your own words"):
        complained(barskoon, words="  ")
    with pytest.raises(IntegrityError, match="comes_from_where"), transaction.atomic():
        Complaint.objects.create(
            assembly=barskoon.assembly, about="vote", how="own", words="w", on=SOON, at=AT
        )


def test_a_flood_over_one_connection_is_stopped(made: tuple[Barskoon, Decision]) -> None:
    for _one in range(MOST_NAMELESS_AN_HOUR):
        complained(made[0], origin="abc")
    with pytest.raises(AyilError, match="Very many"):
        complained(made[0], origin="abc")
    assert complained(made[0], origin="other")


def test_a_dismissed_one_says_why_and_changes_nothing(
    made: tuple[Barskoon, Decision], officer: Party
) -> None:
    barskoon, decision = made
    complaint = complained(barskoon)
    with pytest.raises(AyilError, match="Say why"):
        answer_complaint(
            complaint=complaint, verdict=Verdict.DISMISS, reason=" ", by=officer, at=AT
        )
    answered(complaint, Verdict.DISMISS, officer)
    with pytest.raises(AyilError, match="answered before"):
        answered(complaint, Verdict.ANNUL, officer)
    assert standing_decision(barskoon.village, SOON) == decision
    assert complaint_counts(barskoon.assembly).dismissed == 1


def test_who_had_a_part_in_it_answers_nothing(made: tuple[Barskoon, Decision]) -> None:
    barskoon, _decision = made
    complaint = complained(barskoon, person=barskoon.people[2], by=barskoon.people[2])
    for party in (barskoon.chair, barskoon.registrar, barskoon.second, barskoon.proposers[0]):
        with pytest.raises(AyilError, match="had a part"):
            answered(complaint, Verdict.DISMISS, party)
        with pytest.raises(IntegrityError, match="no part"), transaction.atomic():
            ComplaintOutcome.objects.create(
                complaint=complaint, verdict="dismiss", reason="r", by=party, at=AT
            )
    with pytest.raises(AyilError, match="brought this complaint"):
        answered(complaint, Verdict.DISMISS, barskoon.people[2])


def test_an_annulled_decision_stands_nowhere_and_nothing_is_deleted(
    made: tuple[Barskoon, Decision], officer: Party
) -> None:
    barskoon, decision = made
    seal_decision(decision=decision, by=barskoon.registrar, at=AT)
    answered(complained(barskoon, about=About.DECISION), Verdict.ANNUL, officer)
    decision = Decision.objects.get()
    assert decision.annulment.reason == "looked into it"
    assert not has_standing_decision(barskoon.village, SOON)
    assert assembly_figures(barskoon.assembly).stage == Stage.ANNULLED
    with pytest.raises(AyilError, match="count the papers again, or meet anew"):
        barskoon.minute()
    with pytest.raises(AyilError, match="no decision that could be annulled"):
        answered(complained(barskoon), Verdict.ANNUL, officer)
    assert Complaint.objects.filter(outcome=None).count() == 1
    told = Client().get(f"/decisions/{decision.uid}/bundle.json").content
    found = recount(read_bundle(told))
    assert (found.broken, found.figures["stands"]) == ([], False)
    assert "was annulled" in found.notes[0]
    page = Client().get("/villages/barskoon/").content.decode()
    assert f"/decisions/{decision.uid}/" in page
    assert breaches() == []


def test_a_decision_is_annulled_by_an_upheld_complaint_alone(
    made: tuple[Barskoon, Decision], officer: Party
) -> None:
    barskoon, decision = made
    complaint = complained(barskoon)
    answered(complaint, Verdict.DISMISS, officer)
    with pytest.raises(IntegrityError, match="upheld"), transaction.atomic():
        DecisionAnnulment.objects.create(
            decision=decision, complaint=complaint, on=SOON, reason="r", by=officer, at=AT
        )


def test_a_recount_that_says_the_same_leaves_the_decision(
    made: tuple[Barskoon, Decision], officer: Party
) -> None:
    barskoon, decision = made
    outcome = answered(complained(barskoon), Verdict.RECOUNT, officer)
    assert outcome.recount == Recount.objects.get()
    other = complained(barskoon)
    with pytest.raises(AyilError, match="being counted again already"):
        answered(other, Verdict.RECOUNT, officer)
    recounted(barskoon, YURTS)
    assert standing_decision(barskoon.village, SOON) == decision
    assert breaches() == []


def test_a_recount_that_differs_annuls_and_new_minutes_follow(
    made: tuple[Barskoon, Decision], officer: Party
) -> None:
    barskoon, decision = made
    seal_decision(decision=decision, by=barskoon.registrar, at=AT)
    answered(complained(barskoon), Verdict.RECOUNT, officer)
    felt = [{2}] * 7 + [{1}] * 2 + [set(), None]
    recounted(barskoon, felt)
    annulled = DecisionAnnulment.objects.get()
    assert annulled.decision == decision
    assert not has_standing_decision(barskoon.village, SOON)
    poll = barskoon.assembly.polls.get()
    tally = tally_of(poll)
    assert tally is not None
    assert (tally.counting, tally.leaders) == (2, [2])
    newer = barskoon.minute()
    barskoon.sign(newer)
    seal_decision(decision=newer, by=barskoon.registrar, at=AT)
    assert standing_decision(barskoon.village, SOON) == newer
    assert [p.name_en for p in newer.proposals] == ["Felt"]
    for one in (decision, newer):
        told = Client().get(f"/decisions/{one.uid}/bundle.json").content
        assert recount(read_bundle(told)).broken == []
    assert breaches() == []


@pytest.fixture
def lately(db: None) -> tuple[Barskoon, Decision, Party]:
    """An assembly of today, so that pages take complaints; and an officer."""
    barskoon = Barskoon()
    barskoon.assembly = barskoon.call(local_date(now()))
    barskoon.quorate()
    barskoon.propose()
    barskoon.vote(YURTS, unused=1)
    decision = barskoon.minute()
    boss = person("Nurlan")
    grant_role(party=boss, role=Role.OFFICER, since=HELD, by=barskoon.registrar)
    return barskoon, decision, boss


def test_complaints_on_the_pages(lately: tuple[Barskoon, Decision, Party]) -> None:
    barskoon, decision, boss = lately
    page = f"/assemblies/{barskoon.assembly.uid}/complain/"
    said = {"uid": str(uuid.uuid4()), "about": "count", "words": "two papers under the table"}
    anybody = Client()
    assert anybody.post(page, said | {"site": "http://spam"}).status_code == 400
    assert anybody.post(page, said).status_code == 302
    assert anybody.post(page, said).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.how, complaint.person, len(complaint.origin)) == ("nameless", None, 16)
    village = seen_by(barskoon.people[2])
    village.post(page, {"uid": str(uuid.uuid4()), "about": "vote", "words": "I saw it"})
    village.post(
        page, {"uid": str(uuid.uuid4()), "about": "vote", "words": "and this", "nameless": "on"}
    )
    assert list(Complaint.objects.values_list("how", flat=True)) == ["nameless", "own", "nameless"]
    assert Complaint.objects.get(words="and this").by is None
    public = anybody.get(f"/decisions/{decision.uid}/").content.decode()
    assert "under the table" not in public
    fellow = seen_by(barskoon.people[5]).get(f"/assemblies/{barskoon.assembly.uid}/complaints/")
    assert "under the table" in fellow.content.decode()
    assert "Cholpon" not in fellow.content.decode()
    officer = seen_by(boss)
    assert (
        "Cholpon"
        in officer.get(f"/assemblies/{barskoon.assembly.uid}/complaints/").content.decode()
    )
    answer = f"/complaints/{complaint.uid}/answer/"
    assert seen_by(barskoon.proposers[0]).post(answer, {}).status_code in (403, 302)
    assert officer.post(answer, {"verdict": "dismiss", "reason": ""}).status_code == 400
    officer.post(answer, {"verdict": "dismiss", "reason": "the bag was sealed"})
    assert ComplaintOutcome.objects.get().by == boss
    paper = village.get(f"/complaints/{complaint.uid}/paper/")
    assert paper["Content-Type"] == "application/pdf"
    stranger = seen_by(person("Guest"))
    assert stranger.get(f"/complaints/{complaint.uid}/").status_code == 404


def test_the_registrar_writes_down_what_came_on_paper(
    lately: tuple[Barskoon, Decision, Party],
) -> None:
    barskoon, _decision, boss = lately
    page = f"/assemblies/{barskoon.assembly.uid}/complain/"
    seen_by(barskoon.registrar).post(
        page,
        {
            "uid": str(uuid.uuid4()), "about": "roll", "words": "my son was left out",
            "how": "paper", "person": str(barskoon.people[2].uid),
            "photo": SimpleUploadedFile("c.jpg", photo(), "image/jpeg"),
        },
    )  # fmt: skip
    complaint = Complaint.objects.get()
    assert (complaint.how, complaint.person) == ("paper", barskoon.people[2])
    assert complaint.paper == DecisionPaper.objects.get()
    file = f"/assemblies/{barskoon.assembly.uid}/papers/{complaint.paper_id}/"
    assert seen_by(boss).get(file).status_code == 200
    assert seen_by(barskoon.counter).get(file).status_code == 404  # it may speak of the counters


def test_the_desk_counts_the_days_of_an_answer(
    made: tuple[Barskoon, Decision], officer: Party
) -> None:
    complaint = complained(made[0])
    assert answer_due(complaint) == SOON + timedelta(days=14)
    assert [one.complaint for one in open_complaints()] == [complaint]
    user = User.objects.filter(party=officer).first() or account_of(officer)
    for day, late in ((SOON, False), (SOON + timedelta(days=15), True)):
        (row,) = [
            one for one in decisions_waiting(user, day)
            if "complaint" in str(one.what) and one.count
        ]  # fmt: skip
        assert (row.is_late, row.address) == (late, f"/complaints/{complaint.uid}/")
    answered(complaint, Verdict.DISMISS, officer)
    assert open_complaints() == []


def test_an_annulled_decision_carries_no_village_product(
    made: tuple[Barskoon, Decision], officer: Party
) -> None:
    """Invariant 6: refused by the action, and by the database behind it."""
    barskoon, decision = made
    owner = barskoon.people[0]
    yurt = enter_product(
        owner=owner, kind=ProductKind.CRAFT, names=("Yurt", "Юрта", "Боз үй"), forms=[("1", "")]
    )
    answered(complained(barskoon), Verdict.ANNUL, officer)
    with pytest.raises(AyilError, match="has to decide first"):
        name_village_product(product=yurt, decision=decision, on=SOON, by=owner)
    with pytest.raises(IntegrityError, match="standing decision"), transaction.atomic():
        VillageProduct.objects.create(product=yurt, decision=decision, on=SOON, by=owner)
