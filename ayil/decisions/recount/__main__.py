"""The command: `python3 -m ayil.decisions.recount BUNDLE [--json] [--key HEX]`.

Exit status 0: everything holds. 1: something is broken. 2: the file cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ayil.decisions.recount.checks import Findings, recount
from ayil.decisions.recount.reading import BundleError, read_bundle

HOLDS, BROKEN, BAD_INPUT = 0, 1, 2
WORDS = "recounts a published decision with the standard library alone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, help="the file that stands beside the minutes")
    parser.add_argument("--key", help="the association's public key as you know it, 64 hex digits")


def run(path: Path, *, key: str | None, in_json: bool) -> int:
    try:
        bundle = read_bundle(path.read_bytes())
    except OSError as error:
        print(f"recount: {path}: {error.strerror}", file=sys.stderr)
        return BAD_INPUT
    except BundleError as error:
        print(f"recount: {path} is no bundle of a decision: {error}.", file=sys.stderr)
        return BAD_INPUT
    found = recount(bundle, key=key)
    if in_json:
        print(json.dumps(as_figures(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_words(found)))
    return BROKEN if found.broken else HOLDS


def as_figures(found: Findings) -> dict[str, object]:
    """For a program: the same that the words say."""
    return {
        "holds": not found.broken,
        "broken": found.broken,
        "unchecked": found.unchecked,
        "notes": found.notes,
        **found.figures,
    }


def as_words(found: Findings) -> list[str]:
    """For a person: what was decided, what holds, what is broken."""
    told = found.figures
    lines = []
    if told:
        lines = [
            f"{told['village']}, {told['held_on']}: {', '.join(told['chosen']) or 'none of them'}",
            f"roll {told['roll']}, at the vote {told['present']}, rule {told['rule']}",
            f"roll     {told['roll_sha256']}",
            f"minutes  {told['minutes_sha256']}",
            f"key      {told['key']}",
        ]
    lines += [f"broken: {line}." for line in found.broken]
    lines += [f"not recounted: {line}." for line in found.unchecked]
    lines += [f"note: {line}." for line in found.notes]
    last = f"{len(found.broken)} broken." if found.broken else "Everything that is here holds."
    return [*lines, last]


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="recount", description=WORDS)
    add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="as one object for a program")
    arguments = parser.parse_args(words)
    return run(arguments.bundle, key=arguments.key, in_json=arguments.json)


if __name__ == "__main__":
    sys.exit(main())
