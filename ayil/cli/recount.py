"""The verb `recount`: a published decision counted again, with no database at all."""

import argparse
from collections.abc import Callable

from ayil.decisions.recount.__main__ import WORDS, add_arguments
from ayil.decisions.recount.__main__ import run as recounted


def add_verb(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """`ayil recount BUNDLE`: exit status 0 everything holds, 1 something is broken, 2 no bundle."""
    add_arguments(verb("recount", run, WORDS))


def run(arguments: argparse.Namespace) -> int:
    return recounted(arguments.bundle, key=arguments.key, in_json=arguments.json)
