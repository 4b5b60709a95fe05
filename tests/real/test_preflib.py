"""Published elections of PrefLib, counted to their published results."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from ayil.cli import main
from ayil.decisions.formats import read_ballots
from ayil.decisions.rules.count import Count
from ayil.decisions.rules.profile import BallotFile
from ayil.decisions.rules.ranked import RANKED_RULES
from tests.rig.machine import shared_data

pytestmark = pytest.mark.real

FOLDER = (shared_data() or Path()) / "ballots"
EXPECTED = FOLDER / "EXPECTED_preflib.csv"


def published() -> list[dict[str, str]]:
    if not EXPECTED.exists():
        return []
    with EXPECTED.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def counted(file: str, rule: str) -> tuple[BallotFile, Count[str]]:
    ballots = read_ballots(FOLDER / "preflib" / file)
    return ballots, RANKED_RULES[rule](list(ballots.names), ballots.rankings)


def tally(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    status = main(["tally", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("row", published(), ids=lambda row: row["election"])
def test_every_published_winner(row: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    status, found = tally(capsys, str(FOLDER / row["file"]), "--rule", row["rule"].lower())
    assert status == 0
    assert found["winner_names"] == [row["published_winner"]]
    assert found["tie"] == []


def test_burlington_2009_round_by_round() -> None:
    """The city's own figures of 3 March 2009, ballots that name two at once among the exhausted."""
    file, count = counted("00005_burlington/00005-00000002.toi", "irv")
    rounds = [
        ({file.names[option].split()[-1]: n for option, n in one.totals}, one.exhausted)
        for one in count.rounds
    ]
    assert rounds == [
        (
            {
                "Wright": 2951, "Kiss": 2585, "Montroll": 2063, "Smith": 1306,
                "Write-In": 36, "Simpson": 35,
            },
            4,
        ),
        ({"Wright": 3294, "Kiss": 2981, "Montroll": 2554}, 151),
        ({"Kiss": 4313, "Wright": 4061}, 606),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "winner"),
    [("plurality", "Kurt Wright"), ("condorcet", "Andy Montroll"), ("schulze", "Andy Montroll")],
)
def test_burlington_2009_by_other_rules(rule: str, winner: str) -> None:
    file, count = counted("00005_burlington/00005-00000002.toi", rule)
    assert [file.names[option] for option in count.chosen] == [winner]


@pytest.mark.parametrize(
    ("number", "winner"),
    [
        (1, "Bdale Garbee"),
        (3, "Branden Robinson"),
        (5, "Sam Hocevar"),
        (6, "Stefano Zacchiroli"),
        (7, "Stefano Zacchiroli"),
    ],
)
def test_every_leader_of_debian_by_schulze(number: int, winner: str) -> None:
    file, count = counted(f"00002_debian/00002-0000000{number}.soi", "schulze")
    assert [file.names[option] for option in count.chosen] == [winner]


@pytest.mark.parametrize(
    ("number", "ballots", "winner", "approvals"),
    [
        (1, 365, "Chirac", 139), (2, 409, "Chirac", 175), (3, 476, "Jospin", 191),
        (4, 460, "Jospin", 214), (5, 472, "Jospin", 218), (6, 415, "Jospin", 185),
    ],
)  # fmt: skip
def test_the_french_approval_ballots_of_2002(
    number: int, ballots: int, winner: str, approvals: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file = FOLDER / f"preflib/00026_frenchapproval/00026-0000000{number}.cat"
    status, found = tally(capsys, str(file), "--rule", "approval")
    assert (status, found["ballots"], found["winner_names"]) == (0, ballots, [winner])
    assert max(found["totals"].values()) == approvals
