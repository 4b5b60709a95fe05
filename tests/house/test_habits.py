"""Sizes, names and words that the style asks for, measured over the whole repository."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house import tree

LONGEST_MODULE = 400
LONG_FUNCTION = 35
SHARE_UNDER_LONG = 0.9
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "data",
               "misc", "services", "service"}  # fmt: skip
# Written in two parts, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|tm" + r"p)/[a-z.]")
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME)\b|XX" + r"X:|raise NotImplemented" + r"Error"
)
OWN_MOCKS = re.compile(r"unittest\.mo" + r"ck|Magic" + r"Mock|monkeypatch\.set" + r"attr")
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|nonce=|type=\"application/json\"))|<style(?![^>]*\bnonce=)|\sstyle=[\"']|\son[a-z]+=[\"']",
    re.IGNORECASE,
)


def lines_that_match(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Each line in the files that a pattern finds, with its place."""
    return [
        f"{tree.name(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def function_lengths(module: ast.Module) -> list[tuple[int, str]]:
    """How many lines each function takes (its docstring not counted), with its name."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                length -= (first.end_lineno or first.lineno) - first.lineno + 1
            found.append((length, f"{node.name}, line {node.lineno}"))
    return found


def test_no_module_is_longer_than_one_subject_needs() -> None:
    lengths = {
        tree.name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in tree.files("ayil", "till", "tests", suffixes={".py", ".js", ".mjs"})
        if "migrations" not in path.parts
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_nine_in_ten_functions_are_short() -> None:
    measured = [(length, f"{tree.name(path)}: {what}") for path, module in tree.modules("ayil")
                for length, what in function_lengths(module)]  # fmt: skip
    long = sorted((pair for pair in measured if pair[0] > LONG_FUNCTION), reverse=True)
    assert len(measured) > 100
    assert len(long) <= (1 - SHARE_UNDER_LONG) * len(measured), long


def test_a_docstring_does_not_make_a_function_long() -> None:
    module = ast.parse('def sold() -> int:\n    """One.\n\n    Two.\n    """\n    return 1\n')
    assert function_lengths(module) == [(2, "sold, line 1")]


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = {
        tree.name(path)
        for path in tree.files("ayil", "till", "tests", "bench", suffixes={".py", ".js", ".mjs"})
        if EMPTY_NAMES & {part.removesuffix(path.suffix) for part in Path(tree.name(path)).parts}
    }
    assert found == set()


def test_every_field_is_a_storey_of_the_house() -> None:
    named = set().union(*tree.layers())
    packages = {path.parent.name for path in tree.files("ayil", suffixes={".py"})
                if path.name == "__init__.py" and path.parent.parent.name == "ayil"}  # fmt: skip
    assert packages <= named


def test_the_repository_names_no_machine_path() -> None:
    assert lines_that_match(MACHINE_PATH, list(tree.files())) == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_that_match(UNFINISHED, list(tree.files())) == []


def test_tests_do_not_replace_our_own_code() -> None:
    assert lines_that_match(OWN_MOCKS, list(tree.files("tests", suffixes={".py"}))) == []


def test_templates_hold_nothing_inline() -> None:
    pages = list(tree.files("ayil", "till", suffixes={".html"}))
    assert len(pages) > 5
    assert lines_that_match(INLINE, pages) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATH, "see /ho" + "me/aigul/ayil.sqlite3"),
        (UNFINISHED, "# TO" + "DO: count the drawer"),
        (OWN_MOCKS, "from unittest.mo" + "ck import patch"),
        (INLINE, "<script>alert(1)</script>"),
        (INLINE, '<p style="color: red">'),
        (INLINE, '<a href="#" onclick="sell()">'),
    ],
)
def test_each_pattern_finds_what_it_is_for(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize(
    "line", ['<script type="module" src="/till.js">', "https://iati.example/root/x", "on=1"]
)
def test_no_pattern_finds_what_is_right(line: str) -> None:
    assert not any(pattern.search(line) for pattern in (MACHINE_PATH, UNFINISHED, INLINE))
