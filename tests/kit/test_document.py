"""Papers of A4: what was told stands on them, as text, on pages that each paper counts itself."""

from datetime import UTC, datetime

import pytest
import typst

from ayil.kit.document import TEMPLATE, Document, Facts, Grid, Signs, Words, document_pdf
from ayil.kit.paper import inputs

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


def pages(*papers: Document) -> int:
    told = {"title": "x", "papers": [one.told() for one in papers]}
    made = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, format="svg", sys_inputs=inputs(told),
        ignore_system_fonts=True,
    )  # fmt: skip
    return len(made) if isinstance(made, list) else 1


def test_a_paper_is_set_and_the_same_words_give_the_same_bytes() -> None:
    first = document_pdf([paper()], at=AT)
    assert first.startswith(b"%PDF-")
    assert first == document_pdf([paper()], at=AT)
    assert first != document_pdf([paper(3)], at=AT)


def test_each_paper_begins_on_a_page_of_its_own() -> None:
    assert pages(paper()) == 1
    assert pages(paper(), paper()) == 2
    assert pages(paper(100), paper()) == 4


def test_a_row_that_does_not_fit_its_head_is_a_defect() -> None:
    with pytest.raises(ValueError, match="3 cells under 1 columns"):
        document_pdf([Document(title="x", parts=[Grid(["a"], [["1", "2", "3"]])])], at=AT)


def test_no_paper_is_a_defect() -> None:
    with pytest.raises(ValueError, match="no paper"):
        document_pdf([], at=AT)
