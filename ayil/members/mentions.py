"""Where else a person is spoken of: free texts that hold their name or phone.

Reasons, words of a dispute, papers' names: most may never be changed. They are found and listed,
so that a person can look at the paper behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from django.apps import apps
from django.db import models
from django.db.models import CharField, JSONField, Q, TextField
from django.db.models.functions import Cast

from ayil.members.models import Party

# Names of people stand here by design, and an erasure replaces them itself.
REPLACED = frozenset(
    {
        ("members_party", "name"),
        ("members_party", "sort_key"),
        ("members_party", "phone"),
        ("members_historicalparty", "name"),
        ("members_historicalparty", "phone"),
        ("decisions_rollentry", "name"),
    }
)
LONGEST_ORDERED = 3


@dataclass(frozen=True)
class Mention:
    """One text: where it stands and what it says, to be read before the name is gone."""

    table: str
    row: str
    column: str
    text: str


def spellings(name: str) -> list[str]:
    """The name as it was entered, and with its words in any other order."""
    words = name.split()
    if not 1 < len(words) <= LONGEST_ORDERED:
        return [name] if words else []
    return [" ".join(order) for order in permutations(words)]


def mentions_of(parties: Iterable[Party]) -> list[Mention]:
    """Every free text of the database that holds a name or phone of these records."""
    needles = [
        needle
        for party in parties
        for needle in (*spellings(party.name), party.phone)
        if needle.strip()
    ]
    return list(_found(needles)) if needles else []


def _found(needles: list[str]) -> Iterator[Mention]:
    for model in apps.get_models():
        if not model._meta.app_config.name.startswith("ayil.") or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if _is_free_text(model, field):
                yield from _in_column(model, field, needles)


def _is_free_text(model: type[models.Model], field: models.Field[object, object]) -> bool:
    if (model._meta.db_table, field.column) in REPLACED or field.choices:
        return False
    return isinstance(field, CharField | TextField | JSONField)


def _in_column(
    model: type[models.Model], field: models.Field[object, object], needles: list[str]
) -> Iterator[Mention]:
    rows = model._default_manager.annotate(text_here=Cast(field.name, TextField()))
    wanted = Q()
    for needle in needles:
        wanted |= Q(text_here__contains=needle)
    for pk, told in rows.filter(wanted).order_by("pk").values_list("pk", "text_here"):
        yield Mention(model._meta.db_table, str(pk), str(field.column), str(told))
