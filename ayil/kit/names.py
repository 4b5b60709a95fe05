"""What bears a name in three languages, some of them perhaps not given yet."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import get_language

from ayil.kit import search
from ayil.kit.models import SortKeyField

# Who finds no words in the reader's language is told them in the next of these.
LANGUAGES_IN_TURN = ("ky", "ru", "en")


@dataclass(frozen=True)
class Told:
    """Words, and the language that they turned out to be in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


def told(texts: dict[str, str]) -> Told:
    """The words in the reader's language, else in the first language that has some."""
    for language in (readers_language(), *LANGUAGES_IN_TURN):
        if texts.get(language):
            return Told(texts[language], language)
    return Told("", readers_language())


def readers_language() -> str:
    """ky, ru or en."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in LANGUAGES_IN_TURN else settings.LANGUAGE_CODE


def reading_order() -> str:
    """The column that puts names into the order of the reader's alphabet."""
    return f"sort_key_{readers_language()}"


class Named(models.Model):
    """Whatever has `name_en`, `name_ru` and `name_ky`, some of them perhaps empty."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> dict[str, str]:
        """By language; empty where nobody gave one yet."""
        return {language: getattr(self, f"name_{language}") for language in LANGUAGES_IN_TURN}

    @property
    def told(self) -> Told:
        """The name as the reader is told it."""
        return told(self.names)

    @property
    def name(self) -> str:
        """In the reader's language, else in the first language that has one."""
        return self.told.text

    @property
    def lacks(self) -> tuple[str, ...]:
        """The languages in which it has no name yet."""
        return tuple(language for language, name in self.names.items() if not name)


class NamedInLanguages(Named):
    """A row with a name in English, Russian and Kyrgyz, found and sorted by each of them."""

    name_en = models.CharField(max_length=120, blank=True)
    name_ru = models.CharField(max_length=120, blank=True)
    name_ky = models.CharField(max_length=120, blank=True)
    sort_key_en = SortKeyField(of=("name_en", "name_ky", "name_ru"), db_index=True)
    sort_key_ru = SortKeyField(of=("name_ru", "name_ky", "name_en"), db_index=True)
    sort_key_ky = SortKeyField(of=("name_ky", "name_ru", "name_en"), db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            search.remember(self, *self.names.values())
