"""PrefLib's files of rankings (.soc, .soi, .toc, .toi) and of categories (.cat).

The form is the one of PrefLib's own specification (FORMAT_SPECIFICATION.md of PrefLib-Data):
lines that begin with # say what the file holds, then each line is a count, a colon and a ranking.
Rankings are read in the form before September 2022 too, whose header has no #. What a header
declares is checked against what stands below it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ayil.decisions.formats.text import BallotFileError, text_lines
from ayil.decisions.rules.profile import BallotFile, Rankings

COMPLETE, STRICT = {"soc", "toc"}, {"soc", "soi"}
MOST_DIGITS = 12  # of a count; more is no election

PLACE = re.compile(r"\{\s*(?:[0-9]+\s*(?:,\s*[0-9]+\s*)*)?\}|[0-9]+")
ORDER = re.compile(rf"\s*(?:(?:{PLACE.pattern})\s*(?:,\s*(?:{PLACE.pattern})\s*)*)?")
NUMBERS = re.compile("[0-9]+")
META = re.compile(r"#\s*([^:]*?)\s*:\s*(.*?)\s*")
NAME = re.compile(r"(ALTERNATIVE|CATEGORY) NAME\s+([0-9]+)")


class Said(NamedTuple):
    """How many ballots say it, the ranking as written, where it stands, and on how many lines."""

    ballots: int
    order: str
    line: int
    lines: int = 1


@dataclass(slots=True)
class Header:
    """What the file says of itself; `declared` are numbers, each with the line it stands on."""

    title: str = ""
    kind: str = ""
    kind_line: int = 0
    names: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    declared: dict[str, tuple[int, int]] = field(default_factory=dict)


def read(path: Path) -> BallotFile:
    """The ballots of a PrefLib file. BallotFileError where they cannot be counted."""
    lines, kind = text_lines(path), path.suffix.lower().removeprefix(".")
    header = Header()
    is_old = not next(line for line in lines if line.strip()).lstrip().startswith("#")
    if kind == "cat" and is_old:
        raise BallotFileError("a file of categories begins with lines of #", 1)
    said = list(_old_form(header, lines) if is_old else _form(header, lines))
    if header.kind and header.kind != kind:
        raise BallotFileError(
            f"the header says that this is {header.kind}, but the file's name ends in .{kind}",
            header.kind_line,
        )
    rankings = _rankings(header, kind, said)
    return BallotFile(
        title=header.title or path.stem,
        names=header.names,
        rankings=rankings,
        categories=tuple(header.categories.values()),
    )


def _form(header: Header, lines: list[str]) -> Iterator[Said]:
    """Reads the header, then gives the lines of ballots one by one; comments may stand between."""
    for at, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            _meta(header, line.strip(), at)
    _complete(header)
    # A line a ballot is a long file of few different lines: each of them is looked at once.
    first_at = dict(zip(reversed(lines), range(len(lines), 0, -1), strict=True))
    for line, times in Counter(lines).items():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        at = first_at[line]
        head, colon, order = line.partition(":")
        if not colon:
            raise BallotFileError(f"no count, colon and ranking: {_shown(line)}", at)
        yield Said(_count(head, at) * times, order, at, times)


def _meta(header: Header, line: str, at: int) -> None:
    found = META.fullmatch(line)
    if found is None:
        return  # a comment
    key, value = " ".join(found[1].upper().split()), found[2]
    if key == "TITLE":
        header.title = value
    elif key == "DATA TYPE":
        header.kind, header.kind_line = value.lower(), at
    elif key.startswith("NUMBER "):
        _declare(header, key, value, at)
    elif name := NAME.fullmatch(key):
        named = header.names if name[1] == "ALTERNATIVE" else header.categories
        if _number(name[2]) in named:
            raise BallotFileError(f"{key.lower()} is given twice", at)
        named[_number(name[2])] = value


def _declare(header: Header, key: str, value: str, at: int) -> None:
    if key in header.declared:
        raise BallotFileError(f"{key.lower()} is given twice", at)
    header.declared[key] = (_count(value, at, least=0), at)


def _complete(header: Header) -> None:
    """Options and categories by their number, as many as declared."""
    for key, named in (("ALTERNATIVES", header.names), ("CATEGORIES", header.categories)):
        count, at = header.declared.get(f"NUMBER {key}", (len(named), 0))
        if not named:
            named.update((str(number), str(number)) for number in range(1, count + 1))
        if count != len(named):
            raise BallotFileError(
                f"the header declares {count:,} {key.lower()} and names {len(named):,}", at
            )
        ordered = sorted(named.items(), key=lambda pair: int(pair[0]))
        named.clear()
        named.update(ordered)
    if not header.names:
        raise BallotFileError("no header: nothing says what was voted on", 1)


def _old_form(header: Header, lines: list[str]) -> Iterator[Said]:
    """How many options; a line for each; voters, their sum, how many orders; then the orders."""
    rows = [(at, line.strip()) for at, line in enumerate(lines, 1) if line.strip()]
    first_at, first = rows[0]
    if not first.isdecimal():
        raise BallotFileError(f"neither # nor a number of options: {_shown(first)}", first_at)
    options = _count(first, first_at)
    if len(rows) < options + 2:
        raise BallotFileError(
            f"{options:,} options are announced, and then the file ends", first_at
        )
    for at, row in rows[1 : options + 1]:
        number, comma, name = row.partition(",")
        if not comma or _number(number.strip()) in header.names:
            raise BallotFileError(f"no number and name of a new option: {_shown(row)}", at)
        header.names[_number(number.strip())] = name.strip()
    at, row = rows[options + 1]
    sums = row.split(",")
    if len(sums) != 3:
        raise BallotFileError(f"no voters, sum and number of orders: {_shown(row)}", at)
    header.declared["NUMBER VOTERS"] = (_count(sums[1], at, least=0), at)
    header.declared["NUMBER UNIQUE ORDERS"] = (_count(sums[2], at, least=0), at)
    for at, row in rows[options + 2 :]:
        head, comma, order = row.partition(",")
        yield Said(_count(head, at), order if comma else "", at)


def _rankings(header: Header, kind: str, said: list[Said]) -> Rankings[str]:
    rankings: Rankings[str] = Counter()
    alone = {option: frozenset([option]) for option in header.names}
    for one in said:
        plain = [option.strip() for option in one.order.split(",")]
        is_whole = kind in {"soi", "toi"} or (kind in COMPLETE and len(plain) == len(alone))
        if is_whole and alone.keys() >= set(plain) and len(set(plain)) == len(plain):
            rankings[tuple(alone[option] for option in plain)] += one.ballots
        else:
            rankings[_ranking(header, kind, one)] += one.ballots
    lines = sum(one.lines for one in said)
    voters, at = header.declared.get("NUMBER VOTERS", (rankings.total(), 0))
    if voters != rankings.total():
        raise BallotFileError(
            f"the header declares {voters:,} voters, but the lines below hold {rankings.total():,}",
            at,
        )
    for key in ("NUMBER UNIQUE ORDERS", "NUMBER UNIQUE PREFERENCES"):
        unique, at = header.declared.get(key, (lines, 0))
        if unique not in (lines, len(rankings)):
            raise BallotFileError(
                f"the header declares {unique:,} different ballots, but {lines:,} lines hold "
                f"{len(rankings):,}",
                at,
            )
    if not rankings:
        raise BallotFileError("the file holds no ballot")
    return rankings


def _ranking(header: Header, kind: str, said: Said) -> tuple[frozenset[str], ...]:
    if ORDER.fullmatch(said.order) is None:
        raise BallotFileError(
            f"no ranking like 1,4,{{2,3}}: {_shown(said.order)}; is the line cut?", said.line
        )
    listed = [
        [_number(number) for number in NUMBERS.findall(place)]
        for place in PLACE.findall(said.order)
    ]
    everyone = [option for place in listed for option in place]
    if len(set(everyone)) < len(everyone):
        twice = next(option for option in everyone if everyone.count(option) > 1)
        raise BallotFileError(f"option {twice} stands twice in one ballot", said.line)
    for option in everyone:
        if option not in header.names:
            raise BallotFileError(f"option {option} is not among those of the header", said.line)
    if kind == "cat":
        return _in_categories(header, listed, said)
    if kind in STRICT and any(len(place) > 1 for place in listed):
        raise BallotFileError(f"two at once, in a file of strict orders (.{kind})", said.line)
    if kind in COMPLETE and len(everyone) < len(header.names):
        raise BallotFileError(
            f"{len(everyone):,} of {len(header.names):,} options, in a file of complete orders "
            f"(.{kind})",
            said.line,
        )
    return tuple(frozenset(place) for place in listed if place)


def _in_categories(
    header: Header, listed: list[list[str]], said: Said
) -> tuple[frozenset[str], ...]:
    if len(listed) > len(header.categories):
        raise BallotFileError(
            f"{len(listed):,} categories, and the header has {len(header.categories):,}", said.line
        )
    missing = [frozenset[str]()] * (len(header.categories) - len(listed))
    return (*map(frozenset, listed), *missing)


def _count(text: str, line: int, least: int = 1) -> int:
    """A whole number, in plain digits."""
    words = text.strip()
    if not (words.isascii() and words.isdecimal() and len(words) <= MOST_DIGITS):
        raise BallotFileError(f"no whole number: {_shown(text)}", line)
    if int(words) < least:
        raise BallotFileError(f"{words} ballots are none", line)
    return int(words)


def _number(text: str) -> str:
    """An option's number as it is written everywhere: 07 is 7."""
    return text.lstrip("0") or text[:1]


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:60]}…”" if len(words) > 60 else f"“{words}”"
