"""Verbs over the whole house: demo, serve, migrate, verify, bench."""

import argparse
import os
import sys
from dataclasses import asdict

from ayil.cli.running import (
    DONE,
    NO,
    Bar,
    bring_up_to_date,
    is_of_this_version,
    print_figures,
    ready,
)


def migrate(arguments: argparse.Namespace) -> int:
    bring_up_to_date()
    print_figures(arguments, {"ready": True}, ["The database is ready."])
    return DONE


def serve(arguments: argparse.Namespace) -> int:
    from ayil.site.serving import serve

    ready()
    return serve(arguments.host, arguments.port)


def demo(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from ayil.demo.load import DEMO_SEED, is_empty, load_demo
    from ayil.demo.summary import loop_summary, sign_in_links, told

    # Opens the demo's doors here and in the server's workers; real records have none.
    os.environ["AYIL_DEMO"] = "1"
    settings.AYIL_DEMO = True
    ready()
    if is_empty():
        load_demo(
            seed=DEMO_SEED if arguments.seed is None else arguments.seed,
            small=arguments.small,
            progress=Bar("the demo's year"),
        )
    summary = loop_summary()
    links = sign_in_links(f"http://127.0.0.1:{arguments.port}")
    figures = asdict(summary) | {"links": links}
    print_figures(arguments, figures, told(summary, links))
    if arguments.no_serve:
        return DONE
    from ayil.site.serving import serve

    sys.stdout.flush()
    return serve("127.0.0.1", arguments.port)


def verify(arguments: argparse.Namespace) -> int:
    """Looks and changes nothing: a guard that is gone is a breach, and stays gone until then."""
    from django.db import connection

    from ayil.kit import guards
    from ayil.kit.errors import AyilError
    from ayil.kit.invariants import Check, collected

    if not is_of_this_version():
        raise AyilError(
            "The database is not of this version, or not made yet. Run `ayil migrate` first; "
            "nothing was changed."
        )
    guarded = Check(
        4, "every guard of the database is in place", lambda: guards.missing(connection)
    )
    checks, broken = [guarded, *collected()], []
    bar = Bar("checks")
    results = []
    for done, check in enumerate(checks, 1):
        breaches = list(check.find())
        broken += breaches
        results.append({"number": check.number, "title": check.title, "breaches": breaches})
        bar(done, len(checks))
    lines = [
        f"{'broken' if result['breaches'] else 'holds '}  {result['number'] or ' ':>2}  "
        f"{result['title']}"
        for result in results
    ]
    lines += [f"  ! {breach}" for breach in broken]
    print_figures(arguments, {"holds": not broken, "checks": results}, lines)
    return NO if broken else DONE


def bench(arguments: argparse.Namespace) -> int:
    from importlib import import_module

    from ayil.kit.errors import AyilError

    try:
        bench = import_module("bench")
    except ModuleNotFoundError:
        raise AyilError(
            "The benchmarks lie in a checkout of Ayil; this is an installation."
        ) from None
    ready()
    machine = bench.machine()
    cases = import_module(f"bench.{arguments.name}").run()
    figures = {
        "bench": arguments.name,
        "machine": machine,
        "cases": [case.figures() for case in cases],
    }
    print_figures(arguments, figures, [case.told() for case in cases])
    return NO if any(case.met is False for case in cases) else DONE
