"""`make rights`: writes docs/guide/rights.md from the two tables of rights, for who audits them."""

from __future__ import annotations

import os
from collections.abc import Iterator

from tests.rig.machine import CHECKOUT

WHERE = CHECKOUT / "docs" / "guide" / "rights.md"
HEAD = """\
# Who may do what

Made by `make rights` from the two tables that the code itself asks: the rights of each office
(`ayil/members/rights.py`) and who may open each address (`ayil/site/routes.py`). Change those; a
test fails while this page says something else, and another opens every address as every office,
as people of another shop, donor and district, and as nobody.

How far a right reaches stands beside the office, and never further than the office was given:
an accountant of one shop keeps the books of that shop alone. Whoever holds no office sees what is
public and what is their own: their sales, their statements, their community's.

What no office may do: approve, pay and receive the same money (three people, and two records of
one person are one); decide on what they recorded themselves; give themselves an office; vote for
a village. Every look of an office at personal data is written down, and the person reads it at
`/me/`.
"""


def guide() -> str:
    """The whole page, in English."""
    from django.utils import translation  # needs Django's settings, which the caller sets up

    with translation.override("en"):
        lines = [HEAD, "## Rights by office", "", *_rights(), "", "## Addresses by right", "",
                 *_addresses()]  # fmt: skip
    return "\n".join(lines) + "\n"


def _rights() -> Iterator[str]:
    from ayil.members.rights import RIGHTS

    yield "| the right to | who holds it, and how far it reaches |"
    yield "|---|---|"
    for right, roles in RIGHTS.items():
        by_scope: dict[str, list[str]] = {}
        for role, scope in roles.items():
            by_scope.setdefault(scope.value, []).append(str(role.label))
        who = "; ".join(f"{', '.join(held)} ({scope})" for scope, held in by_scope.items())
        yield f"| {right.value} | {who} |"


def _addresses() -> Iterator[str]:
    from ayil.site.routes import ROUTES, Who

    at = _patterns()
    yield "| for | method | address | route |"
    yield "|---|---|---|---|"
    order = [*Who]
    routes = sorted(ROUTES.values(), key=lambda route: [
        (order.index(who), "") if isinstance(who, Who) else (len(order), who.value)
        for who in route.who
    ])  # fmt: skip
    for route in routes:
        who = "; or ".join(
            one.value if isinstance(one, Who) else f"the right to {one.value}" for one in route.who
        )
        yield f"| {who} | {', '.join(route.methods)} | `/{at[route.name]}` | {route.name} |"


def _patterns() -> dict[str, str]:
    from tests.site.addresses import addresses

    return {name: path for name, path, _found in addresses()}


def main() -> None:
    import django

    import tests.rig.home  # noqa: F401 - a home of its own, before any setting is read

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayil.site.settings")
    django.setup()
    WHERE.parent.mkdir(parents=True, exist_ok=True)
    WHERE.write_text(guide(), encoding="utf-8")


if __name__ == "__main__":
    main()
