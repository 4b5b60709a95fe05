"""The command `ayil`: one verb, figures on standard output, errors on standard error.

Exit status 0; 1 where the answer is no (a broken invariant); 2 for bad input, nothing changed.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayil.site.settings")

if TYPE_CHECKING:
    from ayil.members.models import Shop

DONE, NO, BAD_INPUT = 0, 1, 2


def main(words: Sequence[str] | None = None) -> int:
    """Runs one verb and returns its exit status."""
    arguments = _parser().parse_args(words)
    if arguments.verb == "bench":
        return _in_a_home_of_its_own(arguments)
    return _run(arguments)


def _in_a_home_of_its_own(arguments: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="ayil-bench-") as home:
        os.environ["AYIL_HOME"] = home
        os.environ.pop("AYIL_DATABASE_URL", None)
        os.environ["AYIL_HOSTS"] = "testserver"
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError
    from django.utils import translation

    from ayil.kit.errors import AyilError

    try:
        django.setup()
        with translation.override(_terminal_language()):
            status = int(arguments.run(arguments))
        sys.stdout.flush()
        return status
    except (AyilError, ImproperlyConfigured) as error:
        print(f"ayil: {error}", file=sys.stderr)
        return BAD_INPUT
    except DatabaseError as error:
        print(
            f"ayil: the database cannot be used: {str(error).strip()}. What was committed before "
            "stands; nothing is half done. Look at AYIL_DATABASE_URL and AYIL_HOME.",
            file=sys.stderr,
        )
        return BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on: enough
        return DONE
    except OSError as error:
        print(f"ayil: {error.strerror or error}: {error.filename or 'the output'}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("ayil: stopped. What was committed stays; start again to go on.", file=sys.stderr)
        return 130


def _terminal_language() -> str:
    """AYIL_LANGUAGE where it is set, else the terminal's own where we speak it, else English.

    Pages do not ask the terminal: they speak AYIL_LANGUAGE, which is Kyrgyz when it is not set.
    """
    chosen = os.environ.get("AYIL_LANGUAGE") or next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        "",
    )
    return chosen[:2] if chosen[:2] in {"ky", "ru"} else "en"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ayil", description="Runs a village producers' programme")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(
        name: str, run: Callable[[argparse.Namespace], int], words: str, under: Any = verbs
    ) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = under.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument("--json", action="store_true", help="print one JSON object")
        return added

    demo = verb("demo", _demo, "loads the simulated programme and prints the loop")
    demo.add_argument("--seed", type=int, default=None, help="the number that it all grows from")
    demo.add_argument("--small", action="store_true", help="a few villages and weeks")
    demo.add_argument("--no-serve", action="store_true", help="do not serve pages afterwards")
    demo.add_argument("--port", type=int, default=8000)
    serve = verb("serve", _serve, "serves pages, till and sync")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    verb("migrate", _migrate, "brings the database to this version and its guards in place")
    sales = verbs.add_parser("sales", help="real transactions")
    imported = verb(
        "import",
        _import_sales,
        "takes real transactions (CSV, Parquet, XLSX) as till events",
        sales.add_subparsers(dest="noun", required=True, metavar="import"),
    )
    imported.add_argument("file", type=Path)
    imported.add_argument("--map", type=Path, default=None, help="TOML: which column is what")
    settle = verb("settle", _settle, "closes statements for every producer")
    settle.add_argument("--until", default=None, help="a posting number or a date (YYYY-MM-DD)")
    settle.add_argument("--shop", default=None, help="one shop's code; all of them otherwise")
    lessons = verb("lessons", _lessons, "lessons with their figures, or why there is none")
    lessons.add_argument("--producer", default=None, help="one producer's name or uid")
    lessons.add_argument("--as-of", type=_day, default=None, help="the day they are told on")
    lessons.add_argument("--shop", default=None, help="one shop's code; all of them otherwise")
    verb("verify", _verify, "rebuilds and checks every invariant")
    bench = verb("bench", _bench, "figures, with their floors measured in the same run")
    bench.add_argument("name", choices=["post", "trade"])
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2012-07-02") from None


def _print(arguments: argparse.Namespace, figures: dict[str, Any], lines: Sequence[str]) -> None:
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False, default=str))
    else:
        print("\n".join(lines))


def _ready() -> None:
    """The database, made or brought up to date; one that lost a guard is refused, not mended
    in passing: whoever took it away may have changed what it guarded."""
    from django.core.management import call_command
    from django.db import connection

    from ayil.kit import guards

    if not _is_of_this_version():
        call_command("migrate", verbosity=0, interactive=False)
    guards.require(connection)


def _is_of_this_version() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _migrate(arguments: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _print(arguments, {"ready": True}, ["The database is ready."])
    return DONE


def _serve(arguments: argparse.Namespace) -> int:
    from ayil.site.serving import serve

    _ready()
    return serve(arguments.host, arguments.port)


def _demo(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from ayil.demo.load import DEMO_SEED, is_empty, load_demo
    from ayil.demo.summary import loop_summary, sign_in_links, told

    # Opens the demo's doors here and in the server's workers; real records have none.
    os.environ["AYIL_DEMO"] = "1"
    settings.AYIL_DEMO = True
    _ready()
    if is_empty():
        load_demo(
            seed=DEMO_SEED if arguments.seed is None else arguments.seed,
            small=arguments.small,
            progress=Bar("the demo's year"),
        )
    summary = loop_summary()
    links = sign_in_links(f"http://127.0.0.1:{arguments.port}")
    figures = asdict(summary) | {"links": links}
    _print(arguments, figures, told(summary, links))
    if arguments.no_serve:
        return DONE
    from ayil.site.serving import serve

    sys.stdout.flush()
    return serve("127.0.0.1", arguments.port)


def _import_sales(arguments: argparse.Namespace) -> int:
    from ayil.kit.clock import now
    from ayil.shop.imports.actions import import_sales

    _ready()
    report = import_sales(
        path=arguments.file,
        map_path=arguments.map,
        at=now(),
        progress=Bar(arguments.file.name),
    )
    figures = asdict(report) | {"taken": report.taken, "refused_sum": sum(report.refused.values())}
    _print(arguments, figures, list(report.text()))
    return DONE


def _shops(code: str | None) -> Sequence["Shop"]:
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


def _settle(arguments: argparse.Namespace) -> int:
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
    _ready()
    figures, lines = [], []
    for shop in _shops(arguments.shop):
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
    _print(arguments, {"shops": figures}, lines)
    return DONE


def _lessons(arguments: argparse.Namespace) -> int:
    from ayil.lessons.report import lessons_of, told

    _ready()
    found = [
        lesson
        for shop in _shops(arguments.shop)
        for lesson in lessons_of(shop, producer=arguments.producer, as_of=arguments.as_of)
    ]
    _print(arguments, {"lessons": found}, told(found))
    return DONE


def _verify(arguments: argparse.Namespace) -> int:
    """Looks and changes nothing: a guard that is gone is a breach, and stays gone until then."""
    from django.db import connection

    from ayil.kit import guards
    from ayil.kit.errors import AyilError
    from ayil.kit.invariants import Check, collected

    if not _is_of_this_version():
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
    _print(arguments, {"holds": not broken, "checks": results}, lines)
    return NO if broken else DONE


def _bench(arguments: argparse.Namespace) -> int:
    from importlib import import_module

    from ayil.kit.errors import AyilError

    try:
        bench = import_module("bench")
    except ModuleNotFoundError:
        raise AyilError(
            "The benchmarks lie in a checkout of Ayil; this is an installation."
        ) from None
    _ready()
    machine = bench.machine()
    cases = import_module(f"bench.{arguments.name}").run()
    figures = {
        "bench": arguments.name,
        "machine": machine,
        "cases": [case.figures() for case in cases],
    }
    _print(arguments, figures, [case.told() for case in cases])
    return NO if any(case.met is False for case in cases) else DONE


class Bar:
    """A progress bar on standard error, where somebody looks and it takes above two seconds."""

    def __init__(self, name: str) -> None:
        from time import monotonic

        self.name, self.clock, self.begun, self.shown = name, monotonic, monotonic(), False

    def __call__(self, done: int, total: int) -> None:
        if not sys.stderr.isatty() or self.clock() - self.begun < 2:
            return
        self.shown = True
        width = 30 * done // max(total, 1)
        bar = "█" * width + "·" * (30 - width)
        end = "\n" if done >= total else ""
        print(f"\r{self.name} {bar} {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
