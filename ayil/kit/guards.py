"""Rules that the database itself keeps, by trigger, on both databases.

A field registers its guards in models.py; they are put in place after every migration (one that
remakes a table drops its triggers without a word). `missing` tells what lacks: what serves calls
`require` first, and `ayil verify` lists it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ayil.kit.errors import AyilError


@dataclass(frozen=True)
class Guard:
    """One trigger: the statement that makes it on each database, under one name.

    An empty statement: that database needs no such guard.
    """

    name: str
    table: str
    sqlite: str
    postgresql: str

    def statement(self, vendor: str) -> str:
        return self.postgresql if vendor == "postgresql" else self.sqlite


LONGEST_NAME = 63  # PostgreSQL cuts longer ones without a word

_guards: dict[str, Guard] = {}

# RAISE takes its first word as a format, in which % means something: the words come as a value.
_RAISE = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE ="
_REFUSE = (
    "CREATE OR REPLACE FUNCTION ayil_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN {_RAISE} TG_ARGV[0]; END $$"
)


def register(guard: Guard) -> None:
    if len(guard.name) > LONGEST_NAME:
        raise ValueError(f"The guard {guard.name} has a name of over {LONGEST_NAME} letters.")
    _guards[guard.name] = guard


def append_only(*tables: type[models.Model], update: bool = True, delete: bool = True) -> None:
    """Rows of these models are never changed (and never deleted) once they are written."""
    for model in tables:
        table = model._meta.db_table
        if update:
            register(_refusal(table, "update"))
        if delete:
            register(_refusal(table, "delete"))
            register(_refusal(table, "truncate"))


def _refusal(table: str, verb: str) -> Guard:
    name = f"{table}_no_{verb}"
    words = f"{table}: what was posted is never changed, post a correction instead"
    # SQLite has no TRUNCATE; PostgreSQL's passes by every trigger on rows.
    each = "STATEMENT" if verb == "truncate" else "ROW"
    return Guard(
        name=name,
        table=table,
        sqlite=""
        if verb == "truncate"
        else f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} {_sqlite_refuses(words)}",
        postgresql=(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION ayil_refuse({_quoted(words)})"
        ),
    )


def fixed(model: type[models.Model], *fields: str) -> None:
    """These fields of a row keep the value they were written with; the others may change."""
    table = model._meta.db_table
    columns = [_column(model, name) for name in fields]
    name = f"{table}_fixed"
    head = f"BEFORE UPDATE OF {', '.join(columns)} ON {table}"
    words = f"{table}: {', '.join(columns)} are fixed when the row is made"
    sqlite = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    postgresql = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    register(
        Guard(
            name=name,
            table=table,
            sqlite=f"CREATE TRIGGER {name} {head} WHEN {sqlite} {_sqlite_refuses(words)}",
            postgresql=(
                f"CREATE OR REPLACE TRIGGER {name} {head} FOR EACH ROW WHEN ({postgresql}) "
                f"EXECUTE FUNCTION ayil_refuse({_quoted(words)})"
            ),
        )
    )


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{model.__name__}.{name} has no column of its own.")
    return str(field.column)


def rule(
    name: str,
    model: type[models.Model],
    *,
    broken_when: str,
    words: str,
    on: Literal["insert", "update"] = "insert",
    postgresql: str = "",
) -> None:
    """Refuses an insert into `model` (or an update) for which a SQL condition holds.

    The condition speaks of NEW.column (and OLD.column on an update) and may hold sub-selects; it
    is plain SQL for both databases, or has its own words for PostgreSQL. One that comes out NULL
    does not refuse: write it so that an absent row counts as broken (NOT EXISTS, coalesce).
    """
    table = model._meta.db_table
    head = f"BEFORE {on.upper()} ON {table}"
    register(
        Guard(
            name=name,
            table=table,
            sqlite=(
                f"CREATE TRIGGER {name} {head} WHEN {broken_when} "
                f"{_sqlite_refuses(words, 'FAIL' if on == 'insert' else 'ABORT')}"
            ),
            postgresql=(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $f$ "
                f"BEGIN IF {postgresql or broken_when} THEN {_RAISE} {_quoted(words)}; END IF; "
                "RETURN NEW; END $f$; "
                f"CREATE OR REPLACE TRIGGER {name} {head} FOR EACH ROW EXECUTE FUNCTION {name}()"
            ),
        )
    )


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _sqlite_refuses(words: str, how: Literal["ABORT", "FAIL"] = "ABORT") -> str:
    """ABORT undoes the statement's earlier rows, for which SQLite copies every page that a row
    touches. An insert needs none of it: its transaction is undone as a whole. See `rows.insert`.
    """
    return f"BEGIN SELECT RAISE({how}, {_quoted(words)}); END"


def install(connection: BaseDatabaseWrapper, tables: Collection[str] | None = None) -> None:
    """Puts the guards of these tables (all, if None) in place where the table exists.

    Safe to call again; a guard whose words or condition changed is made anew.
    """
    wanted = _wanted(connection, tables)
    if not wanted:
        return
    present = _present(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for guard in wanted:
            statement = guard.statement(connection.vendor)
            if connection.vendor == "postgresql":
                cursor.execute(statement)
            elif present.get(guard.name) != statement:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, only: Iterable[str] | None = None) -> None:
    """Takes guards away: for tests that break a rule on purpose or empty the tables."""
    names = set(only) if only is not None else set(_guards)
    with connection.cursor() as cursor:
        for guard in _wanted(connection, None):
            if guard.name in names:
                suffix = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{suffix}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of guards that the database lacks, or holds switched off or otherwise worded.

    Tables that are not made yet lack nothing: their guards come with them.
    """
    present = _present(connection)
    return sorted(
        guard.name
        for guard in _wanted(connection, None)
        if guard.name not in present
        or (connection.vendor == "sqlite" and present[guard.name] != guard.sqlite)
    )


def require(connection: BaseDatabaseWrapper) -> None:
    """Refuses to go on with a database that lacks a guard: for whatever is about to serve."""
    lacking = missing(connection)
    if lacking:
        raise AyilError(
            f"The database lacks {len(lacking)} guards that keep posted rows unchanged "
            f"({', '.join(lacking[:3])}…). Run `ayil migrate`, which puts them back, "
            "then `ayil verify`."
        )


def _wanted(connection: BaseDatabaseWrapper, tables: Collection[str] | None) -> list[Guard]:
    existing = set(connection.introspection.table_names())
    return [
        guard
        for guard in _guards.values()
        if guard.table in existing
        and (tables is None or guard.table in tables)
        and guard.statement(connection.vendor)
    ]


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers that work in this database, with their text (PostgreSQL: name only)."""
    query = (
        "SELECT tgname, '' FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())
