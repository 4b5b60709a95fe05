"""What an import says when it is done: every line accounted for, refused ones by number."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from ayil.kit.money import plain
from ayil.kit.tables import harmless
from ayil.shop.imports.reasons import Reason
from ayil.shop.imports.sheets import Sheet

REASONS: Mapping[Reason, object] = {
    Reason.NO_ITEM: gettext_lazy("no item"),
    Reason.LONG_ITEM: gettext_lazy("the item's code is longer than 60 characters"),
    Reason.NO_OWNER: gettext_lazy("no owner"),
    Reason.OTHER_OWNER: gettext_lazy("the item belongs to another owner"),
    Reason.NO_RECEIPT: gettext_lazy("no receipt number"),
    Reason.LONG_RECEIPT: gettext_lazy("the receipt number is longer than 60 characters"),
    Reason.NO_DATE: gettext_lazy("no date"),
    Reason.DATE_FORM: gettext_lazy("the date has another form than the map says"),
    Reason.DATE_FUTURE: gettext_lazy("the date lies in the future"),
    Reason.NO_PRICE: gettext_lazy("no price"),
    Reason.PRICE_ZERO: gettext_lazy("the price is zero"),
    Reason.PRICE_NEGATIVE: gettext_lazy("the price is negative"),
    Reason.PRICE_FORM: gettext_lazy("the price is not a number"),
    Reason.NO_QUANTITY: gettext_lazy("no quantity"),
    Reason.QUANTITY_ZERO: gettext_lazy("the quantity is zero"),
    Reason.QUANTITY_FORM: gettext_lazy("the quantity is not a number"),
    Reason.QUANTITY_NOT_WHOLE: gettext_lazy("the quantity is not whole"),
    Reason.QUANTITY_NEGATIVE: gettext_lazy(
        "the quantity is negative on a receipt that is no return"
    ),
    Reason.TOO_LARGE: gettext_lazy("larger than any sale"),
    Reason.SIGNS_DIFFER: gettext_lazy("quantity and amount have different signs"),
    Reason.RECEIPT_DIFFERS: gettext_lazy(
        "this receipt was posted before with another content; correct it by a refund"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """An import's figures: `lines` = `sale_lines` + `refund_lines` + the sum of `refused`.

    Amounts and units are sums over the taken lines, new or known, above zero; `currency` says of
    which minor unit. `refused` counts lines by the reason's name, `refused_file` lists them.
    """

    file: str
    shop: str
    currency: str
    lines: int
    sale_lines: int
    refund_lines: int
    new_lines: int
    refused: dict[str, int]
    refused_file: str | None
    receipts_new: int
    receipts_known: int
    gross_minor: int
    refunds_minor: int
    units_sold: int
    units_refunded: int
    turned_lines: int
    seconds: float
    lines_per_second: int
    refused_words: dict[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return self.sale_lines + self.refund_lines

    def text(self) -> Iterator[str]:
        """The summary for a person, a line each."""
        money = self.currency
        yield _("%(file)s, shop %(shop)s: %(lines)s lines read") % {
            "file": self.file, "shop": self.shop, "lines": f"{self.lines:,}",
        }  # fmt: skip
        yield _("taken: %(taken)s (%(sales)s of sales, %(refunds)s of refunds; %(new)s new)") % {
            "taken": f"{self.taken:,}",
            "sales": f"{self.sale_lines:,}",
            "refunds": f"{self.refund_lines:,}",
            "new": f"{self.new_lines:,}",
        }
        yield _("refused: %(count)s") % {"count": f"{sum(self.refused.values()):,}"}
        for name, count in self.refused.items():
            yield f"  {count:,} — {self.refused_words[name]}"
        if self.refused_file:
            yield _("  listed by line in %(path)s") % {"path": self.refused_file}
        if self.turned_lines:
            yield _("note: %(count)s lines on receipts of returns are sales by their quantity") % {
                "count": self.turned_lines
            }
        yield _("receipts: %(new)s new, %(known)s known from before") % {
            "new": f"{self.receipts_new:,}", "known": f"{self.receipts_known:,}",
        }  # fmt: skip
        yield _("sold for %(gross)s %(currency)s, brought back for %(back)s %(currency)s") % {
            "gross": plain(self.gross_minor, money),
            "back": plain(self.refunds_minor, money),
            "currency": money,
        }
        yield _("%(seconds)s seconds, %(speed)s lines a second") % {
            "seconds": f"{self.seconds:.1f}", "speed": f"{self.lines_per_second:,}",
        }  # fmt: skip


def counted(reasons: NDArray[np.int8]) -> dict[str, int]:
    """Refused lines by the reason's name, the most frequent first."""
    codes, counts = np.unique(reasons[reasons != Reason.TAKEN], return_counts=True)
    pairs = sorted(zip(counts.tolist(), codes.tolist(), strict=True), reverse=True)
    return {Reason(code).name.lower(): count for count, code in pairs}


def words_for(names: Mapping[str, int]) -> dict[str, str]:
    return {name: str(REASONS[Reason[name.upper()]]) for name in names}


def write_refused(path: Path, sheet: Sheet, reasons: NDArray[np.int8]) -> Path | None:
    """The list of refused lines as CSV: line, reason, content. None where there is none."""
    rows = np.flatnonzero(reasons != Reason.TAKEN)
    if not len(rows):
        path.unlink(missing_ok=True)
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("line"), _("reason"), _("content")])
        for row in rows.tolist():
            reason = str(REASONS[Reason(int(reasons[row]))])
            writer.writerow([int(sheet.lines[row]), reason, harmless(_content(sheet, row))])
    return path


def _content(sheet: Sheet, row: int) -> str:
    columns = sheet.columns.values()
    return " | ".join(f"{column.header}: {_shown(column.at(row))}" for column in columns)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
