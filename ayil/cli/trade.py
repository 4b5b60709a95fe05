"""Verbs of a shop's trade: sales import, settle, lessons."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from ayil.cli.running import DONE, Bar, print_figures, ready

if TYPE_CHECKING:
    from ayil.members.models import Shop


def import_sales(arguments: argparse.Namespace) -> int:
    from ayil.kit.clock import now
    from ayil.shop.imports.actions import import_sales

    ready()
    report = import_sales(
        path=arguments.file,
        map_path=arguments.map,
        at=now(),
        progress=Bar(arguments.file.name),
    )
    figures = asdict(report) | {"taken": report.taken, "refused_sum": sum(report.refused.values())}
    print_figures(arguments, figures, list(report.text()))
    return DONE


def shops_named(code: str | None) -> Sequence["Shop"]:
    from ayil.kit.errors import AyilError
    from ayil.members.models import Shop

    shops = list(Shop.objects.select_related("fund").order_by("code"))
    found = [shop for shop in shops if code in (None, shop.code)]
    if code is None:
        return shops
    if not found:
        known = ", ".join(shop.code for shop in shops) or "none yet"
        raise AyilError(f"There is no shop {code!r}. Shops here: {known}.")
    return found


def settle(arguments: argparse.Namespace) -> int:
    from ayil.kit.clock import now
    from ayil.kit.errors import AyilError
    from ayil.kit.money import plain
    from ayil.payouts.actions import settle

    until: int | date | None = None
    if arguments.until is not None:
        try:
            until = (
                int(arguments.until)
                if arguments.until.isdigit()
                else date.fromisoformat(arguments.until)
            )
        except ValueError:
            raise AyilError(
                f"--until takes a posting number or a day like 2012-07-31, not {arguments.until!r}."
            ) from None
    ready()
    figures, lines = [], []
    for shop in shops_named(arguments.shop):
        closed = settle(shop=shop, until=until, by=None, at=now())
        totals = asdict(closed.totals)
        figures.append(
            {
                "shop": shop.code,
                "currency": shop.currency,
                "seq_from": closed.seq_from,
                "seq_to": closed.seq_to,
                "statements": closed.statements,
                **totals,
            }
        )
        lines.append(
            f"{shop.code}: {closed.statements:,} statements closed, postings "
            f"{closed.seq_from:,} to {closed.seq_to:,}, producers' share "
            f"{plain(closed.totals.sold_minor - closed.totals.refunded_minor, shop.currency)} "
            f"{shop.currency}"
        )
    print_figures(arguments, {"shops": figures}, lines)
    return DONE


def lessons(arguments: argparse.Namespace) -> int:
    from ayil.lessons.report import lessons_of, told

    ready()
    found = [
        lesson
        for shop in shops_named(arguments.shop)
        for lesson in lessons_of(shop, producer=arguments.producer, as_of=arguments.as_of)
    ]
    print_figures(arguments, {"lessons": found}, told(found))
    return DONE
