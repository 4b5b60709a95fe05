"""Lines to receipts, and receipts to what a till would have said of them: always the same."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ayil.shop.events import GENESIS, seal
from ayil.shop.imports.rules import Taken

# A till's event holds at most 2,000 lines and 512 KiB; a thousand of the longest lines fit both.
MOST_LINES = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IDENTITY = b"ayil/import/1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt's sale or refund on one day: it is posted whole or not at all.

    `nonces` identify its events (more than one only for over `MOST_LINES` lines): they are hashes
    of what it says, so that the same receipt in another file is known again. `lines` are indices
    into the taken lines. Not `numbered`: the file gives no receipt numbers, this one is ours.
    """

    number: str
    numbered: bool
    kind: str
    day: date
    moment: datetime
    lines: NDArray[np.int64]
    payloads: list[dict[str, Any]]
    nonces: list[str]

    @property
    def key(self) -> tuple[str, date, str]:
        return self.number, self.day, self.kind


@dataclass(frozen=True, slots=True)
class Origin:
    """What all events of an import have in common."""

    shop: str
    device: str
    tender: str


@dataclass(frozen=True, slots=True)
class End:
    """The last event of a device's log: the next one follows on it."""

    seq: int = 0
    hash: str = GENESIS


def receipts(taken: Taken, line_numbers: NDArray[np.int64], origin: Origin) -> Iterator[Receipt]:
    """Receipts in the order of their first lines, each with its lines in the file's order.

    A receipt number counts within a day and for sales and refunds apart. Without receipt numbers
    each line is its own receipt, named after its line; it is known again by what it says, and by
    which of several that say the same it is.
    """
    order, starts = _grouped(taken)
    numbered = bool(len(taken.row)) and taken.receipt[0] >= 0
    seen: defaultdict[bytes, int] = defaultdict(int)
    for start, stop in pairwise([*starts, len(order)]):
        lines = order[start:stop]
        first = int(lines[0])
        number = (
            taken.receipts[taken.receipt[first]]
            if numbered
            else f"line-{line_numbers[taken.row[first]]}"
        )
        payloads = list(_payloads(taken, lines, number, origin.tender))
        moment = int(taken.moment[first])
        day = int(taken.day[first])
        identity = [origin.shop, number, day] if numbered else [origin.shop, moment, day]
        yield Receipt(
            number=number,
            numbered=numbered,
            kind=payloads[0]["kind"],
            day=date.fromordinal(day),
            moment=_EPOCH + timedelta(milliseconds=moment),
            lines=lines,
            payloads=payloads,
            nonces=[
                _nonce(identity, part, payload, numbered, seen)
                for part, payload in enumerate(payloads)
            ],
        )


def _grouped(taken: Taken) -> tuple[NDArray[np.int64], list[int]]:
    """Line indices, group after group, and where each group starts."""
    count = len(taken.row)
    if not count:
        return np.zeros(0, dtype=np.int64), []
    if taken.receipt[0] < 0:
        return np.arange(count), list(range(count))
    days = taken.day - taken.day.min()
    key = (taken.receipt.astype(np.int64) * (int(days.max()) + 1) + days) * 2 + taken.refund
    _different, first, of_line = np.unique(key, return_index=True, return_inverse=True)
    appearance = first[of_line]  # a group is called by its first line, and so stands in order
    order = np.argsort(appearance, kind="stable")
    starts = np.flatnonzero(np.diff(appearance[order], prepend=-1))
    return order, starts.tolist()


def _payloads(
    taken: Taken, lines: NDArray[np.int64], number: str, tender: str
) -> Iterator[dict[str, Any]]:
    """What the till would have said: one payload for up to `MOST_LINES` lines."""
    refund = bool(taken.refund[lines[0]])
    more = {"sale": None, "line": None} if refund else {}
    for start in range(0, len(lines), MOST_LINES):
        part = lines[start : start + MOST_LINES]
        cells = zip(
            taken.item[part].tolist(),
            taken.quantity[part].tolist(),
            taken.unit_price[part].tolist(),
            taken.gross[part].tolist(),
            strict=True,
        )
        said = [
            {"label": taken.items[item], "quantity": units, "unit_price": price, "gross": gross}
            | more
            for item, units, price, gross in cells
        ]
        total = int(taken.gross[part].sum())
        payload: dict[str, Any] = {
            "kind": "refund" if refund else "sale",
            "receipt": number,
            "lines": said,
            "tenders": [{"kind": tender, "amount": total}] if total else [],
            "rounding": 0,
        }
        yield payload | ({"reason": "import"} if refund else {"visitor": None})


def _nonce(
    identity: list[Any],
    part: int,
    payload: dict[str, Any],
    numbered: bool,
    seen: defaultdict[bytes, int],
) -> str:
    """32 hex digits: SHA-256 over whose receipt it is and what its lines say."""
    said = [*identity, payload["kind"], part, payload["lines"]]
    content = hashlib.sha256(_IDENTITY + msgspec.json.encode(said)).digest()
    if numbered:
        return content[:16].hex()
    seen[content] += 1
    return hashlib.sha256(content + seen[content].to_bytes(8, "big")).hexdigest()[:32]


def batches(found: Iterator[Receipt], most_lines: int) -> Iterator[list[Receipt]]:
    """Receipts by about `most_lines` lines: the same cuts each time, known receipts or not."""
    batch: list[Receipt] = []
    lines = 0
    for receipt in found:
        if batch and lines + len(receipt.lines) > most_lines:
            yield batch
            batch, lines = [], 0
        batch.append(receipt)
        lines += len(receipt.lines)
    if batch:
        yield batch


def sealed(found: Sequence[Receipt], origin: Origin, end: End) -> list[bytes]:
    """The receipts' events as a till would send them, following on the log's end."""
    raw: list[bytes] = []
    seq, previous = end.seq, end.hash
    for receipt in found:
        for nonce, payload in zip(receipt.nonces, receipt.payloads, strict=True):
            seq += 1
            event = seal(_event(receipt, nonce, payload, origin, seq, previous))
            previous = hash_of(event)
            raw.append(event)
    return raw


def hash_of(event: bytes) -> str:
    """The hash that a sealed event says of itself."""
    return _hash.decode(event).hash


class _Hash(msgspec.Struct):
    hash: str


_hash = msgspec.json.Decoder(_Hash)


def _event(
    receipt: Receipt, nonce: str, payload: dict[str, Any], origin: Origin, seq: int, previous: str
) -> dict[str, Any]:
    day = receipt.day.isoformat()
    return {
        "v": 1,
        "nonce": nonce,
        "device": origin.device,
        "epoch": 1,
        "seq": seq,
        "prev": previous,
        "shop": origin.shop,
        "shift": f"import-{day}",
        "business_date": day,
        "cashier": "import",
        "prices": 0,
        "wall": receipt.moment.isoformat(timespec="milliseconds"),
        "mono": 0,
        "payload": payload,
    }
