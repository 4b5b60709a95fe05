"""What every verb stands on: exit status, the database made ready, output, the progress bar.

Nothing of Django is imported before a verb has set it up.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

DONE, NO, BAD_INPUT = 0, 1, 2


def print_figures(
    arguments: argparse.Namespace, figures: dict[str, Any], lines: Sequence[str]
) -> None:
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False, default=str))
    else:
        print("\n".join(lines))


def ready() -> None:
    """The database, made or brought up to date; one that lost a guard is refused, not mended
    in passing: whoever took it away may have changed what it guarded."""
    from django.db import connection

    from ayil.kit import guards

    if not is_of_this_version():
        bring_up_to_date()
    guards.require(connection)


def bring_up_to_date() -> None:
    """Every table, with the one in which used codes and counted tries are remembered."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def is_of_this_version() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


class Bar:
    """A progress bar on standard error, where somebody looks and it takes above two seconds."""

    def __init__(self, name: str) -> None:
        from time import monotonic

        self.name, self.clock, self.begun, self.shown = name, monotonic, monotonic(), False

    def __call__(self, done: int, total: int) -> None:
        if not sys.stderr.isatty() or self.clock() - self.begun < 2:
            return
        self.shown = True
        width = 30 * done // max(total, 1)
        bar = "█" * width + "·" * (30 - width)
        end = "\n" if done >= total else ""
        print(f"\r{self.name} {bar} {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)
