"""Ways to break a rule behind the product's back: straight SQL, with and without the guards."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.kit import guards


@dataclass(frozen=True)
class Breakage:
    """A statement that breaks an invariant; `found` is how its finding is named.

    `checks` are (table, constraint) pairs that have to go besides the guards before the database
    lets the statement through.
    """

    what: str
    statement: str
    found: str
    checks: tuple[tuple[str, str], ...] = ()


def is_refused(breakage: Breakage) -> None:
    """With everything in place, the database itself says no."""
    with pytest.raises(IntegrityError), transaction.atomic():
        run(breakage.statement)


@contextlib.contextmanager
def broken(breakage: Breakage) -> Iterator[None]:
    """The guards are gone and the statement went through; all is as it was when the block ends."""
    with transaction.atomic():
        settle_constraints()
        guards.remove(connection)
        with without_checks(breakage.checks):
            run(breakage.statement)
            yield
        transaction.set_rollback(True)


def run(statement: str) -> None:
    """The statement changes something, or the test that hopes for it proves nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0, statement


def settle_constraints() -> None:
    """PostgreSQL changes no table that has foreign keys still to be checked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextlib.contextmanager
def without_checks(checks: tuple[tuple[str, str], ...]) -> Iterator[None]:
    """PostgreSQL drops them (and has them again after the rollback); SQLite looks away."""
    if not checks:
        yield
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table, name in checks:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
