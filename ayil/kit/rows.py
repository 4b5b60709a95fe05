"""Many rows at once: the till's log is posted in batches, one statement a table."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """`count` ids that no one else will be given, ascending, maybe with gaps between them.

    Call inside a transaction; raises TransactionManagementError outside of one.
    """
    transaction.get_connection().validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Ids are reserved inside a transaction.")
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        return _from_sequence(table, str(model._meta.pk.column), count)
    return _from_autoincrement(table, count)


def _from_sequence(table: str, column: str, count: int) -> list[int]:
    # Drawn one by one: a jump of the sequence (setval) collides with whoever draws beside us.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, count],
        )
        return [int(id_) for (id_,) in cursor.fetchall()]


def _from_autoincrement(table: str, count: int) -> range:
    # The transaction is IMMEDIATE: we are the one writer. AUTOINCREMENT keeps the highest id
    # ever used even when rows are gone, and we move that mark so that none is given out twice.
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = int(row[0]) if row else 0
        if row:
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table]
            )
        else:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + count]
            )
    return range(last + 1, last + 1 + count)


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Inserts rows, `columns` in the order of each row.

    Values are Python's own: int, str, bytes, bool, date, aware datetime, UUID, None. They are
    stored exactly as the ORM stores them, so that both read and compare each other's rows.
    """
    table = model._meta.db_table
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            # A row that fails leaves nothing behind, and the transaction undoes the others. Told
            # so, SQLite keeps no copy of the pages for each row of a table with guards.
            cursor.executemany(
                f'INSERT OR FAIL INTO "{table}" ({names}) '  # noqa: S608 - our own names
                f"VALUES ({places})",
                list(_as_sqlite_keeps(model, columns, rows)),
            )


def texts(values: Sequence[str]) -> RawSQL:
    """For `filter(key__in=texts(keys))`: any number of texts, as one value of the statement.

    Costs a sixth of a list, which has a place to fill for each value, and knows no limit.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::text[])", [list(values)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(values))])


def _as_sqlite_keeps(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterator[Sequence[Any]]:
    """SQLite has no type for moments and UUIDs: the ORM keeps UTC text and 32 hex digits."""
    kinds = {field.column: field for field in model._meta.concrete_fields}
    moments: dict[datetime | None, Any] = {}  # a batch has few of them, each many times
    written = [
        (place, type_name)
        for place, column in enumerate(columns)
        if (type_name := _stored_type(kinds[column])) in {"DateTimeField", "UUIDField"}
    ]
    for row in rows:
        cells = list(row)
        for place, type_name in written:
            value = cells[place]
            if type_name == "UUIDField":
                cells[place] = value.hex if isinstance(value, UUID) else value
            elif value in moments:
                cells[place] = moments[value]
            else:
                cells[place] = moments[value] = connection.ops.adapt_datetimefield_value(value)
        yield cells


def _stored_type(field: "models.Field[Any, Any]") -> str:
    """The type of the column; that of a foreign key is the type of the key it points to."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.get_internal_type()
