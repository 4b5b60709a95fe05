"""The command `ayil`: one verb, figures on standard output, errors on standard error.

Exit status 0; 1 where the answer is no (a broken invariant); 2 for bad input, nothing changed.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ayil.cli import house, lists, messages, people, recount, tally, tills, trade
from ayil.cli.running import BAD_INPUT, DONE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayil.site.settings")


def main(words: Sequence[str] | None = None) -> int:
    """Runs one verb and returns its exit status."""
    arguments = _parser().parse_args(words)
    if arguments.verb == "bench":
        return _in_a_home_of_its_own(arguments)
    return _run(arguments)


def _in_a_home_of_its_own(arguments: argparse.Namespace) -> int:
    with TemporaryDirectory(prefix="ayil-bench-") as home:
        os.environ["AYIL_HOME"] = home
        os.environ.pop("AYIL_DATABASE_URL", None)  # a bench never writes to a database in use
        if os.environ.get("AYIL_TEST_DATABASE_URL"):
            os.environ["AYIL_DATABASE_URL"] = os.environ["AYIL_TEST_DATABASE_URL"]
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

    demo = verb("demo", house.demo, "loads the simulated programme and prints the loop")
    demo.add_argument("--seed", type=int, default=None, help="the number that it all grows from")
    demo.add_argument("--small", action="store_true", help="a few villages and weeks")
    demo.add_argument("--no-serve", action="store_true", help="do not serve pages afterwards")
    demo.add_argument("--port", type=int, default=8000)
    serve = verb("serve", house.serve, "serves pages, till and sync")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    verb("migrate", house.migrate, "brings the database to this version and its guards in place")
    sales = verbs.add_parser("sales", help="real transactions")
    imported = verb(
        "import",
        trade.import_sales,
        "takes real transactions (CSV, Parquet, XLSX) as till events",
        sales.add_subparsers(dest="noun", required=True, metavar="import"),
    )
    imported.add_argument("file", type=Path)
    imported.add_argument("--map", type=Path, default=None, help="TOML: which column is what")
    tills.add_verbs(verb, verbs)
    messages.add_verbs(verb, verbs)
    settle = verb("settle", trade.settle, "closes statements for every producer")
    settle.add_argument("--until", default=None, help="a posting number or a date (YYYY-MM-DD)")
    settle.add_argument("--shop", default=None, help="one shop's code; all of them otherwise")
    lessons = verb("lessons", trade.lessons, "lessons with their figures, or why there is none")
    lessons.add_argument("--producer", default=None, help="one producer's name or uid")
    lessons.add_argument("--as-of", type=_day, default=None, help="the day they are told on")
    lessons.add_argument("--shop", default=None, help="one shop's code; all of them otherwise")
    found = verb("found", people.found, "the first officer of a new programme, with a way in")
    found.add_argument("officer", help="the officer's name")
    found.add_argument("--association", required=True, help="the association's name")
    found.add_argument("--shop", default=None, help="the name of the first shop")
    found.add_argument("--currency", default="KGS", help="the shop's currency")
    found.add_argument("--language", choices=["ky", "ru", "en"], default=None)
    day = verb("day", people.day, "admits and forgets by rule; `serve` does it by itself")
    day.add_argument("--dry-run", action="store_true", help="say what is due, change nothing")
    members = verbs.add_parser("members", help="people and communities")
    listed = verb(
        "import",
        lists.import_list,
        "takes a list of people and communities (CSV, XLSX), all of it or nothing",
        members.add_subparsers(dest="noun", required=True, metavar="import"),
    )
    listed.set_defaults(kind="people", shop=None)
    listed.add_argument("file", type=Path)
    listed.add_argument("--by", default=None, help="the officer who answers for the list")
    listed.add_argument("--dry-run", action="store_true", help="show what it would do")
    lists.add_verbs(verb, verbs)
    tally.add_verb(verb)
    recount.add_verb(verb)
    verb("verify", house.verify, "rebuilds and checks every invariant")
    bench = verb("bench", house.bench, "figures, with their floors measured in the same run")
    bench.add_argument(
        "name", choices=["post", "search", "settle", "statement", "tally", "till", "trade"]
    )
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2012-07-02") from None
