"""The one sheet of style keeps to what a phone of 2015 can read, or says it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.rig.machine import CHECKOUT

SHEET = CHECKOUT / "ayil" / "site" / "static" / "site" / "ayil.css"
# Values that a browser of 2015 drops, and with them the whole declaration.
NEWER_VALUE = re.compile(
    r"\b(?:var|clamp|min|max|env|color-mix|fit-content)\(|\d(?:cq[iwhb]|[dls]v[hw])\b"
)
# Values that it drops without harm: the element then is a block, and the last part has margins.
WITHOUT_HARM = {"grid-template-columns", "clip-path", "mask", "-webkit-mask"}
NEWER_PROPERTY = re.compile(
    r"^(?:(?:margin|padding|border|inset)-(?:inline|block)(?:-\w+)*|inset|aspect-ratio|place-\w+)$"
)
NEWER_SELECTOR = re.compile(r":is\(|:where\(|:has\(|&")
NEWER_RULE = re.compile(r"@(?:layer|container|scope|property)\b|@media[^{]*[<>]")
OLDER = "@supports not (inset: 0)"


@dataclass(frozen=True)
class Rule:
    """`around` is the at-rule in which it stands, if any."""

    around: str
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]


def rules(css: str) -> Iterator[Rule]:
    """The rules of a sheet, one level of at-rules deep."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    around, at = "", 0
    for found in re.finditer(r"([^{}]*)([{}])", text):
        words, brace = found[1].strip(), found[2]
        if brace == "{" and words.startswith("@"):
            around = words
        elif brace == "{":
            at = found.end()
            head = words
        elif at:
            body = [one.split(":", 1) for one in text[at : found.start(2)].split(";") if ":" in one]
            yield Rule(
                around,
                tuple(one.strip() for one in head.split(",")),
                tuple((name.strip(), value.strip()) for name, value in body),
            )
            at = 0
        else:
            around = ""


def faults(css: str) -> list[str]:
    """What a browser of 2015 would not understand, and nothing stands in for."""
    found = [f"{one[0]}: newer than 2015" for one in NEWER_RULE.finditer(css)]
    sheet = list(rules(css))
    stand_ins = {selector for rule in sheet if rule.around == OLDER for selector in rule.selectors}
    for rule in sheet:
        where = ", ".join(rule.selectors)
        if NEWER_SELECTOR.search(where):
            found.append(f"{where}: a selector newer than 2015; the whole rule is dropped")
        found += [f"{where} {{ {one} }}" for one in _undoubled(rule)]
        if _has_gap(rule) and rule.around != OLDER:
            found += [
                f"{one}: has a gap or a grid, and no margins under {OLDER}"
                for one in rule.selectors
                if not any(other.startswith(one) for other in stand_ins)
            ]
    return found


def _undoubled(rule: Rule) -> Iterator[str]:
    before = ""
    for name, value in rule.declarations:
        if NEWER_PROPERTY.match(name):
            yield f"{name}: write left, right, top or bottom"
        elif NEWER_VALUE.search(value) and name != before and not _is_harmless(name):
            yield f"{name}: {value}: write an older value of {name} before it"
        before = name


def _is_harmless(name: str) -> bool:
    return name.startswith("--") or name in WITHOUT_HARM


def _has_gap(rule: Rule) -> bool:
    names = dict(rule.declarations)
    return names.get("gap", "0") != "0" or names.get("display") == "grid"


def test_phones_of_2015_read_every_page() -> None:
    assert faults(SHEET.read_text(encoding="utf-8")) == []


def test_a_plain_colour_is_that_of_its_token_by_day() -> None:
    css = SHEET.read_text(encoding="utf-8")
    day = next(rule for rule in rules(css) if rule.selectors == (":root",))
    tokens = {f"var({name})": value for name, value in day.declarations}
    other = []
    for rule in rules(css):
        for (name, plain), (again, value) in zip(
            rule.declarations, rule.declarations[1:], strict=False
        ):
            if name == again and "var(" in value:
                meant = re.sub(r"var\([^)]*\)", lambda one: tokens[one[0]], value)
                other += [f"{rule.selectors}: {name}: {plain}"] if meant != plain else []
    assert other == []


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        (".a { color: var(--ink); }", "write an older value of color"),
        (".a { width: 3cqi; }", "write an older value"),
        (".a { margin-inline: 1rem; }", "write left, right"),
        (".a:has(b) { margin: 0; }", "selector newer"),
        (".a { display: flex; gap: 1rem; }", "no margins"),
        ("@media (width > 3rem) { .a { margin: 0; } }", "newer than 2015"),
        ("@container (x) { .a { margin: 0; } }", "newer than 2015"),
    ],
)
def test_each_newer_thing_is_found(css: str, fault: str) -> None:
    assert any(fault in one for one in faults(css))


def test_what_is_said_twice_is_no_fault() -> None:
    css = ".a { color: #000; color: var(--ink); display: flex; gap: 1px; }"
    assert faults(f"{css} {OLDER} {{ .a > * {{ margin: 0; }} }}") == []
