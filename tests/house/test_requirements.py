"""What we depend on: a reason above each, and locks that agree and name no address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house import tree
from tests.rig.machine import CHECKOUT

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)")
ADDRESS = re.compile(r"\w+://|--(?:extra-)?index-url|--find-links|@ file")
LOCKS = ["run", "dev", "oracles"]


def asked(lock: str) -> list[Requirement]:
    """What pyproject.toml asks for in the installation that this lock is for."""
    project = tree.project()["project"]
    words = [] if lock == "oracles" else list(project["dependencies"])
    words += project["optional-dependencies"].get(lock, [])
    return [Requirement(word) for word in words]


def locked(lock: str) -> dict[str, set[Version]]:
    """The versions that a lock pins for each package (more than one where Pythons differ)."""
    found: dict[str, set[Version]] = {}
    for line in (CHECKOUT / "requirements" / f"{lock}.txt").read_text().splitlines():
        if pin := PIN.match(line):
            found.setdefault(canonicalize_name(pin["name"]), set()).add(Version(pin["version"]))
    return found


def dependencies_without_a_reason(text: str) -> Iterator[str]:
    """Lines of pyproject.toml that name a dependency and have no comment right above them."""
    above, inside, extras = "", False, False
    for line in text.splitlines():
        if re.match(r"\[|\w+ = \[$", line):
            inside = extras or line.startswith("dependencies")
            extras = (extras and not line.startswith("[")) or "optional-dependencies" in line
        elif line == "]":
            inside = False
        elif inside and line.strip().startswith('"') and not above.strip().startswith("#"):
            yield line.strip()
        above = line


def test_every_dependency_has_its_reason_above_it() -> None:
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert list(dependencies_without_a_reason(text)) == []


def test_a_dependency_without_a_reason_is_found() -> None:
    text = (
        'classifiers = [\n    "Kyrgyz",\n]\n'
        'dependencies = [\n    # Pages.\n    "Django",\n    "left-pad",\n]\n'
        '[project.optional-dependencies]\nnation = [\n    "pyspark",\n]\n'
        '[tool.other]\nwords = [\n    "felt",\n]\n'
    )
    assert list(dependencies_without_a_reason(text)) == ['"left-pad",', '"pyspark",']


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_what_is_asked(lock: str) -> None:
    pins = locked(lock)
    for requirement in asked(lock):
        versions = pins.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in requirements/{lock}.txt: run `make locks`"
        for version in versions:
            assert requirement.specifier.contains(version), f"{requirement} but {version} is locked"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_address_and_every_hash(lock: str) -> None:
    text = (CHECKOUT / "requirements" / f"{lock}.txt").read_text()
    assert ADDRESS.search(text) is None
    blocks = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)
    assert [b.splitlines()[0] for b in blocks if PIN.match(b) and "--hash=sha256:" not in b] == []


def test_both_locks_pin_the_same() -> None:
    dev = locked("dev")
    assert {name: pins for name, pins in locked("run").items() if dev.get(name) != pins} == {}
