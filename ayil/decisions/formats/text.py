"""A file of ballots as lines of text, and what is said of one that cannot be read."""

import codecs
from pathlib import Path

CONTROLS = frozenset(map(chr, range(32))) - set("\t\r\n\f\v")


class BallotFileError(ValueError):
    """A file of ballots that nobody can count as it stands: what is wrong, and at which line."""

    def __init__(self, words: str, line: int | None = None) -> None:
        super().__init__(words if line is None else f"line {line}: {words}")
        self.line = line


def text_lines(path: Path) -> list[str]:
    """The lines without their ends. UTF-8 with or without its mark, or UTF-16 with one.

    BallotFileError for a file that is empty or that is no text.
    """
    data = path.read_bytes()
    if not data.strip():
        raise BallotFileError("the file is empty")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BallotFileError("this is no text in UTF-8", line) from None
    if not CONTROLS.isdisjoint(text):
        at = min(text.index(sign) for sign in CONTROLS & set(text))
        raise BallotFileError(
            "this is no text: it holds control signs", text.count("\n", 0, at) + 1
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
