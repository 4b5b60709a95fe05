"""Files as columns: the same from each form, and bad ones refused with the place and a remedy."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ayil.kit.errors import AyilError
from ayil.shop.imports.maps import FileForm
from ayil.shop.imports.sheets import Sheet, read_sheet
from tests.shop.imports.files import HEADER, csv_file, parquet_file, row, xlsx_file

ROWS = [row("1", "soap"), row("1", "honey-jar", 3), row("2", "soap", 2)]


def chosen(_header: Sequence[str], /) -> Mapping[str, str]:
    return {"item": "Товар", "quantity": "Кол-во", "date": "Время"}


def read(path: Path, encoding: str = "utf-8", sheet: str | None = None) -> Sheet:
    return read_sheet(path, FileForm(encoding=encoding, sheet=sheet), chosen)


def items(sheet: Sheet) -> list[object]:
    return [sheet.columns["item"].at(place) for place in range(len(sheet.lines))]


@pytest.mark.parametrize(
    ("write", "name", "lines"),
    [
        (csv_file, "чеки.csv", [2, 3, 4]),
        (parquet_file, "чеки.parquet", [1, 2, 3]),
        (xlsx_file, "чеки.xlsx", [2, 3, 4]),
    ],
)
def test_every_form_gives_the_same_items_with_their_lines(
    tmp_path: Path, write: Callable[[Path, list[list[object]]], Path], name: str, lines: list[int]
) -> None:
    sheet = read(write(tmp_path / name, ROWS))
    assert items(sheet) == ["soap", "honey-jar", "soap"]
    assert sheet.lines.tolist() == lines


def test_a_file_is_known_by_its_bytes_whatever_it_is_called(tmp_path: Path) -> None:
    made = parquet_file(tmp_path / "чеки.parquet", ROWS)
    assert items(read(made.rename(tmp_path / "чеки.csv"))) == ["soap", "honey-jar", "soap"]


def test_a_line_of_csv_is_the_line_it_starts_on(tmp_path: Path) -> None:
    rows = [row(name="Мыло\nс чабрецом"), row(item="honey-jar")]
    assert read(csv_file(tmp_path / "чеки.csv", rows)).lines.tolist() == [2, 4]


def test_codes_that_differ_by_case_or_spaces_stay_apart(tmp_path: Path) -> None:
    rows = [row(item=item) for item in ("soap", "Soap", "soap ", "soap")]
    sheet = read(csv_file(tmp_path / "чеки.csv", rows))
    assert items(sheet) == ["soap", "Soap", "soap ", "soap"]
    assert sheet.columns["item"].codes.tolist() == [0, 1, 2, 0]


def test_typed_times_and_empty_cells_come_as_they_are(tmp_path: Path) -> None:
    when = datetime(2012, 7, 2, 12, 0)  # noqa: DTZ001 - as files write it
    rows = [row(item="soap", when=when), row(item="honey-jar", when=None)]
    for sheet in (
        read(parquet_file(tmp_path / "чеки.parquet", rows)),
        read(xlsx_file(tmp_path / "чеки.xlsx", rows)),
    ):
        dates = sheet.columns["date"]
        assert (dates.at(0), dates.at(1)) == (when, None)


def test_a_parquet_of_many_row_groups_and_nanoseconds_is_one_table(tmp_path: Path) -> None:
    path = tmp_path / "чеки.parquet"
    table = pa.table(
        {
            "Товар": ["soap", "honey-jar", "soap"],
            "Кол-во": pa.array([1, 2, 3], pa.int8()),
            "Время": pa.array([1_341_230_400_000_000_001] * 3, pa.timestamp("ns")),
        }
    )
    pq.write_table(table, path, row_group_size=1)
    sheet = read(path)
    assert items(sheet) == ["soap", "honey-jar", "soap"]
    assert sheet.columns["date"].at(2) == datetime(2012, 7, 2, 12, 0)  # noqa: DTZ001


def test_another_encoding_is_read_when_it_is_named_and_refused_when_not(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "чеки.csv", ROWS)
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1251"))
    with pytest.raises(AyilError, match=r"чеки\.csv is not written in utf-8.*line 1.*cp1251"):
        read(path)
    assert items(read(path, encoding="cp1251")) == ["soap", "honey-jar", "soap"]


def test_a_byte_order_mark_says_the_encoding_itself(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "чеки.csv", ROWS)
    for encoding in ("utf-16", "utf-8-sig"):
        other = tmp_path / f"{encoding}.csv"
        other.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
        assert items(read(other)) == ["soap", "honey-jar", "soap"]


def cut(path: Path, share: float) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda f: cut(parquet_file(f / "a.parquet", ROWS), 0.9), "not a whole Parquet.*again"),
        (lambda f: cut(xlsx_file(f / "a.xlsx", ROWS), 0.9), "not a whole XLSX.*again"),
        (lambda f: cut(csv_file(f / "a.csv", ROWS), 0.94), r"line 4: \d fields.*header has 7"),
        (lambda f: write(f / "a.csv", b""), "empty"),
        (
            lambda f: write(f / "a.csv", 'Товар;Кол-во;Время\n1;"two'.encode()),
            "line 2.*no table of text",
        ),
        (lambda f: write(f / "a.csv", b"\n\n"), "no header"),
        (lambda f: write(f / "a.xls", b"\xd0\xcf\x11\xe0\xa1"), "old Excel"),
        (lambda f: write(f / "a.csv.gz", b"\x1f\x8b\x08"), "compressed"),
        (lambda f: write(f / "a.parquet", b"PAR1"), "not a whole Parquet"),
        (lambda f: write(f / "a.csv", "Товар;Товар;b\n".encode()), "«Товар» stands twice"),
        (lambda f: f / "none.csv", "cannot be read"),
        (lambda f: f, "cannot be read"),
        (lambda f: nested(f / "a.parquet"), "«Товар» is list"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name_the_place_and_a_remedy(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    path = make(tmp_path)
    with pytest.raises(AyilError, match=f"(?s){words}") as refused:
        read(path)
    assert path.name in str(refused.value)


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def nested(path: Path) -> Path:
    rows = [["1", ["soap"], "Мыло", 1, "02.07.2012 12:00", "85.25", "Tamga soap"]]
    return parquet_file(path, rows)


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "чеки.xlsx", ROWS)
    assert len(read(path, sheet="Чеки").lines) == 3
    with pytest.raises(AyilError, match="no sheet «Sales»; it has Чеки"):
        read(path, sheet="Sales")


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(AyilError, match="'klingon' is not known"):
        read(csv_file(tmp_path / "чеки.csv", ROWS), encoding="klingon")


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    assert read(csv_file(tmp_path / "чеки.csv", [])).lines.tolist() == []
    assert read(parquet_file(tmp_path / "a.parquet", [], HEADER)).lines.tolist() == []
