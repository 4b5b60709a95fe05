"""PrefLib's files: every kind of them, written well, oddly, and wrongly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ayil.decisions.formats import BallotFileError, read_ballots
from ayil.decisions.rules.profile import BallotFile

HEAD = """# FILE NAME: x.{kind}
# TITLE: Products of Barskoon
# DESCRIPTION:
# DATA TYPE: {kind}
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: {voters}
# NUMBER UNIQUE ORDERS: {orders}
# ALTERNATIVE NAME 1: Yurts
# ALTERNATIVE NAME 2: Felt: toys, hats
# ALTERNATIVE NAME 3: Жүн {3}
"""
CATEGORIES = """# DATA TYPE: cat
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: {voters}
# NUMBER UNIQUE PREFERENCES: {orders}
# NUMBER CATEGORIES: 3
# CATEGORY NAME 1: Yes
# CATEGORY NAME 2: Maybe
# CATEGORY NAME 3: No
# ALTERNATIVE NAME 1: Yurts
# ALTERNATIVE NAME 2: Felt
# ALTERNATIVE NAME 3: Wool
"""
OLD = """3
1,Yurts
2,Felt, toys
3,Wool
12,12,3
7,1,{2,3}
4,{1,2}
1,3
"""


def head(kind: str, voters: int, orders: int, text: str = HEAD) -> str:
    filled = text.replace("{kind}", kind).replace("{voters}", str(voters))
    return filled.replace("{orders}", str(orders))


def read(folder: Path, kind: str, text: str | bytes) -> BallotFile:
    file = folder / f"ballots.{kind}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_ballots(file)


def places(*order: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(place.split()) for place in order)


def test_complete_strict_orders(tmp_path: Path) -> None:
    file = read(tmp_path, "soc", head("soc", 5, 2) + "3: 1,2,3\n2: 3,2,1\n")
    assert file.title == "Products of Barskoon"
    assert file.names == {"1": "Yurts", "2": "Felt: toys, hats", "3": "Жүн {3}"}
    assert file.rankings == Counter({places("1", "2", "3"): 3, places("3", "2", "1"): 2})
    assert (file.approvals, file.categories, file.published_rule) == (Counter(), (), "")


def test_orders_with_ties_gaps_and_nothing_on_them(tmp_path: Path) -> None:
    lines = "3: 1\n2: 3,{1,2}\n4: {2,3}\n1:\n2: {1}, 2\n"
    file = read(tmp_path, "toi", head("toi", 12, 5) + lines)
    assert file.rankings == Counter(
        {
            places("1"): 3,
            places("3", "1 2"): 2,
            places("2 3"): 4,
            (): 1,
            places("1", "2"): 2,
        }
    )


@pytest.mark.parametrize("kind", ["soc", "soi", "toc", "toi"])
def test_spaces_marks_and_ends_of_lines_do_not_matter(tmp_path: Path, kind: str) -> None:
    plain = read(tmp_path, kind, head(kind, 5, 2) + "3: 1,2,3\n2: 3,2,1\n")
    odd = head(kind, 5, 2).replace("# ", "#").replace("NAME 1:", "NAME  1 :")
    odd += "\n  3 : 1 , 2,3  \n# a comment: between\n\n2:3,\t02 ,1"
    assert read(tmp_path, kind, odd) == plain
    assert read(tmp_path, kind, b"\xef\xbb\xbf" + odd.replace("\n", "\r\n").encode()) == plain
    assert read(tmp_path, kind, odd.replace("\n", "\r")) == plain
    assert read(tmp_path, kind, odd.encode("utf-16")) == plain
    (tmp_path / f"LOUD.{kind.upper()}").write_text(odd, encoding="utf-8")
    assert read_ballots(tmp_path / f"LOUD.{kind.upper()}") == plain


def test_the_same_order_on_two_lines_is_one(tmp_path: Path) -> None:
    for orders in (2, 3):
        lines = "3: 1,2\n2: 2\n1: 1, 2\n"
        file = read(tmp_path, "soi", head("soi", 6, orders) + lines)
        assert file.rankings == Counter({places("1", "2"): 4, places("2"): 2})


def test_categories_keep_their_places(tmp_path: Path) -> None:
    lines = "3: {1,2},{},3\n2: {},{},{1,2,3}\n1: 1, {}\n1: {1,2,3}, {}, {}\n"
    file = read(tmp_path, "cat", head("cat", 7, 4, CATEGORIES) + lines)
    assert file.categories == ("Yes", "Maybe", "No")
    assert file.rankings == Counter(
        {
            places("1 2", "", "3"): 3,
            places("", "", "1 2 3"): 2,
            places("1", "", ""): 1,
            places("1 2 3", "", ""): 1,
        }
    )


def test_the_form_before_2022(tmp_path: Path) -> None:
    file = read(tmp_path, "toi", OLD)
    assert file.names == {"1": "Yurts", "2": "Felt, toys", "3": "Wool"}
    assert file.rankings == Counter(
        {places("1", "2 3"): 7, places("1 2"): 4, places("3"): 1}
    )  # fmt: skip
    assert file.title == "ballots"


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("soi", "", "the file is empty"),
        ("soi", " \n\n", "the file is empty"),
        ("soi", b"\x89PNG\r\n\x1a\n\0\0", "line 1: this is no text in UTF-8"),
        ("soi", b"# TITLE: a\n1: 1\x00,2", "line 2: this is no text: it holds control signs"),
        ("soi", "to whom it may concern", "line 1: neither # nor a number of options"),
        ("soi", "# nothing\n1: 1\n", "line 1: no header: nothing says what was voted on"),
        ("soi", head("soi", 1, 1), "line 6: the header declares 1 voters, but the lines below"),
        ("soi", head("soi", 0, 0), "the file holds no ballot"),
        ("soi", head("soi", 9, 1) + "8: 1\n", "line 6: the header declares 9 voters, but .* 8"),
        ("soi", head("soi", 8, 3) + "8: 1\n", "line 7: the header declares 3 different ballots"),
        ("soi", head("soi", 1, 1).replace("ES: 3", "ES: 4"), "line 5: .* 4 alternatives .* 3"),
        ("soi", head("soi", 1, 1).replace("ES: 3", "ES: 3,5"), "line 5: no whole number: “3,5”"),
        ("soi", head("soi", 1, 1) + "# ALTERNATIVE NAME 3: x", "line 11: alternative name 3 is"),
        ("soi", head("soi", 1, 1) + "# NUMBER VOTERS: 1", "line 11: number voters is given twi"),
        ("soi", head("soi", 1, 1) + "1: 4,1", "line 11: option 4 is not among those"),
        ("soi", head("soi", 1, 1) + "1: 1,2,1", "line 11: option 1 stands twice in one ballot"),
        ("toi", head("toi", 1, 1) + "1: 1,{2,1}", "line 11: option 1 stands twice"),
        ("soi", head("soi", 1, 1) + "1: 1,2,", "line 11: no ranking like .*is the line cut"),
        ("soi", head("soi", 1, 1) + "1: 1 2", "line 11: no ranking like"),
        ("toi", head("toi", 1, 1) + "1: 1,{2,3", "line 11: no ranking like"),
        ("toi", head("toi", 1, 1) + "1: {1,{2}}", "line 11: no ranking like"),
        ("soi", head("soi", 1, 1) + "1: Yurts", "line 11: no ranking like .*“Yurts”"),
        ("soi", head("soi", 1, 1) + "1", "line 11: no count, colon and ranking: “1”"),
        ("soi", head("soi", 1, 1) + "-1: 1", "line 11: no whole number: “-1”"),
        ("soi", head("soi", 1, 1) + "1.5: 1", "line 11: no whole number"),
        ("soi", head("soi", 1, 1) + "²: 1", "line 11: no whole number"),
        ("soi", head("soi", 1, 1) + "0: 1", "line 11: 0 ballots are none"),
        ("soi", head("soi", 1, 1) + "9" * 5000 + ": 1", "line 11: no whole number: “9+…”"),
        ("soi", head("soi", 1, 1) + "1: {1,2}", "line 11: two at once, in a file of strict"),
        ("toc", head("toc", 1, 1) + "1: {1,2}", "line 11: 2 of 3 options, in a file of complete"),
        ("soi", head("toi", 1, 1) + "1: 1", "line 4: the header says that this is toi, but"),
        ("cat", head("cat", 1, 1, CATEGORIES) + "1: 1,2,3,{}", "line 12: 4 categories, .* has 3"),
        ("cat", head("cat", 1, 1, CATEGORIES) + "1: 1,{1}", "line 12: option 1 stands twice"),
        ("cat", OLD, "line 1: a file of categories begins with lines of #"),
        ("toi", "3\n1,a\n2,b\n", "line 1: 3 options are announced, and then the file ends"),
        ("toi", OLD.replace("2,Felt", "1,Felt"), "line 3: no number and name of a new option"),
        ("toi", OLD.replace("12,12,3", "12,3"), "line 5: no voters, sum and number"),
        ("toi", OLD.replace("12,12,3", "12,13,3"), "line 5: the header declares 13 voters"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_line(
    tmp_path: Path, kind: str, text: str | bytes, words: str
) -> None:
    with pytest.raises(BallotFileError, match=words):
        read(tmp_path, kind, text)


def test_an_ending_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(BallotFileError, match=r"ends in one of \.cat"):
        read(tmp_path, "wmd", OLD)
