"""Rules that the database itself keeps, by trigger, on both databases.

A field registers its guards in models.py; they are put in place after every migration (one that
remakes a table drops its triggers without a word), and a check at start refuses to serve where
one is missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError, models
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """One trigger: the statement that makes it on each database, under one name."""

    name: str
    table: str
    sqlite: str
    postgresql: str


_guards: dict[str, Guard] = {}

_REFUSE = """
CREATE OR REPLACE FUNCTION ayil_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def register(guard: Guard) -> None:
    _guards[guard.name] = guard


def append_only(*tables: type[models.Model], update: bool = True, delete: bool = True) -> None:
    """Rows of these models are never changed (and never deleted) once they are written."""
    for model in tables:
        table = model._meta.db_table
        for verb, wanted in (("update", update), ("delete", delete)):
            if wanted:
                register(_refusal(table, verb))


def _refusal(table: str, verb: str) -> Guard:
    name = f"{table}_no_{verb}"
    words = f"{table}: what was posted is never changed, post a correction instead"
    return Guard(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        ),
        postgresql=(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION ayil_refuse('{words}')"
        ),
    )


def rule(name: str, model: type[models.Model], *, broken_when: str, words: str) -> None:
    """Refuses an insert into `model` for which the SQL condition `broken_when` holds.

    The condition speaks of NEW.column and may hold sub-selects; it must be the same plain SQL
    for both databases.
    """
    table = model._meta.db_table
    quoted = words.replace("'", "''")
    register(
        Guard(
            name=name,
            table=table,
            sqlite=(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE INSERT ON {table} "
                f"WHEN {broken_when} BEGIN SELECT RAISE(ABORT, '{quoted}'); END"
            ),
            postgresql=(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $f$ "
                f"BEGIN IF {broken_when} THEN RAISE EXCEPTION '{quoted}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $f$; "
                f"CREATE OR REPLACE TRIGGER {name} BEFORE INSERT ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            ),
        )
    )


def _chosen(only: Iterable[str] | None) -> list[Guard]:
    return [guard for name, guard in _guards.items() if only is None or name in set(only)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts every registered guard in place whose table exists; safe to call again."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for guard in _guards.values():
            if guard.table in tables:
                cursor.execute(
                    guard.postgresql if connection.vendor == "postgresql" else guard.sqlite
                )


def remove(connection: BaseDatabaseWrapper, only: Iterable[str] | None = None) -> None:
    """Takes guards away: for tests that break a rule on purpose or empty the tables."""
    with connection.cursor() as cursor:
        for guard in _chosen(only):
            suffix = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{suffix}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of registered guards that the database does not hold (tables not made yet: all)."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            present = {name for (name,) in cursor.fetchall()}
    except DatabaseError:
        return sorted(_guards)
    return sorted(set(_guards) - present)
