"""People's pages: who sees what of a person, and what the staff does there."""

import re
import uuid
from datetime import timedelta

import pytest

from ayil.kit.clock import now
from ayil.members.actions import admit
from ayil.members.doors import number_of_code, standing_link
from ayil.members.models import (
    Card,
    Distinction,
    Look,
    Merge,
    Party,
    Purpose,
    Role,
)
from tests.rig.client import Client
from tests.site.cast import AT, START, Programme, account_of, person, queries_of
from tests.site.office import PHONE, address, staff, words

pytestmark = pytest.mark.django_db


def test_the_list_is_narrowed_and_says_what_to_do_when_it_is_empty(officer: Client) -> None:
    page = words(officer.get("/people/?kind=person&step=members"))
    assert "Гүлнара Асанова" in page
    assert PHONE not in page
    assert "Nobody is like this" in words(officer.get("/people/?kind=community"))
    assert "Гүлнара Асанова" in words(officer.get("/people/?village=no-such&kind=x&page=99999"))


@pytest.mark.parametrize("page", ["/people/", "/doubles/"])
def test_lists_take_as_many_queries_for_one_as_for_three(
    trade: Programme, officer: Client, page: str
) -> None:
    person("Асанова Гүлнара", trade.villages[0])
    officer.get(page)
    first = queries_of(officer, page)
    for number in (1, 2):
        maker = person(f"Айша Бекова {number}", trade.villages[number])
        admit(party=maker, on=START, by=trade.officer, at=AT)
        person(f"Бекова Айша {number}", trade.villages[number])
    officer.get(page)  # looks at all pairs once after a change
    assert queries_of(officer, page) == first


def test_a_person_takes_as_many_queries_with_one_change_as_with_three(
    trade: Programme, officer: Client
) -> None:
    maker = trade.makers[0].party
    page = address("person", maker)
    change(officer, maker, phone="0555 000 001")
    first = queries_of(officer, page)
    for number in (2, 3):
        change(officer, maker, phone=f"0555 000 00{number}")
    assert queries_of(officer, page) == first


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.OFFICER, True), (Role.MANAGER, True), (Role.AUDITOR, True), (Role.CLERK, False),
     (Role.TRAINER, False), (Role.ACCOUNTANT, False)],
)  # fmt: skip
def test_personal_data_is_seen_by_right_and_the_look_is_written_down(
    trade: Programme, client: Client, role: Role, sees: bool
) -> None:
    user = staff(trade, role)
    client.force_login(user)
    maker = trade.makers[0].party
    page = words(client.get(address("person", maker)))
    assert "Гүлнара Асанова" in page
    assert (PHONE in page, "1971" in page) == (sees, sees)
    looks = Look.objects.filter(party=maker)
    assert [look.by for look in looks] == ([user.party] if sees else [])


def change(client: Client, party: Party, **values: str) -> object:
    sent = {"name": party.name, "language": "ky", "phone": "", "village": "", "sex": ""} | values
    return client.post(address("person-change", party), sent)


def test_a_record_is_changed_and_the_history_says_by_whom(
    trade: Programme, officer: Client
) -> None:
    maker = trade.makers[0].party
    answer = change(officer, maker, name="Гүлнара Бекова", phone="0555 123 456", born_year="1971")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    page = words(officer.get(address("person", maker)))
    assert "Гүлнара Бекова" in page
    assert "Гүлнара Асанова" in page
    assert "Кызматкер officer" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("phone", "12", "telephone number"), ("born_year", "1801", "1801"), ("name", " ", "required")],
)
def test_what_cannot_be_right_comes_back_with_its_reason(
    trade: Programme, officer: Client, field: str, value: str, said: str
) -> None:
    maker = trade.makers[0].party
    answer = change(officer, maker, **{field: value})
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert said in words(answer)
    maker.refresh_from_db()
    assert (maker.phone, maker.name) == (PHONE, "Гүлнара Асанова")


def test_fields_that_no_form_asks_for_change_nothing(trade: Programme, officer: Client) -> None:
    maker = trade.makers[0].party
    change(
        officer, maker, uid=str(uuid.uuid4()), kind="enterprise", entered_at="2000-01-01", pk="1"
    )
    after = Party.objects.get(pk=maker.pk)
    assert (after.uid, after.kind, after.entered_at) == (maker.uid, maker.kind, maker.entered_at)


def test_roles_are_given_with_their_scope_and_ended(trade: Programme, officer: Client) -> None:
    maker = trade.makers[0].party
    page = address("person-role", maker)
    assert "is one of a donor" in words(officer.post(page, {"role": "donor"}))
    assert "no other role" in words(
        officer.post(page, {"role": "clerk", "district": "issyk-kul"})
    ) or ("Select a valid choice" in words(officer.post(page, {"role": "clerk", "district": "x"})))
    assert not maker.roles.exists()
    assert officer.post(page, {"role": "clerk", "shop": trade.shop.code}).status_code == 302
    grant = maker.roles.get()
    assert grant.shop == trade.shop
    officer.post(address("role-end", maker, grant=grant.pk))
    assert grant.end
    other = person("Башка", trade.villages[0])
    assert officer.post(address("role-end", other, grant=grant.pk)).status_code == 404


def test_nobody_gives_themselves_a_role_by_the_page(trade: Programme, client: Client) -> None:
    user = staff(trade, Role.OFFICER)
    client.force_login(user)
    assert user.party is not None
    page = words(client.post(address("person-role", user.party), {"role": "manager"}))
    assert "Nobody gives" in page
    assert user.party.roles.count() == 1


