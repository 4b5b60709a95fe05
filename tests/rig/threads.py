"""Threads that really write at once, on both databases.

The tests' SQLite lives in memory, where two writers get "locked" at once instead of waiting, as
they do in a file. `shared_file` moves the database into a file for the length of one test.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from django.db import connection


@contextlib.contextmanager
def shared_file() -> Iterator[None]:
    """On SQLite: a copy of the database, guards and all, in a file; PostgreSQL as it is.

    Only for tests that commit (`django_db(transaction=True)`); the copy goes when it ends.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with tempfile.TemporaryDirectory(prefix="ayil-file-") as folder:
        path = Path(folder, "shared.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        in_memory, name = connection.connection, connection.settings_dict["NAME"]
        connection.connection = None
        connection.settings_dict["NAME"] = path
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name
            connection.connection = in_memory


def all_at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Runs `work(n)` in `count` threads that start together; what each returned or raised."""
    barrier = Barrier(count)

    def run(number: int) -> Any:
        try:
            barrier.wait(timeout=30)
            return work(number)
        except Exception as error:  # noqa: BLE001 - handed to the test that looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=count) as pool:
        return list(pool.map(run, range(count)))
