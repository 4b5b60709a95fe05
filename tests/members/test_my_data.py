"""All that points at a person, from the graph of the models; and nobody else's data with it."""

import json

import pytest
from django.apps import apps

from ayil.members.actions import enter_party
from ayil.members.consents import record_consent
from ayil.members.doubles import merge
from ayil.members.looks import Seen, record_look
from ayil.members.models import Party, PartyKind, Purpose, Role, User
from ayil.members.my_data import (
    DEEP,
    HISTORY,
    TOLD,
    hanging_on,
    keys_to_people,
    own_data,
    subject_models,
)
from ayil.members.my_data_json import as_json
from ayil.members.my_data_words import ACTED, LABELS, LEFT_OUT, SECRET, TECHNICAL, TITLES
from tests.site.cast import AT, START, Programme, account_of, person, programme

EVERY_MODEL = apps.get_models()
SUBJECTS = subject_models()
HANGING = [key.model for model in SUBJECTS for key in hanging_on(model)]
DEEPER = [
    key.model for model in HANGING if model._meta.label_lower in DEEP for key in hanging_on(model)
]
FILED = [Party, User, *SUBJECTS, *HANGING, *DEEPER]


@pytest.mark.parametrize("model", EVERY_MODEL, ids=lambda model: model._meta.label_lower)
def test_who_points_at_a_person_is_in_the_file_or_left_out_for_a_reason(model: type) -> None:
    """A model with a key to a person needs a title, a reason, or acts alone."""
    keys = {key.name for key in keys_to_people(model)}  # type: ignore[arg-type]
    label = model._meta.label_lower  # type: ignore[attr-defined]
    if keys - ACTED:
        assert label in TITLES or LEFT_OUT.get(label), f"{label} has no title in my_data_words.py"
    assert not (label in TITLES and label in LEFT_OUT)


@pytest.mark.parametrize("model", FILED, ids=lambda model: model._meta.label_lower)
def test_every_field_of_it_is_shown_or_not_shown_on_purpose(model: type) -> None:
    label = model._meta.label_lower  # type: ignore[attr-defined]
    assert label in TITLES, f"{label} hangs on what is a person's and has no title"
    for column in model._meta.concrete_fields:  # type: ignore[attr-defined]
        related = column.related_model
        told = related is Party or (related and related._meta.label_lower in TOLD)
        if column.name in ACTED or (related and not told):
            continue
        known = column.name in LABELS or column.name in TECHNICAL or column.name in SECRET
        own = told and related is Party
        assert known or own, f"{label}.{column.name} has no word in my_data_words.py"


def test_nothing_stands_in_the_tables_that_is_not_there() -> None:
    labels = {model._meta.label_lower for model in EVERY_MODEL}
    assert set(TITLES) <= labels
    assert set(LEFT_OUT) <= labels
    assert set(TITLES) == {model._meta.label_lower for model in FILED} | {HISTORY}


@pytest.fixture
def made() -> Programme:
    return programme()


def everything(party: Party) -> str:
    return as_json(own_data(party))


@pytest.mark.django_db
def test_what_was_done_is_in_it_down_to_the_sale(made: Programme) -> None:
    maker = made.add_maker("Асел Токтосунова", 0)
    made.sell(maker, 3, START)
    records = json.loads(everything(maker.party))["records"]
    lot = records["consignment.lot"][0]
    assert lot["shop.saleline"][0]["quantity"] == 3
    assert lot["consignment.lotbalance"][0]["sold"] == 3
    assert records["members.membershipevent"][-1]["step"] == "active"
    assert records["members.consentevent"][0]["given"] is True
    assert records["products.product"][0]["products.variant"]


@pytest.mark.django_db
def test_nobody_else_is_in_it(made: Programme) -> None:
    asel = made.add_maker("Асел Токтосунова", 0)
    other = made.add_maker("Гүлнара Асанова", 3)
    Party.objects.filter(pk__in=(other.party.pk, made.officer.pk)).update(phone="+996700999888")
    record_look(party=asel.party, by=made.officer, what=Seen.RECORD, at=AT)
    record_consent(
        party=asel.party, purpose=Purpose.RESEARCH, given=True, by=asel.party, at=AT,
        witness=other.party,
    )  # fmt: skip
    told = everything(asel.party)
    for secret in ("Гүлнара", "700999888", "Сыдыкова", "Осмонов"):
        assert secret not in told
    look = json.loads(told)["records"]["members.look"][0]
    assert look["by"] == Role.OFFICER.label


@pytest.mark.django_db
def test_keys_to_the_door_are_not_in_it(made: Programme) -> None:
    asel = person("Асел Токтосунова", made.villages[0])
    user = account_of(asel)
    user.set_password("a long password of hers")
    user.save()
    told = everything(asel)
    assert user.username in told
    assert "argon2" not in told
    assert "password" not in told


@pytest.mark.django_db
def test_what_one_wrote_about_others_is_counted_and_not_told(made: Programme) -> None:
    made.add_maker("Гүлнара Асанова", 0)
    told = json.loads(everything(made.officer))
    assert "Гүлнара" not in json.dumps(told, ensure_ascii=False)
    steps = [act for act in told["acts"] if act["of"] == "members.membershipevent"]
    assert steps[0]["count"] == 3
    assert steps[0]["first"] == START.isoformat()


@pytest.mark.django_db
def test_records_that_are_one_person_are_in_one_file(made: Programme) -> None:
    asel = person("Асел Токтосунова", made.villages[0])
    double = enter_party(kind=PartyKind.PERSON, name="Asel Toktosunova", at=AT)
    merge(kept=asel, double=double, reason="the same phone", by=made.officer, at=AT)
    assert "Asel Toktosunova" in everything(asel)
    assert "Асел Токтосунова" in everything(double)


@pytest.mark.django_db
def test_what_the_record_said_before_is_in_it() -> None:
    asel = person("Асел Токтосунова")
    asel.name = "Асел Токтосун кызы"
    asel.save()
    told = json.loads(everything(asel))["records"][HISTORY]
    assert [row["name"] for row in told] == ["Асел Токтосунова", "Асел Токтосун кызы"]