def test_a_card_comes_as_paper_once_and_is_ended_in_one_tap(
    trade: Programme, officer: Client
) -> None:
    maker = trade.makers[0].party
    answer = officer.post(address("person-card", maker))
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    assert "attachment" in answer["Content-Disposition"]
    card = Card.objects.get()
    assert card.number in words(officer.get(address("person", maker)))
    officer.post(address("person-card-end", maker, card=card.uid))
    assert card.end
    assert number_of_code("x") is None


def test_a_sheet_is_of_those_who_were_chosen(trade: Programme, officer: Client) -> None:
    maker = trade.makers[0].party
    village = trade.villages[0].code
    page = words(officer.get(f"/people/cards/?village={village}"))
    assert "Гүлнара Асанова" in page
    stranger = person("Башка", trade.villages[2])
    answer = officer.post(
        f"/people/cards/?village={village}", {"person": [str(maker.uid), str(stranger.uid)]}
    )
    assert answer.content.startswith(b"%PDF-")
    assert [card.party for card in Card.objects.all()] == [maker]
    assert "No card was asked for" in words(officer.post(f"/people/cards/?village={village}"))


def test_a_manager_hands_no_key_to_an_office(trade: Programme, client: Client) -> None:
    client.force_login(staff(trade, Role.MANAGER))
    for name in ("person-card", "person-link"):
        client.post(address(name, trade.officer))
    client.post(address("person-pin", trade.officer), {"pin": "4917", "again": "4917"})
    assert not Card.objects.exists()
    assert not trade.officer.links.exists()
    assert not trade.officer.pins.exists()


def test_a_pin_is_typed_twice(trade: Programme, officer: Client) -> None:
    maker = trade.makers[0].party
    page = address("person-pin", maker)
    assert "not the same" in words(officer.post(page, {"pin": "4917", "again": "4918"}))
    assert "stranger would try" in words(officer.post(page, {"pin": "1234", "again": "1234"}))
    assert not maker.pins.exists()
    assert officer.post(page, {"pin": "4917", "again": "4917"}).status_code == 302
    assert maker.pins.count() == 1


def test_a_link_is_shown_once_with_our_own_address(trade: Programme, officer: Client) -> None:
    maker = trade.makers[0].party
    answer = officer.post(address("person-link", maker))
    found = re.search(r"<code>(http://[^<]*/link/([^/<]+)/)</code>", answer.content.decode())
    assert found
    assert standing_link(found[2], now())
    assert "no-store" in answer["Cache-Control"]
    assert "<svg" in answer.content.decode()


def test_consent_is_recorded_with_its_paper(trade: Programme, officer: Client) -> None:
    maker = trade.makers[0].party
    page = address("person-consent", maker)
    officer.post(page, {"purpose": "research", "given": "yes"})
    assert not maker.consents.filter(purpose=Purpose.RESEARCH).exists()
    officer.post(page, {"purpose": "research", "given": "yes", "paper": "К-7"})
    assert maker.consents.get(purpose=Purpose.RESEARCH).paper == "К-7"
    officer.post(page, {"purpose": "public", "given": "no"})
    assert not maker.consents.filter(purpose=Purpose.PUBLIC_PAGE).last().given
    assert officer.post(page, {"purpose": "x", "given": "yes"}).status_code == 404


def test_two_records_become_one_and_two_again(trade: Programme, officer: Client) -> None:
    maker = trade.makers[0].party
    double = person("Асанова Гулнара", trade.villages[0])
    assert "another order" in words(officer.get("/doubles/"))
    said = {"one": maker.uid, "other": double.uid, "kept": maker.uid, "answer": "one"}
    officer.post("/doubles/say/", said)
    assert not Merge.objects.exists()
    officer.post("/doubles/say/", said | {"reason": "бир паспорт"})
    merge = Merge.objects.get()
    assert (merge.kept, merge.double) == (maker, double)
    assert "another record of" in words(officer.get(address("person", double)))
    assert "Асанова Гулнара" not in words(officer.get("/people/"))
    officer.post(f"/doubles/merges/{merge.pk}/end/", {"reason": "эже-сиңди"})
    assert "Асанова Гулнара" in words(officer.get("/people/"))
    officer.post("/doubles/say/", said | {"answer": "two"})
    told = Distinction.objects.get()
    assert "No two records look like one person" in words(officer.get("/doubles/"))
    officer.post(f"/doubles/distinctions/{told.pk}/end/")
    assert "another order" in words(officer.get("/doubles/"))


def test_pages_come_back_to_the_same_bytes_after_a_merge_is_undone(
    trade: Programme, officer: Client
) -> None:
    maker = trade.makers[0].party
    double = person("Асанова Гулнара", trade.villages[0])
    hers = account_of(maker)

    def shown() -> list[str]:
        hers_only = type(officer)()
        hers_only.force_login(hers)
        pages = [hers_only.get("/my-sales/"), officer.get("/people/")]
        pages += [type(officer)().get(at) for at in ("/", "/villages/", "/goods/")]
        texts = (page.content.decode() for page in pages)
        return [re.sub(r'value="[\w-]{64}"', "", text) for text in texts]

    before = shown()
    merge = Merge.objects.create(
        kept=maker, double=double, reason="x", by=trade.officer, at=AT + timedelta(days=1)
    )
    assert shown() != before
    officer.post(f"/doubles/merges/{merge.pk}/end/", {"reason": "two"})
    officer.get("/people/")  # takes the message away
    assert shown() == before
