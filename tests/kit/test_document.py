"""Papers of A4: what was told stands on them, as text, on pages that each paper counts itself."""

from datetime import UTC, datetime

import pytest

from ayil.kit.document import Document, Facts, Grid, Signs, Words, document_pdf
from tests.rig.papers import page_count, words_on

AT = datetime(2012, 7, 2, tzinfo=UTC)


def paper(rows: int = 2, title: str = "Ведомость") -> Document:
    return Document(
        title=title,
        subtitle="Каракол",
        code="https://ayil.example/x",
        foot="Ысык-Көл",
        parts=[
            Facts([("Ким", "Жыпаргүл #panic()"), ("Айыл", "Ак-Сай")]),
            Grid(
                head=["Товар", "Саны"],
                rows=[[f"Шырдак {n}", str(n)] for n in range(rows)],
                numbers=[1],
                totals=[["Баары", "3"]],
                title="Товарлар",
            ),
            Words("Тегеректөө: жарым тыйын өйдө.", small=True),
            Signs([("Алды", "Айгүл"), ("Берди", "")]),
        ],
    )


def test_a_paper_is_set_and_the_same_words_give_the_same_bytes() -> None:
    first = document_pdf([paper()], at=AT)
    assert first.startswith(b"%PDF-")
    assert first == document_pdf([paper()], at=AT)
    assert first != document_pdf([paper(3)], at=AT)


def test_what_was_told_stands_on_it_as_text() -> None:
    said = words_on(document_pdf([paper()], at=AT))
    for words in ("Ведомость", "Каракол", "Жыпаргүл #panic()", "Ысык-Көл", "Шырдак 1", "Айгүл"):
        assert words in said


def test_each_paper_begins_on_a_page_of_its_own() -> None:
    assert page_count(document_pdf([paper()], at=AT)) == 1
    assert page_count(document_pdf([paper(), paper()], at=AT)) == 2
    assert page_count(document_pdf([paper(100), paper()], at=AT)) == 4


def test_a_row_that_does_not_fit_its_head_is_a_defect() -> None:
    with pytest.raises(ValueError, match="3 cells under 1 columns"):
        document_pdf([Document(title="x", parts=[Grid(["a"], [["1", "2", "3"]])])], at=AT)


def test_no_paper_is_a_defect() -> None:
    with pytest.raises(ValueError, match="no paper"):
        document_pdf([], at=AT)
