"""The till's sheet says what an older browser needs, with the site's own colours."""

from __future__ import annotations

import re

from tests.house.test_style import SHEET, faults, rules
from tests.rig.messages import TILL

TILLS = (TILL / "till.css").read_text(encoding="utf-8")
# A till needs Web Locks, which came to browsers after gap and grid did.
NOT_FOR_TILLS = "has a gap or a grid"
SMALLEST_TEXT_REM = 0.6875


def tokens(css: str, around: str = "") -> dict[str, str]:
    """The colours by name, of the day or of an at-rule."""
    roots = [rule for rule in rules(css) if rule.selectors == (":root",)]
    return {
        name: value
        for rule in roots
        if rule.around == around
        for name, value in rule.declarations
        if name.startswith("--")
    }


def test_older_browsers_read_the_till() -> None:
    assert [fault for fault in faults(TILLS) if NOT_FOR_TILLS not in fault] == []


def test_a_plain_colour_is_that_of_its_token_by_day() -> None:
    day = tokens(TILLS)
    other = []
    for rule in rules(TILLS):
        pairs = zip(rule.declarations, rule.declarations[1:], strict=False)
        for (name, plain), (again, value) in pairs:
            if name == again and "var(" in value:
                meant = re.sub(r"var\(([^)]*)\)", lambda one: day[one[1]], value)
                other += [(rule.selectors, name, plain)] if meant != plain else []
    assert other == []


def test_the_colours_are_the_sites() -> None:
    site = SHEET.read_text(encoding="utf-8")
    for around in ("", "@media screen and (prefers-color-scheme: dark)"):
        ours, theirs = tokens(TILLS, around), tokens(site, around)
        shared = ours.keys() & theirs.keys()
        assert len(shared) > 20
        assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def test_no_text_is_too_small_to_read() -> None:
    sizes = [float(size) for size in re.findall(r"font-size: ([0-9.]+)rem", TILLS)]
    assert min(sizes) >= SMALLEST_TEXT_REM
