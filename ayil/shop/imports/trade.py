"""A file of trade, read and checked by its map: nothing of it is posted here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ayil.kit.clock import local_date
from ayil.kit.money import minor_digits
from ayil.shop.imports.maps import SalesMap, read_map
from ayil.shop.imports.reasons import Reason
from ayil.shop.imports.rules import Checked, Taken, check, dealt_to
from ayil.shop.imports.sheets import Column, Sheet, read_sheet


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the file: what it is called there, whose it is, when it first sold."""

    code: str
    name: str
    owner: str
    first_sold: date


@dataclass(frozen=True, slots=True)
class Trade:
    """`items` holds what was taken, by the index that `checked.taken.item` uses."""

    map: SalesMap
    sheet: Sheet
    checked: Checked
    items: dict[int, Item]

    @property
    def taken(self) -> Taken:
        return self.checked.taken


def read_trade(*, path: Path, map_path: Path | None, at: datetime) -> Trade:
    """Every line of the file with its reason; raises AyilError for what is no file of trade."""
    source = read_map(map_path)
    found: list[SalesMap] = []

    def choose(header: Sequence[str], /) -> dict[str, str]:
        found.append(source.complete(header, path.name))
        return found[0].roles()

    sheet = read_sheet(path, source.form, choose)
    sales_map = found[0]
    checked = check(
        sheet,
        sales_map,
        minor_digits=minor_digits(sales_map.shop.currency),
        today=local_date(at, sales_map.zone),
    )
    return Trade(sales_map, sheet, checked, _items(sheet, checked.taken, sales_map))


def refuse_items(trade: Trade, items: Sequence[int], reason: Reason) -> Trade:
    """The same trade without these items: their lines are refused."""
    taken = trade.taken
    out = np.isin(taken.item, items)
    if not out.any():
        return trade
    reasons = trade.checked.reasons.copy()
    reasons[taken.row[out]] = reason
    checked = replace(trade.checked, reasons=reasons, taken=taken.only(~out))
    left = {index: item for index, item in trade.items.items() if index not in set(items)}
    return replace(trade, checked=checked, items=left)


def _items(sheet: Sheet, taken: Taken, sales_map: SalesMap) -> dict[int, Item]:
    different, first = np.unique(taken.item, return_index=True)
    names = _first_names(sheet.columns.get("name"), taken)
    days = np.full(len(taken.items), np.iinfo(np.int64).max)
    np.minimum.at(days, taken.item, taken.day)
    owner = sheet.columns.get("owner")
    spread = sales_map.owners.spread or 1
    width = max(3, len(str(spread)))
    found = {}
    for index, place in zip(different.tolist(), first.tolist(), strict=True):
        code = taken.items[index]
        found[index] = Item(
            code=code,
            name=names.get(index, code),
            owner=f"Consignor {dealt_to(code, spread):0{width}d}"
            if owner is None
            else str(owner.at(int(taken.row[place]))),
            first_sold=date.fromordinal(int(days[index])),
        )
    return found


def _first_names(column: Column | None, taken: Taken) -> dict[int, str]:
    """What each item is called on its first line that names it."""
    if column is None:
        return {}
    named: NDArray[np.int64] = np.flatnonzero(column.codes[taken.row] >= 0)
    different, first = np.unique(taken.item[named], return_index=True)
    places = named[first]
    found = {
        index: str(column.at(int(taken.row[place]))).strip()
        for index, place in zip(different.tolist(), places.tolist(), strict=True)
    }
    return {index: name for index, name in found.items() if name}
