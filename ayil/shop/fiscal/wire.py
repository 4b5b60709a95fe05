"""What is said to a register over the network, and how its answer is read.

One POST of JSON to AYIL_FISCAL_URL for each sale or refund, amounts in whole minor units:

    {"key": the event's hash, "kind": "sale" | "refund", "shop", "till", "receipt", "date",
     "at", "currency", "lines": [{"name", "label", "quantity", "unit_price", "gross"}],
     "payments": [{"kind", "amount"}], "rounding", "refund_of": [numbers of the sales]}

`key` comes as the header Idempotency-Key too: what is sent again with the same key is the same
receipt, and is answered with the same number. An answer is {"number": "…"} with 200 or 201; 202
means that it is not done yet. 400, 409 and 422 refuse, with {"error": "…"} in words. Everything
else, and silence, is tried again.
"""

import base64
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from ayil.consignment.models import Lot
from ayil.shop.events import read_event, sale_of
from ayil.shop.fiscal.numbers import number_of
from ayil.shop.models import FiscalRequest
from ayil.shop.payloads import LineRefunded, LineSold, RefundPayload

ANSWER_S = 30
MAX_ANSWER_BYTES = 64 * 1024
LONGEST_NUMBER, LONGEST_WORDS = 60, 300
REFUSALS = frozenset({400, 409, 422})


@dataclass(frozen=True, slots=True)
class Numbered:
    """It is a receipt at the register."""

    number: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The register says no, and why: it says the same tomorrow."""

    words: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing is known: it may be a receipt there or not. It is sent again under its key."""

    words: str


Answer = Numbered | Refused | Silent


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A receipt goes to the register that was named and nowhere else."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


def body_of(request: FiscalRequest) -> dict[str, Any]:
    """The receipt in the words above."""
    event = read_event(bytes(request.event.body))
    sale = sale_of(event)
    is_refund = isinstance(sale, RefundPayload)
    return {
        "key": event.hash,
        "kind": "refund" if is_refund else "sale",
        "shop": event.shop,
        "till": event.device,
        "receipt": sale.receipt,
        "date": event.business_date.isoformat(),
        "at": event.happened_at.isoformat(timespec="seconds"),
        "currency": request.shop.currency,
        "lines": _lines(request, sale.lines),
        "payments": [{"kind": one.kind, "amount": one.amount} for one in sale.tenders],
        "rounding": sale.rounding,
        "refund_of": [number for number in map(number_of, sales_named(sale.lines)) if number],
    }


def sales_named(lines: Sequence[LineSold | LineRefunded]) -> list[bytes]:
    """The hashes of the sales that these lines bring back."""
    named = {line.sale for line in lines if isinstance(line, LineRefunded) and line.sale}
    return [bytes.fromhex(hash_) for hash_ in sorted(named)]


def _lines(
    request: FiscalRequest, lines: Sequence[LineSold | LineRefunded]
) -> list[dict[str, Any]]:
    labels = {line.label for line in lines}
    lots = Lot.objects.filter(shop=request.shop, label__in=labels)
    names = {
        label: ru or ky or en
        for label, ru, ky, en in lots.values_list(
            "label",
            "variant__product__name_ru",
            "variant__product__name_ky",
            "variant__product__name_en",
        )
    }
    return [
        {
            "name": names.get(line.label, line.label),
            "label": line.label,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "gross": line.gross,
        }
        for line in lines
    ]


def ask(url: str, body: Mapping[str, Any], patience_s: float = ANSWER_S) -> Answer:
    """Sends one receipt and reads the answer; never raises for what the other side does.

    Nobody is waited for longer than `patience_s`, nor for a third of it without a word.
    """
    parts = urlsplit(url)
    plain = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(body["key"])}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    # The settings take http and https alone.
    request = urllib.request.Request(plain, json.dumps(body).encode(), headers)  # noqa: S310
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=patience_s / 3) as answer:
            return _read(answer.status, _within(answer, patience_s))
    except urllib.error.HTTPError as error:
        with error:
            return _read(error.code, _within_or_nothing(error, patience_s))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Silent(f"{type(error).__name__}: {error}"[:LONGEST_WORDS])


def _within(answer: Any, patience_s: float) -> bytes:
    """The answer's body, within a size and a time: bytes that drip are cut off."""
    until, found = time.monotonic() + patience_s, b""
    while piece := answer.read1(8192):
        found += piece
        if len(found) > MAX_ANSWER_BYTES or time.monotonic() > until:
            raise ValueError("the answer is too long, or too slow")
    return found


def _within_or_nothing(answer: Any, patience_s: float) -> bytes:
    try:
        return _within(answer.fp, patience_s)
    except (OSError, http.client.HTTPException, ValueError):
        return b""


def _read(status: int, raw: bytes) -> Answer:
    try:
        said = json.loads(raw)
    except ValueError:
        said = None
    said = said if isinstance(said, dict) else {}
    if status in REFUSALS:
        words = said.get("error")
        return Refused(str(words or f"{status} without words")[:LONGEST_WORDS])
    number = said.get("number")
    if status in {200, 201} and isinstance(number, str) and 0 < len(number) <= LONGEST_NUMBER:
        return Numbered(number)
    return Silent(f"{status} and no number"[:LONGEST_WORDS])
