"""Pabulib's files: every kind of vote, every oddity of the text, and what is refused where."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ayil.decisions.formats import BallotFileError, read_ballots
from ayil.decisions.rules.profile import BallotFile

FILE = """META
key;value
description;Budget of Ak-Say
currency;KGS
budget;1000
vote_type;approval
rule;greedy
num_projects;3
num_votes;3
PROJECTS
project_id;cost;name;selected
1;600;Felt;1
2;500;Soap;0
7/a;100;Jam;1
VOTES
voter_id;age;vote
a;34;1,2
b;;7/a
c;51;
"""


def read(tmp_path: Path, text: str | bytes) -> BallotFile:
    path = tmp_path / "ak-say.pb"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_ballots(path)


def changed(*pairs: tuple[str, str]) -> str:
    text = FILE
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_approvals_costs_and_the_published_result(tmp_path: Path) -> None:
    found = read(tmp_path, FILE)
    assert found.title == "Budget of Ak-Say"
    assert found.names == {"1": "Felt", "2": "Soap", "7/a": "Jam"}
    assert found.approvals == {frozenset("12"): 1, frozenset(["7/a"]): 1, frozenset(): 1}
    assert (found.rankings, found.points) == ({}, {})
    assert (found.costs, found.budget, found.decimals) == (
        {"1": 600, "2": 500, "7/a": 100},
        1000,
        0,
    )
    assert (found.currency, found.published_rule, found.threshold) == ("KGS", "greedy", 0)
    assert found.published == {"1", "7/a"}


@pytest.mark.parametrize("kind", ["choose-1", "knapsack"])
def test_other_names_of_approval(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, changed(("vote_type;approval", f"vote_type;{kind}"), ("1,2", "2")))
    assert found.approvals[frozenset("2")] == 1


def test_what_a_file_does_not_say(tmp_path: Path) -> None:
    text = changed((";name;selected", ""), (";Felt;1", ""), (";Soap;0", ""), (";Jam;1", ""))
    found = read(tmp_path, text.replace("num_votes;3\n", "").replace("rule;greedy\n", ""))
    assert found.names == {"1": "1", "2": "2", "7/a": "7/a"}
    assert (found.published, found.published_rule) == (None, "")


def test_money_with_decimals_is_counted_in_the_smallest_unit(tmp_path: Path) -> None:
    found = read(tmp_path, changed(("budget;1000", "budget;1000.00"), ("1;600;", "1;600,5;")))
    assert (found.costs["1"], found.costs["2"], found.budget, found.decimals) == (
        6005,
        5000,
        10000,
        1,
    )
    assert read(tmp_path, changed(("budget;1000", "budget;1000,00"))).decimals == 0


def test_a_mark_at_the_beginning_other_line_ends_and_empty_lines(tmp_path: Path) -> None:
    expected = read(tmp_path, FILE)
    for end in ("\r\n", "\r", "\n\n", " \n"):
        assert read(tmp_path, "\ufeff" + FILE.replace("\n", end)) == expected
    assert read(tmp_path, FILE.encode("utf-16")) == expected
    assert read(tmp_path, FILE.replace(";", " ; ")) == expected
    assert read(tmp_path, changed(("key;value", "KEY;Value"), ("META\n", "meta\n"))) == expected


def test_semicolons_and_quotes_in_the_text(tmp_path: Path) -> None:
    felt, title = ("600;Felt", '600; "Felt; a ""ton"" of it"'), ("Budget of", 'Budget; the "of"')
    found = read(tmp_path, changed(felt, title))
    assert found.names["1"] == 'Felt; a "ton" of it'
    assert found.title == 'Budget; the "of" Ak-Say'
    two_lines = changed(("600;Felt", '600;"Felt\nof sheep"'), ("b;;7/a", "b;;9"))
    with pytest.raises(BallotFileError, match=r"line 19: VOTES: there is no project '9'"):
        read(tmp_path, two_lines)
    last = changed(("name;selected", "selected;name"), ("Felt;1", "1;Felt; warm"))
    assert read(tmp_path, last.replace("Soap;0", "0;Soap").replace("Jam;1", "1;Jam")).names[
        "1"
    ] == ("Felt; warm")


def test_points_of_cumulative_and_scoring_votes(tmp_path: Path) -> None:
    pairs = [
        ("voter_id;age;vote", "voter_id;vote;points"),
        ("a;34;1,2", "a;1,2;3,1"),
        ("b;;7/a", "b;7/a;2.5"),
        ("c;51;", "c;;"),
    ]
    found = read(tmp_path, changed(("vote_type;approval", "vote_type;cumulative"), *pairs))
    assert found.points == {
        frozenset([("1", Fraction(3)), ("2", Fraction(1))]): 1,
        frozenset([("7/a", Fraction(5, 2))]): 1,
        frozenset(): 1,
    }
    assert found.approvals == {}
    scoring = ("vote_type;approval", "vote_type;scoring\ndefault_score;-1")
    negative = read(tmp_path, changed(scoring, *pairs[:2], ("b;;7/a", "b;7/a;-2"), pairs[3]))
    assert negative.points[frozenset([("1", Fraction(-1)), ("2", -1), ("7/a", -2)])] == 1
    assert negative.points[frozenset([("1", Fraction(-1)), ("2", -1), ("7/a", -1)])] == 1
    with pytest.raises(BallotFileError, match="line 17: VOTES: 2 projects, and points for 1"):
        read(
            tmp_path,
            changed(("approval", "scoring"), *pairs[:1], ("a;34;1,2", "a;1,2;3"), *pairs[2:]),
        )


def test_rankings_and_their_points(tmp_path: Path) -> None:
    ordinal = ("vote_type;approval", "vote_type;ordinal\nmax_length;3")
    found = read(tmp_path, changed(ordinal, ("a;34;1,2", "a;34;2,1")))
    assert found.rankings[frozenset("2"), frozenset("1")] == 1
    assert found.rankings[()] == 1
    assert found.points[frozenset([("2", Fraction(3)), ("1", Fraction(2))])] == 1
    own = changed(
        ordinal,
        ("voter_id;age;vote", "voter_id;points;vote"),
        ("a;34;1,2", 'a;"5,1";2,1'),
        ("b;;7/a", "b;5;7/a"),
        ("c;51;", "c;;"),
    )
    assert read(tmp_path, own).points[frozenset([("2", Fraction(5)), ("1", Fraction(1))])] == 1


def test_the_threshold_of_a_project(tmp_path: Path) -> None:
    text = changed(("rule;greedy", "rule;greedy\nmin_project_score_threshold;50"))
    assert read(tmp_path, text).threshold == 50


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("META\nkey;value\n", "", "line 1: a file of Pabulib begins with the line META"),
        ("META", "PROJECTS", "line 1: the section PROJECTS stands out of its order"),
        ("VOTES\nvoter_id;age;vote\na;34;1,2\nb;;7/a\nc;51;\n", "", "section VOTES is missing"),
        ("VOTES\n", "PROJECTS\n", "line 15: the section PROJECTS stands out of its order"),
        ("key;value", "name;value", "line 2: META: there is no column key"),
        ("budget;1000\n", "", "META: budget is missing"),
        ("budget;1000", "budget;", "META: budget is missing"),
        ("budget;1000", "budget;a lot", "line 5: META: the budget is 'a lot', no sum of money"),
        ("budget;1000", "budget;1,000,000", "line 5: META: the budget is '1,000,000', no sum"),
        ("budget;1000", "budget;-1", "line 5: META: the budget is '-1', no sum of money"),
        ("vote_type;approval", "vote_type;quadratic", "line 6: META: vote_type is 'quadratic'"),
        ("rule;greedy", "budget;1000", "line 7: META: budget stands twice"),
        ("num_votes;3", "num_votes;4", "line 9: META: num_votes is 4, and the file holds 3 votes"),
        ("num_projects;3", "num_projects;2", "line 8: META: num_projects is 2, and the file hol"),
        ("num_votes;3", "num_votes;three", "line 9: META: num_votes is 'three', no whole number"),
        (
            "project_id;cost;name",
            "project_id;price;name",
            "line 11: PROJECTS: there is no column",
        ),
        ("cost;name", "cost;cost", "line 11: PROJECTS: two columns have one name"),
        ("2;500;Soap;0", "1;500;Soap;0", "line 13: PROJECTS: project 1 stands twice"),
        ("2;500;Soap;0", "2", "line 13: PROJECTS: the row ends before cost"),
        ("2;500;Soap;0", "2;;Soap;0", "line 13: PROJECTS: the cost of 2 is '', no sum of money"),
        ("2;500;Soap;0", "2;500;Soap;0;1", "line 13: PROJECTS: 5 fields for 4 columns"),
        ("2;500;Soap;0", ";500;Soap;0", "line 13: PROJECTS: '' cannot be a project's identifier"),
        ("600;Felt", '600;"Felt', "line 12: a quotation mark opens here and never closes"),
        ("a;34;1,2", "a;34;1,9", "line 17: VOTES: there is no project '9'"),
        ("a;34;1,2", "a;34;1,1", "line 17: VOTES: project 1 stands twice in one vote"),
        ("a;34;1,2", "a;34", "line 17: VOTES: the row ends before vote"),
        ("b;;7/a", "a;;7/a", "line 18: VOTES: voter a stands twice"),
        ("rule;greedy", "max_length;1", "line 17: VOTES: voter a names 2 projects; 0 to 1 are"),
        ("rule;greedy", "min_length;2", "line 18: VOTES: voter b names 1 projects; 2 to 3 are"),
        ("vote_type;approval", "vote_type;choose-1", "line 17: VOTES: voter a names 2 projects"),
        (
            "vote_type;approval",
            "vote_type;cumulative",
            "line 17: VOTES: 2 projects, and points for",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(BallotFileError) as refused:
        read(tmp_path, changed((old, new)))
    assert said in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\x00\x01\xff", b"\x89PNG\r\n\x1a\n", b";;;;"])
def test_nonsense_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BallotFileError):
        read(tmp_path, data)


def test_a_file_cut_anywhere_is_refused_or_read_short(tmp_path: Path) -> None:
    """Only a cut in the last, empty vote leaves a file that says the same."""
    whole = read(tmp_path, FILE)
    for end in range(len(FILE) - 4):
        with pytest.raises(BallotFileError):
            read(tmp_path, FILE[:end])
    assert read(tmp_path, FILE[:-1]) == whole
