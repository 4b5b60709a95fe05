"""A villager proposes on their own phone; what is missing is said; makers say it themselves."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from ayil.decisions.actions import name_maker, open_poll, propose, take_back_maker
from ayil.decisions.models import (
    Assembly,
    LocalResource,
    Proposal,
    WillingMaker,
)
from ayil.decisions.photos import send_proposal_photo
from ayil.decisions.proposal_waits import proposals_waiting
from ayil.decisions.proposals import standing_makers
from ayil.members.erasure import erase
from tests.rig.papers import words_on
from tests.site.cast import (
    Programme,
    person,
    programme,
    queries_of,
)
from tests.site.village import AT, HELD, Village, as_person, page_of, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def barskoon(made: Programme) -> Village:
    return village(made.villages[0])


@pytest.fixture
def assembly(barskoon: Village) -> Assembly:
    return barskoon.meet()


def test_a_villager_proposes_on_the_phone_and_reads_what_is_missing(
    client: Client, barskoon: Village, assembly: Assembly
) -> None:
    proposer = barskoon.people[5]
    as_person(client, proposer)
    base = f"/assemblies/{assembly.uid}/proposals/"
    assert f"{base}new/" in page_of(client, base)
    form = page_of(client, f"{base}new/")
    assert form.count('type="radio" name="symbol"') > 24
    refused = client.post(f"{base}new/", {"symbol": "honey"})
    assert refused.status_code == 400
    assert "Give it a name" in refused.content.decode()
    put = {"name_ky": "Бал", "symbol": "honey", "uid": str(uuid4())}
    assert 'name="uid"' in form
    answer = client.post(f"{base}new/", put)
    client.post(f"{base}new/", put)  # a second tap
    found = Proposal.objects.get()
    assert answer.headers["Location"] == f"/proposals/{found.uid}/"
    assert (found.proposer, found.by) == (proposer, proposer)
    page = page_of(client, answer.headers["Location"])
    assert "What it does not say yet" in page
    assert "what it does to the land" in page
    assert "11 things are not said yet" not in page_of(client, base)
    said = {
        "name_ky": "Бал", "name_ru": "Мёд", "name_en": "Honey", "symbol": "honey",
        "resource_milli": "0,35", "piece_cost_minor": "120", "start_cost_minor": "8 000",
        "skills": "Аары", "pieces_a_month": "30", "risk_health": "x", "risk_land": "x",
    }  # fmt: skip
    assert client.post(f"/proposals/{found.uid}/change/", said).status_code == 400
    said["start_cost_minor"] = "8000"
    assert client.post(f"/proposals/{found.uid}/change/", said).status_code == 302
    found.refresh_from_db()
    assert (found.resource_milli, found.piece_cost_minor) == (350, 12_000)
    form = page_of(client, f"/proposals/{found.uid}/change/")
    assert 'value="0,35"' in form
    assert 'value="120"' in form
    assert "120 сом" in page_of(client, f"/proposals/{found.uid}/")


def test_what_the_village_has_is_written_by_its_people(
    client: Client, made: Programme, barskoon: Village
) -> None:
    as_person(client, barskoon.people[5])
    address = f"/village/{barskoon.place.code}/resources/"
    said = {
        "kind": "wool", "name": "Кой жүнү", "yearly_amount": "4000", "unit": "кг",
        "season_from": "5", "season_to": "6", "access": "Ар ким өзүнүкү", "said_by": "Малчылар",
    }  # fmt: skip
    assert client.post(address, said).status_code == 302
    page = page_of(client, address)
    assert "Кой жүнү" in page
    assert "Season: May – June" in page
    assert page.count('class="month in"') == 2
    first = LocalResource.objects.get()
    more = said | {"yearly_amount": "3500", "replaces": str(first.pk)}
    assert client.post(address, more).status_code == 302
    assert "3 500" in page_of(client, address)
    assert client.post(address, said | {"access": ""}).status_code == 400
    as_person(client, made.officer)
    assert "Кой жүнү" in page_of(client, address)
    as_person(client, person("Өскөн", made.villages[1]))
    assert client.get(address).status_code == 404


def test_makers_say_it_with_one_tap_and_take_it_back(
    client: Client, barskoon: Village, assembly: Assembly
) -> None:
    slippers, _rug = barskoon.propose_two(assembly)
    address, maker = f"/proposals/{slippers.uid}/", barskoon.people[4]
    as_person(client, maker)
    assert "I am willing to make this" in page_of(client, address)
    client.post(f"{address}willing/", {"say": "yes", "named": "village"})
    page = page_of(client, address)
    assert "The village may read your name" in page
    assert maker.name in page
    assert barskoon.people[8].name not in page  # is counted, and not named
    assert "1 more, without a name" in page
    paper = words_on(client.get(f"/assemblies/{assembly.uid}/proposals/poster/").content)
    assert maker.name not in paper  # the village may read it, the street may not
    client.post(f"{address}willing/", {"say": "no"})
    assert f"<li>{maker.name}</li>" not in page_of(client, address)
    client.post(f"{address}willing/", {"say": "yes", "named": "public"})
    paper = words_on(client.get(f"/assemblies/{assembly.uid}/proposals/poster/").content)
    assert maker.name in paper
    assert standing_makers().filter(person=maker).get().how == WillingMaker.How.PHONE


def test_from_paper_by_registrar_and_officer_alone(
    client: Client, made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    slippers, _rug = barskoon.propose_two(assembly)
    address, maker = f"/proposals/{slippers.uid}/", barskoon.people[4]
    said = {
        "say": "yes", "paper-person": str(maker.pk), "paper-paper": "list 1",
        "paper-named": "village",
    }  # fmt: skip
    as_person(client, barskoon.people[9])
    assert client.post(f"{address}willing/", said).status_code == 403
    assert "Somebody said it on paper" not in page_of(client, address)
    as_person(client, barskoon.registrar)
    assert "Somebody said it on paper" in page_of(client, address)
    client.post(f"{address}willing/", said)
    found = standing_makers().get(person=maker)
    assert (found.how, found.paper, found.by) == ("paper", "list 1", barskoon.registrar)
    as_person(client, made.officer)
    client.post(f"{address}willing/", said | {"say": "no"})
    assert not standing_makers().filter(person=maker).exists()
    base = f"/assemblies/{assembly.uid}/proposals/new/"
    typed = {"proposer": str(maker.pk), "paper": "list 2", "name_ru": "Мёд", "symbol": "honey"}
    assert client.post(base, typed).status_code == 302
    typed_in = Proposal.objects.get(symbol="honey")
    assert (typed_in.proposer, typed_in.by, typed_in.paper) == (maker, made.officer, "list 2")
    page = page_of(client, f"/proposals/{typed_in.uid}/")
    assert "Give its name in another language" in page
    client.post(f"/proposals/{typed_in.uid}/words/", {"name_ky": "Бал"})
    typed_in.refresh_from_db()
    assert typed_in.names == {"ky": "Бал", "ru": "Мёд", "en": ""}


def test_others_neither_see_nor_change_it(
    client: Client, made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    slippers, _rug = barskoon.propose_two(assembly)
    base = f"/proposals/{slippers.uid}/"
    as_person(client, barskoon.people[9])
    for more in ("change/", "photo/", "evidence/"):
        assert client.get(base + more).status_code == 403
    assert client.post(f"{base}withdraw/", {"reason": "x"}).status_code == 403
    assert client.post(f"{base}words/", {"name_ky": "x"}).status_code == 403
    as_person(client, person("Өскөн", made.villages[1]))
    at = f"/assemblies/{assembly.uid}/"
    for address in (base, f"{at}proposals/", f"{at}proposals/new/", f"{at}simulator/"):
        assert client.get(address).status_code == 404
    as_person(client, made.manager)
    assert client.get(base).status_code == 404


def test_from_the_vote_on_it_stands_as_it_is(
    client: Client, barskoon: Village, assembly: Assembly
) -> None:
    slippers, rug = barskoon.propose_two(assembly)
    as_person(client, rug.proposer)
    client.post(f"/proposals/{rug.uid}/withdraw/", {"reason": "Жүн жетпейт"})
    assert "Жүн жетпейт" in page_of(client, f"/proposals/{rug.uid}/")
    assert "Жүн жетпейт" in page_of(client, f"/assemblies/{assembly.uid}/proposals/")
    open_poll(assembly=assembly, by=barskoon.registrar, at=AT)
    as_person(client, slippers.proposer)
    page = page_of(client, f"/proposals/{slippers.uid}/")
    assert "The vote has begun" in page
    assert "/change/" not in page
    answer = client.post(
        f"/proposals/{slippers.uid}/change/", {"name_ky": "Башка", "symbol": "slippers"}
    )
    assert answer.status_code == 400
    assert "stand as they are" in answer.content.decode()


def test_the_photo_of_the_thing_is_its_villages(
    client: Client, made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    slippers, _rug = barskoon.propose_two(assembly)
    base = f"/proposals/{slippers.uid}/"
    written = io.BytesIO()
    Image.new("RGB", (300, 200), "#a3271d").save(written, "PNG")
    as_person(client, slippers.proposer)
    assert client.get(f"{base}photo.jpg").status_code == 404
    for _time in range(2):
        photo = io.BytesIO(written.getvalue())
        photo.name = "felt.png"
        assert client.post(f"{base}photo/", {"photo": photo, "words": "x"}).status_code == 302
    as_person(client, barskoon.people[9])
    assert "photo.jpg" in page_of(client, base)
    assert client.get(f"{base}photo.jpg").headers["Content-Type"] == "image/jpeg"
    paper = PdfReader(
        io.BytesIO(client.get(f"/assemblies/{assembly.uid}/proposals/poster/").content)
    )
    assert [len(sheet.images) for sheet in paper.pages] == [1]
    as_person(client, person("Өскөн", made.villages[1]))
    assert client.get(f"{base}photo.jpg").status_code == 404
    as_person(client, slippers.proposer)
    client.post(f"{base}photo/", {"away": "yes"})
    assert client.get(f"{base}photo.jpg").status_code == 404


def test_an_erased_proposer_is_named_no_longer_and_their_photo_goes(
    client: Client, made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    slippers, _rug = barskoon.propose_two(assembly)
    proposer = slippers.proposer
    name_maker(proposal=slippers, person=proposer, may_be_named=True, in_public=True, at=AT)
    written = io.BytesIO()
    Image.new("RGB", (300, 200), "#a3271d").save(written, "PNG")
    send_proposal_photo(proposal=slippers, data=written.getvalue(), by=proposer, at=AT)
    name = proposer.name
    erase(party=proposer, reason="Asked", by=made.officer, at=AT)
    as_person(client, barskoon.people[9])
    page = page_of(client, f"/proposals/{slippers.uid}/")
    assert name not in page
    assert "photo.jpg" not in page
    assert '<p class="figure"><strong>3</strong></p>' in page  # who said it is counted still
    proposer.refresh_from_db()
    assert f"<li>{proposer.name}</li>" not in page
    paper = words_on(client.get(f"/assemblies/{assembly.uid}/proposals/poster/").content)
    assert proposer.name not in paper


def test_what_lacks_waits_for_the_officer_until_the_day(
    made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    barskoon.propose_two(assembly)
    assert proposals_waiting(HELD).count == 0
    propose(
        assembly=assembly, names=("", "", "Бал"), symbol="honey", proposer=barskoon.people[4], at=AT
    )
    found = proposals_waiting(HELD)
    assert (found.count, found.address) == (1, f"/assemblies/{assembly.uid}/proposals/")
    assert "does not say all that is asked" in found.what
    assert proposals_waiting(HELD + timedelta(days=1)).count == 0


def test_queries_do_not_grow_with_the_proposals(
    client: Client, barskoon: Village, assembly: Assembly
) -> None:
    barskoon.propose_two(assembly)
    as_person(client, barskoon.people[9])
    base = f"/assemblies/{assembly.uid}/proposals/"
    few = queries_of(client, base)
    for number, symbol in enumerate(("honey", "bread", "egg"), 5):
        client.post(f"{base}new/", {"name_ky": f"Дагы {number}", "symbol": symbol})
        made = Proposal.objects.get(symbol=symbol)
        client.post(f"/proposals/{made.uid}/willing/", {"say": "yes", "named": "village"})
    assert Proposal.objects.filter(assembly=assembly).count() == 5
    assert queries_of(client, base) == few


def test_a_maker_who_was_taken_back_is_not_on_the_decision(
    client: Client, barskoon: Village
) -> None:
    barskoon.sign(barskoon.decide())
    maker = barskoon.people[7]
    as_person(client, barskoon.people[4])
    assert maker.name in page_of(client, "/our-decision/")
    said = standing_makers().get(person=maker)
    take_back_maker(maker=said, by=maker, at=AT)
    assert maker.name not in page_of(client, "/our-decision/")
