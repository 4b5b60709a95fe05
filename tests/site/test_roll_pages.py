"""A roll on pages: four people are named, the roll is entered, hangs, is objected to and frozen;
those who come are ticked and counted, one is added by two signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ayil.decisions.actions import (
    call_assembly,
    count_quorum,
    enter_roll,
    freeze_roll,
    name_officer,
    post_roll,
    tick_attendance,
)
from ayil.decisions.models import (
    Assembly,
    Part,
    Poll,
    QuorumCount,
    RollFreezing,
    RollObjection,
)
from ayil.decisions.waits import decisions_waiting
from ayil.kit.clock import local_date, now
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from tests.rig.papers import words_on
from tests.site.cast import START, Programme, account_of, person, programme, speak
from tests.site.village import NAMES, Village, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def barskoon(made: Programme) -> Village:
    return village(made.villages[0])


def called(who: Village) -> Assembly:
    """Called ten days ago for today."""
    today = local_date(now())
    return call_assembly(
        village=who.place, called_on=today - timedelta(days=10), notice="Мектепке илинди",
        held_on=today, place="Мектеп", by=who.registrar, at=now(),
    )  # fmt: skip


def named(who: Village) -> Assembly:
    assembly = called(who)
    for part, holder in zip(
        (Part.CHAIR, Part.REGISTRAR, Part.COUNTER, Part.COUNTER), who.people, strict=False
    ):
        name_officer(assembly=assembly, part=part, person=holder, by=who.registrar, at=now())
    return assembly


def hangs(who: Village) -> Assembly:
    assembly = named(who)
    enter_roll(assembly=assembly, people=who.people, by=who.registrar)
    post_roll(
        assembly=assembly, hangs_at="Дүкөн", since=assembly.called_on, by=who.registrar, at=now()
    )
    return assembly


def as_person(client: Client, party: Party, language: str = "en") -> Client:
    client.force_login(account_of(party))
    speak(client, language)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\u00a0", " ")


def test_an_officer_finds_and_names_four_people(
    client: Client, made: Programme, barskoon: Village
) -> None:
    assembly = called(barskoon)
    address = f"/assemblies/{assembly.uid}/offices/"
    officer = as_person(client, made.officer)
    assert barskoon.chair.name in read(officer, f"{address}?q=Нури")
    for part, holder in zip(("chair", "registrar", "counter", "counter"), barskoon.people,
                            strict=False):  # fmt: skip
        assert officer.post(address, {"part": part, "person": holder.uid}).status_code == 302
    assert "All four are named" in read(officer, address)
    again = officer.post(address, {"part": "chair", "person": barskoon.people[5].uid})
    assert (again.status_code, assembly.offices.count()) == (400, 4)
    villager = as_person(client, barskoon.people[5])
    assert "Name somebody" not in read(villager, address)
    assert villager.post(address, {"part": "chair", "person": holder.uid}).status_code == 403


def test_the_registrar_enters_the_village_and_the_page_says_who_has_no_vote(
    client: Client, made: Programme, barskoon: Village
) -> None:
    assembly = named(barskoon)
    clerk = person("Сатуучу Гүлзат", barskoon.place)
    grant_role(party=clerk, role=Role.CLERK, since=START, by=made.officer, shop=made.shop)
    registrar = as_person(client, barskoon.registrar)
    address = f"/assemblies/{assembly.uid}/roll/"
    assert registrar.post(f"{address}enter/", {"do": "all"}).status_code == 302
    page = read(registrar, address)
    assert "Сатуучу Гүлзат" in page.split("On record here, and without a vote")[1]
    assert not assembly.roll.filter(person=clerk).exists()
    size = assembly.roll.count()
    new = {"do": "new", "name": "Үркүя Жолдошова", "born_year": "1950", "sex": "woman"}
    assert registrar.post(f"{address}enter/", new).status_code == 302
    assert registrar.post(f"{address}enter/", new).status_code == 400, "she is on record now"
    entry = assembly.roll.get(number=size + 1)
    assert (entry.name, entry.born_year, entry.person.phone) == ("Үркүя Жолдошова", 1950, "")
    assert "on the roll, number" in read(registrar, f"{address}enter/?q=Үркү")
    assert client.post(f"{address}enter/", {"do": "one", "person": clerk.uid}).status_code == 400


def test_the_roll_hangs_in_three_languages(client: Client, barskoon: Village) -> None:
    assembly = hangs(barskoon)
    registrar = as_person(client, barskoon.registrar)
    address = f"/assemblies/{assembly.uid}/roll/"
    for language in ("ky", "ru", "en"):
        words = words_on(registrar.get(f"{address}paper/?language={language}").content)
        assert all(one.name in words for one in barskoon.people)
        assert "____" in words, "the fingerprint is not known yet"
    assert "☐" in words_on(registrar.get(f"{address}paper/?for=ticks").content)
    page = read(as_person(client, barskoon.people[6]), address)
    assert "Дүкөн" in page
    assert "Enter people" not in page
    assert "You are on the roll, number 7" in page
    late = person("Калипа Осмонова", barskoon.place)
    assert "You are not on this roll" in read(as_person(client, late), address)


def test_a_villager_objects_and_the_registrar_answers(client: Client, barskoon: Village) -> None:
    assembly = hangs(barskoon)
    address = f"/assemblies/{assembly.uid}/roll/"
    villager = as_person(client, barskoon.people[6])
    said = {"about": "died", "number": "9", "uid": barskoon.place.parties.first().uid}
    for _twice in range(2):
        assert villager.post(f"{address}objections/", said).status_code == 302
    one = RollObjection.objects.get()
    assert (one.objector, one.way, one.entry.number) == (barskoon.people[6], "page", 9)
    assert "waits for an answer" in read(villager, address)
    answer = f"{address}objections/{one.uid}/"
    assert villager.get(answer).status_code == 403

    assert waiting() == [(1, address)]
    registrar = as_person(client, barskoon.registrar)
    assert registrar.post(f"{address}freeze/").status_code == 400, "an objection is open"
    assert barskoon.people[6].name in read(registrar, answer)
    told = {"verdict": "upheld", "reason": "Айыл өкмөтүнүн кагазы"}
    assert registrar.post(answer, told).status_code == 302
    assert waiting() == [(0, "")]
    page = read(as_person(client, barskoon.people[7]), address)
    assert "Айыл өкмөтүнүн кагазы" in page
    assert "struck off" in page
    assert "on their own page · " not in page, "who said it is not for others"
    assert "On the roll: 9" in page


def waiting() -> list[tuple[int, str]]:
    """What the desk says of objections: how many, and where the oldest is."""
    rows = decisions_waiting(account_of(person("Кызматкер")), local_date(now()))
    return [(row.count, row.address) for row in rows if "objection" in str(row.what)]


def test_the_registrar_writes_down_who_is_missing(client: Client, barskoon: Village) -> None:
    assembly = hangs(barskoon)
    late = person("Калипа Осмонова", barskoon.place)
    address = f"/assemblies/{assembly.uid}/roll/"
    registrar = as_person(client, barskoon.registrar)
    said = {"about": "missing", "name": late.name, "way": "voice", "objector": "",
            "uid": late.uid}  # fmt: skip
    assert registrar.post(f"{address}objections/", said).status_code == 302
    one = RollObjection.objects.get()
    assert one.objector is None
    answer = f"{address}objections/{one.uid}/"
    told = {"verdict": "upheld", "reason": "Бул жерде жашайт"}
    assert registrar.post(answer, told).status_code == 400, "who it is was not said"
    assert registrar.post(answer, {**told, "person": late.uid}).status_code == 302
    assert assembly.roll.get(person=late).number == len(NAMES) + 1


def test_who_is_on_no_record_is_entered_with_the_answer(client: Client, barskoon: Village) -> None:
    assembly = hangs(barskoon)
    address = f"/assemblies/{assembly.uid}/roll/"
    registrar = as_person(client, barskoon.registrar)
    said = {"about": "missing", "name": "Айша Токтоналиева", "way": "paper", "objector": "",
            "uid": barskoon.chair.uid}  # fmt: skip
    assert registrar.post(f"{address}objections/", said).status_code == 302
    answer = f"{address}objections/{RollObjection.objects.get().uid}/"
    told = {"verdict": "upheld", "reason": "Бул жерде жашайт", "is_new": "on", "sex": "woman"}
    assert registrar.post(answer, {**told, "born_year": "2015"}).status_code == 400
    assert not barskoon.place.parties.filter(name=said["name"]).exists(), "no record of a child"
    assert registrar.post(answer, {**told, "born_year": "1948"}).status_code == 302
    entry = assembly.roll.get(name=said["name"])
    assert (entry.number, entry.born_year, entry.sex) == (len(NAMES) + 1, 1948, "woman")


def frozen(client: Client, who: Village) -> tuple[Assembly, Client, str]:
    assembly = hangs(who)
    registrar = as_person(client, who.registrar)
    address = f"/assemblies/{assembly.uid}/"
    assert registrar.post(f"{address}roll/freeze/").status_code == 302
    return assembly, registrar, address


def test_a_frozen_roll_shows_its_fingerprint_in_fours(client: Client, barskoon: Village) -> None:
    assembly, registrar, address = frozen(client, barskoon)
    seal = bytes(RollFreezing.objects.get().sha256).hex()
    page = read(registrar, f"{address}roll/")
    assert all(f"<code>{seal[place : place + 4]}</code>" in page for place in range(0, 64, 4))
    assert "<svg" in page
    assert seal[:4] in words_on(registrar.get(f"{address}roll/paper/").content)
    assert registrar.post(f"{address}roll/enter/", {"do": "all"}).status_code == 400
    assert "changes no more" in read(registrar, f"{address}roll/objections/")
    assert assembly.freezing.roll_size == len(NAMES)


def test_those_who_come_are_ticked_and_counted(client: Client, barskoon: Village) -> None:
    assembly, registrar, address = frozen(client, barskoon)
    ticks = f"{address}attendance/"
    assert registrar.post(ticks, {"number": ["1", "2", "3"]}).status_code == 302
    heard = registrar.post(
        ticks, {"number": ["3", "4"]}, headers={"Accept": "application/json"}
    ).json()
    assert (heard["ticked"], heard["numbers"]) == (4, [1, 2, 3, 4])
    assert registrar.post(ticks, {"number": ["99"]}).status_code == 400
    page = read(registrar, ticks)
    assert page.count("checked disabled") == 4
    count = f"{address}quorum/"
    assert registrar.post(count, {"present": "4", "women": "4"}).status_code == 302
    assert "There is no quorum" in read(registrar, count)
    assert "call the assembly again" in read(registrar, address)
    registrar.post(ticks, {"number": ["5", "6"]})
    assert registrar.post(count, {"present": "7", "women": "1"}).status_code == 400
    assert registrar.post(count, {"present": "6", "women": "6"}).status_code == 302
    assert QuorumCount.objects.last() is not None
    villager = as_person(client, barskoon.people[6])
    assert "There is a quorum" in read(villager, count)
    assert villager.get(ticks).status_code == 403
    assert villager.post(count, {"present": "6", "women": "6"}).status_code == 403
    assert not Poll.objects.filter(assembly=assembly).exists()


def test_one_is_added_by_two_signatures(client: Client, barskoon: Village) -> None:
    assembly, registrar, address = frozen(client, barskoon)
    late = person("Калипа Осмонова", barskoon.place)
    listed = f"{address}roll/added/"
    assert late.name in read(registrar, f"{listed}?q=Калипа")
    told = {"person": late.uid, "reason": "Шаарда болчу", "paper": "Тизме 1", "q": "Калипа"}
    assert registrar.post(listed, {**told, "paper": ""}).status_code == 400
    assert registrar.post(listed, {**told, "is_new": "on", "name": "x"}).status_code == 400
    assert registrar.post(listed, told).status_code == 302
    entry = assembly.roll.get(person=late)
    assert (entry.provisional, entry.signing.chair) == (True, barskoon.chair)
    words = words_on(registrar.get(f"{listed}paper/").content)
    assert late.name in words
    assert barskoon.chair.name in words
    assert "Шаарда болчу" in read(registrar, f"{address}roll/")
    assert str(assembly.roll.count()) in read(registrar, f"{address}attendance/")


def test_as_many_queries_for_three_as_for_three_hundred(client: Client, made: Programme) -> None:
    pages = ("roll/", "attendance/", "quorum/", "roll/freeze/", "")
    few, many = (
        _queries(client, of, pages) for of in (_of_size(made, 0, 5), _of_size(made, 1, 300))
    )
    assert few == many


def _of_size(made: Programme, number: int, size: int) -> tuple[Village, Assembly]:
    """A village with a frozen roll of so many people, all ticked."""
    who = village(made.villages[number])
    who = Village(
        who.place, [*who.people[:5], *(person(f"Эл {n}", who.place) for n in range(5, size))]
    )
    assembly = hangs(who)
    freeze_roll(assembly=assembly, by=who.registrar, at=now())
    tick_attendance(assembly=assembly, numbers=range(1, size + 1))
    count_quorum(assembly=assembly, by=who.registrar, at=now())
    return who, assembly


def _queries(client: Client, of: tuple[Village, Assembly], pages: Sequence[str]) -> list[int]:
    who, assembly = of
    registrar = as_person(client, who.registrar)
    counted = []
    for page in pages:
        address = f"/assemblies/{assembly.uid}/{page}"
        read(registrar, address)
        with CaptureQueriesContext(connection) as caught:
            read(registrar, address)
        counted.append(len(caught))
    return counted
