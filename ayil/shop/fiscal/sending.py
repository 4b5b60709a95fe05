"""Sends what is due to the register, one by one and the oldest first, beside the server.

Nothing here is ever waited for by a sale. Before each sending a row says so, so that two who send
at the same time do not both; where the answer is lost, the same key brings the same number.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from ayil.kit.clock import now
from ayil.shop.events import read_event, sale_of
from ayil.shop.fiscal.numbers import keep_number, oddities
from ayil.shop.fiscal.queue import open_requests, standing_of
from ayil.shop.fiscal.wire import ANSWER_S, Answer, Numbered, Refused, ask, body_of, sales_named
from ayil.shop.models import EventException, FiscalAttempt, FiscalNumber, FiscalRequest

Outcome = FiscalAttempt.Outcome
# A line that is down is found out by a few; the others are not made to wait for it one by one.
SILENCES_ENOUGH = 3
LOOKED_FOR_EVERY_S = 5
_log = logging.getLogger(__name__)


@dataclass
class Sent:
    """What became of a round: how many have their number, were refused, got no answer."""

    numbered: int = 0
    refused: int = 0
    silent: int = 0

    def count(self, answer: Answer) -> None:
        if isinstance(answer, Numbered):
            self.numbered += 1
        elif isinstance(answer, Refused):
            self.refused += 1
        else:
            self.silent += 1


def send_due(
    *, most: int = 200, clock: Callable[[], datetime] = now, patience_s: float = ANSWER_S
) -> Sent:
    """One round over what is due by the clock, at most so many; without an address nothing is
    sent. Nobody is waited for longer than `patience_s`.
    """
    done = Sent()
    if not settings.AYIL_FISCAL_URL:
        return done
    for request in _due(clock(), most):
        if _claim(request, clock()):
            answer = ask(settings.AYIL_FISCAL_URL, body_of(request), patience_s)
            keep_answer(request, answer, at=clock())
            done.count(answer)
        if done.silent >= SILENCES_ENOUGH:
            break
    return done


def _due(at: datetime, most: int) -> Iterator[FiscalRequest]:
    """A refund comes after the sales that it names: a register takes nothing back unsold."""
    open_now = list(open_requests().select_related("shop", "event").prefetch_related("attempts"))
    unsold = {bytes(request.event.hash) for request in open_now if request.event.kind == "sale"}
    for request in open_now:
        due = standing_of(request, at).due_at
        if most <= 0 or due is None or due > at:
            continue
        if request.event.kind == "refund" and unsold.intersection(_named_by(request)):
            continue
        most -= 1
        yield request


def _named_by(request: FiscalRequest) -> list[bytes]:
    return sales_named(sale_of(read_event(bytes(request.event.body))).lines)


def _claim(request: FiscalRequest, at: datetime) -> bool:
    """Whether it is ours to send: still due, and nobody else has just taken it."""
    with transaction.atomic():
        found = FiscalRequest.objects.select_for_update().get(pk=request.pk)
        due = standing_of(found, at).due_at
        if due is None or due > at:
            return False
        FiscalAttempt.objects.create(request=found, outcome=Outcome.SENT, at=at)
    return True


def keep_answer(request: FiscalRequest, answer: Answer, *, at: datetime) -> None:
    """What the register said of a request, late or in time."""
    with transaction.atomic():
        FiscalRequest.objects.select_for_update().get(pk=request.pk)
        if isinstance(answer, Numbered):
            _keep_number(request, answer.number, at)
            return
        outcome = Outcome.REFUSED if isinstance(answer, Refused) else Outcome.SILENT
        FiscalAttempt.objects.create(request=request, outcome=outcome, words=answer.words, at=at)


def _keep_number(request: FiscalRequest, number: str, at: datetime) -> None:
    """Who was overtaken keeps its number as well, and a person is told where the two differ."""
    sale, event = bytes(request.event.hash), request.event
    for code, words in oddities(request.shop, sale, FiscalNumber.NETWORK, number):
        EventException.objects.get_or_create(
            fingerprint=sale,
            code=code,
            defaults={
                "event": event,
                "device_id": event.device_id,
                "words": words[:500],
                "applied": True,
                "raised_at": at,
            },
        )
    keep_number(
        shop=request.shop,
        sale=sale,
        register=FiscalNumber.NETWORK,
        number=number,
        by=None,
        at=at,
    )
    if not request.attempts.filter(outcome__in=[Outcome.NUMBERED, Outcome.LEFT]).exists():
        FiscalAttempt.objects.create(request=request, outcome=Outcome.NUMBERED, words=number, at=at)


def keep_sending() -> None:
    """Beside the server, in a thread of its own; without an address there is nothing to do."""
    if settings.AYIL_FISCAL_URL:
        threading.Thread(target=_forever, name="the fiscal register", daemon=True).start()


def _forever() -> None:
    while True:
        try:
            send_due()
        except Exception:  # noqa: BLE001 - whatever it was, it is logged and sent on
            _log.exception("A round to the fiscal register broke off; the next one follows.")
        finally:
            connection.close()
        threading.Event().wait(LOOKED_FOR_EVERY_S)
