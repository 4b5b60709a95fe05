"""Cells as people write them, and the way from a list to the same list."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.errors import AyilError
from ayil.kit.lists import (
    NEW,
    SAME,
    Columns,
    Fault,
    Plan,
    Reader,
    Step,
    amount_of,
    day_of,
    list_file,
    list_to_fill_in,
    read_sheet,
    refuse_changed,
    refuse_faults,
    whole_of,
    written,
    written_amount,
)
from ayil.kit.lists.keeping import forget, keep, kept
from ayil.kit.tables import read_table, write_csv, write_xlsx

FRUIT = Columns(
    {
        "name": {"ky": ("аты",), "ru": ("имя",), "en": ("name",)},
        "ripe": {"ky": ("бышкан",), "ru": ("спелый",), "en": ("ripe",)},
        "note": {"ky": ("эскертүү",), "ru": ("заметка",), "en": ("note",)},
    },
    words={"ripe": {"yes": {"ky": ("ооба",), "ru": ("да",), "en": ("yes", "y")}}},
    about={"name": "What it is called."},
    needed=("name",),
    examples={
        language: [{"name": "Өрүк", "ripe": "", "note": "x"}] for language in ("ky", "ru", "en")
    },
)
# Quotes, separators, line ends, formulas, Kyrgyz letters, right to left, emoji, controls.
NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["=1+1", "'=1+1", "+996", "@x", "-", 'a"b;c,d\te', "a\nb", "\u202eعسل", "🍯", "ҢӨҮ ңөү",
         " a  b ", "_x0041_", "#N/A", "1985", "1e5", "sep=;", "\x00\x01", "é", "é", "ﬁ"]
    ),
    st.text(alphabet="=+-@'\"\t\r\n;, ңөү🍯\u202e\u0301", max_size=12),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("1200", 120000), ("1 200,50", 120050), ("1\u00a0200.50", 120050), ("1.200,50", 120050),
        ("1,200.50", 120050), ("1,234,567", 123456700), ("650 сом", 65000), ("650som", 65000),
        ("0", 0), ("12,5", 1250), ("1200.0", 120000), ("1'200.50", 120050), ("", None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(cell: str, minor: int | None) -> None:
    assert amount_of(cell, "KGS") == minor


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1,200", "two ways"), ("1.200", "two ways"), ("abc", "no amount"), ("-5", "no amount"),
        ("12,345,6", "no amount"), ("1.2.3", "no amount"), ("=A1*2", "a formula"),
        ("0.001", "smallest coin"), ("1e3", "no amount"), ("९", "no amount"),
    ],
)  # fmt: skip
def test_an_amount_that_is_none_is_refused_and_never_guessed(cell: str, words: str) -> None:
    with pytest.raises(AyilError, match=words):
        amount_of(cell, "KGS")


@given(minor=st.integers(0, 10**11), currency=st.sampled_from(["KGS", "JPY"]))
def test_an_amount_reads_back(minor: int, currency: str) -> None:
    assert amount_of(written_amount(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2012-06-05", date(2012, 6, 5)), ("5.6.2012", date(2012, 6, 5)),
        ("05/06/2012", date(2012, 6, 5)), ("41065", date(2012, 6, 5)),
        ("2012-06-05 10:30:00", date(2012, 6, 5)), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_and_spreadsheets_write_them(cell: str, day: date | None) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(
    "cell", ["31.02.2012", "2012", "410650", "soon", "2012-06-05x", "=TODAY()"]
)
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(AyilError, match="no day"):
        day_of(cell)


def test_pieces_are_whole() -> None:
    assert [whole_of(cell) for cell in ("12", "1 200", "12.0", "12 шт.", "7 даана", "")] == [
        12, 1200, 12, 12, 7, None,
    ]  # fmt: skip
    for cell in ("1.5", "-1", "twelve", "1,200", "=B2"):
        with pytest.raises(AyilError):
            whole_of(cell)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@given(names=st.lists(NASTY, max_size=5))
def test_whatever_is_given_out_comes_back(form: str, language: str, names: list[str]) -> None:
    rows = [{"name": f"x{name}", "note": name} for name in names]
    sheet = read_sheet(list_file(FRUIT, rows, language=language, form=form), "t", FRUIT)
    assert [(cells["name"], cells["note"]) for _line, cells in sheet.rows] == [
        (written(f"x{name}"), written(name)) for name in names
    ]
    assert not sheet.left_out


def test_the_list_to_fill_in_explains_itself_and_its_example_is_no_row() -> None:
    data = list_to_fill_in(FRUIT, language="ky", form="xlsx")
    sheet = read_sheet(data, "t.xlsx", FRUIT)
    assert (sheet.rows, sheet.examples) == ([], 1)
    assert read_table(data, "t.xlsx").rows[0][0] == "Мисал: Өрүк"
    assert b"What it is called." not in data  # packed: a second sheet, not the first


def test_rows_that_are_wrong_are_told_by_line_and_by_the_files_own_heading() -> None:
    sheet = read_sheet(write_csv(("Имя", "Спелый"), [("а", "да"), ("б", "нет")]), "t", FRUIT)
    reader = Reader(sheet)
    said = []
    for line, cells in sheet.rows:
        reader.turn_to(line, cells)
        said.append(reader.answer("ripe"))
    assert said == ["yes", ""]
    assert [(one.line, one.column) for one in reader.faults] == [(3, "Спелый")]
    assert "ооба/да/yes" in reader.faults[0].words


def test_a_list_of_another_kind_is_refused_with_the_column_it_lacks() -> None:
    with pytest.raises(AyilError, match="«аты», «имя», «name»"):
        read_sheet(write_csv(("Товар",), [("x",)]), "t", FRUIT)


def test_too_many_rows_are_refused() -> None:
    data = write_xlsx(("name",), [("x",)] * 6)
    with pytest.raises(AyilError, match="more than 5 rows"):
        read_sheet(data, "t", FRUIT, most=5)


def _plan(*steps: Step, faults: tuple[Fault, ...] = ()) -> Plan:
    return Plan(("fruit",), steps, faults, ())


def test_the_digest_is_of_what_would_be_done_in_any_language() -> None:
    one = _plan(Step(2, "Apricot", NEW, (1, "x", None)))
    same = _plan(Step(2, "Өрүк", NEW, (1, "x", None)))
    assert one.digest == same.digest
    for other in (
        _plan(Step(3, "Apricot", NEW, (1, "x", None))),
        _plan(Step(2, "Apricot", SAME, (1, "x", None))),
        _plan(Step(2, "Apricot", NEW, (1, "y", None))),
        Plan(("fruit", "other shop"), one.steps, (), ()),
    ):
        assert other.digest != one.digest
        with pytest.raises(AyilError, match="changed since"):
            refuse_changed(one.digest, other)
    refuse_changed(one.digest, same)
    with pytest.raises(AyilError, match="Mend them"):
        refuse_faults(_plan(faults=(Fault(1, "", "x"),)))


def test_a_kept_file_is_one_persons_and_one_kinds(settings: object, tmp_path: object) -> None:
    settings.AYIL_HOME = tmp_path  # type: ignore[attr-defined]
    who = uuid4()
    keep(who=who, kind="fruit", name="../../etc/пас;swd\n.csv", data=b"a\nb")
    data, name = kept(who=who, kind="fruit")
    assert (data, "/" in name, "\n" in name) == (b"a\nb", False, False)
    for other in ({"who": uuid4(), "kind": "fruit"}, {"who": who, "kind": "nuts"}):
        with pytest.raises(AyilError, match="Choose the file again"):
            kept(**other)  # type: ignore[arg-type]
    forget(who=who, kind="fruit")
    with pytest.raises(AyilError):
        kept(who=who, kind="fruit")
