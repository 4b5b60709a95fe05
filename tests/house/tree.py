"""The files of the repository, as the house's own tests read them."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.rig.machine import CHECKOUT

NOT_OURS = {"var", "node_modules", "vendor", "build", "dist", "__pycache__", "htmlcov"}
TEXT = {
    ".py", ".js", ".mjs", ".css", ".html", ".xml", ".txt", ".md", ".toml", ".po", ".typ", ".sql",
    ".yml", ".yaml", ".json", ".service", ".csv", ".cfg", ".ini", ".sh", ".svg", "",
}  # fmt: skip


def files(*folders: str, suffixes: set[str] = TEXT) -> Iterator[Path]:
    """Our own files with these suffixes below the folders (the checkout when none is named)."""
    for folder in folders or (".",):
        for path in sorted((CHECKOUT / folder).rglob("*")):
            inside = path.relative_to(CHECKOUT)
            hidden = any(part.startswith(".") and part != ".ci" for part in inside.parts)
            if hidden or NOT_OURS & set(inside.parts) or path.suffix not in suffixes:
                continue
            if path.is_file():
                yield path


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Our Python modules (migrations left out, Django writes them) with their syntax trees."""
    for path in files(*folders, suffixes={".py"}):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    """A path as a person would write it: from the checkout's root, with slashes."""
    return path.relative_to(CHECKOUT).as_posix()


def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def layers() -> list[set[str]]:
    """The fields from the top of the house down, one set a storey, as import-linter has them."""
    contract = project()["tool"]["importlinter"]["contracts"][0]
    storeys = [storey.replace("|", ":").split(":") for storey in contract["layers"]]
    return [{field.strip(" ()") for field in storey} for storey in storeys]
