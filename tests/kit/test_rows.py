"""Rows written in batches are rows like any other."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from ayil.kit import rows
from ayil.members.models import Party

COLUMNS = ("id", "uid", "kind", "name", "sort_key", "language", "phone", "sex", "entered_at")
BISHKEK_NOON = datetime(2012, 7, 1, 12, 0, tzinfo=ZoneInfo("Asia/Bishkek"))


def write(names: list[str], at: datetime = BISHKEK_NOON) -> list[int]:
    ids = list(rows.reserve_ids(Party, len(names)))
    rows.insert(
        Party,
        COLUMNS,
        [
            (id_, uuid4(), "person", name, "", "ky", "", "", at)
            for id_, name in zip(ids, names, strict=True)
        ],
    )
    return ids


@pytest.mark.django_db
def test_the_orm_reads_what_a_batch_wrote() -> None:
    ids = write(["Айгүл", "Bolot"])
    party = Party.objects.get(pk=ids[0])
    assert party.name == "Айгүл"
    assert party.entered_at == BISHKEK_NOON.astimezone(UTC)
    assert Party.objects.get(uid=party.uid) == party


@pytest.mark.django_db
def test_moments_of_any_zone_compare_with_the_orms_own() -> None:
    write(["Bishkek noon"])
    at_six = datetime(2012, 7, 1, 6, 0, tzinfo=UTC)
    Party.objects.create(kind="person", name="the same moment", entered_at=at_six)
    assert Party.objects.filter(entered_at=at_six).count() == 2
    assert Party.objects.filter(entered_at__gt=at_six).count() == 0


@pytest.mark.django_db
def test_ids_are_never_given_twice() -> None:
    first = list(rows.reserve_ids(Party, 3))
    second = list(rows.reserve_ids(Party, 3))
    by_orm = Party.objects.create(kind="person", name="Altynai", entered_at=BISHKEK_NOON)
    third = list(rows.reserve_ids(Party, 2))
    given = [*first, *second, by_orm.pk, *third]
    assert given == sorted(set(given))


@pytest.mark.django_db
def test_no_ids_are_none() -> None:
    assert list(rows.reserve_ids(Party, 0)) == []


@pytest.mark.django_db(transaction=True)
def test_ids_outside_a_transaction_are_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        rows.reserve_ids(Party, 1)


@pytest.mark.django_db
def test_any_number_of_texts_are_looked_up_at_once() -> None:
    write(["Айгүл", "O'Brien", 'a "quoted" name', "Bolot"])
    asked = ["Айгүл", "O'Brien", 'a "quoted" name', "", *(f"nobody {n}" for n in range(40_000))]
    found = Party.objects.filter(name__in=rows.texts(asked)).values_list("name", flat=True)
    assert set(found) == {"Айгүл", "O'Brien", 'a "quoted" name'}
    assert not Party.objects.filter(name__in=rows.texts([])).exists()
