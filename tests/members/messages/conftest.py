"""Who is told, and what stands outside."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from ayil.members.models import (
    Party,
    Way,
)
from tests.members.messages.telling import Clock, choose, link, person
from tests.rig.outside import Outside


@pytest.fixture
def outside(settings: LazySettings) -> Iterator[Outside]:
    found = Outside().start()
    settings.AYIL_TELEGRAM_URL = found.telegram
    settings.AYIL_SMS_URL = found.gateway
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    yield found
    found.stop()


@pytest.fixture
def asel(outside: Outside) -> Party:
    """Told by text message."""
    party = person("Асел Иманова", "+996555123456")
    choose(party, Way.SMS)
    return party


@pytest.fixture
def burul(outside: Outside) -> Party:
    """Told by Telegram, in chat 4815."""
    party = person("Бурул Садыкова")
    link(party, 4815)
    choose(party, Way.TELEGRAM)
    return party


@pytest.fixture
def clock() -> Clock:
    return Clock()
