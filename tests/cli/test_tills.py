"""Verbs of the tills: what they print, and the answer yes or no."""

import argparse
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from ayil.cli import tills
from ayil.shop.fiscal.simulator import Register
from ayil.shop.models import Sale, TillTerms
from tests.cast import AT, Cast, assemble
from tests.shop.sealing import lay_key
from tests.shop.test_taking_in import file_of, packed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    lay_key()
    return made


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return dict(json.loads(capsys.readouterr().out))


def test_a_file_is_taken_in(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lot = cast.deliver(cast.slippers, 3)
    events = [cast.till.sale((lot, 1, 45_000)) for _ in range(3)]
    file = tmp_path / "karakol-1.ayil"
    file.write_bytes(file_of(packed(events)))
    words = argparse.Namespace(file=file, json=True)
    assert tills.take_in(words) == 0
    assert said(capsys) == {
        "till": "karakol-1", "events": 3, "new": 3, "known": 0, "exceptions": [],
    }  # fmt: skip
    file.write_bytes(file_of(packed([*events, b"{}"])))
    words.json = False
    assert tills.take_in(words) == 1
    printed = capsys.readouterr().out
    assert "4 records, 0 new and booked, 3 that had come before, 1 to be looked at" in printed
    assert "! malformed:" in printed
    assert Sale.objects.count() == 3


def test_what_is_due_is_sent_to_the_register(
    cast: Cast, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    register = Register(manner="refuses").start()
    settings.AYIL_FISCAL_URL = register.url
    at = AT - timedelta(days=1)
    TillTerms.objects.create(shop=cast.shop, fiscal="api", at=at, by=cast.officer)
    lot = cast.deliver(cast.slippers, 2)
    words = argparse.Namespace(json=True)
    try:
        cast.till.send(cast.till.sale((lot, 1, 45_000)))
        assert tills.send(words) == 1
        assert said(capsys) == {"numbered": 0, "refused": 1, "silent": 0}
        register.manner = "answers"
        cast.till.send(cast.till.sale((lot, 1, 45_000)))
        assert tills.send(words) == 0
        assert said(capsys) == {"numbered": 1, "refused": 0, "silent": 0}
    finally:
        register.stop()
