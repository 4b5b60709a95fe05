"""Consent by purpose: who may say it, on what proof, and that a no is gone from every public page
at the next request."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from PIL import Image

from ayil.catalogue.actions import Words, announce
from ayil.catalogue.models import Announcement
from ayil.decisions.models import Assembly, Decision
from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate
from ayil.members.consents import public_names, record_consent, standing_consents
from ayil.members.doubles import merge, unmerge
from ayil.members.models import Affiliation, ConsentEvent, Party, PartyKind, Purpose
from ayil.members.photos import send_photo
from ayil.members.queries import consents_now, public_parties
from ayil.places.models import Place
from ayil.products.models import Product
from ayil.site.routes import PUBLIC, ROUTES
from tests.rig.papers import words_on
from tests.site.cast import AT, START, Maker, Programme, account_of, person, programme
from tests.site.village import Village, village

pytestmark = pytest.mark.django_db
PUBLIC_PAGE = Purpose.PUBLIC_PAGE
LANGUAGES = ("ky", "ru", "en")
NAME = "Гүлнара Асанова"


@pytest.fixture
def made() -> Programme:
    return programme()


def say(party: Party, given: bool, purpose: Purpose = PUBLIC_PAGE) -> ConsentEvent:
    return record_consent(party=party, purpose=purpose, given=given, by=party, at=AT)


# Who may say it


def test_a_no_for_one_purpose_leaves_the_others(made: Programme) -> None:
    asel = person("Асел Токтосунова")
    for purpose in Purpose:
        say(asel, True, purpose)
    say(asel, False, Purpose.MESSAGES)
    given = {standing.purpose for standing in standing_consents(asel) if standing.is_given}
    assert given == set(Purpose) - {Purpose.MESSAGES}


def test_staff_needs_a_paper_or_a_witness_for_a_yes_and_nothing_for_a_no(made: Programme) -> None:
    asel, neighbour = person("Асел Токтосунова"), person("Бурул Осмонова")

    def heard(given: bool = True, **proof: object) -> ConsentEvent:
        return record_consent(
            party=asel, purpose=PUBLIC_PAGE, given=given, by=made.officer, at=AT,
            **proof,  # type: ignore[arg-type]
        )  # fmt: skip

    for proof in ({}, {"paper": "  "}, {"witness": made.officer}):
        with pytest.raises(AyilError, match="paper they signed"):
            heard(**proof)
    with pytest.raises(AyilError, match="own witness"):
        heard(witness=asel)
    assert not ConsentEvent.objects.exists()
    assert heard(paper="14").paper == "14"
    assert heard(witness=neighbour, language="ru").language == "ru"
    assert heard(given=False).given is False
    assert not consents_now(asel, PUBLIC_PAGE)


def test_a_maker_speaks_for_nobody_else(made: Programme) -> None:
    asel, neighbour = person("Асел Токтосунова"), person("Бурул Осмонова")
    with pytest.raises(AyilError, match="may not say"):
        record_consent(
            party=asel, purpose=PUBLIC_PAGE, given=False, by=neighbour, at=AT, paper="14"
        )


def test_only_the_leader_of_today_speaks_for_a_community(made: Programme) -> None:
    asel, contact = person("Асел Токтосунова"), person("Бурул Осмонова")
    felt = Party.objects.create(kind=PartyKind.COMMUNITY, name="Кийиз", entered_at=AT)
    for who, part in ((asel, Affiliation.Part.LEADER), (contact, Affiliation.Part.CONTACT)):
        affiliate(person=who, community=felt, since=START, by=made.officer, part=part)
    record_consent(party=felt, purpose=PUBLIC_PAGE, given=True, by=asel, at=AT)
    with pytest.raises(AyilError, match="may not say"):
        record_consent(party=felt, purpose=PUBLIC_PAGE, given=False, by=contact, at=AT)
    assert felt in public_parties()


def test_the_database_knows_that_nobody_is_their_own_witness(made: Programme) -> None:
    asel = person("Асел Токтосунова")
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEvent.objects.create(
            party=asel, purpose=PUBLIC_PAGE, given=True, language="ky", witness=asel, by=asel,
            recorded_at=AT,
        )  # fmt: skip


def test_an_enterprise_is_named_until_it_says_no(made: Programme) -> None:
    firm = Party.objects.create(kind=PartyKind.ENTERPRISE, name="Айыл жана Ко", entered_at=AT)
    asel = person("Асел Токтосунова")
    assert public_names([firm.pk, asel.pk]) == {firm.pk: firm.name}
    say(firm, False)
    assert public_names([firm.pk]) == {}
    say(firm, True)
    assert public_names([firm.pk]) == {firm.pk: firm.name}


def test_two_records_of_one_person_stand_or_fall_together(made: Programme) -> None:
    kept, double = person("Асел Токтосунова"), person("Asel Toktosunova")
    say(kept, True)
    say(double, True)
    joined = merge(kept=kept, double=double, reason="same phone", by=made.officer, at=AT)
    say(double, False)
    assert not {kept, double} & set(public_parties())
    assert not consents_now(kept, PUBLIC_PAGE)
    unmerge(merge=joined, reason="a cousin", by=made.officer, at=AT)
    assert kept in public_parties()
    assert double not in public_parties()


# What the public reads


def public_addresses() -> set[str]:
    """Every public route that is only read, of all villages, goods and announcements."""
    parts: dict[str, list[dict[str, object]]] = {
        "catalogue:village": [{"code": place.code} for place in Place.objects.all()],
        "catalogue:good": [{"pk": pk} for pk in Product.objects.values_list("pk", flat=True)],
        "catalogue:announcement": [
            {"uid": uid} for uid in Announcement.objects.values_list("uid", flat=True)
        ],
    }
    parts["complain"] = [{"uid": uid} for uid in Assembly.objects.values_list("uid", flat=True)]
    decided = [{"uid": uid} for uid in Decision.objects.values_list("uid", flat=True)]
    parts |= dict.fromkeys(("decision", "decision-bundle", "decision-minutes"), decided)
    found = {"/goods/?village=barskoon"}
    # The till's files and the recounter are programmes: the same for all, without a word about
    # anybody.
    for name, route in ROUTES.items():
        if PUBLIC in route.who and "GET" in route.methods and name not in PROGRAMMES:
            for one in parts.get(name, [{}]):
                try:
                    found.add(reverse(name, kwargs=one))
                except NoReverseMatch:  # its address is known to the person alone
                    assert name in PRIVATE_BY_ADDRESS, f"{name} is public and is not walked"
    return found


PROGRAMMES = {"till-file", "recount-file"}
# Who holds the address (a code on a card, a link, an application's number) is the person.
PRIVATE_BY_ADDRESS = {
    "enter",
    "card",
    "use-link",
    "application-state",
    "application-appeal",
    "photo",
}


def where(client: Client, *words: str) -> set[str]:
    """The public pages, in all three languages, that show one of the words."""
    found = set()
    for language in LANGUAGES:
        client.cookies["django_language"] = language
        for address in public_addresses():
            answer = client.get(address)
            if answer.headers["Content-Type"] == "application/pdf":
                body = words_on(answer.content)
            else:
                body = answer.content.decode()
            found |= {address for word in words if word in body}
    return found


@pytest.fixture
def story(made: Programme) -> tuple[Programme, Maker, Village]:
    """A maker who proposed, signed the minutes, announced something and sells slippers."""
    barskoon = village(made.villages[0])
    maker = made.add_maker(NAME, 0)
    barskoon.people[0] = barskoon.people[5] = maker.party  # chairs, and proposes
    barskoon.sign(barskoon.decide())
    announce(
        on=date(2012, 6, 5), issuer=maker.party, texts={"ky": Words("Кийиз", "Кийиз бар.")},
        by=made.officer, at=AT,
    )  # fmt: skip
    Product.objects.filter(owner=maker.party).update(name_ky="Гүлнаранын тапочкасы")
    return made, maker, barskoon


def test_withdrawn_is_gone_from_every_public_page_at_the_next_request(
    client: Client, story: tuple[Programme, Maker, Village]
) -> None:
    _made, maker, _barskoon = story
    words = ("Гүлнара", "Асанова")
    before = where(client, *words)
    product = maker.lots[0].variant.product_id
    assert {"/villages/barskoon/", f"/goods/{product}/", "/goods/", "/news/"} <= before
    say(maker.party, False)
    assert where(client, *words) == set()
    assert client.get(f"/goods/{product}/").status_code == 404
    say(maker.party, True)
    assert where(client, *words) == before


def test_a_photo_is_gone_with_the_name(
    client: Client, story: tuple[Programme, Maker, Village]
) -> None:
    _made, maker, _barskoon = story
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(picture, "JPEG")
    photo = send_photo(party=maker.party, data=picture.getvalue(), by=maker.party, at=AT)
    good, address = f"/goods/{maker.lots[0].variant.product_id}/", f"/photos/{photo.uid}.jpg"
    assert address in client.get(good).content.decode()
    assert client.get(address).status_code == 200
    say(maker.party, False)
    assert client.get(good).status_code == client.get(address).status_code == 404
    say(maker.party, True)
    assert client.get(address).status_code == 200


def test_who_never_agreed_stands_nowhere_in_public(
    client: Client, story: tuple[Programme, Maker, Village]
) -> None:
    made, _maker, barskoon = story
    never = {person.name.split()[0] for person in barskoon.people} - {"Гүлнара"}
    assert where(client, *never, made.officer.name, made.manager.name) == set()


def test_the_village_reads_one_of_us_where_a_name_was_withdrawn(
    client: Client, story: tuple[Programme, Maker, Village]
) -> None:
    _made, maker, barskoon = story
    reader = barskoon.people[2]
    client.force_login(account_of(reader))
    reader.language = "en"
    reader.save()
    assert NAME in client.get("/our-decision/").content.decode()
    say(maker.party, False)
    page = client.get("/our-decision/").content.decode()
    assert NAME not in page
    assert "a villager of Barskoon" in page
