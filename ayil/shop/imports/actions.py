"""Imports a file of trade: the same events, by the same path, as a till that was there."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund
from ayil.members.models import Shop
from ayil.shop.imports import goods
from ayil.shop.imports.reasons import Reason
from ayil.shop.imports.receipts import End, Origin, Receipt, batches, receipts, sealed
from ayil.shop.imports.report import ImportReport, counted, words_for, write_refused
from ayil.shop.imports.trade import Item, Trade, read_trade, refuse_items
from ayil.shop.log import ingest
from ayil.shop.models import Device, Sale, TillEvent

Progress = Callable[[int, int], None]
"""Told after every batch how many of how many taken lines are done."""

BATCH_LINES = 8_000


def import_sales(
    *,
    path: Path,
    map_path: Path | None,
    at: datetime,
    progress: Progress | None = None,
    batch_lines: int = BATCH_LINES,
) -> ImportReport:
    """Posts every line of the file that can be posted, and lists the others with the reason.

    A batch is posted whole or not at all, and what is posted already is known again: importing
    twice changes nothing, and a run that was cut short is finished by the next one, with the same
    hashes. Raises AyilError, with nothing changed, where no line of the file can be used.
    """
    begun = perf_counter()
    try:
        read = read_trade(path=path, map_path=map_path, at=at)
    except AyilError as error:
        raise AyilError(_in_words(error)) from error
    trade = _of_this_shop(read)
    run = _Run(trade, trade.checked.reasons.copy(), at)
    with _collector_waits():
        for batch in batches(receipts(trade.taken, trade.sheet.lines, run.origin), batch_lines):
            run.post(batch)
            if progress is not None:
                progress(run.lines_done, len(trade.taken.row))
    listed = write_refused(
        Path(settings.AYIL_HOME) / "imports" / f"{path.stem}-refused.csv", trade.sheet, run.reasons
    )
    if not np.any(run.reasons == Reason.TAKEN):
        words = _("%(file)s: none of its %(lines)s lines can be posted; nothing was changed.") % {
            "file": path.name,
            "lines": len(run.reasons),
        }
        why = _("Check the map: %(listed)s says why, line by line.") % {"listed": listed}
        raise AyilError(" ".join((words, why if listed else _("Check the map."))))
    return _report(run, listed, perf_counter() - begun)


def _in_words(error: AyilError) -> str:
    """What the reading of a file refuses, in the reader's language; a fault may hold another."""
    filled = {
        name: _in_words(value) if isinstance(value, AyilError) else value
        for name, value in error.filled.items()
    }
    return _(error.words) % filled if filled else _(error.words)


@contextmanager
def _collector_waits() -> Iterator[None]:
    """An import makes millions of short-lived objects and hardly a cycle: looking for cycles all
    the while costs a seventh of the time."""
    waited = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if waited:
            gc.enable()


def _of_this_shop(trade: Trade) -> Trade:
    """Checks the map against the shop, and refuses lines of goods that are another owner's."""
    code = trade.map.shop.code
    shop = Shop.objects.filter(code=code).first()
    if shop is None:
        return trade
    goods.check_shop(shop, trade.map)
    if trade.map.owners.column is None:
        return trade
    owned = goods.owners_of_lots(code, [item.code for item in trade.items.values()])
    foreign = [
        index
        for index, item in trade.items.items()
        if owned.get(item.code) not in (None, goods.consignor_uid(code, item.owner))
    ]
    return refuse_items(trade, foreign, Reason.OTHER_OWNER)


