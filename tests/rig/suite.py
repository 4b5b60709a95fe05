"""All that this machine can check: the gates, the tests on SQLite and again on PostgreSQL.

    python3 run.py test

The closing lines name whatever was left out and why, then give the sum of all runs. Tests that
drive a browser or read much real data come after the others, those of the till beside the rest:
no test asserts on a clock, so a machine of two cores is used up and nothing is disturbed.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.rig import gates, machine, oracles, postgres
from tests.rig.home import TEST_DATABASE

LATER = "real or browser"
OF_TILLS = ("tests/till", "tests/faults")
NO_TESTS = 5


@dataclass
class Tally:
    """What one or more runs came to; `left_out` counts tests by reason."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take another run's figures in."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.left_out += other.left_out
        self.broken += other.broken

    def closing(self) -> list[str]:
        """The closing lines: what was left out, what broke, the sum."""
        lines = [f"left out: {count} × {why}" for why, count in sorted(self.left_out.items())]
        lines += [f"FAILED: {what}" for what in self.broken]
        total = f"{self.passed} passed, {self.failed} failed"
        return [*lines, total + (f", {self.skipped} skipped" if self.skipped else "")]


def read_report(report: Path) -> Tally:
    """Count a run from the JUnit report that pytest wrote."""
    tally = Tally()
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own pytest wrote it
        name = f"{case.get('classname')}::{case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            tally.failed += 1
            tally.broken.append(name)
        elif skipped is not None:
            tally.skipped += 1
            tally.left_out[str(skipped.get("message"))] += 1
        else:
            tally.passed += 1
    return tally


def run_tests(
    name: str,
    words: list[str],
    database: str | None,
    loud: bool,
    python: str | Path = sys.executable,
) -> Tally:
    """Run pytest once and count it; a quiet run prints only when it is done.

    A run that ends badly without a failed test (a crash, an import error, no test at all) is one
    failure more: it must not read like a pass.
    """
    with tempfile.TemporaryDirectory(prefix="ayil-suite-") as folder:
        report = Path(folder, "report.xml")
        quiet = ["-q", "--continue-on-collection-errors", f"--junit-xml={report}"]
        command = [python, "-m", "pytest", *quiet, *words]
        environment = {key: value for key, value in os.environ.items() if key != TEST_DATABASE}
        if database:
            environment[TEST_DATABASE] = database
        done = subprocess.run(
            command,
            cwd=machine.CHECKOUT,
            env=environment,
            stdout=None if loud else subprocess.PIPE,
            stderr=None if loud else subprocess.STDOUT,
            text=True,
            check=False,
        )
        tally = read_report(report) if report.exists() else Tally()
    if not loud:
        print(f"\n== {name} ==\n{done.stdout.rstrip()}", flush=True)
    tally.broken = [f"{what} ({name})" for what in tally.broken]
    if done.returncode == NO_TESTS:
        tally.left_out[f"{name}: no test carries these marks"] += 1
    elif done.returncode != 0 and not tally.failed:
        tally.failed += 1
        tally.broken.append(f"{name}: pytest ended with status {done.returncode}")
    return tally


@contextlib.contextmanager
def postgres_or_reason() -> Iterator[tuple[str | None, str]]:
    """The address of a private cluster and no reason, or no address and the reason."""
    with contextlib.ExitStack() as stack:
        try:
            address, reason = stack.enter_context(postgres.cluster()), ""
        except postgres.PostgresAbsent as absent:
            address, reason = None, str(absent)
        yield address, reason


def run_oracles() -> Tally:
    """Our counts against other people's, in their own environment, or why that is not here."""
    try:
        python = oracles.install()
    except oracles.OraclesAbsent as absent:
        reason = f"the libraries to compare with cannot be installed: {absent}"
        return Tally(left_out=Counter({f"counts against other libraries: {reason}": 1}))
    return run_tests("counts against other libraries", oracles.WORDS, None, False, python)


def run_later() -> Tally:
    """The tills' browser tests, and beside them every other test that is heavy."""
    rest = [f"--ignore={folder}" for folder in OF_TILLS]
    total = Tally()
    with ThreadPoolExecutor(max_workers=2) as pool:
        runs = [
            pool.submit(run_tests, "tills", ["-m", LATER, *OF_TILLS], None, False),
            pool.submit(run_tests, "pages and real data", ["-m", LATER, *rest], None, True),
            pool.submit(run_oracles),
        ]
        for run in runs:
            total.add(run.result())
    return total


def run_on_both() -> Tally:
    """The tests on SQLite and, beside them, those that use a database on PostgreSQL."""
    total = Tally()
    with postgres_or_reason() as (address, reason), ThreadPoolExecutor(max_workers=2) as pool:
        runs = []
        if address:
            marks = f"database and not house and not ({LATER})"
            runs.append(pool.submit(run_tests, "PostgreSQL", ["-m", marks], address, False))
        else:
            total.left_out[f"the database suite on PostgreSQL: {reason}"] += 1
        print("\n== SQLite ==", flush=True)
        runs.append(pool.submit(run_tests, "SQLite", ["-m", f"not ({LATER})"], None, True))
        for run in runs:
            total.add(run.result())
    return total


def main(words: list[str]) -> int:
    """Run everything (or pytest with the words given) and close with the sum."""
    if words:
        return subprocess.run([sys.executable, "-m", "pytest", *words], check=False).returncode
    total = Tally()
    for answer in gates.ask_all(gates.GATES):
        if answer.passed:
            total.passed += 1
        else:
            total.failed += 1
            total.broken.append(f"gate {answer.gate.name}")
    total.add(run_on_both())
    print(f"\n== {LATER} ==", flush=True)
    total.add(run_later())
    print("\n== closing ==")
    print("\n".join(total.closing()), flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
