"""The house's order, where import-linter cannot see: string foreign keys and rules.py.

Every test is given the real house and, beside it, a small broken one, so that it is seen to fail.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.house import tree
from tests.rig.machine import CHECKOUT

IMPORT_WITHOUT_DJANGO = """
import importlib, sys
sys.modules["django"] = None  # every import of Django now fails, at whatever depth
broken = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception as error:
        broken.append(f"{name}: {type(error).__name__}: {error}")
print("\\n".join(broken))
"""
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime"}


def storey_of(field: str) -> int | None:
    """How far down the house a field stands (0 is the top), or None for what is not ours."""
    for storey, fields in enumerate(tree.layers()):
        if field in fields:
            return storey
    return None


def points_down(source: str, target: str) -> bool:
    """Whether a row of field `source` may refer to a row of field `target`."""
    from_storey, to_storey = storey_of(source), storey_of(target)
    if source == target or to_storey is None:
        return True
    return from_storey is not None and from_storey < to_storey


def field_of(model: type[models.Model]) -> str:
    """The field of the house that a model belongs to, or its library's name."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "ayil" else parts[0]


def relations() -> list[tuple[str, str, str]]:
    """Every reference between models: what it is called, and the two fields it joins."""
    found = []
    for model in apps.get_models(include_auto_created=False):
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.related_model
            if target and not field.auto_created and model.__module__.startswith("ayil."):
                found.append(
                    (f"{model._meta.label}.{field.name}", field_of(model), field_of(target))
                )
    return found


def test_no_reference_between_models_points_up_the_house() -> None:
    upwards = [f"{what} → {target}" for what, source, target in relations()
               if not points_down(source, target)]  # fmt: skip
    assert upwards == []


def test_the_models_were_seen_at_all() -> None:
    assert len(relations()) > 20


@pytest.mark.parametrize(
    ("source", "target", "may"),
    [
        ("shop", "consignment", True),
        ("shop", "shop", True),
        ("members", "django", True),
        ("consignment", "shop", False),
        ("ledger", "grants", False),
        ("decisions", "grants", False),
    ],
)
def test_what_pointing_down_means(source: str, target: str, may: bool) -> None:
    assert points_down(source, target) is may


def rules_modules() -> list[str]:
    """Names of every module that holds rules (rules.py, or any module of a package rules/)."""
    paths = [path for path in tree.files("ayil", suffixes={".py"})
             if path.stem == "rules" or path.parent.name == "rules"]  # fmt: skip
    dotted = [tree.name(path).removesuffix(".py").replace("/", ".") for path in paths]
    return [name.removesuffix(".__init__") for name in dotted]


def imported_without_django(*names: str, where: Path = CHECKOUT) -> str:
    """Import modules in a Python where Django cannot be imported; answers what went wrong."""
    command = [sys.executable, "-c", IMPORT_WITHOUT_DJANGO, *names]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_rules_never_import_django_at_any_depth() -> None:
    names = rules_modules()
    assert "ayil.ledger.rules" in names
    assert imported_without_django(*names) == ""


def test_a_rule_that_reaches_django_through_another_module_is_found(tmp_path: Path) -> None:
    (tmp_path / "between.py").write_text("from django.utils import timezone\n")
    (tmp_path / "broken_rules.py").write_text("import between\n")
    assert "broken_rules" in imported_without_django("broken_rules", where=tmp_path)


def clock_reads(module: ast.Module) -> list[int]:
    """Lines on which a module asks a clock for the time."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and not node.args
    ]


def test_rules_never_read_a_clock() -> None:
    found = [f"{tree.name(path)}:{line}" for path, module in tree.modules("ayil")
             if path.stem == "rules" or path.parent.name == "rules"
             for line in clock_reads(module)]  # fmt: skip
    assert found == []


def test_reading_a_clock_is_found() -> None:
    assert clock_reads(ast.parse("import time\nstart = time.time()\n")) == [2]
