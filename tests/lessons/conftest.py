"""The lessons' own messages, compiled anew, so that no stale or absent .mo file is tested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import override_settings

import ayil.lessons

LOCALE = Path(ayil.lessons.__file__).parent / "locale"


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("locale")
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        folder = where / source.parent.relative_to(LOCALE)
        folder.mkdir(parents=True)
        with source.open("rb") as po, (folder / "django.mo").open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3], abort_invalid=True))
    return where


@pytest.fixture
def messages(compiled: Path) -> Iterator[None]:
    """LOCALE_PATHS goes before every field's own folder; overriding it reads all anew."""
    with override_settings(LOCALE_PATHS=[compiled]):
        yield
