"""A published decision is counted again from its file; whatever is changed in it is found."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

import ayil
from ayil.decisions.actions import enter_sheet, count_poll
from ayil.decisions.actions.sealing import seal_decision, sealed_around
from ayil.decisions.bundle import bare_bundle, bundle_bytes
from ayil.decisions.models import Decision
from ayil.decisions.recount import BundleError, read_bundle, recount
from ayil.decisions.recount.ed25519 import is_signed
from ayil.decisions.recount.sealed import whole_words
from tests.decisions.barskoon import AT, YURTS, Barskoon, decided

# Every pile has three papers at least: they may be published.
FOUR_PILES = [{1}] * 4 + [{1, 2}] * 3 + [{3}] * 3 + [None, None]


def published_of(decision: Decision, by: Any, *, is_full: bool = False) -> dict[str, Any]:
    seal_decision(decision=decision, by=by, at=AT)
    decision.refresh_from_db()
    return sealed_around(bare_bundle(decision, is_full=is_full))


def with_papers(papers: list[Any]) -> tuple[Barskoon, Decision]:
    barskoon = Barskoon()
    barskoon.quorate()
    barskoon.propose()
    barskoon.vote(papers)
    decision = barskoon.minute()
    barskoon.sign(decision)
    return barskoon, decision


@pytest.fixture
def bundle(db: None) -> dict[str, Any]:
    barskoon, decision = with_papers(FOUR_PILES)
    return published_of(decision, barskoon.registrar)


@pytest.mark.django_db
def test_a_village_decision_is_recounted_from_its_piles(bundle: dict[str, Any]) -> None:
    read = read_bundle(bundle_bytes(bundle))
    found = recount(read, key=read["seal"]["key"])
    assert (found.broken, found.unchecked, found.notes) == ([], [], [])
    assert found.figures["chosen"] == ["Yurts"]
    assert read["countings"][0]["piles"] == [[[1], 4], [[1, 2], 3], [[3], 3]]
