"""The till's files: small modules that import each other, and nothing that the policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rig.messages import TILL

pytestmark = pytest.mark.house

OURS = sorted(path for path in TILL.rglob("*.js") if "libraries" not in path.parts)
IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")
FORBIDDEN = {
    "innerHTML": "text becomes a page's own code",
    "outerHTML": "text becomes a page's own code",
    "insertAdjacentHTML": "text becomes a page's own code",
    "document.write": "text becomes a page's own code",
    "eval(": "the policy forbids it",
    "new Function": "the policy forbids it",
    "Math.round(Math.random": "a nonce comes from crypto.getRandomValues",
    "http://": "the till speaks to its own server alone",
    "https://": "the till speaks to its own server alone",
    "parseFloat": "money is whole minor units",
    "toFixed": "money is whole minor units",
}
MOST_LINES = 300
# What draws may ask the document; logic stands apart and knows none.
DRAWS = re.compile(
    r"_screen\.js$|/(dom|printer|sheet|strokes|boot|main|sw|camera|scanner|lock|export"
    r"|sync|lots|versions|words|pictures)\.js$"
)


def name(path: Path) -> str:
    return path.relative_to(TILL).as_posix()


def code(path: Path) -> str:
    """Without what stands in comments."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", "", text)


@pytest.mark.parametrize("path", OURS, ids=name)
def test_a_module_is_small_and_imports_what_is_there(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES
    assert [n for n, line in enumerate(lines, 1) if len(line) > 100 and "_(" not in line] == []
    for wanted in IMPORTED.findall(code(path)):
        assert wanted.startswith("."), (
            f"{wanted}: an import is relative, so that it stays in its version"
        )
        assert (path.parent / wanted).resolve().is_file(), f"{wanted} is not there"


@pytest.mark.parametrize("path", OURS, ids=name)
def test_nothing_in_it_is_forbidden(path: Path) -> None:
    text = code(path)
    text = text.replace("http://www.w3.org/2000/svg", "")
    assert {word: why for word, why in FORBIDDEN.items() if word in text} == {}


@pytest.mark.parametrize("path", OURS, ids=name)
def test_plain_logic_knows_no_document(path: Path) -> None:
    if not DRAWS.search("/" + name(path)):
        assert "document." not in code(path)


def test_every_module_is_reached_from_the_page() -> None:
    """What nobody imports is no part of the till."""
    reached: set[Path] = set()
    wanted = [TILL / "boot.js", TILL / "sw.js"]
    while wanted:
        path = wanted.pop()
        if path in reached:
            continue
        reached.add(path)
        if path.suffix == ".js":
            # A worker that waits for its own library is reached, and that library is not ours.
            started = re.findall(r'new URL\("([^"/]+\.js)"', code(path))
            wanted += [(path.parent / one).resolve() for one in IMPORTED.findall(code(path))]
            wanted += [path.parent / one for one in started if (path.parent / one).is_file()]
    assert [name(path) for path in OURS if path not in reached] == []
