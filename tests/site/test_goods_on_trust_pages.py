"""From an agreement to the label on the shelf, through the pages; who sees what of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ayil.consignment.actions import announce_delivery
from ayil.consignment.actions.announcing import Announced, Comes
from ayil.consignment.models import (
    Agreement,
    Assessment,
    CarTrip,
    ConsignmentNote,
    JointCount,
    Lot,
)
from ayil.kit.clock import local_date, now
from ayil.members.actions import grant_role
from ayil.members.models import Look, Party, Role, User
from tests.rig.client import Client
from tests.site.cast import (
    START,
    Maker,
    Programme,
    account_of,
    person,
    programme,
    queries_of,
    speak,
)
from tests.site.office import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


def clerk(made: Programme, role: Role = Role.CLERK) -> User:
    party = person(f"Айнура {role}", language="en")
    grant_role(party=party, role=role, shop=made.shop, since=START, by=made.officer)
    return account_of(party)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    speak(client, "en")
    return client


def announced(made: Programme, maker: Maker, comes: Comes = Comes.CAR) -> ConsignmentNote:
    variant = maker.lots[0].variant
    food = {"batch": "2", "best_before": local_date(now()) + timedelta(days=90)}
    return announce_delivery(
        agreement=maker.agreement, lines=[Announced(variant, 5, **food)],  # type: ignore[arg-type]
        expected_on=None, comes=comes, declared_by=maker.party, by=maker.party,
        on=local_date(now()),
    )  # fmt: skip


def test_an_agreement_is_made_renewed_and_ended_on_the_pages(made: Programme) -> None:
    maker = made.add_maker("Гүлнара Асанова", 0)
    new: Party = person("Жыпар Токтогулова", made.villages[0])
    client = signed_in(clerk(made, Role.MANAGER))
    address = reverse("agreement-new")
    found = client.get(address, {"q": "Zhypar"}).content.decode()
    assert f"consignor={new.uid}" in found
    form = {"since": "2026-01-05", "until": "2999-01-04", "rate-craft": "17,5", "fee-carriage": "2"}
    page = client.post(f"{address}?consignor={new.uid}", form, follow=True)
    agreement = Agreement.objects.get(consignor=new)
    assert agreement.number == "A-2026-001"
    assert "17.5 %" in words(page)
    for language in ("ky", "ru", "en"):
        pdf = client.get(reverse("agreement-paper", args=[agreement.uid]), {"in": language})
        assert pdf.content.startswith(b"%PDF-")
    old = maker.agreement
    renewed = client.post(
        reverse("agreement-renew", args=[old.uid]), {**form, "since": "2026-01-06"}, follow=True
    )
    assert "follows" in words(renewed)
    assert Agreement.objects.get(follows=old).consignor == maker.party
    ended = client.post(
        reverse("agreement-end", args=[agreement.uid]),
        {"on": local_date(now()).isoformat(), "reason": "moved to Bishkek"}, follow=True,
    )  # fmt: skip
    assert "moved to Bishkek" in words(ended)
    listed = words(client.get(reverse("agreements")))
    assert "Жыпар" not in listed
    assert "Жыпар" in words(client.get(reverse("agreements"), {"all": "1"}))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"rate-craft": "much"}, "Type a number of percent"),
        ({"rate-craft": "101"}, "Between 0 and 100"),
        ({"rate-craft": "60", "fee-storage": "40"}, "leave the owner nothing"),
        ({}, "at least one kind"),
        ({"rate-craft": "20", "until": "2012-01-01"}, "before it begins"),
    ],
)
def test_terms_that_cannot_be_are_refused_in_words(
    made: Programme, form: dict[str, str], said: str
) -> None:
    new = person("Жыпар Токтогулова", made.villages[0])
    client = signed_in(clerk(made, Role.MANAGER))
    address = f"{reverse('agreement-new')}?consignor={new.uid}"
    page = client.post(address, {"since": "2026-01-05", **form})
    assert said in words(page)
    assert not Agreement.objects.filter(consignor=new).exists()


def test_a_maker_announces_and_the_clerk_counts_with_them(made: Programme) -> None:
    maker, other = made.add_maker("Гүлнара Асанова", 0), made.add_maker("Асел Бекова", 1)
    own, stranger = (signed_in(account_of(one.party)) for one in (maker, other))
    variant = maker.lots[0].variant
    form = {f"pieces-{variant.pk}": "5", "comes": "car"}
    page = own.post(reverse("announce", args=[maker.agreement.uid]), form, follow=True)
    note = ConsignmentNote.objects.get(comes="car")
    assert "waits for its count" in words(page)
    assert stranger.get(reverse("note", args=[note.uid])).status_code == 404
    assert stranger.post(reverse("announce", args=[maker.agreement.uid]), form).status_code == 404

    client, line = signed_in(clerk(made)), note.lines.get()
    counted = {
        f"accepted-{line.pk}": "3", f"refused-{line.pk}": "2", f"reason-{line.pk}": "Dirty or wet",
        "party": str(maker.party.uid),
    }  # fmt: skip
    address = reverse("note-count", args=[note.uid])
    assert "signs too" in words(client.post(address, counted))
    assert not JointCount.objects.filter(line=line).exists()
    client.post(address, {**counted, "paper": "12"})
    lot = Lot.objects.get(count__line=line)
    assert lot.balance.on_shelf == 3
    seen = own.get(reverse("note", args=[note.uid]))
    assert lot.label in words(seen)
    assert own.get(reverse("lot", args=[lot.pk])).status_code == 200
    assert stranger.get(reverse("lot", args=[lot.pk])).status_code == 404
    speak(own, "ky")
    assert "Dirty or wet" not in words(own.get(reverse("note", args=[note.uid])))
    assert client.get(reverse("note-paper", args=[note.uid])).content.startswith(b"%PDF-")


def test_the_clerk_types_for_whoever_calls(made: Programme) -> None:
    maker = made.add_maker("Гүлнара Асанова", 0)
    user = clerk(made)
    client, variant = signed_in(user), maker.lots[0].variant
    form = {f"pieces-{variant.pk}": "5", "comes": "brought", "declared_by": str(maker.party.uid)}
    client.post(reverse("announce", args=[maker.agreement.uid]), form)
    note = ConsignmentNote.objects.latest("id")
    assert (note.declared_by, note.typed_by) == (maker.party, user.party)
    client.post(reverse("note-withdraw", args=[note.uid]), {"reason": "ооруп калды"})
    assert note.number not in words(client.get(reverse("deliveries")))


def test_who_only_looks_does_not_withdraw(made: Programme) -> None:
    note = announced(made, made.add_maker("Гүлнара Асанова", 0))
    client = signed_in(clerk(made, Role.ACCOUNTANT))
    assert client.get(reverse("note", args=[note.uid])).status_code == 200
    assert client.post(reverse("note-withdraw", args=[note.uid])).status_code == 404


def test_the_committee_answers_the_checklist_and_the_maker_reads_it(made: Programme) -> None:
    maker = made.add_maker("Гүлнара Асанова", 0)
    count = maker.lots[0].count
    assert count is not None
    client = signed_in(clerk(made, Role.COMMITTEE))
    address = reverse("assess", args=[count.pk])
    answers = {f"is-{code}": "yes" for code in ("seams", "colour", "size", "clean", "sample")}
    bad = {**answers, "is-seams": "no", "why-seams": "бүйүрү сөгүлөт", "grade": "mend"}
    assert "what to do better" in words(client.post(address, bad))
    client.post(address, {**bad, "words": "эки кат тигиңиз"})
    assert Assessment.objects.get().maker == maker.party
    own = signed_in(account_of(maker.party))
    assert "эки кат тигиңиз" in words(own.get(reverse("note", args=[count.line.note.uid])))
    assert "эки кат тигиңиз" in words(own.get(reverse("lot", args=[maker.lots[0].pk])))


def test_a_look_at_a_lot_is_written_down_for_its_maker(made: Programme) -> None:
    maker = made.add_maker("Гүлнара Асанова", 0)
    client = signed_in(clerk(made))
    page = client.get(reverse("lot", args=[maker.lots[0].pk]))
    assert "20 %" in words(page)
    assert Look.objects.get(party=maker.party).what == "sales"


def test_the_car_takes_its_list_along(made: Programme) -> None:
    note = announced(made, made.add_maker("Гүлнара Асанова", 0))
    client = signed_in(clerk(made))
    assert note.number in words(client.get(reverse("car")))
    client.post(reverse("car"), {"on": local_date(now()).isoformat()})
    trip = CarTrip.objects.get()
    line = trip.lines.get()
    page = client.post(reverse("car-trip", args=[trip.pk]), {"done": [str(line.pk)]}, follow=True)
    assert "All of it was done." in words(page)
    assert client.get(reverse("car-paper", args=[trip.pk])).content.startswith(b"%PDF-")


def test_lists_ask_the_same_however_long_they_are(made: Programme) -> None:
    client = signed_in(clerk(made, Role.MANAGER))
    pages = ("agreements", "deliveries", "lots", "car", "assessments")
    announced(made, made.add_maker("Гүлнара Асанова", 0))
    asked = {page: queries_of(client, reverse(page)) for page in pages}
    for number, name in enumerate(("Асел Бекова", "Бурул Садыкова"), 1):
        announced(made, made.add_maker(name, number))
    again = {page: queries_of(client, reverse(page)) for page in pages}
    assert again == asked
    maker = made.makers[0]
    own = signed_in(account_of(maker.party))
    first = queries_of(own, reverse("my-deliveries"))
    for _number in range(2):
        announced(made, maker)
    assert queries_of(own, reverse("my-deliveries")) == first
