"""Maps are read strictly: what they say is known by name, what they lack is said."""

from pathlib import Path

import pytest

from ayil.kit.errors import AyilError
from ayil.shop.imports.maps import SalesMap, read_map
from tests.rig.machine import CHECKOUT
from tests.shop.imports.files import HEADER, MAP, map_file


def complete(text: str, folder: Path, header: list[str] = HEADER) -> SalesMap:
    return read_map(map_file(folder, text)).complete(header, "чеки.csv")


def test_a_map_says_what_each_column_is(tmp_path: Path) -> None:
    found = complete(MAP, tmp_path)
    assert found.roles() == {
        "receipt": "Чек", "item": "Товар", "name": "Название", "quantity": "Кол-во",
        "date": "Время", "price": "Цена", "owner": "Ээси",
    }  # fmt: skip
    assert found.owners.commission_bp == 2000
    assert found.zone.key == "Asia/Bishkek"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('price = "Цена"', 'prise = "Цена"'), "prise"),
        (('price = "Цена"', ""), "price or amount"),
        (('price = "Цена"', 'price = "Цена"\namount = "Цена"'), "price or amount"),
        (('column = "Ээси"', ""), "column or spread"),
        (('column = "Ээси"', "spread = 0"), "spread"),
        (('column = "Ээси"', 'spread = "5"'), "spread"),
        (("commission_percent = 20", "commission_percent = 120"), "commission_percent"),
        (("commission_percent = 20", "commission_percent = 12.345"), "two decimals"),
        (('currency = "KGS"', 'currency = "XYZ"'), "XYZ"),
        (('code = "karakol-old"', 'code = "Каракол"'), "code"),
        (('prefix = "В"', 'prefix = "В"\nnegative_quantities = true'), "not both"),
        (('receipt = "Чек"', ""), "receipt column"),
        (("[date]", '[date]\nzone = "Asia/Atlantis"'), "Atlantis"),
        (("[date]", "[colours]\nred = 1\n[date]"), "colours"),
        (("[date]", "[date"), "line"),
    ],
)
def test_a_wrong_map_is_refused_with_the_place(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    with pytest.raises(AyilError, match=r"map\.toml") as refused:
        complete(MAP.replace(*change), tmp_path)
    assert words in str(refused.value)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(AyilError, match="«Цена»") as refused:
        complete(MAP, tmp_path, ["Чек", "Товар", "Название", "Кол-во", "Время", "Price", "Ээси"])
    assert "«Price»" in str(refused.value)


def test_without_a_map_usual_names_are_enough() -> None:
    header = ["Invoice", "StockCode", "Qty", "InvoiceDate", "Price", "Producer", "Weather"]
    found = read_map(None).complete(header, "sales.csv")
    assert found.roles() == {
        "receipt": "Invoice", "item": "StockCode", "quantity": "Qty", "date": "InvoiceDate",
        "price": "Price", "owner": "Producer",
    }  # fmt: skip


def test_without_a_map_what_is_missing_is_said() -> None:
    with pytest.raises(AyilError, match="«item», «owner», «price»"):
        read_map(None).complete(["Date", "Quantity", "Colour"], "sales.csv")


def test_without_a_map_two_columns_that_could_be_it_are_not_chosen_between() -> None:
    with pytest.raises(AyilError, match="«Дата», «Date»"):
        read_map(None).complete(["Дата", "Date", "Item", "Qty", "Price", "Owner"], "sales.csv")


def test_a_map_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AyilError, match=r"none\.toml"):
        read_map(tmp_path / "none.toml")


@pytest.mark.parametrize("path", sorted((CHECKOUT / "docs/field/maps").glob("*.toml")))
def test_the_maps_that_are_shipped_are_right(path: Path) -> None:
    assert read_map(path).map is not None
