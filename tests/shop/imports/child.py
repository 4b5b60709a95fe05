"""An import in a process of its own, with a home of its own: one that may be killed.

    python -m tests.shop.imports.child FILE MAP BATCH_LINES

Prints "begun" before the first batch, the count of lines after each, and a last line of JSON.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.rig.machine import CHECKOUT


def main(file: str, map_file: str, batch_lines: str) -> None:
    import django

    django.setup()
    from ayil.kit.clock import now
    from ayil.ledger.models import Fund
    from ayil.shop.imports.actions import import_sales
    from ayil.shop.models import TillEvent

    def progress(done: int, _total: int) -> None:
        print(done, flush=True)

    print("begun", flush=True)
    report = import_sales(
        path=Path(file),
        map_path=Path(map_file),
        at=now(),
        progress=progress,
        batch_lines=int(batch_lines),
    )
    fund = Fund.objects.exclude(last_seq=0).get()
    last = TillEvent.objects.order_by("-seq").first()
    print(
        json.dumps(
            {
                "taken": report.taken,
                "refused": report.refused,
                "lines": report.lines,
                "receipts_new": report.receipts_new,
                "receipts_known": report.receipts_known,
                "gross_minor": report.gross_minor,
                "refunds_minor": report.refunds_minor,
                "lines_per_second": report.lines_per_second,
                "ledger": [fund.last_seq, bytes(fund.head_hash).hex()],
                "log": bytes(last.hash).hex() if last else "",
                "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            }
        ),
        flush=True,
    )


def environment(home: Path) -> dict[str, str]:
    """A home of its own, on SQLite, whatever database the tests themselves use."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AYIL_")}
    return kept | {"AYIL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "ayil.site.settings"}


def make_home(home: Path) -> None:
    """A home with an empty database."""
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=CHECKOUT, env=environment(home), check=True, timeout=300)


@contextmanager
def importing(home: Path, file: Path, map_file: Path, batch_lines: int) -> Iterator[Any]:
    """The process, whose lines can be read; it does not outlive the block."""
    command = [sys.executable, "-m", "tests.shop.imports.child"]
    with subprocess.Popen(
        [*command, str(file), str(map_file), str(batch_lines)],
        cwd=CHECKOUT,
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def import_all(home: Path, file: Path, map_file: Path, batch_lines: int) -> dict[str, Any]:
    """Imports to the end; the figures of the last line."""
    with importing(home, file, map_file, batch_lines) as child:
        lines = list(child.stdout)
        assert child.wait() == 0
        answer: dict[str, Any] = json.loads(lines[-1])
        return answer


def kill_in_the_middle(
    home: Path, file: Path, map_file: Path, *, after: int, batch_lines: int
) -> int:
    """Kills it by signal 9 in the batch that follows `after` batches; how many lines stood."""
    with importing(home, file, map_file, batch_lines) as child:
        said = [child.stdout.readline() for _ in range(after + 1)]
        child.kill()
        assert child.wait() == -9
        return int(said[-1])


if __name__ == "__main__":
    main(*sys.argv[1:])
