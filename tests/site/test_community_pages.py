"""A community's own page: its leader changes it, others do not."""

import pytest
from django.test import Client
from django.urls import reverse

from ayil.members.actions import affiliate
from ayil.members.applications import Part
from ayil.members.models import (
    Affiliation,
    Party,
)
from ayil.members.queries import is_member_on
from tests.site.cast import START, Programme, person, programme, queries_of
from tests.site.joining import TODAY, as_, group_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def group(made: Programme) -> Party:
    leader = person("Бурул Эсенова", made.villages[2])
    return group_of(made, leader, person("Асел Иманова", made.villages[2]))


def one(group: Party, name: str) -> Affiliation:
    return group.affiliates.get(person__name=name, end__isnull=True)


def test_a_leader_names_people_of_the_community(client: Client, group: Party) -> None:
    as_(client, one(group, "Бурул Эсенова").person)
    address = reverse("community", args=[group.uid])
    assert "Асел Иманова" in text_of(client.get(address))
    form = {"name": "Кенже Асанова", "phone": "", "part": "member"}
    assert client.post(reverse("community-add", args=[group.uid]), form)["Location"] == address
    kenje = one(group, "Кенже Асанова")
    assert kenje.by.name == "Бурул Эсенова"
    client.post(reverse("community-part", args=[group.uid, kenje.pk]), {"part": "contact"})
    assert one(group, "Кенже Асанова").part == "contact"
    kenje = one(group, "Кенже Асанова")
    client.post(reverse("community-end", args=[group.uid, kenje.pk]), {"reason": "Шаарга көчтү"})
    page = text_of(client.get(address))
    assert "Шаарга көчтү" in page[page.index("Belonged before") :]


def test_a_neighbour_of_the_same_name_is_asked_about(
    client: Client, made: Programme, group: Party
) -> None:
    known = person("Кенже Асанова", made.villages[2])
    elsewhere = person("Нурия Кадырова", made.villages[1])
    as_(client, one(group, "Бурул Эсенова").person)
    address = reverse("community-add", args=[group.uid])
    form = {"name": "Kenje Asanova", "phone": "", "part": "member"}
    assert str(known.uid) in text_of(client.post(address, form))
    client.post(address, form | {"who": str(known.uid)})
    assert one(group, "Кенже Асанова").person == known
    # A leader learns nothing of the people of other villages.
    client.post(address, {"name": "Нурия Кадырова", "phone": "", "part": "member"})
    assert one(group, "Нурия Кадырова").person != elsewhere


def test_the_last_leader_and_the_second_contact_stay(client: Client, group: Party) -> None:
    as_(client, one(group, "Бурул Эсенова").person)
    for name, words in (("Бурул Эсенова", "without a leader"), ("Асел Иманова", "to turn to")):
        address = reverse("community-end", args=[group.uid, one(group, name).pk])
        assert words in text_of(client.post(address, follow=True))


def test_a_leader_hands_over(client: Client, group: Party) -> None:
    leader, contact = one(group, "Бурул Эсенова"), one(group, "Асел Иманова")
    as_(client, leader.person)
    address = reverse("community-hand-over", args=[group.uid, leader.pk])
    for nobody in ("", "x", "999999", "9" * 30):
        assert "Choose to whom" in text_of(client.post(address, {"to": nobody}, follow=True))
    client.post(address, {"to": contact.pk})
    assert one(group, "Асел Иманова").part == "leader"
    assert one(group, "Бурул Эсенова").part == "contact"
    assert client.post(address, {"to": contact.pk}).status_code == 403


def test_others_see_or_change_nothing(client: Client, made: Programme, group: Party) -> None:
    stranger = person("Нурия Кадырова", made.villages[2])
    contact = one(group, "Асел Иманова")
    targets = {
        "community-add": [group.uid], "community-part": [group.uid, contact.pk],
        "community-end": [group.uid, one(group, "Бурул Эсенова").pk],
        "community-hand-over": [group.uid, one(group, "Бурул Эсенова").pk],
    }  # fmt: skip
    for party, status in ((stranger, 404), (contact.person, 403)):
        as_(client, party)
        for name, args in targets.items():
            form = {"name": "X", "part": "leader", "to": contact.pk}
            assert client.post(reverse(name, args=args), form).status_code == status, name
    assert Client().get(reverse("community", args=[group.uid])).status_code == 302
    assert group.affiliates.count() == 2


def test_an_affiliation_of_another_community_is_not_reached(
    client: Client, made: Programme, group: Party
) -> None:
    """Guessing a number in the address: the leader of one community cannot change another."""
    other = group_of(made, person("Жамал"), person("Роза"), name="Башка жамаат")
    as_(client, one(group, "Бурул Эсенова").person)
    theirs = other.affiliates.get(part=Part.CONTACT)
    address = reverse("community-part", args=[group.uid, theirs.pk])
    assert client.post(address, {"part": "leader"}).status_code == 404


def test_a_member_through_two_communities_stays_one_when_one_ends(
    client: Client, made: Programme, group: Party
) -> None:
    kenje = person("Кенже Асанова", made.villages[2])
    other = group_of(made, person("Жамал"), person("Роза"), name="Башка жамаат")
    for community in (group, other):
        affiliate(person=kenje, community=community, since=START, by=made.officer)
    page = text_of(as_(client, kenje).get(reverse("join")))
    assert "through your community" in page
    assert group.name in page
    assert other.name in page
    answer = client.post(reverse("community-end", args=[group.uid, one(group, kenje.name).pk]))
    assert answer["Location"] == reverse("home")  # one who left does not see its page any more
    page = text_of(client.get(reverse("join")))
    assert group.name not in page
    assert other.name in page
    assert is_member_on(kenje, TODAY)


def test_steps_of_a_community_are_its_leaders_to_say(client: Client, group: Party) -> None:
    address = reverse("membership-step", args=[group.uid])
    as_(client, one(group, "Асел Иманова").person)
    assert client.post(address, {"step": "left"}).status_code == 404
    as_(client, one(group, "Бурул Эсенова").person)
    assert "press one of the buttons" in text_of(client.post(address, {"step": "x"}, follow=True))
    assert "cannot be entered" in text_of(client.post(address, {"step": "admitted"}, follow=True))
    client.post(address, {"step": "dormant", "reason": "кыш"})
    assert is_member_on(group, TODAY)
    client.post(address, {"step": "left"})
    assert not is_member_on(group, TODAY)


def test_a_communitys_page_takes_the_same_queries_for_one_and_three(
    client: Client, made: Programme, group: Party
) -> None:
    as_(client, made.officer)

    def more(number: int) -> None:
        for name in (f"Айша {number}", f"Зура {number}"):
            affiliate(person=person(name), community=group, since=START, by=made.officer)
        gone = group.affiliates.get(person__name=f"Зура {number}")
        client.post(reverse("community-end", args=[group.uid, gone.pk]))

    more(1)
    client.get(reverse("community", args=[group.uid]))
    few = queries_of(client, reverse("community", args=[group.uid]))
    for number in (2, 3):
        more(number)
    assert queries_of(client, reverse("community", args=[group.uid])) == few
