"""One table of rights: nobody compares roles elsewhere, every view says whom it is for."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from ayil.site.routes import PUBLIC, ROUTES, TILL
from tests.house import tree
from tests.rig.rights import WHERE, guide
from tests.site.addresses import addresses

# Here roles are given, named and shown; who may what is asked of the table alone.
OF_ROLES = ("ayil/members/", "ayil/demo/")
ASKS = {"may", "login_required"}


def role_names(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every `Role.SOMETHING` that is not asked only for its words."""
    worded = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "label"
    }
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "Role"
            and node.attr.isupper()
            and id(node) not in worded
        ):
            yield node.lineno, node.attr


def asks_of(decorator: ast.expr) -> str:
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    return node.id if isinstance(node, ast.Name) else ""


def test_no_field_compares_roles() -> None:
    found = [
        f"{tree.name(path)}:{line}: Role.{role}"
        for path, module in tree.modules("ayil")
        if not tree.name(path).startswith(OF_ROLES)
        for line, role in role_names(module)
    ]
    assert found == []


def test_a_comparison_would_be_found() -> None:
    module = ast.parse("label = Role.CLERK.label\nmay = role in (Role.CLERK, other)\n")
    assert list(role_names(module)) == [(2, "CLERK")]


def test_every_view_asks_who_it_is_before_it_answers() -> None:
    """The classes of the library ask by themselves; the walk over all routes sees to them."""
    silent = []
    for name, _path, found in addresses():
        view = inspect.unwrap(found.callback)
        if not inspect.isfunction(view) or hasattr(found.callback, "view_class"):
            continue
        if {PUBLIC, TILL} & set(ROUTES[name].who):
            continue
        source = Path(inspect.getsourcefile(view) or "")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == view.__name__:
                asked = ASKS & {asks_of(decorator) for decorator in node.decorator_list}
                silent += [] if asked else [f"{source.name}: {node.name} ({name})"]
    assert silent == []


def test_the_guide_says_what_the_tables_say() -> None:
    assert WHERE.read_text(encoding="utf-8") == guide(), "run: make rights"
