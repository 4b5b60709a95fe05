"""The vote on pages, without a script: opened, printed, closed, counted by two apart, certified."""

from __future__ import annotations

import logging
import re
from typing import Any
from uuid import uuid4

import pytest

from ayil.decisions.actions import count_quorum, propose
from ayil.decisions.models import Assembly, CountSheet, HandCount, LotDrawing, Poll, PollTally, Rule
from ayil.members.models import Party
from tests.rig.client import Client
from tests.rig.papers import page_count, words_on
from tests.site.cast import Programme, account_of, programme, speak
from tests.site.village import AT, Village, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def barskoon(made: Programme) -> Village:
    return village(made.villages[0])


@pytest.fixture
def assembly(barskoon: Village) -> Assembly:
    """Quorate, with slippers (1) and rugs (2)."""
    met = barskoon.meet()
    barskoon.propose_two(met)
    return met


class Desk:
    """One person at the pages of one assembly."""

    def __init__(self, assembly: Assembly, who: Party, language: str = "en") -> None:
        self.client = Client()
        self.client.force_login(account_of(who))
        speak(self.client, language)
        self.base = f"/assemblies/{assembly.uid}/"

    def get(self, address: str, status: int = 200) -> str:
        answer = self.client.get(self.base + address)
        assert answer.status_code == status, answer.content.decode()[-2000:]
        return answer.content.decode() if "html" in answer.headers["Content-Type"] else ""

    def pdf(self, address: str) -> bytes:
        answer = self.client.get(self.base + address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        return answer.content

    def post(self, address: str, status: int = 302, **said: Any) -> str:
        answer = self.client.post(self.base + address, said)
        assert answer.status_code == status, answer.content.decode()[-2000:]
        return answer.content.decode() if status != 302 else answer.headers["Location"]


def piles(*rows: tuple[list[int], int], **said: Any) -> dict[str, Any]:
    """A sheet as the form without a script sends it."""
    typed: dict[str, Any] = {"uid": str(uuid4()), "rows": 8, "none": 0, "spoiled": 0, "tapped": ""}
    for row, (marks, papers) in enumerate(rows):
        typed[f"papers-{row}"] = papers
        typed |= {f"mark-{row}-{number}": "on" for number in marks}
    return typed | said


SEVEN = piles(([1], 4), ([1, 2], 2), none=1, spoiled=0)


def opened(assembly: Assembly, chair: Desk) -> Poll:
    chair.post("vote/open/", present=8, women=8)
    return Poll.objects.filter(assembly=assembly).latest("round")


def test_a_vote_from_its_opening_to_the_result(assembly: Assembly, barskoon: Village) -> None:
    chair, first = Desk(assembly, barskoon.chair), Desk(assembly, barskoon.counter)
    second, villager = Desk(assembly, barskoon.second), Desk(assembly, barskoon.people[9])
    assert "Felt slippers" in chair.get("vote/")
    opened(assembly, chair)
    assert "The vote is open" in villager.get("vote/")
    assert page_count(first.pdf("vote/papers/?sheets=3")) == 3
    words = words_on(first.pdf("vote/sheets/"))
    assert barskoon.counter.name in words
    assert barskoon.second.name in words
    chair.post("vote/close/", issued=9, exchanged=1, unused=1)
    first.post("vote/count/", **SEVEN)
    assert "1 of 2 sheets is in" in second.get("vote/")
    second.post("vote/count/", **(SEVEN | {"uid": str(uuid4())}))
    assert "say the same" in first.get("vote/")
    assert first.post("vote/certify/").endswith("/tally/")
    page = villager.get("tally/")
    assert "chosen by the village" in page
    for line in ("7 valid papers is 4", "handed back unused", "given out in all"):
        assert line in page
    assert PollTally.objects.get(poll__assembly=assembly).approvals == [[1, 6], [2, 2]]


def test_nothing_is_counted_for_anybody_before_both_say_the_same(
    assembly: Assembly, barskoon: Village, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a page nor a log tells a figure of the papers; of a mismatch only what differs."""
    caplog.set_level(logging.DEBUG)
    chair, first = Desk(assembly, barskoon.chair), Desk(assembly, barskoon.counter)
    second, villager = Desk(assembly, barskoon.second), Desk(assembly, barskoon.people[9])
    opened(assembly, chair)
    chair.post("vote/close/", issued=8, exchanged=0, unused=0)
    untold = villager.get("vote/"), villager.get("tally/"), villager.get("")
    empty = second.get("vote/count/")
    caplog.clear()
    first.post("vote/count/", **piles(([1], 5), ([1, 2], 2), none=1))
    told = villager.get("vote/"), villager.get("tally/"), villager.get("")
    assert [_plain(page) for page in told] == [_plain(page) for page in untold]
    assert _plain(second.get("vote/count/")) == _plain(empty)
    second.post("vote/count/", **piles(([1], 4), ([1, 2], 2), none=1, spoiled=1))
    assert first.post("vote/certify/").endswith("/vote/")
    assert not PollTally.objects.exists()
    page = first.get("vote/count/")
    assert "The two sheets differ here" in page
    told_apart = page[page.index("differ here") : page.index("<form method")]
    assert "<li>Felt slippers</li><li>Spoiled papers</li>" in told_apart
    assert not any(figure in told_apart for figure in "0123456789")
    assert [_plain(p) for p in (villager.get("vote/"), villager.get("tally/"))] == [
        _plain(page) for page in untold[:2]
    ]
    piled = [record for record in caplog.records if "papers-0" in record.getMessage()]
    assert piled == []


def _plain(page: str) -> str:
    """Without what differs by the request alone."""
    return re.sub(r'name="(csrfmiddlewaretoken|uid)" value="[^"]*"', "", page)


def test_both_count_again_after_a_mismatch(assembly: Assembly, barskoon: Village) -> None:
    chair, first = Desk(assembly, barskoon.chair), Desk(assembly, barskoon.counter)
    second = Desk(assembly, barskoon.second)
    opened(assembly, chair)
    chair.post("vote/close/", issued=8, exchanged=0, unused=1)
    first.post("vote/count/", **piles(([1], 7)))
    second.post("vote/count/", **piles(([1], 6), ([2], 1)))
    second.post("vote/count/", **piles(([1], 7)))
    assert "1 of 2 sheets is in" in second.get("vote/")
    first.post("vote/count/", **piles(([1], 7)))
    chair.post("vote/certify/")
    assert CountSheet.objects.filter(poll__assembly=assembly).count() == 4
    assert PollTally.objects.get().approvals == [[1, 7], [2, 0]]


def test_a_sheet_says_where_every_paper_is(assembly: Assembly, barskoon: Village) -> None:
    chair, first = Desk(assembly, barskoon.chair), Desk(assembly, barskoon.counter)
    opened(assembly, chair)
    assert "do not fit" in chair.post("vote/close/", 400, issued=9, exchanged=0, unused=0)
    chair.post("vote/close/", issued=8, exchanged=0, unused=1)
    assert "leave 7" in first.post("vote/count/", 400, **piles(([1], 8)))
    assert "how many papers" in first.post(
        "vote/count/", 400, **piles(([1], 7)) | {"mark-1-2": "on"}
    )
    assert "what these papers say" in first.post("vote/count/", 400, **piles(([], 7)))
    assert "cannot be read" in first.post("vote/count/", 400, **piles(tapped="1=x"))
    assert "9 is not on the paper" in first.post("vote/count/", 400, **piles(tapped="9=7"))
    more = first.post("vote/count/", 200, **piles(([1], 3)), more=1)
    assert "papers-15" in more
    assert 'value="3"' in more
    assert not CountSheet.objects.exists()


def test_tapped_papers_come_as_piles_and_twice_is_once(
    assembly: Assembly, barskoon: Village
) -> None:
    chair, first = Desk(assembly, barskoon.chair), Desk(assembly, barskoon.counter)
    opened(assembly, chair)
    chair.post("vote/close/", issued=8, exchanged=0, unused=0)
    sheet = piles(([2], 1), tapped="1=3;1 2=2;=1", spoiled=1)
    first.post("vote/count/", **sheet)
    first.post("vote/count/", **sheet)
    assert "another content" in first.post("vote/count/", 400, **sheet | {"none": 1})
    found = CountSheet.objects.get()
    assert found.piles == [[[], 1], [[1], 3], [[1, 2], 2], [[2], 1]]


def test_who_types_for_a_counter_names_the_paper_and_types_for_one(
    assembly: Assembly, barskoon: Village, made: Programme
) -> None:
    chair, officer = Desk(assembly, barskoon.chair), Desk(assembly, made.officer)
    villager = Desk(assembly, barskoon.people[9])
    opened(assembly, chair)
    chair.post("vote/close/", issued=8, exchanged=0, unused=1)
    villager.get("vote/count/", 403)
    villager.get("vote/booth/", 403)
    typed = SEVEN | {"counter": str(barskoon.counter.uid)}
    assert "required" in officer.post("vote/count/", 400, **typed)
    officer.post("vote/count/", **typed, paper="sheet 1")
    again = typed | {"counter": str(barskoon.second.uid), "uid": str(uuid4())}
    assert "two people enter apart" in officer.post("vote/count/", 400, **again, paper="sheet 2")
    chair.post("vote/count/", **again, paper="sheet 2")
    officer.post("vote/certify/")
    assert set(CountSheet.objects.values_list("paper", flat=True)) == {"sheet 1", "sheet 2"}


def test_a_lost_quorum_is_written_down_and_opens_nothing(
    assembly: Assembly, barskoon: Village
) -> None:
    chair = Desk(assembly, barskoon.chair)
    assert "has no quorum: 4 of 5" in chair.post("vote/open/", 400, present=4, women=4)
    assert assembly.quorum_counts.last().present == 4
    assert not Poll.objects.exists()
    Desk(assembly, barskoon.counter).post("vote/open/", 403, present=8, women=8)


def test_hands_shorten_a_long_list_and_equals_are_raised_for_again(
    assembly: Assembly, barskoon: Village
) -> None:
    chair = Desk(assembly, barskoon.chair)
    for symbol in ("egg", "hat", "bag", "honey", "milk"):
        propose(
            assembly=assembly, names=(symbol, "", ""), symbol=symbol, proposer=barskoon.people[7],
            at=AT,
        )  # fmt: skip
    page = chair.get("vote/")
    assert "Count raised hands" in page
    assert "cannot stand on the paper yet" in page
    assert "what it costs to start" in page
    assert "vote/open/" not in page
    hands = {f"hands-{number}": 8 - number for number in range(1, 8)}
    assert "people are present" in chair.post("vote/hands/", 400, **hands | {"hands-1": 9})
    chair.post("vote/hands/", **hands | {"hands-7": 2})
    last = HandCount.objects.latest("pk")
    assert (last.kept, last.tied) == ([1, 2, 3, 4, 5], [6, 7])
    assert "Some are equal" in chair.get("vote/")
    assert "hands-1" not in chair.get("vote/hands/")
    assert "hands-1" in chair.get("vote/hands/?anew")
    chair.post("vote/hands/", **{"hands-6": 1, "hands-7": 3})
    last = HandCount.objects.latest("pk")
    assert (last.kept, last.tied) == ([1, 2, 3, 4, 5, 7], [])


def test_a_runoff_and_a_lot(assembly: Assembly, barskoon: Village) -> None:
    chair, first = Desk(assembly, barskoon.chair), Desk(assembly, barskoon.counter)
    second = Desk(assembly, barskoon.second)

    def vote(*rows: tuple[list[int], int]) -> None:
        opened(assembly, chair)
        chair.post("vote/close/", issued=8, exchanged=0, unused=0)
        for counter in (first, second):
            counter.post("vote/count/", **piles(*rows))
        chair.post("vote/certify/")

    vote(([1], 4), ([2], 4))
    assert "voted on again" in chair.get("tally/")
    assert chair.post("tally/lot/", order="").endswith("/tally/")
    vote(([1], 4), ([2], 4))
    assert "A public lot decides" in chair.get("tally/")
    twice = {"place-1": 2, "place-2": 2, "witnesses": "Ermek"}
    assert "drawn once" in chair.post("tally/lot/", 400, **twice)
    chair.post("tally/lot/", **twice | {"place-2": 1})
    assert LotDrawing.objects.get().order == [2, 1]
    page = chair.get("tally/")
    assert "Shyrdak, Felt slippers" in page
    assert "chosen by the village" in page


@pytest.mark.parametrize("rule", ["shares", "budget", "schulze"])
def test_every_rule_has_its_paper_its_sheet_and_its_result(
    rule: str, barskoon: Village, made: Programme
) -> None:
    asks: dict[str, Any] = {
        "shares": {"places": 2}, "budget": {"budget_minor": 2_000_000}, "schulze": {},
    }[rule]  # fmt: skip
    assembly = barskoon.meet(rule=Rule(rule), **asks)
    barskoon.propose_two(assembly)
    chair, first = Desk(assembly, barskoon.chair), Desk(assembly, barskoon.counter)
    second = Desk(assembly, barskoon.second)
    opened(assembly, chair)
    assert page_count(chair.pdf("vote/papers/")) == 1
    assert page_count(chair.pdf("vote/sheets/")) == 4
    assert "mark" in chair.get("vote/booth/")
    chair.post("vote/close/", issued=8, exchanged=0, unused=0)
    ranked = {"mark-0-1": "2", "mark-0-2": "1", "papers-0": 8}
    sheet = piles() | ranked if rule == "schulze" else piles(([1, 2], 3), ([1], 5))
    if rule == "schulze":
        twice = piles() | ranked | {"mark-0-1": "1"}
        assert "on one place" in first.post("vote/count/", 400, **twice)
    for counter in (first, second):
        counter.post("vote/count/", **sheet | {"uid": str(uuid4())})
    chair.post("vote/certify/")
    page = chair.get("tally/")
    assert "chosen by the village" in page
    shown = {"shares": "Proportional approval voting", "budget": "returns to the fund",
             "schulze": "papers put it first"}[rule]  # fmt: skip
    assert shown in page


def test_no_address_takes_a_ballot(assembly: Assembly, barskoon: Village) -> None:
    """What is marked in the booth has no name to be sent under, and no form to be sent by."""
    chair = Desk(assembly, barskoon.chair)
    chair.get("vote/booth/", 302)
    assert "open while the vote is open" in chair.get("vote/")
    opened(assembly, chair)
    page = chair.get("vote/booth/")
    assert "<form" not in page
    assert " name=" not in page.replace('<meta name="viewport"', "")
    assert page.count('class="mark" autocomplete="off"') == 3
    answer = chair.client.get(chair.base + "vote/booth/")
    assert "no-store" in answer.headers["Cache-Control"]
    chair.post("vote/booth/", 405, mark="1")


def test_a_vote_cannot_open_twice(assembly: Assembly, barskoon: Village) -> None:
    chair = Desk(assembly, barskoon.chair)
    opened(assembly, chair)
    assert "no runoff to hold" in chair.post("vote/open/", 400, present=8, women=8)
    count_quorum(assembly=assembly, by=barskoon.chair, at=AT)
    assert Poll.objects.count() == 1
