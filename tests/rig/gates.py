"""The gates that are tools of their own: each a command that must end with status 0.

    python -m tests.rig.gates

runs them two at a time, then the tests of tests/house; what failed is shown whole.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.rig import home, machine

LINT_IMPORTS = str(Path(sys.executable).with_name("lint-imports"))
# Of medium severity and above: the lower ones are ruff's S rules, with a reason on each line.
BANDIT = ("bandit", "-q", "-ll", "-r", "-c", "pyproject.toml", "ayil", "run.py")


@dataclass(frozen=True)
class Gate:
    """One command and the name that stands for it in the closing lines."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What a gate said, and how long it took in seconds."""

    gate: Gate
    passed: bool
    said: str
    took_s: float


def module(*words: str) -> tuple[str, ...]:
    """A command that runs a Python module of this environment."""
    return (sys.executable, "-m", *words)


# The slowest first, so that the others fit beside it.
GATES = (
    Gate("mypy", module("mypy")),
    Gate("imports", (LINT_IMPORTS,)),
    Gate("migrations", module("django", "makemigrations", "--check", "--dry-run")),
    Gate("django check", module("django", "check", "--fail-level", "WARNING")),
    Gate("bandit", module(*BANDIT)),
    Gate("ruff", module("ruff", "check", "--quiet", ".")),
    Gate("ruff format", module("ruff", "format", "--check", ".")),
)

HOUSE = Gate("house", module("pytest", "tests/house", "-q"))


def ask(gate: Gate) -> Answer:
    """Run one gate in the checkout and say at once how it went."""
    began = time.monotonic()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ayil.site.settings", "NO_COLOR": "1"}
    done = subprocess.run(
        gate.command,
        cwd=machine.CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    answer = Answer(gate, done.returncode == 0, done.stdout, time.monotonic() - began)
    word = "passed" if answer.passed else "FAILED"
    print(f"gate {gate.name}: {word} in {answer.took_s:.1f} s", flush=True)
    return answer


def ask_all(gates: Sequence[Gate]) -> list[Answer]:
    """Run the gates two at a time, then show in full what the failed ones said."""
    home.make_home()
    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = list(pool.map(ask, gates))
    for answer in answers:
        if not answer.passed:
            print(f"\n== gate {answer.gate.name} ==\n{answer.said.rstrip()}", flush=True)
    return answers


def main() -> int:
    """Ask every gate; 0 when all passed."""
    answers = ask_all((*GATES, HOUSE))
    failed = [answer.gate.name for answer in answers if not answer.passed]
    print(f"\n{len(answers) - len(failed)} passed, {len(failed)} failed", flush=True)
    if failed:
        print(f"gates that failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
