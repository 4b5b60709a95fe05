"""Lists come from strangers' spreadsheets and go into them: nothing runs, nothing is lost."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.errors import AyilError
from ayil.kit.tables import harmless, read_table, reading, write_csv, write_xlsx

HEADER = ("аты", "айылы")
ATTACKS = [
    "=1+1", "+996700123456", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1",
    "=HYPERLINK(\"http://x.example\",\"y\")", "=cmd|' /C calc'!A0", "- чоң кийиз", "'=1", "''+1",
]  # fmt: skip
# Letters, spaces inside and all that a formula, a quotation or a separator begins with.
TEXTS = st.text("=+-@'\"\t\r\n ,;0 1aЫңөү＝").map(str.strip)


def sheet_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def xlsx_with(part: str, content: bytes) -> bytes:
    """A workbook of ours, one part of it replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_xlsx(HEADER, [("Айгүл", "Ак-Сай")]))) as whole,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in whole.namelist():
            changed.writestr(name, content if name == part else whole.read(name))
    return made.getvalue()


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_becomes_a_formula(text: str) -> None:
    cell = next(csv.reader([*write_csv(["a"], [[text]]).decode("utf-8-sig").splitlines()][1:]))
    assert not "".join(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    written = sheet_of(write_xlsx(["a"], [[text]]))["A2"]
    assert (written.data_type, written.quotePrefix) == ("s", True)


def test_a_header_cannot_be_a_formula_either() -> None:
    assert b"'=1" in write_csv(["=1"], [])
    assert sheet_of(write_xlsx(["=1"], []))["A1"].data_type == "s"


def test_numbers_stay_numbers() -> None:
    row = [-5, Decimal("-12.50"), 0.5, 1985]
    assert write_csv("abcd", [row]).splitlines()[1] == b"-5,-12.50,0.5,1985"
    assert harmless("-5") == "-5"
    assert [cell.data_type for cell in sheet_of(write_xlsx("abcd", [row]))[2]] == ["n"] * 4
    # Excel keeps 15 digits: a longer number is a name, such as that of a card.
    assert sheet_of(write_xlsx(["a"], [[2**60]]))["A2"].value == str(2**60)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_what_is_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    filled = tuple(row for row in rows if any(row))
    table = read_table(write_csv(HEADER, rows), "тизме.csv")
    assert (table.header, table.rows) == (HEADER, filled)


@pytest.mark.parametrize("text", [*ATTACKS, "#N/A", "Ы" * 160, "🐑", "\u202eабв", "a\nb"])
def test_both_kinds_of_file_give_the_same_table(text: str) -> None:
    rows = [(text, "Ак-Сай"), ("Айгүл", "Кара-Коо")]
    from_csv, from_xlsx = (
        read_table(write(HEADER, rows), "тизме") for write in (write_csv, write_xlsx)
    )
    assert from_csv.rows == from_xlsx.rows == ((text.strip(), "Ак-Сай"), rows[1])
    assert from_xlsx.lines == (2, 3)


def test_days_and_truth_are_read_as_text() -> None:
    row = [date(2012, 6, 5), datetime(2012, 6, 5, 14, 30), True, None]  # noqa: DTZ001 - as Excel has it
    for write in (write_csv, write_xlsx):
        table = read_table(write("abcd", [row]), "тизме")
        assert table.rows == (("2012-06-05", "2012-06-05 14:30:00", "true", ""),)


def test_a_formula_that_comes_in_is_never_worked_out() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["аты", "жылы"])
    book.worksheets[0].append(["Айгүл", '=WEBSERVICE("http://x.example")'])
    file = io.BytesIO()
    book.save(file)
    assert read_table(file.getvalue(), "тизме.xlsx").rows == (("Айгүл", ""),)
    assert read_table("аты,жылы\nАйгүл,=1+1".encode(), "тизме.csv").rows == (("Айгүл", "=1+1"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_are_recognised(encoding: str, separator: str) -> None:
    text = f"аты{separator}айылы\r\n«Өмүр, Ыңкар; бир»{separator}Ак-Сай\r\n"
    if separator != "\t":
        text = text.replace("«", '"').replace("»", '"')
    table = read_table(text.encode(encoding), "тизме.csv")
    assert table.header == HEADER
    assert table.rows[0][0].strip("«»") == "Өмүр, Ыңкар; бир"


def test_windows_cyrillic_and_excels_own_first_line_are_recognised() -> None:
    table = read_table("sep=;\r\nимя;село\r\n\r\nАсан;Тамга\r\n".encode("cp1251"), "список.csv")
    assert (table.header, table.rows, table.lines) == (("имя", "село"), (("Асан", "Тамга"),), (4,))


def test_a_line_is_counted_where_a_cell_has_several() -> None:
    table = read_table(b'a,b\n"1\n2",3\n4,5\n', "list.csv")
    assert (table.rows, table.lines) == ((("1\n2", "3"), ("4", "5")), (2, 4))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "has no header"),
        (b"\n\n", "has no header"),
        (b"a,a\n1,2", "«a» stands twice"),
        (b"a\n1,2", "line 2: «2» stands under no column"),
        (b'a,b\n"1,2', "line 2: this is no table of text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "no list that can be read"),
        (b"\xd0\xcf\x11\xe0", "old Excel file"),
        (b"%PDF-1.4", "is a PDF"),
        (b"\x1f\x8b", "is compressed"),
        (b"PK\x03\x04", "not a whole XLSX file"),
        (b"a\n" + b"x" * 10_001, "line 2: a cell holds more than 10000 letters"),
        (b",".join(b"%d" % n for n in range(101)), "line 1: there are more than 100 columns"),
        (b"a\n" * 100_001, "more than 100000 rows"),
        (b"a" * ((16 << 20) + 1), "bigger than 16 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(AyilError, match=words) as refused:
        read_table(data, "тизме.csv")
    assert "тизме.csv" in str(refused.value)


def test_a_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    bomb = xlsx_with("xl/styles.xml", b" " * (reading._BIGGEST_UNPACKED + 1))
    assert len(bomb) < 200_000
    with pytest.raises(AyilError, match="holds far more than its list"):
        read_table(bomb, "тизме.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_grow_are_refused_before_they_do(encoding: str) -> None:
    laughs = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><s>&b;</s>'
    ).encode(encoding)
    with pytest.raises(AyilError, match="declares a document type"):
        read_table(xlsx_with("xl/worksheets/sheet1.xml", laughs), "тизме.xlsx")


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '%s</sheetData></worksheet>'
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ('<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>', "more than 100000 rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "has no header"),
        ('<row r="1"><c r="ZZZZZZZZZ1"><v>1</v></c></row>', "XLSX|no header"),
        ('<row r="1"><c r="A1" t="s"><v>77</v></c></row>', "not a whole XLSX file"),
        ('<row r="1"><c r="A1"><v>', "not a whole XLSX file"),
        ('<row r="1"><c r="CW1"><v>1</v></c></row>', "more than 100 columns"),
    ],
)
def test_a_sheet_made_by_hand_neither_hangs_nor_breaks(rows: str, words: str) -> None:
    data = xlsx_with("xl/worksheets/sheet1.xml", (SHEET % rows).encode())
    with pytest.raises(AyilError, match=words):
        read_table(data, "тизме.xlsx")


def test_a_row_has_as_many_cells_as_the_header() -> None:
    for write in (write_csv, write_xlsx):
        with pytest.raises(ValueError, match="A row has 1 cells, the header 2"):
            write(HEADER, [("Айгүл",)])