@dataclass(slots=True)
class _Run:
    """One import on its way: what was posted, what was known, and every row's reason."""

    trade: Trade
    reasons: NDArray[np.int8]
    at: datetime
    receipts_new: int = 0
    receipts_known: int = 0
    new_lines: int = 0
    lines_done: int = 0

    @property
    def origin(self) -> Origin:
        shop = self.trade.map.shop
        return Origin(shop.code, goods.device_code(shop.code), shop.tender)

    def post(self, batch: Sequence[Receipt]) -> None:
        """What of the batch is new goes to the log, in one transaction with its goods."""
        with transaction.atomic():
            # Nobody posts to the shop between the look at what is known and the new events.
            list(Fund.objects.select_for_update().filter(shop__code=self.trade.map.shop.code))
            fresh = self._unknown(batch)
            if fresh:
                shop = goods.shop_of(self.trade.map)
                goods.stock(
                    shop,
                    self._items(fresh),
                    commission_bp=self.trade.map.owners.commission_bp,
                    at=self.at,
                )
                device = goods.device_of(shop, self.at)
                self._ingest(device, sealed(fresh, self.origin, _end(device)))
        self.lines_done += sum(len(receipt.lines) for receipt in batch)
        self.receipts_new += len(fresh)
        self.new_lines += sum(len(receipt.lines) for receipt in fresh)

    def _unknown(self, batch: Sequence[Receipt]) -> list[Receipt]:
        """The receipts that no run posted before; one with another content is refused."""
        known = _known_nonces(self.origin.device, batch)
        others = [receipt for receipt in batch if not known.issuperset(receipt.nonces)]
        self.receipts_known += len(batch) - len(others)
        posted = _posted_keys(self.origin.shop, others)
        fresh = []
        for receipt in others:
            if receipt.key in posted or not known.isdisjoint(receipt.nonces):
                rows = self.trade.taken.row[receipt.lines]
                self.reasons[rows] = Reason.RECEIPT_DIFFERS
            else:
                fresh.append(receipt)
        return fresh

    def _items(self, batch: Sequence[Receipt]) -> list[Item]:
        lines = np.concatenate([receipt.lines for receipt in batch])
        return [self.trade.items[index] for index in np.unique(self.trade.taken.item[lines])]

    def _ingest(self, device: Device, raw: Sequence[bytes]) -> None:
        answer = ingest(device=device, raw=raw, at=self.at)
        if answer.exceptions or len(answer.acknowledged) != len(raw):
            words = answer.exceptions[0].words if answer.exceptions else _("an event was lost.")
            raise AyilError(
                _(
                    "%(source)s: %(words)s What was posted before this receipt stands; the "
                    "rest was not. Put it right and import the file again."
                )
                % {"source": self.trade.sheet.source, "words": words}
            )


def _known_nonces(device_code: str, batch: Sequence[Receipt]) -> set[str]:
    asked = [bytes.fromhex(nonce) for receipt in batch for nonce in receipt.nonces]
    found = TillEvent.objects.filter(device__code=device_code, nonce__in=asked)
    return {bytes(nonce).hex() for nonce in found.values_list("nonce", flat=True)}


def _posted_keys(shop_code: str, batch: Sequence[Receipt]) -> set[tuple[str, date, str]]:
    """Which of these receipt numbers the shop has posted, by day and kind."""
    numbers = {receipt.number for receipt in batch if receipt.numbered}
    found = Sale.objects.filter(shop__code=shop_code, receipt__in=numbers)
    return set(found.values_list("receipt", "date", "kind"))


def _end(device: Device) -> End:
    last = TillEvent.objects.filter(device=device, epoch=1).order_by("-seq").first()
    return End() if last is None else End(last.seq, bytes(last.hash).hex())


def _report(run: _Run, listed: Path | None, seconds: float) -> ImportReport:
    trade, taken = run.trade, run.trade.taken
    standing = run.reasons[taken.row] == Reason.TAKEN
    sold, back = standing & ~taken.refund, standing & taken.refund
    refused = counted(run.reasons)
    return ImportReport(
        file=trade.sheet.source,
        shop=trade.map.shop.code,
        currency=trade.map.shop.currency,
        lines=len(run.reasons),
        sale_lines=int(np.count_nonzero(sold)),
        refund_lines=int(np.count_nonzero(back)),
        new_lines=run.new_lines,
        refused=refused,
        refused_words=words_for(refused),
        refused_file=str(listed) if listed else None,
        receipts_new=run.receipts_new,
        receipts_known=run.receipts_known,
        gross_minor=int(taken.gross[sold].sum()),
        refunds_minor=int(taken.gross[back].sum()),
        units_sold=int(taken.quantity[sold].sum()),
        units_refunded=int(taken.quantity[back].sum()),
        turned_lines=trade.checked.turned,
        seconds=round(seconds, 3),
        lines_per_second=round(len(run.reasons) / max(seconds, 0.001)),
    )
