"""`ayil tally`: a file of ballots, a rule, and what came of it, in words and as one object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ayil.cli import main

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """# TITLE: What Barskoon makes
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: {voters}
# ALTERNATIVE NAME 1: Yurts
# ALTERNATIVE NAME 2: Felt
# ALTERNATIVE NAME 3: Jam
# ALTERNATIVE NAME 4: Honey
"""
RANKED = "5: 1,2\n4: 2,1\n3: 3,2,1\n1: {1,4}\n"
APPROVED = """# NUMBER ALTERNATIVES: 3
# NUMBER CATEGORIES: 3
# CATEGORY NAME 1: Yes
# CATEGORY NAME 2: Maybe
# CATEGORY NAME 3: No
# ALTERNATIVE NAME 1: Yurts
# ALTERNATIVE NAME 2: Felt
# ALTERNATIVE NAME 3: Jam
3: 1,2,3
3: 2,3,1
2: {},3,{1,2}
1: {1,2},{},3
"""
MONEY = """META
key;value
description;Barskoon's fund
num_projects;3
num_votes;4
budget;100.50
vote_type;approval
rule;{rule}
currency;KGS
PROJECTS
project_id;cost;name;selected
well;60.25;The well;1
loom;40;A loom;1
road;40.25;The road;0
VOTES
voter_id;vote
1;well,loom
2;well,road
3;well,loom
4;road
"""


@pytest.fixture
def ranked(tmp_path: Path) -> Path:
    return written(tmp_path / "a.toi", HEAD.replace("{voters}", "13") + RANKED)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def tally(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    status = main(["tally", *map(str, words), "--json"])
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else {"error": said.err}


def told(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    main(["tally", *map(str, words)])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("rule", "winner"), [("plurality", "1"), ("irv", "2"), ("condorcet", "2"), ("schulze", "2")]
)
def test_each_rule_has_its_winner(
    ranked: Path, capsys: pytest.CaptureFixture[str], rule: str, winner: str
) -> None:
    status, found = tally(capsys, ranked, "--rule", rule)
    assert (status, found["winners"], found["tie"], found["rule"]) == (0, [winner], [], rule)
    assert found["winner_names"] == [found["options"][winner]]
    assert (found["ballots"], found["file"], found["verdict"]) == (13, str(ranked), "chosen")


def test_rounds_pairs_and_paths_are_given(ranked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rounds = tally(capsys, ranked, "--rule", "irv")[1]["rounds"]
    assert rounds[0] == {
        "totals": {"1": 5, "2": 4, "3": 3, "4": 0},
        "exhausted": 1,
        "eliminated": ["3", "4"],
        "tied": [],
    }
    found = tally(capsys, ranked, "--rule", "schulze")[1]
    assert found["pairs"]["2"]["1"] == 7
    assert found["paths"]["2"]["1"] == [7, 6]
    words = told(capsys, ranked, "--rule", "irv")
    assert "Winner: Felt (2)" in words
    assert "Round 2" in words
    assert "Jam (3), Honey (4) leave" in words
    words = told(capsys, ranked, "--rule", "schulze")
    assert "7:6" in words


def test_a_tie_is_said_and_a_lot_ends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "a.soi", HEAD.replace("{voters}", "5") + "2: 1\n2: 2\n1: 3\n")
    for rule in ("plurality", "irv", "condorcet", "schulze"):
        status, found = tally(capsys, file, "--rule", rule)
        assert (status, found["verdict"], found["winners"]) == (1, "tie", [])
        assert found["tie_names"] == ["Yurts", "Felt"]
        status, found = tally(capsys, file, "--rule", rule, "--lot", "4,2,1,3")
        assert (status, found["winners"], found["tie"]) == (0, ["2"], [])
    assert "only a lot can decide" in told(capsys, file, "--rule", "plurality")
    status, found = tally(capsys, file, "--rule", "plurality", "--lot", "1,3")
    assert status == 2
    assert "does not name 2" in found["error"]


def test_approval_takes_as_many_categories_as_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "a.cat", APPROVED)
    status, found = tally(capsys, file, "--rule", "approval")
    assert (status, found["tie"]) == (1, ["1", "2"])
    assert found["totals"] == {"1": 4, "2": 4, "3": 0}
    status, found = tally(capsys, file, "--rule", "approval", "--approve", 2)
    assert (status, found["winners"], found["totals"]["3"]) == (0, ["2"], 5)
    assert found["assembly"] == {"verdict": "chosen", "leaders": ["2"]}
    assert "An assembly's verdict: runoff" in told(capsys, file, "--rule", "approval")
    status, found = tally(capsys, file, "--rule", "pav", "--places", 2)
    assert (status, found["winners"], found["currency"]) == (0, ["1", "2"], "places")


def test_rankings_approve_of_nobody_until_somebody_says_how_many(
    ranked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = tally(capsys, ranked, "--rule", "approval")
    assert status == 2
    assert "--approve" in found["error"]
    status, found = tally(capsys, ranked, "--rule", "approval", "--approve", 2)
    assert (status, found["winners"], found["totals"]["2"]) == (0, ["2"], 12)
    status, found = tally(capsys, ranked, "--rule", "equal-shares", "--places", 2, "--approve", 1)
    assert (status, found["winners"]) == (0, ["1", "2"])
    assert found["beside"]["pav"]["winners"] == ["1", "2"]


def test_a_budget_is_shared_out_in_the_files_own_money(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path / "a.pb", MONEY.replace("{rule}", "greedy"))
    status, found = tally(capsys, file)
    assert (status, found["rule"], found["winners"]) == (1, "greedy", ["well"])
    assert found["tie"] == ["loom", "road"]
    status, found = tally(capsys, file, "--lot", "loom,road")
    assert (status, found["winners"], found["published"]) == (0, ["loom", "well"], ["loom", "well"])
    money = [found[name] for name in ("budget", "spent", "left", "unit", "currency")]
    assert money == [10_050, 10_025, 25, 100, "KGS"]
    words = told(capsys, file, "--lot", "loom,road")
    assert "Of 100.50 KGS: 100.25 KGS spent, 0.25 KGS left" in words
    assert "The file's published result: the same" in words
    status, found = tally(capsys, file, "--budget", "90.25", "--lot", "road,loom")
    assert (status, found["winners"], found["left"]) == (0, ["well"], 3_000)
    assert tally(capsys, file, "--budget", "90.255")[0] == 2


def test_equal_shares_are_completed_as_the_file_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = MONEY.replace("{rule}", "equalshares/add1")
    status, found = tally(capsys, written(tmp_path / "a.pb", text))
    assert (status, found["rule"], found["winners"]) == (0, "equal-shares", ["road", "well"])
    assert found["beside"]["greedy"]["tie"] == ["loom", "road"]
    assert (found["completion"], found["utility"]) == ("add1", "cost")
    none = tally(capsys, tmp_path / "a.pb", "--completion", "none")[1]
    assert (none["winners"], none["share"]) == (["well"], "5025/2")
    unit = tally(capsys, tmp_path / "a.pb", "--completion", "none", "--utility", "unit")[1]
    assert unit["winners"] == ["loom", "road"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ([], "names no rule; say one with --rule"),
        (["--rule", "irv", "--places", "2"], "instant runoff chooses one, not 2"),
        (["--rule", "greedy", "--approve", "1"], "no costs; say with --places"),
        (["--rule", "irv", "--lot", "1,9"], "option 9, which is not on the paper"),
    ],
)
def test_what_cannot_be_done_is_said(
    ranked: Path, capsys: pytest.CaptureFixture[str], words: list[str], error: str
) -> None:
    status, found = tally(capsys, ranked, *words)
    assert status == 2
    assert error in found["error"]
    assert found["error"].startswith(f"ayil: {ranked}: ")


@pytest.mark.parametrize(
    "words",
    [["--places", "0"], ["--approve", "x"], ["--lot", "1,,2"], ["--lot", "1,1"], ["--budget", "x"]],
)
def test_nonsense_on_the_command_line_is_bad_input(
    ranked: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["tally", str(ranked), *words])
    assert left.value.code == 2
    assert "is not" in capsys.readouterr().err


def test_files_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = HEAD.replace("{voters}", "13")
    for name, words, error in (
        ("a.soi", text + "13: 1,1\n", "line 8: option 1 stands twice"),
        ("b.soi", text + "12: 1\n", "line 3: the header declares 13 voters"),
        ("c.soi", "", "the file is empty"),
        ("d.pb", "\x7fELF", "no text"),
        ("e.txt", text, "a file of ballots ends in one of"),
        ("f.pb", MONEY.replace("{rule}", "unknown"), "names the rule “unknown”"),
    ):
        status, found = tally(capsys, written(tmp_path / name, words))
        assert status == 2
        assert error in found["error"] or name == "d.pb"
    assert tally(capsys, tmp_path / "nowhere.soi")[0] == 2
    (tmp_path / "folder.soi").mkdir()
    assert tally(capsys, tmp_path / "folder.soi")[0] == 2


@pytest.mark.parametrize("rule", ["plurality", "irv", "condorcet", "schulze"])
def test_the_order_of_lines_changes_nothing(
    ranked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str
) -> None:
    lines = ranked.read_text(encoding="utf-8").splitlines()
    (tmp_path / "other").mkdir()
    turned = "\n".join([*lines[:3], *lines[6:2:-1], *lines[:6:-1]])
    other = written(tmp_path / "other" / "a.toi", turned)
    first, second = (tally(capsys, file, "--rule", rule)[1] for file in (ranked, other))
    assert json.dumps(first | {"file": ""}) == json.dumps(second | {"file": ""})
