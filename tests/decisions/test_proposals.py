"""A proposal comes from the village, says what is asked of it, and stands once the vote opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ayil.decisions.actions import (
    change_proposal,
    give_names,
    name_maker,
    open_poll,
    propose,
    record_resource,
    take_back_maker,
    withdraw_proposal,
)
from ayil.decisions.models import (
    LocalResource,
    MarketEvidence,
    Poll,
    Proposal,
    ProposalChange,
    ProposalWithdrawal,
    WillingMaker,
)
from ayil.decisions.proposals import incomplete, lacking_words, standing_makers, standing_resources
from ayil.decisions.rules.completeness import Lacking, Said, lacking
from ayil.decisions.symbols import SYMBOLS, symbol_svg
from ayil.kit.errors import AyilError, Conflict
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from tests.decisions.barskoon import AT, HELD, TOLD, Barskoon, look_up, village, villager


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    """Quorate, with three proposals."""
    made = Barskoon()
    made.quorate()
    made.propose()
    return made


@pytest.fixture
def officer(barskoon: Barskoon) -> Party:
    """Of the association, and of another village."""
    party = villager("Meerim", village("tamga", "Tamga"))
    grant_role(party=party, role=Role.OFFICER, since=HELD, by=party)
    return party


def honey(barskoon: Barskoon, **changed: Any) -> Proposal:
    said = {
        "assembly": barskoon.assembly, "names": ("", "", "Бал"), "symbol": "honey",
        "proposer": barskoon.people[5], "at": AT,
    } | changed  # fmt: skip
    return propose(**said)


def test_a_proposal_is_the_villages_own(barskoon: Barskoon) -> None:
    tamga = village("tamga", "Tamga")
    sadyr = villager("Sadyr", tamga)
    salt = record_resource(
        village=tamga, kind=LocalResource.Kind.EARTH, name="salt", yearly_amount=1, unit="t",
        access="lease", by=sadyr, at=AT,
    )  # fmt: skip
    for change, refusal in (
        ({"proposer": sadyr}, "does not live in"),
        ({"resource": salt}, "not a resource of"),
        ({"symbol": "yurt"}, "is taken"),
        ({"symbol": "dragon"}, "no drawing"),
        ({"names": ("", " ", "")}, "needs a name"),
        ({"proposer": barskoon.registrar}, "keeps the roll or counts"),
        ({"proposer": barskoon.counter}, "keeps the roll or counts"),
    ):
        with pytest.raises(AyilError, match=refusal):
            honey(barskoon, **change)
    uid = barskoon.chair.uid
    first = honey(barskoon, proposer=barskoon.chair, uid=uid)
    assert honey(barskoon, proposer=barskoon.chair, uid=uid) == first
    with pytest.raises(Conflict):
        honey(barskoon, proposer=barskoon.people[5], uid=uid)
    assert first.number == 4
    with pytest.raises(AyilError, match="cannot stand on the paper yet: it does not say"):
        open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    with pytest.raises(DatabaseError, match="say all that is asked"), transaction.atomic():
        Poll.objects.create(
            assembly=barskoon.assembly, round=1, paper=[1, 4], by=barskoon.registrar,
            quorum=barskoon.assembly.quorum_counts.get(), opened_at=AT,
        )  # fmt: skip
    withdraw_proposal(proposal=first, reason="no hives", by=first.proposer, at=AT)
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    with pytest.raises(AyilError, match=r"vote of .* has begun"):
        honey(barskoon, symbol="bread")


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.TRAINER])
def test_staff_of_the_programme_proposes_nothing(barskoon: Barskoon, role: Role) -> None:
    """Invariant 6; the database refuses it too."""
    someone = villager("Tynara", barskoon.village)
    grant_role(party=someone, role=role, since=HELD, by=someone)
    with pytest.raises(AyilError, match="propose nothing"):
        honey(barskoon, proposer=someone)
    with pytest.raises(DatabaseError, match="propose nothing"), transaction.atomic():
        put(barskoon, proposer=someone)


def put(barskoon: Barskoon, **said: Any) -> Proposal:
    """Straight into the table, past the actions."""
    someone = said.get("proposer", barskoon.people[5])
    return Proposal.objects.create(
        **{
            "assembly": barskoon.assembly, "number": 9, "name_ky": "Бал", "symbol": "honey",
            "proposer": someone, "by": someone, "recorded_at": AT,
        }
        | said
    )  # fmt: skip


def test_the_database_keeps_counters_and_strangers_from_proposing(barskoon: Barskoon) -> None:
    stranger = villager("Sadyr", village("tamga", "Tamga"))
    for who, refusal in ((barskoon.counter, "keeps the roll"), (stranger, "from someone of")):
        with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
            put(barskoon, proposer=who)


def test_from_paper_it_is_typed_by_those_who_may(barskoon: Barskoon, officer: Party) -> None:
    neighbour = barskoon.people[10]
    with pytest.raises(AyilError, match="may not propose for"):
        honey(barskoon, by=neighbour, paper="list of 3 May")
    for by, symbol in ((barskoon.registrar, "honey"), (officer, "bread")):
        with pytest.raises(AyilError, match="Name the paper"):
            honey(barskoon, by=by, symbol=symbol)
        typed = honey(barskoon, by=by, symbol=symbol, paper="list of 3 May")
        assert (typed.by, typed.paper) == (by, "list of 3 May")


def test_it_is_completed_until_the_vote_and_every_change_is_kept(
    barskoon: Barskoon, officer: Party
) -> None:
    proposal = honey(barskoon)
    proposer = proposal.proposer
    assert "its name in Russian" in lacking_words(proposal)
    assert [one.proposal for one in incomplete(barskoon.assembly)] == [proposal]
    proposal = change_proposal(
        proposal=proposal, by=proposer, at=AT, resource=barskoon.resource(), **TOLD
    )
    with pytest.raises(AyilError, match="did not make this proposal"):
        change_proposal(proposal=proposal, by=barskoon.people[10], at=AT, skills="x")
    with pytest.raises(AyilError, match="Name the paper"):
        change_proposal(proposal=proposal, by=officer, at=AT, skills="x")
    proposal = give_names(
        proposal=proposal, names={"ru": "Мёд", "en": "Honey", "ky": "Другое"}, by=officer, at=AT
    )
    assert proposal.names == {"ky": "Бал", "ru": "Мёд", "en": "Honey"}
    name_maker(proposal=proposal, person=proposer, may_be_named=True, at=AT)
    look_up(proposal)
    assert lacking_words(proposal) == []
    assert incomplete(barskoon.assembly) == []
    first, second = ProposalChange.objects.filter(proposal=proposal)
    assert first.changes["skills"] == ["", "learned from the elders"]
    assert (first.by, second.by) == (proposer, officer)
    assert second.changes == {"name_en": ["", "Honey"], "name_ru": ["", "Мёд"]}
    same = change_proposal(proposal=proposal, by=proposer, at=AT, skills=proposal.skills)
    assert same.revision == 2
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    for refused in (
        lambda: change_proposal(proposal=proposal, by=proposer, at=AT, skills="x"),
        lambda: withdraw_proposal(proposal=proposal, reason="x", by=proposer, at=AT),
        lambda: look_up(proposal),
    ):
        with pytest.raises(AyilError, match="stand as they are"):
            refused()


def test_the_database_keeps_what_was_proposed(barskoon: Barskoon) -> None:
    rows = Proposal.objects.filter(number=1)
    for change, refusal in (
        ({"skills": "another"}, "a change of a proposal is kept"),
        ({"skills": "another", "revision": 1}, "a change of a proposal is kept"),
        ({"number": 8}, "are fixed|change of a proposal"),
    ):
        with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
            rows.update(**change)
    for row in (rows.get(), WillingMaker.objects.first(), MarketEvidence.objects.first()):
        assert row is not None
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
    change_proposal(proposal=rows.get(), by=rows.get().proposer, at=AT, skills="another")
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    ProposalChange.objects.create(
        proposal=rows.get(), revision=2, changes={}, by=barskoon.chair, at=AT
    )
    with pytest.raises(DatabaseError, match="stands as it is"), transaction.atomic():
        rows.update(skills="a third", revision=2)
    with pytest.raises(DatabaseError, match="before the vote"), transaction.atomic():
        ProposalWithdrawal.objects.create(
            proposal=rows.get(), reason="late", by=barskoon.chair, at=AT
        )


def test_a_withdrawal_has_a_reason_and_leaves_the_paper(barskoon: Barskoon) -> None:
    proposal = honey(barskoon)
    with pytest.raises(AyilError, match="needs its reason"):
        withdraw_proposal(proposal=proposal, reason=" ", by=proposal.proposer, at=AT)
    with pytest.raises(AyilError, match="did not make"):
        withdraw_proposal(proposal=proposal, reason="x", by=barskoon.people[10], at=AT)
    withdraw_proposal(proposal=proposal, reason="no hives", by=proposal.proposer, at=AT)
    assert incomplete(barskoon.assembly) == []
    with pytest.raises(AyilError, match="was withdrawn"):
        change_proposal(proposal=proposal, by=proposal.proposer, at=AT, skills="x")


def test_makers_say_it_themselves_and_take_it_back(barskoon: Barskoon, officer: Party) -> None:
    proposal, maker = barskoon.assembly.proposals.get(number=2), barskoon.people[10]
    said = name_maker(proposal=proposal, person=maker, may_be_named=False, at=AT)
    assert name_maker(proposal=proposal, person=maker, may_be_named=False, at=AT) == said
    assert said.how == WillingMaker.How.PHONE
    public = name_maker(proposal=proposal, person=maker, may_be_named=False, in_public=True, at=AT)
    assert public.may_be_named
    assert standing_makers().filter(proposal=proposal, person=maker).get() == public
    with pytest.raises(AyilError, match="not one of"):
        name_maker(proposal=proposal, person=officer, may_be_named=True, at=AT)
    with pytest.raises(AyilError, match="may not say for"):
        name_maker(
            proposal=proposal, person=barskoon.people[9], may_be_named=True, at=AT, by=maker,
            paper="1",
        )  # fmt: skip
    with pytest.raises(AyilError, match="Name the paper"):
        name_maker(
            proposal=proposal, person=barskoon.people[9], may_be_named=True, at=AT, by=officer
        )
    heard = name_maker(
        proposal=proposal, person=barskoon.people[9], may_be_named=True, at=AT, by=officer,
        paper="list",
    )  # fmt: skip
    assert heard.how == WillingMaker.How.PAPER
    with pytest.raises(AyilError, match="may not say for"):
        take_back_maker(maker=heard, by=maker, at=AT)
    end = take_back_maker(maker=public, by=maker, at=AT)
    assert take_back_maker(maker=public, by=maker, at=AT) == end
    assert not standing_makers().filter(proposal=proposal, person=maker).exists()
    name_maker(proposal=proposal, person=maker, may_be_named=True, at=AT)
    with pytest.raises(DatabaseError, match="says so once"), transaction.atomic():
        WillingMaker.objects.create(
            proposal=proposal, person=maker, may_be_named=True, how="phone", by=maker, at=AT
        )


def test_a_resource_says_how_much_and_whose(barskoon: Barskoon, officer: Party) -> None:
    wool = {
        "village": barskoon.village, "kind": LocalResource.Kind.WOOL, "name": "wool",
        "yearly_amount": 5, "unit": "t", "access": "own flocks", "by": officer, "at": AT,
    }  # fmt: skip
    for change in ({"access": ""}, {"yearly_amount": -1}, {"season": (0, 12)}):
        with pytest.raises(AyilError, match="whose right"):
            record_resource(**wool | change)
    with pytest.raises(AyilError, match="its people say"):
        record_resource(**wool | {"by": villager("Sadyr", village("tamga", "Tamga"))})
    first = record_resource(**wool | {"season": (11, 2)})
    assert first.months == (11, 12, 1, 2)
    better = record_resource(**wool | {"yearly_amount": 4, "replaces": first})
    assert first not in standing_resources(barskoon.village)
    assert better in standing_resources(barskoon.village)
    with pytest.raises(AyilError, match="later estimate"):
        record_resource(**wool | {"replaces": first})


def test_every_drawing_is_its_own() -> None:
    drawn = {symbol_svg(slug) for slug in SYMBOLS}
    assert len(drawn) == len(SYMBOLS) >= 24
    assert all(svg.startswith("<svg ") and "style=" not in svg for svg in drawn)
    with pytest.raises(KeyError):
        symbol_svg("dragon")


FULL = Said(
    names={"ky": "Бал", "ru": "Мёд", "en": "Honey"}, resource=True, resource_milli=0,
    skills="known", piece_cost_minor=0, start_cost_minor=0, pieces_a_month=1, risk_health="none",
    risk_land="none", willing=1, evidence=True,
)  # fmt: skip
NOTHING = Said(names={})


@given(st.sets(st.sampled_from(list(Lacking))))
def test_exactly_what_is_not_said_is_lacking(unsaid: set[Lacking]) -> None:
    names = {code: name for code, name in FULL.names.items() if f"name_{code}" not in unsaid}
    field_of = {Lacking.MAKERS: "willing"}
    blank = {
        field_of.get(one, one.value): getattr(NOTHING, field_of.get(one, one.value))
        for one in unsaid
        if not one.value.startswith("name_")
    }
    said = Said(**{**vars(FULL), "names": names, **blank})
    assert set(lacking(said)) == unsaid
    assert list(lacking(said)) == [one for one in Lacking if one in unsaid]
