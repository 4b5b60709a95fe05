"""What time does by itself: admission by rule, and forgetting by rule. Once a day is enough."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from ayil.kit.clock import local_date, now
from ayil.members.admission import admit_due
from ayil.members.queries import is_simulated
from ayil.members.retention import apply_retention

PAUSE_S = 6 * 60 * 60
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DaysWork:
    """How many were admitted, how many communities lack a contact, what was deleted by rule."""

    admitted: int
    held_back: int
    deleted: Mapping[str, int]


class _OnlyLooked(Exception):
    """Takes back what a dry run has done."""


def do_the_days_work(*, at: datetime, dry_run: bool = False) -> DaysWork:
    """Safe to repeat: the second run on a day finds nothing to do.

    In a simulation time stands still: by today's date its whole year would be forgotten.
    """
    if is_simulated():
        return DaysWork(0, 0, {})
    work = DaysWork(0, 0, {})
    try:
        with transaction.atomic():
            admitted, held_back = admit_due(on=local_date(at), at=at)
            deleted = apply_retention(at=at, dry_run=dry_run)
            work = DaysWork(len(admitted), len(held_back), deleted)
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    return work


def keep_doing_it() -> None:
    """Beside the server, so that a laptop needs no timetable of its own."""
    threading.Thread(target=_forever, name="the day's work", daemon=True).start()


def _forever() -> None:
    while True:
        try:
            do_the_days_work(at=now())
        except Exception:  # noqa: BLE001 - whatever it was, it is logged and pages are served on
            _log.exception("The day's work was left undone; it is tried again in six hours.")
        finally:
            connection.close()
        threading.Event().wait(PAUSE_S)
