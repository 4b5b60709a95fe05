"""Many tables at once are the same tables."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from ayil.kit.migrating import CreateModels


def two() -> list[migrations.CreateModel]:
    key = ("id", models.BigAutoField(primary_key=True))
    return [
        migrations.CreateModel("Yurt", [key, ("name", models.CharField(max_length=9))]),
        migrations.CreateModel(
            "Felt", [key, ("yurt", models.ForeignKey("kit.Yurt", models.PROTECT))]
        ),
    ]


def test_the_models_are_those_that_one_after_the_other_makes() -> None:
    at_once, one_by_one = ProjectState(), ProjectState()
    CreateModels(two()).state_forwards("kit", at_once)
    for one in two():
        one.state_forwards("kit", one_by_one)
    assert at_once == one_by_one
    assert set(at_once.models) == {("kit", "yurt"), ("kit", "felt")}


@pytest.mark.django_db(transaction=True)
def test_the_tables_are_made_and_taken_away() -> None:
    before, after = ProjectState(), ProjectState()
    made = CreateModels(two())
    made.state_forwards("kit", after)
    with connection.schema_editor(atomic=False, collect_sql=True) as editor:
        made.database_forwards("kit", editor, before, after)
        made.database_backwards("kit", editor, after, before)
        said = " ".join(editor.collected_sql)
    places = [said.index(words) for words in (
        'CREATE TABLE "kit_yurt"', 'CREATE TABLE "kit_felt"', 'DROP TABLE "kit_felt"',
        'DROP TABLE "kit_yurt"',
    )]  # fmt: skip
    assert places == sorted(places)
