"""Verbs of messages: messages flash, messages send."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from ayil.cli.running import DONE, NO, print_figures, ready
from ayil.cli.trade import shops_named


def add_verbs(verb: Callable[..., argparse.ArgumentParser], verbs: Any) -> None:
    """`ayil messages flash` and `ayil messages send`."""
    parser = verbs.add_parser("messages", help="what producers are told, and whether it came")
    under = parser.add_subparsers(dest="noun", required=True, metavar="flash|send")
    words = "tells each producer what sold since they were told last; `serve` does it by itself"
    flash = verb("flash", make_flashes, words, under)
    flash.add_argument("--shop", default=None, help="one shop's code; all of them otherwise")
    flash.add_argument(
        "--now",
        choices=["noon", "afternoon", "evening"],
        default=None,
        help="as if it were this time of today, for who is told then",
    )
    words = "sends what is due, and hears who wrote to the bot; `serve` does it by itself"
    verb("send", send, words, under)


def make_flashes(arguments: argparse.Namespace) -> int:
    """Makes messages and sends none of them."""
    from ayil.kit.clock import local_date, now
    from ayil.lessons.flash.rules import Due, Slot
    from ayil.lessons.flash.telling import flash, flash_due

    ready()
    at, shops = now(), shops_named(arguments.shop)
    if arguments.now:
        due = [Due(local_date(at), Slot(arguments.now))]
        found = [made for shop in shops if (made := flash(shop=shop, due=due, at=at))]
    else:
        found = flash_due(at=at, shops=shops)
    passes = [asdict(made) | {"shop": made.shop.code} for made in found]
    lines = [
        f"{made.shop.code}: {made.told:,} producers are told, {made.silent:,} are told nothing, "
        f"{made.later:,} at another time"
        for made in found
    ] or ["No time of the day has come since the last time: nothing was made."]
    print_figures(arguments, {"passes": passes}, lines)
    return DONE


def send(arguments: argparse.Namespace) -> int:
    """Exit status 1 where one did not come or may not have come."""
    from ayil.kit.clock import now
    from ayil.kit.errors import AyilError
    from ayil.members.messages.carriers import ways_out
    from ayil.members.messages.sending import listen, send_due
    from ayil.members.queries import is_simulated

    if not ways_out():
        raise AyilError(
            "No way out is named (AYIL_TELEGRAM_URL, AYIL_SMS_URL, AYIL_MAIL_URL), so nothing was "
            "sent. Give the address of one; slips of paper are printed from the shop's page."
        )
    ready()
    if is_simulated():
        raise AyilError("These people are simulated: nobody is written to.")
    listen(0, at=now())
    sent = send_due()
    line = (
        f"{sent.delivered:,} came, {sent.maybe:,} may have come, {sent.again:,} are tried again, "
        f"{sent.given_up:,} did not come, {sent.withdrawn:,} were not wanted any more"
    )
    print_figures(arguments, asdict(sent), [line])
    return NO if sent.maybe or sent.given_up else DONE
