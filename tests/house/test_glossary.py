"""The field's vocabulary stands in the glossary, in three languages."""

from __future__ import annotations

import re

import pytest

from tests.rig.machine import CHECKOUT

GLOSSARY = CHECKOUT / "docs" / "field" / "glossary.md"
# The words that code, pages and papers use: the list of the field itself.
VOCABULARY = """
programme, agreement, memorandum, tranche, budget line, expenditure, evidence;
region, district, aiyl aimak, village;
party, person, community, enterprise, membership, mandate;
assembly, roll, quorum, proposal, ballot, tally, decision, minutes;
resource, product, variant, cost card, batch, assessment;
consignor, consignment agreement, consignment note, lot, label, movement, count, write-off;
shop, till, shift, float, sale, line, tender, refund, Z-report, drawer;
statement, payout run, payout, acknowledgement, dispute;
lost sale, trial, visitor answer, lesson, action, outcome;
training, session, attendance;
announcement, catalogue;
sell-through, days on shelf, stock-out, shrinkage, mark-up, margin, break-even, sales flash
"""
CYRILLIC = re.compile(r"[\u0400-\u04ff]|^(?:PIN|Z)")
NOT_KYRGYZ = re.compile(r"[щъ]", re.IGNORECASE)


def rows(text: str) -> list[tuple[str, str, str]]:
    """English, Russian and Kyrgyz of each row of the table."""
    cells = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and not line.startswith(("|---", "| English"))
    ]
    return [(row[0], row[1], row[2]) for row in cells]


def terms(cell: str) -> list[str]:
    """The single words of a cell: «lot (drawn on a tie)» is a lot."""
    plain = re.sub(r"\([^)]*\)", "", cell)
    return [term.strip() for term in re.split(r"[,;]", plain) if term.strip()]


WORDS = [word.strip() for word in re.split(r"[,;]", VOCABULARY) if word.strip()]


@pytest.mark.parametrize("word", WORDS)
def test_each_word_of_the_field_has_three_languages(word: str) -> None:
    found = [row for row in rows(GLOSSARY.read_text(encoding="utf-8")) if word in terms(row[0])]
    assert found, f"{word} is not in the glossary"
    for _english, russian, kyrgyz in found:
        assert CYRILLIC.search(russian)
        assert CYRILLIC.search(kyrgyz)


def test_every_row_is_whole() -> None:
    table = rows(GLOSSARY.read_text(encoding="utf-8"))
    assert len(table) > 120
    for row in table:
        assert all(row), row
        assert not NOT_KYRGYZ.search(re.sub("объект|адъ", "", row[2])), row
    english = [row[0] for row in table]
    assert sorted({one for one in english if english.count(one) > 1}) == []


def test_a_word_without_its_language_is_found() -> None:
    assert rows("| tranche | транш |  | why |") == [("tranche", "транш", "")]
    assert terms("lot (drawn on a tie)") == ["lot"]
