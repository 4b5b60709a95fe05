"""Verbs of messages: what they print, and the answer yes or no."""

import argparse
import json
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.utils import timezone

from ayil.cli import messages
from ayil.kit.errors import AyilError
from ayil.members.consents import record_consent
from ayil.members.models import ChosenWay, Message, MessageEnd, Party, Purpose, Simulation
from ayil.site.telling import tell_what_is_due
from tests.cast import AT, Cast, assemble
from tests.rig.outside import Outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Jyldyz is told by text message whenever something sold."""
    made = assemble()
    Party.objects.filter(pk=made.jyldyz.pk).update(phone="+996555123456")
    record_consent(
        party=made.jyldyz, purpose=Purpose.MESSAGES, given=True, by=made.jyldyz, at=AT
    )  # fmt: skip
    ChosenWay.objects.create(
        party=made.jyldyz, way="sms", rhythm="often", language="ky", by=made.jyldyz, at=AT
    )
    return made


def flash(capsys: pytest.CaptureFixture[str], slot: str = "noon") -> dict[str, object]:
    assert messages.make_flashes(argparse.Namespace(shop="karakol", now=slot, json=True)) == 0
    (made,) = json.loads(capsys.readouterr().out)["passes"]
    return dict(made)


def test_flashes_are_made_and_sent_by_hand(
    cast: Cast, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    lot = cast.deliver(cast.jam, 9)
    assert flash(capsys)["told"] == 0
    cast.till.send(cast.till.sale((lot, 2, 12_000)))
    assert flash(capsys) == {"shop": "karakol", "told": 1, "silent": 0, "later": 0}
    outside = Outside().start()
    settings.AYIL_SMS_URL = outside.gateway
    # Whatever the hour is when this test runs: the night is another test's.
    message = Message.objects.get()
    status = messages.send(argparse.Namespace(json=True))
    sent = json.loads(capsys.readouterr().out)
    outside.stop()
    is_day = message.due_at <= timezone.now()
    assert (status, sent["delivered"], len(outside.taken)) == (0, is_day, is_day)
    assert MessageEnd.objects.count() == is_day


def test_without_a_way_out_nothing_is_sent(cast: Cast, settings: LazySettings) -> None:
    settings.AYIL_SMS_URL = settings.AYIL_TELEGRAM_URL = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(AyilError, match="AYIL_TELEGRAM_URL"):
        messages.send(argparse.Namespace(json=False))


def test_simulated_people_are_written_to_by_nobody(cast: Cast, settings: LazySettings) -> None:
    Simulation.objects.create(seed=1, loaded_at=AT)
    settings.AYIL_SMS_URL = "http://127.0.0.1:9/"
    with pytest.raises(AyilError, match="simulated"):
        messages.send(argparse.Namespace(json=False))
    assert tell_what_is_due(at=datetime.now(tz=AT.tzinfo), offset=7) == 7
    assert not cast.shop.flash_passes.exists()


def test_the_servers_round_makes_sends_and_hears(cast: Cast, settings: LazySettings) -> None:
    outside = Outside().start()
    settings.AYIL_TELEGRAM_URL = outside.telegram
    outside.write(4815, "/start")
    assert tell_what_is_due(at=timezone.now()) == 701
    outside.stop()
    assert cast.shop.flash_passes.count() == 1
