"""Papers: words stay words, the letters are there, the same words give the same bytes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from ayil.kit.paper import PaperFailed, inputs, set_paper

AT = datetime(2012, 7, 2, tzinfo=UTC)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "plain.typ"
    path.write_text(
        "#let told = json(bytes(sys.inputs.told))\n"
        "#set page(width: 90mm, height: 20mm)\n#told.words\n"
    )
    return path


def page_of(template: Path, words: str) -> bytes:
    made = typst.compile(
        template, root=template.parent, format="svg", sys_inputs=inputs({"words": words}),
        ignore_system_fonts=True,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def test_the_same_words_give_the_same_pdf(template: Path) -> None:
    first = set_paper(template, {"words": "Ысык-Көл"}, at=AT)
    assert first.startswith(b"%PDF-")
    assert first == set_paper(template, {"words": "Ысык-Көл"}, at=AT)
    assert first != set_paper(template, {"words": "Ысык-Кол"}, at=AT)


@pytest.mark.parametrize(
    "words",
    ['#panic("x")', "$x$ *b* _i_ = h", '#read("/etc/passwd")', "\\u{41} // gone", "]}\"'<script>"],
)
def test_what_people_wrote_is_never_read_as_the_templates_language(
    template: Path, words: str
) -> None:
    assert set_paper(template, {"words": words}, at=AT).startswith(b"%PDF-")
    # One glyph a letter that leaves ink: nothing was taken for a sign of the language.
    assert page_of(template, words).count(b"<use") == len(words.replace(" ", ""))


@pytest.mark.parametrize("letter", "ңөүҢӨҮ№–«»")
def test_each_kyrgyz_letter_has_its_shape(template: Path, letter: str) -> None:
    shapes = {page_of(template, letter), page_of(template, "\ufffd"), page_of(template, "\u0378")}
    assert len(shapes) == 3 or letter == "\ufffd"


def test_a_template_that_was_not_told_enough_is_a_defect(template: Path) -> None:
    with pytest.raises(PaperFailed, match="plain"):
        set_paper(template, {}, at=AT)


def test_a_template_reads_nothing_outside_its_folder(template: Path, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.txt").write_text("secret")
    template.write_text('#read("../secret.txt")')
    with pytest.raises(PaperFailed):
        set_paper(template, {}, at=AT)
