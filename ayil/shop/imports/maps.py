"""The map of a file of trade: which column is what, whose the goods are, what a return looks like.

A map is TOML; its keys are the fields of the classes below. An unknown key is refused by name.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.money import MINOR_DIGITS

_Name = Annotated[str, Meta(min_length=1, max_length=200)]


class Strict(Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    pass


class FileForm(Strict, frozen=True):
    """How the bytes are written: the first three for CSV, `sheet` for XLSX (else the first)."""

    encoding: str = "utf-8"
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] | None = None
    decimal: Literal[".", ","] = "."
    sheet: str | None = None


class Columns(Strict, frozen=True):
    """Names of columns. `price` is for one unit, `amount` for the whole line: one of the two."""

    date: _Name
    item: _Name
    quantity: _Name
    price: _Name | None = None
    amount: _Name | None = None
    receipt: _Name | None = None
    customer: _Name | None = None
    name: _Name | None = None


class DateForm(Strict, frozen=True):
    """`format` as strptime has it, for dates written as text; without one, ISO 8601."""

    format: str | None = None
    zone: str = "Asia/Bishkek"


class ShopOf(Strict, frozen=True):
    code: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$")] = "imported"
    name: Annotated[str, Meta(min_length=1, max_length=120)] = "Imported trade"
    currency: str = "KGS"
    tender: Literal["cash", "qr", "card", "bank", "other"] = "cash"


class Returns(Strict, frozen=True):
    """Either a prefix of the receipt number, or negative quantities, mark what came back.

    With a prefix, `quantities` says which sign a return's quantities have in the file.
    """

    prefix: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    quantities: Literal["negative", "positive"] = "negative"
    negative_quantities: bool = False


class Owners(Strict, frozen=True):
    """A column that names each item's owner, or `spread` consignors to deal the items out to."""

    column: _Name | None = None
    spread: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    commission_percent: (
        Annotated[int, Meta(ge=0, le=100)] | Annotated[float, Meta(ge=0, le=100)]
    ) = 20

    @property
    def commission_bp(self) -> int:
        return int(Decimal(str(self.commission_percent)) * 100)


class SalesMap(Strict, frozen=True):
    columns: Columns
    owners: Owners
    file: FileForm = FileForm()
    date: DateForm = DateForm()
    shop: ShopOf = ShopOf()
    returns: Returns = Returns()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.date.zone)

    def roles(self) -> dict[str, str]:
        """What is read from the file: role to column name."""
        named = msgspec.structs.asdict(self.columns) | {"owner": self.owners.column}
        return {role: name for role, name in named.items() if name is not None}


@dataclass(frozen=True)
class MapSource:
    """What is known of the map before the file's header is seen: all of it, or nothing."""

    map: SalesMap | None
    form: FileForm

    def complete(self, header: Sequence[str], where: str) -> SalesMap:
        """The map for a file with this header; raises AyilError for a column that is not there."""
        found = self.map or _guess(header, where)
        absent = [name for name in found.roles().values() if name not in header]
        if absent:
            raise AyilError(
                gettext_noop(
                    "%(where)s has no column %(absent)s. Its columns are %(header)s. Name "
                    "the right ones under [columns] in the map."
                ),
                where=where,
                absent=_listed(absent),
                header=_listed(header),
            )
        return found


def read_map(path: Path | None) -> MapSource:
    """The map in a TOML file; without one, columns are guessed when the header is known."""
    if path is None:
        return MapSource(None, FileForm())
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        found = msgspec.convert(content, SalesMap)
    except OSError as error:
        raise AyilError(
            gettext_noop("The map %(path)s cannot be read: %(error)s."),
            path=path,
            error=error.strerror,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise AyilError(
            gettext_noop(
                "The map %(file)s is not right: %(error)s. Correct it; "
                "docs/field/maps/giftware.toml shows every key with its meaning."
            ),
            file=path.name,
            error=error,
        ) from error
    fault = _fault(found)
    if fault:
        raise AyilError(
            gettext_noop("The map %(file)s is not right: %(fault)s"), file=path.name, fault=fault
        )
    return MapSource(found, found.file)


def _fault(found: SalesMap) -> AyilError | None:
    """What the types alone cannot say, in words; None where all is well."""
    columns, returns, owners = found.columns, found.returns, found.owners
    percent = Decimal(str(owners.commission_percent)) * 100
    faults = {
        gettext_noop("[columns] needs price or amount, and only one of them."): (
            (columns.price is None) == (columns.amount is None)
        ),
        gettext_noop("[owners] needs column or spread, and only one of them."): (
            (owners.column is None) == (owners.spread is None)
        ),
        gettext_noop("[owners] commission_percent has at most two decimals."): (
            percent != int(percent)
        ),
        gettext_noop("[returns] takes prefix or negative_quantities, not both."): (
            returns.prefix is not None and returns.negative_quantities
        ),
        gettext_noop("[returns] prefix needs a receipt column under [columns]."): (
            returns.prefix is not None and columns.receipt is None
        ),
    }
    broken = next((words for words, is_broken in faults.items() if is_broken), None)
    return _unknown_name(found) if broken is None else AyilError(broken)


def _unknown_name(found: SalesMap) -> AyilError | None:
    if found.shop.currency not in MINOR_DIGITS:
        return AyilError(
            gettext_noop("[shop] currency '%(currency)s' is not known. Known are %(known)s."),
            currency=found.shop.currency,
            known=", ".join(sorted(MINOR_DIGITS)),
        )
    if not _is_zone(found.date.zone):
        return AyilError(
            gettext_noop("[date] zone '%(zone)s' is not known; write it like Asia/Bishkek."),
            zone=found.date.zone,
        )
    return None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


# Headers that say one thing only, without case, spaces and marks; in our three languages.
_USUAL: Mapping[str, str] = {
    "date": "date datetime invoicedate saledate soldat timestamp дата күнү",
    "item": "item itemcode stockcode sku article productcode артикул код",
    "quantity": "quantity qty units количество колво саны",
    "price": "price unitprice цена баасы",
    "amount": "amount linetotal сумма суммасы",
    "receipt": "receipt receiptno receiptnumber invoice invoiceno чек номерчека чектинномери",
    "customer": "customer customerid покупатель сатыпалуучу",
    "name": "name itemname description название наименование аталышы",
    "owner": "owner consignor producer supplier владелец комитент ээси",
}


def _guess(header: Sequence[str], where: str) -> SalesMap:
    """A map by usual names, where each stands for one column only; else says what is missing."""
    found: dict[str, str] = {}
    for role, usual in _USUAL.items():
        words = usual.split()
        fitting = [name for name in header if re.sub(r"[\W_]", "", name).lower() in words]
        if len(fitting) > 1:
            raise AyilError(
                gettext_noop(
                    "%(where)s: %(fitting)s could each be the %(role)s. Say which in a map "
                    "file (--map)."
                ),
                where=where,
                fitting=_listed(fitting),
                role=role,
            )
        if fitting:
            found[role] = fitting[0]
    if "price" in found:
        found.pop("amount", None)
    missing = [role for role in ("date", "item", "quantity", "owner") if role not in found]
    if "price" not in found and "amount" not in found:
        missing.append("price")
    if missing:
        raise AyilError(
            gettext_noop(
                "%(where)s: no column could be told for %(missing)s among %(header)s. Name "
                "the columns in a map file (--map); whose the goods are is said there "
                "under [owners], by a column or by spread = N."
            ),
            where=where,
            missing=_listed(missing),
            header=_listed(header),
        )
    owner = found.pop("owner")
    return SalesMap(columns=Columns(**found), owners=Owners(column=owner))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
