"""Our counts against those of other people's libraries, in an environment of their own.

    make oracles

Those libraries are twice the size of everything else that Ayil needs, so they never stand in its
own environment: `.venv-oracles` is made beside it from requirements/oracles.txt, in about a
minute where the packages can be had, and again only when that list changes. The comparisons
import nothing of ours but `ayil.decisions.rules`, which needs no more than a Python.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.rig.machine import CHECKOUT

VENV = CHECKOUT / ".venv-oracles"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = CHECKOUT / "requirements" / "oracles.txt"
STAMP = VENV / "installed.txt"
FOLDER = "tests/oracles"
WORDS = ["-c", f"{FOLDER}/pytest.ini", f"--rootdir={FOLDER}", f"--confcutdir={FOLDER}", FOLDER]


class OraclesAbsent(Exception):
    """The libraries could not be installed here; the message says why."""


def stamp() -> str:
    """One line that changes with the list and the Python."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{digest} {sys.version_info[0]}.{sys.version_info[1]}"


def install() -> Path:
    """The environment's Python, with everything in it. OraclesAbsent where that cannot be."""
    if STAMP.exists() and PYTHON.exists() and STAMP.read_text(encoding="utf-8") == stamp():
        return PYTHON
    # The virtual environment of a bare Debian has no pip: then it is the machine's own that fills.
    machines = Path(getattr(sys, "_base_executable", sys.executable))
    has_own = importlib.util.find_spec("ensurepip") is not None
    without = [] if has_own else ["--without-pip"]
    run([machines, "-m", "venv", "--clear", *without, VENV])
    pip: list[str | Path] = [PYTHON, "-m", "pip"]
    if not has_own:
        pip = [machines, "-m", "pip", "--python", PYTHON]
    words = ["install", "--quiet", "--disable-pip-version-check", "--retries", "1"]
    run([*pip, *words, "--require-hashes", "-r", LOCK])
    STAMP.write_text(stamp(), encoding="utf-8")
    return PYTHON


def run(command: Sequence[str | Path]) -> None:
    """One step of the installation. OraclesAbsent, with what pip says last, where it fails."""
    done = subprocess.run(
        list(map(str, command)), cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise OraclesAbsent(said[-1] if said else f"it ended with status {done.returncode}")


def main() -> int:
    """Installs where it must, and runs the comparisons."""
    try:
        python = install()
    except OraclesAbsent as absent:
        print(f"The libraries to compare with cannot be installed: {absent}", file=sys.stderr)
        return 1
    return subprocess.run([python, "-m", "pytest", *WORDS], cwd=CHECKOUT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
