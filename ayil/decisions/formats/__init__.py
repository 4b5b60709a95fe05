"""Published files of ballots, read with the standard library alone.

A reader takes a path and gives a `BallotFile`; what cannot be counted as it stands is a
`BallotFileError` that names the line.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ayil.decisions.formats.text import BallotFileError
from ayil.decisions.rules.profile import BallotFile

__all__ = ["ENDINGS", "BallotFileError", "read_ballots"]

ENDINGS = {
    ".soc": "preflib",
    ".soi": "preflib",
    ".toc": "preflib",
    ".toi": "preflib",
    ".cat": "preflib",
    ".pb": "pabulib",
    ".json": "bundle",
}
"""Which module reads a file with this ending, by its function `read`."""


def read_ballots(path: Path) -> BallotFile:
    """What the file holds, read by its ending. BallotFileError where it cannot be counted."""
    reader = ENDINGS.get(path.suffix.lower())
    if reader is None:
        raise BallotFileError(f"a file of ballots ends in one of {', '.join(sorted(ENDINGS))}")
    read: Callable[[Path], BallotFile] = import_module(f"{__name__}.{reader}").read
    return read(path)
