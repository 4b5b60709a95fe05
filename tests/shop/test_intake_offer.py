"""What a till is told to count goods by: who brings, who signs, what was declared."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ayil.consignment.models import CoveredProduct, NoteWithdrawal
from ayil.kit.clock import local_date
from ayil.members.actions import affiliate, end_affiliation
from ayil.members.doors import set_pin
from ayil.members.identities import canonical
from ayil.members.models import Affiliation, Mandate, Merge, Party, PartyKind
from ayil.members.own import speakers_for, speaks_for
from ayil.members.queries import is_member_on, members_among
from ayil.products.actions import enter_product, set_price
from ayil.products.models import ProductKind
from ayil.shop.devices import enrol_device
from ayil.shop.intake.offer import offer_of
from tests.cast import AT, DAY, Cast, person
from tests.shop.intake import BEFORE, PIN, counter, declared, maker
from tests.site.cast import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return counter()


@pytest.fixture
def till(cast: Cast, client: Client) -> Client:
    """A client that is an enrolled till."""
    _device, token = enrol_device(shop=cast.shop, code="k-9", by=cast.officer, at=AT)
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def told(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(client.get("/sync/v1/intake").content)
    return answer


def test_a_till_learns_who_brings_and_who_signs(cast: Cast, till: Client) -> None:
    set_pin(party=cast.burul, pin=PIN, by=cast.burul, at=BEFORE)
    agreements = {one["consignor"]["name"]: one for one in told(till)["agreements"]}
    aksay = agreements["Ak-Say Kiyiz"]
    assert aksay["number"] == f"A-{cast.community.pk}"
    assert aksay["commission"] == {"craft": 2_000, "food": 2_000, "raw": 1_500, "other": 2_000}
    assert aksay["consignor"]["village"]["names"]["ky"] == "Ак-Сай"
    assert [(one["name"], one["pin"]) for one in aksay["consignor"]["signers"]] == [
        ("Burul Sadykova", True),
        ("Saadat Esenova", False),
    ]
    (jyldyz,) = agreements["Jyldyz Mamyrova"]["consignor"]["signers"]
    assert jyldyz["uid"] == str(cast.jyldyz.uid)


def test_goods_come_with_their_price_and_how_long_they_keep(cast: Cast, till: Client) -> None:
    today = local_date(timezone.now())
    cast.deliver(cast.jam, 3, best_before=DAY + timedelta(days=300))
    cast.deliver(cast.jam, 3, best_before=DAY + timedelta(days=335))
    set_price(
        variant=cast.slippers, amount_minor=50_000, floor_minor=48_000, currency="KGS",
        valid_from=today + timedelta(days=3), set_by=cast.burul, typed_by=cast.officer, paper="P-1",
        on=today,
    )  # fmt: skip
    jam, slippers = sorted(told(till)["variants"], key=lambda one: one["price"])
    assert (jam["kind"], jam["keeps_days"], jam["later"]) == ("food", 335, [])
    assert (slippers["names"]["ky"], slippers["keeps_days"]) == ("Кийиз чокой", None)
    assert [(one["price"], one["floor"]) for one in slippers["later"]] == [(50_000, 48_000)]


def test_open_notes_come_with_the_lines_that_are_not_counted(cast: Cast, till: Client) -> None:
    note = declared(cast, (cast.slippers, 3), (cast.slippers, 5))
    (open_,) = told(till)["notes"]
    assert (open_["number"], [one["declared"] for one in open_["lines"]]) == ("Н-7", [3, 5])
    assert open_["lines"][0]["id"] == note.lines.all()[0].pk
    cast.deliver(cast.slippers, 9)
    assert len(told(till)["notes"]) == 1


def test_a_withdrawn_note_is_not_offered(cast: Cast) -> None:
    note = declared(cast, (cast.slippers, 3))
    NoteWithdrawal.objects.create(note=note, by=cast.burul, at=AT)
    assert offer_of(cast.shop, DAY).notes == []


def test_goods_that_no_agreement_is_about_are_not_offered(cast: Cast) -> None:
    hats = enter_product(
        owner=cast.community, kind=ProductKind.CRAFT, names=("", "", "Калпак"),
        forms=[("std", "")],
    )  # fmt: skip
    both = {cast.slippers.pk, hats.variants.get().pk, cast.jam.pk}
    assert {one.id for one in offer_of(cast.shop, DAY).variants} == both
    agreement = cast.community.agreements.get()
    CoveredProduct.objects.create(agreement=agreement, product=cast.slippers.product)
    offered = {one.id for one in offer_of(cast.shop, DAY).variants}
    assert offered == {cast.slippers.pk, cast.jam.pk}


def test_an_ended_agreement_stays_for_its_open_note_only(cast: Cast) -> None:
    aida, wool = maker(cast, ProductKind.RAW, since=DAY, until=DAY + timedelta(days=9))
    after = DAY + timedelta(days=10)
    numbers = {one.number for one in offer_of(cast.shop, after).agreements}
    assert f"A-{aida.pk}" not in numbers
    declared(cast, (wool, 3))
    assert f"A-{aida.pk}" in {one.number for one in offer_of(cast.shop, after).agreements}


def test_a_maker_who_is_no_member_pays_five_points_more(cast: Cast) -> None:
    aida, _wool = maker(cast, ProductKind.RAW, since=DAY)
    rates = {one.consignor.uid: one.commission for one in offer_of(cast.shop, DAY).agreements}
    assert rates[str(aida.uid)]["raw"] == 2_000
    assert rates[str(cast.jyldyz.uid)]["raw"] == 1_500


def test_the_same_again_is_answered_by_its_tag(cast: Cast, till: Client) -> None:
    first = till.get("/sync/v1/intake")
    again = till.get("/sync/v1/intake", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    weak = till.get("/sync/v1/intake", headers={"If-None-Match": f"W/{first['ETag']}"})
    assert weak.status_code == 304
    declared(cast, (cast.slippers, 3))
    news = till.get("/sync/v1/intake", headers={"If-None-Match": first["ETag"]})
    assert (news.status_code, news["ETag"] != first["ETag"]) == (200, True)


def test_nobody_but_a_till_is_told(client: Client) -> None:
    assert client.get("/sync/v1/intake").status_code == 401


def test_as_many_queries_for_three_as_for_one(cast: Cast, till: Client) -> None:
    declared(cast, (cast.slippers, 3))
    few = queries_of(till, "/sync/v1/intake")
    for number in range(3):
        _aida, wool = maker(cast, ProductKind.FOOD, since=DAY)
        affiliate(person=person("Айша"), community=cast.community, since=DAY, by=cast.officer)
        declared(cast, (wool, 3), (wool, 4), number=f"Н-1{number}")
        declared(cast, (wool, 5), number=f"Н-2{number}")
    assert queries_of(till, "/sync/v1/intake") == few


def test_who_speaks_and_who_is_a_member_are_the_same_questions_asked_of_many(cast: Cast) -> None:
    """Compared with the questions that actions ask, for everybody and every owner."""
    former = person("Токтогул")
    ended = affiliate(
        person=former, community=cast.community, since=DAY, by=cast.officer,
        part=Affiliation.Part.CONTACT,
    )  # fmt: skip
    end_affiliation(affiliation=ended, on=DAY, by=cast.officer)
    for holder, until in ((cast.jyldyz, DAY), (cast.aigul, DAY - timedelta(days=1))):
        Mandate.objects.create(
            giver=cast.community, holder=holder, since=DAY - timedelta(days=5), until=until,
            paper="M", by=cast.officer,
        )  # fmt: skip
    Merge.objects.create(
        kept=cast.burul, double=person("Бурул С."), reason="one", by=cast.officer, at=AT
    )
    Merge.objects.create(
        kept=person("Saadat E."), double=Party.objects.get(name="Saadat Esenova"), reason="one",
        by=cast.officer, at=AT,
    )  # fmt: skip
    everybody = list(Party.objects.all())
    speakers = speakers_for(everybody, DAY)
    members = members_among([party.pk for party in everybody], DAY)
    for party in everybody:
        people = {
            canonical(one)
            for one in everybody
            if one.kind == PartyKind.PERSON and speaks_for(one, party, DAY)
        }
        assert set(speakers[party.pk]) == people, party
        assert (party.pk in members) == is_member_on(party, DAY), party
