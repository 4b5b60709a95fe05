"""Verbs of the tills: till take-in, fiscal send."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ayil.cli.running import DONE, NO, Bar, print_figures, ready


def add_verbs(verb: Callable[..., argparse.ArgumentParser], verbs: Any) -> None:
    """`ayil till take-in FILE` and `ayil fiscal send`."""

    def under(name: str, words: str, noun: str) -> Any:
        parser = verbs.add_parser(name, help=words)
        return parser.add_subparsers(dest="noun", required=True, metavar=noun)

    words = "takes in the file that a till made where it had no network"
    taken = verb("take-in", take_in, words, under("till", "a shop's tills", "take-in"))
    taken.add_argument("file", type=Path)
    words = "sends what is due to the fiscal register; `serve` does it by itself"
    verb("send", send, words, under("fiscal", "the fiscal register", "send"))


def take_in(arguments: argparse.Namespace) -> int:
    """Exit status 1 where a person must look at what came."""
    from ayil.kit.clock import now
    from ayil.shop.taking_in import take_in

    ready()
    taken = take_in(
        raw=arguments.file.read_bytes(), by=None, at=now(), progress=Bar(arguments.file.name)
    )
    figures = {
        "till": taken.device.code,
        "events": taken.events,
        "new": taken.new,
        "known": taken.known,
        "exceptions": [asdict(fault) for fault in taken.exceptions],
    }
    lines = [
        (
            f"{taken.device.code}: {taken.events:,} records, {taken.new:,} new and booked, "
            f"{taken.known:,} that had come before, {len(taken.exceptions):,} to be looked at"
        ),
        *(f"  ! {fault.code}: {fault.words}" for fault in taken.exceptions),
    ]
    print_figures(arguments, figures, lines)
    return NO if taken.exceptions else DONE


def send(arguments: argparse.Namespace) -> int:
    """Exit status 1 where the register refused one or did not answer."""
    from django.conf import settings

    from ayil.kit.errors import AyilError
    from ayil.shop.fiscal.sending import send_due

    if not settings.AYIL_FISCAL_URL:
        raise AyilError("AYIL_FISCAL_URL names no register, so nothing was sent. Give its address.")
    ready()
    sent = send_due()
    line = (
        f"{sent.numbered:,} receipts have their number now, {sent.refused:,} were refused, "
        f"{sent.silent:,} had no answer"
    )
    print_figures(arguments, asdict(sent), [line])
    return NO if sent.refused or sent.silent else DONE
