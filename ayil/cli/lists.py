"""Verbs of lists: lists import, lists export."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ayil.cli.running import DONE, NO, Bar, print_figures, ready

if TYPE_CHECKING:
    from ayil.kit.lists import Plan
    from ayil.members.lists import Errand, ListKind
    from ayil.members.models import Party, Shop

KINDS = ("people", "goods", "prices", "lots")
SHOWN = 200  # lines of steps and of faults


def add_verbs(verb: Callable[..., argparse.ArgumentParser], verbs: Any) -> None:
    """`lists import KIND FILE` and `lists export KIND FILE`."""
    nouns = verbs.add_parser("lists", help="people, goods, prices and lots as spreadsheets")
    under = nouns.add_subparsers(dest="noun", required=True, metavar="import|export")
    imported = verb("import", import_list, "takes a list (CSV, XLSX), all of it or nothing", under)
    exported = verb("export", export_list, "writes a list as .csv or .xlsx", under)
    for one in (imported, exported):
        one.add_argument("kind", choices=KINDS)
        one.add_argument("file", type=Path)
        one.add_argument("--by", default=None, help="who answers for the list")
        one.add_argument("--shop", default=None, help="the shop's code, where there are several")
    imported.add_argument("--dry-run", action="store_true", help="show what it would do")
    exported.add_argument("--language", choices=["ky", "ru", "en"], default=None)


def import_list(arguments: argparse.Namespace) -> int:
    from ayil.members.lists import ListFile

    ready()
    kind = _kind(arguments.kind)
    errand = _errand(arguments)
    file = ListFile(arguments.file.read_bytes(), arguments.file.name)
    plan = kind.plan(file, errand, Bar("looking at the list"))
    is_done = not plan.faults and not arguments.dry_run
    if is_done:
        kind.carry_out(file, plan.digest, errand, Bar("importing"))
    print_figures(arguments, plan.as_dict() | {"imported": is_done}, _lines(plan, is_done))
    return NO if plan.faults else DONE


def _lines(plan: "Plan", is_done: bool) -> list[str]:
    lines = [f"line {one.line}, {one.column}: {one.words}" for one in plan.faults[:SHOWN]]
    if not plan.faults:
        for step in plan.doing[:SHOWN]:
            lines.append(f"line {step.line}: {step.verb} {step.title}")
            lines += [f"    {one.what}: {one.before} → {one.after}" for one in step.changes]
            lines += [f"    {note}" for note in step.notes]
    hidden = len(plan.faults or plan.doing) - SHOWN
    if hidden > 0:
        lines.append(f"… and {hidden:,} more; --json has all of them")
    counts = ", ".join(f"{one.count:,} {one.code}" for one in plan.counts)
    done = "Imported" if is_done else "Nothing was imported. The list has"
    return [*lines, f"{done}: {counts}, {len(plan.faults):,} errors"]


def export_list(arguments: argparse.Namespace) -> int:
    from django.conf import settings
    from django.utils import translation

    from ayil.kit.errors import AyilError
    from ayil.kit.lists.writing import TYPES

    ready()
    form = arguments.file.suffix.removeprefix(".").lower()
    if form not in TYPES:
        raise AyilError(f"{arguments.file.name} has to end in .csv or .xlsx.")
    kind, errand = _kind(arguments.kind), _errand(arguments)
    language = arguments.language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        data = kind.give_out(errand, form)
    _write(arguments.file, data)
    figures = {"kind": kind.code, "file": str(arguments.file), "bytes": len(data)}
    print_figures(arguments, figures, [f"{arguments.file}: {len(data):,} bytes"])
    return DONE


def _write(path: Path, data: bytes) -> None:
    """For its owner's eyes: lists hold personal data."""
    path.touch(mode=0o600)
    path.write_bytes(data)


def _kind(code: str) -> "ListKind":
    from ayil.consignment.lists import KINDS as GOODS_KINDS
    from ayil.members.lists import PEOPLE

    return PEOPLE if code == PEOPLE.code else GOODS_KINDS[code]


def _errand(arguments: argparse.Namespace) -> "Errand":
    from ayil.kit.clock import now
    from ayil.members.lists import PEOPLE, Errand
    from ayil.members.rights import Right

    right = Right.IMPORT_PEOPLE if arguments.kind == PEOPLE.code else Right.IMPORT_GOODS
    shop = None if arguments.kind == PEOPLE.code else _shop(arguments.shop)
    return Errand(who_answers(arguments.by, right), now(), shop)


def _shop(code: str | None) -> "Shop | None":
    """The one that is named, or the only one there is."""
    from ayil.kit.errors import AyilError
    from ayil.members.models import Shop

    shops = list(Shop.objects.select_related("fund").order_by("code"))
    found = [shop for shop in shops if code in (None, shop.code)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(shop.code for shop in shops) or "none yet"
    raise AyilError(f"Say with --shop which shop the list is about. Shops here: {known}.")


def who_answers(name: str | None, right: str) -> "Party":
    """Who answers for a list: the one person who may, or the one of them who is named."""
    from ayil.kit.clock import local_date, now
    from ayil.kit.errors import AyilError
    from ayil.members.models import Party, RoleGrant
    from ayil.members.rights import Right, held

    today = local_date(now())
    standing = RoleGrant.objects.filter(since__lte=today).exclude(end__on__lte=today)
    may = Party.objects.filter(pk__in=held(standing, Right(right)).values("party"))
    found = list(may if name is None else may.filter(name=name))
    if len(found) != 1:
        known = ", ".join(party.name for party in may) or "nobody yet"
        raise AyilError(f"Say with --by who answers for this list. Who may: {known}.")
    return found[0]
