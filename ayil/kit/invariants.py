"""What must hold, checked from the rows themselves: `ayil verify` runs every field's CHECKS.

A check recomputes from what was posted and never believes a running total or a cache; it finds
what went past the triggers (a superuser, a restored file, a defect).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Check:
    """`find` yields one line of words for each breach; `number` is the field guide's, if any."""

    number: int | None
    title: str
    find: Callable[[], Iterable[str]]


def collected() -> list[Check]:
    """The CHECKS of every field that has an `invariants` module, in the order of the house."""
    found: list[Check] = []
    for app in apps.get_app_configs():
        if app.name.startswith("ayil.") and module_has_submodule(app.module, "invariants"):
            found += getattr(import_module(f"{app.name}.invariants"), "CHECKS", [])
    return found


def lines(query: str, words: str, params: Sequence[Any] = ()) -> Iterator[str]:
    """One line a row of a query that selects breaches; `words` is a format over its columns."""
    with connection.cursor() as cursor:
        cursor.execute(query, params or None)
        while rows := cursor.fetchmany(1000):
            for row in rows:
                yield words.format(*row)


def by_query(number: int | None, title: str, query: str, words: str) -> Check:
    """A check that is one query: it selects the breaches and nothing else."""
    return Check(number, title, lambda: lines(query, words))
