"""What every producer would hear, for the shell: figures, uncertainty, the reason for silence."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ayil.consignment.models import ConsignorAccount
from ayil.figures.series import last_open_day
from ayil.kit.errors import AyilError
from ayil.lessons import words
from ayil.lessons.lesson import Lesson as Record
from ayil.lessons.queries import Heard, lessons_at
from ayil.lessons.readings import Window
from ayil.members.models import Party, Shop
from ayil.products.models import Variant


def lessons_of(
    shop: Shop, *, producer: str | None = None, as_of: date | None = None
) -> list[dict[str, Any]]:
    """One entry a consignor of the shop, by name; `as_of` is its last open day if not given.

    An entry holds the producer's `name` and `uid`, the window's days, the `lesson` of the week
    (as `lesson.Lesson.as_json`, with its `reason` and `words`) or None where there are no goods.
    For one producer (name or uid) all lessons of all goods stand under `lessons` too.
    """
    parties = _consignors(shop, producer)
    day = as_of or last_open_day(shop)
    if day is None:
        return [_entry(shop, party) for party in parties]
    one = parties[0] if producer is not None else None
    window, heard = lessons_at(shop, as_of=day, producer=one)
    by_producer = {one.producer_id: one for one in heard}
    names = _names(heard)
    return [
        _entry(shop, party, window, by_producer.get(party.pk), names, with_all=one is not None)
        for party in parties
    ]


def _consignors(shop: Shop, producer: str | None) -> list[Party]:
    accounts = ConsignorAccount.objects.filter(shop=shop).order_by()
    parties = Party.objects.filter(consignor_accounts__in=accounts).order_by("name", "id")
    if producer is None:
        return list(parties)
    named = Q(name=producer)
    with contextlib.suppress(ValueError):  # else it is a name
        named |= Q(uid=uuid.UUID(producer))
    found = list(parties.filter(named))
    if len(found) == 1:
        return found
    if found:
        uids = ", ".join(str(party.uid) for party in found)
        raise AyilError(
            f"{len(found)} producers at {shop} are called {producer}. Name one by its uid: {uids}."
        )
    raise AyilError(
        f"No producer at {shop} has the name or uid {producer}. "
        "`ayil lessons` without --producer lists all of them."
    )


def _names(heard: Sequence[Heard]) -> dict[int | str, str]:
    ids = {lesson.variant_id for one in heard for lesson in one.lessons}
    variants = Variant.objects.select_related("product").in_bulk(list(ids))
    return {variant_id: variant.name for variant_id, variant in variants.items()}


def _entry(
    shop: Shop,
    party: Party,
    window: Window | None = None,
    heard: Heard | None = None,
    names: dict[int | str, str] | None = None,
    *,
    with_all: bool = False,
) -> dict[str, Any]:
    entry: dict[str, Any] = {"shop": shop.code, "name": party.name, "uid": str(party.uid)}
    if window is not None:
        entry["window"] = {
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
            "open_days": window.open_days,
        }
    if heard is None:
        return entry | {"lesson": None}
    names = names or {}
    entry["lesson"] = _told(heard.choice.lesson, names) | {"reason": heard.choice.reason.value}
    if with_all:
        entry["lessons"] = [_told(lesson, names) for lesson in heard.lessons]
    return entry


def _told(lesson: Record, names: dict[int | str, str]) -> dict[str, Any]:
    name = names[lesson.variant_id]
    return lesson.as_json() | {"name": name, "words": str(words.tell(lesson, name=name))}


def told(entries: Iterable[dict[str, Any]]) -> list[str]:
    """The same in lines for a person: the producer, and under it what they would hear."""
    lines = []
    for entry in entries:
        lines.append(f"{entry['name']} ({entry['shop']})")
        if "lessons" in entry:
            lines += [f"  {lesson['words']}" for lesson in entry["lessons"]]
        elif entry["lesson"] is None:
            lines.append(f"  {_('No goods were brought yet.')}")
        else:
            lines.append(f"  {entry['lesson']['words']}")
    return lines
