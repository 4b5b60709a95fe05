"""From closing to the signed paper, each step on its page by another person."""

import io
from datetime import date

import pytest
from django.test import Client
from PIL import Image

from ayil.kit.clock import local_date, now
from ayil.members.actions import grant_role
from ayil.members.mandates import write_mandate
from ayil.members.models import Mandate, Party, Role
from ayil.payouts.actions import AccountSaid, confirm_account, keep_account
from ayil.payouts.models import (
    Acknowledgement,
    BankFile,
    BankTemplate,
    Handover,
    PayeeAccount,
    Payout,
    PayoutPaper,
    PayoutRun,
    Statement,
)
from tests.site.cast import START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db
LISTS = "/shop/payouts/"


class House:
    """Two makers who sold, and each office of a payout in a person of its own."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.trade: Programme = programme()
        for number, name in enumerate(["Гүлнара Асанова", "Жыпара Токтогулова"]):
            maker = self.trade.add_maker(name, number)
            self.trade.sell(maker, 2, START)
        self.accountant, self.paymaster = person("Салтанат Орозова"), person("Эркин Жумабаев")
        for party, role in ((self.accountant, Role.ACCOUNTANT), (self.paymaster, Role.PAYMASTER)):
            grant_role(party=party, role=role, since=START, by=self.trade.officer)
        self.manager, self.officer = self.trade.manager, self.trade.officer
        self.maker = self.trade.makers[0].party

    def is_(self, party: Party) -> Client:
        user = getattr(party, "user", None) or account_of(party)
        self.client.force_login(user)
        speak(self.client, "en")
        return self.client

    def post(self, party: Party, address: str, **form: object) -> str:
        response = self.is_(party).post(address, form, follow=True)
        assert response.status_code == 200
        return response.content.decode().replace("\u00a0", " ")

    def read(self, party: Party, address: str) -> str:
        response = self.is_(party).get(address)
        assert response.status_code == 200, address
        return response.content.decode().replace("\u00a0", " ")

    def run(self) -> PayoutRun:
        """A list that the accountant prepared and the manager approved."""
        self.post(self.accountant, "/shop/payouts/close/", shop="krs")
        self.post(self.accountant, "/shop/payouts/prepare/", shop="krs")
        run = PayoutRun.objects.get()
        self.post(self.manager, f"/payout-lists/{run.pk}/approve/")
        return run

    def payout(self) -> Payout:
        return Payout.objects.get(consignor=self.maker)


@pytest.fixture
def house(client: Client) -> House:
    return House(client)


def test_three_people_on_their_pages(house: House) -> None:
    page = house.read(house.accountant, LISTS)
    assert "not closed yet: stands in the next statement" in page
    assert "for 2 makers, not closed yet" in page
    assert "Closed: 2 statements" in house.post(
        house.accountant, "/shop/payouts/close/", shop="krs"
    )
    assert Statement.objects.count() == 2
    page = house.post(house.accountant, "/shop/payouts/prepare/", shop="krs")
    run = PayoutRun.objects.get()
    assert "You prepared this list: a second person must look at it" in house.post(
        house.accountant, f"/payout-lists/{run.pk}/approve/"
    )
    assert not hasattr(run, "approval")
    assert "I looked at it" in house.read(house.manager, f"/payout-lists/{run.pk}/")
    house.post(house.manager, f"/payout-lists/{run.pk}/approve/")
    hand_over = f"/payouts/{house.payout().pk}/hand-over/"
    page = house.read(house.manager, hand_over)
    assert "You approved this list: a third person must hand the money over." in page
    assert "The money is handed over" not in page
    page = house.read(house.paymaster, hand_over)
    assert "Гүлнара Асанова" in page
    page = house.post(house.paymaster, hand_over, payee=str(house.maker.uid), source="safe")
    assert "Handed over: 1 040 сом" in page
    handover = Handover.objects.get()
    assert (handover.payee, handover.paid_by, handover.approved_by) == (
        house.maker, house.paymaster, house.manager,
    )  # fmt: skip


def photo() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (300, 400), "#ddd").save(file, "PNG")
    file.seek(0)
    file.name = "list.png"
    return file


def test_the_signed_list_comes_back_as_a_photo(house: House) -> None:
    run, payout = house.run(), house.payout()
    house.post(
        house.paymaster, f"/payouts/{payout.pk}/hand-over/", payee=str(house.maker.uid),
        source="safe",
    )  # fmt: skip
    page = house.post(
        house.accountant, f"/payout-lists/{run.pk}/evidence/", paper=photo(), words="Барскоон"
    )
    assert "Paper 1: Барскоон" in page
    paper = PayoutPaper.objects.get()
    form = {"paper": paper.pk, "how": "signature", "lines": payout.pk}
    house.post(house.paymaster, f"/payout-lists/{run.pk}/signed/", **form)
    assert not Acknowledgement.objects.exists(), "who paid does not say that it was signed"
    page = house.post(house.accountant, f"/payout-lists/{run.pk}/signed/", **form)
    assert "received" in page
    signed = Acknowledgement.objects.get()
    assert (signed.by, signed.recorded_by, signed.paper) == (
        house.maker, house.accountant, paper,
    )  # fmt: skip
    shown = house.is_(house.accountant).get(f"/payout-papers/{paper.pk}/")
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert house.is_(house.maker).get(f"/payout-papers/{paper.pk}/").status_code == 403


def test_a_program_is_no_paper(house: House) -> None:
    run = house.run()
    file = io.BytesIO(b"<script>alert(1)</script>")
    file.name = "list.jpg"
    page = house.post(house.accountant, f"/payout-lists/{run.pk}/evidence/", paper=file)
    assert "more than a picture" in page
    assert not PayoutPaper.objects.exists()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_list_on_paper(house: House, language: str) -> None:
    run = house.run()
    for by in ("", "&by=village"):
        answer = house.is_(house.paymaster).get(
            f"/payout-lists/{run.pk}/paper/?language={language}{by}"
        )
        assert answer.content.startswith(b"%PDF")


def test_taken_off_and_come_back(house: House) -> None:
    house.run()
    payout = house.payout()
    other = Payout.objects.exclude(pk=payout.pk).get()
    page = house.post(house.accountant, f"/payouts/{other.pk}/cancel/", reason="не пришла")
    assert "не пришла" in page
    house.post(
        house.paymaster, f"/payouts/{payout.pk}/hand-over/", payee=str(house.maker.uid),
        source="safe",
    )  # fmt: skip
    assert "Why" in house.read(house.accountant, f"/payout-lists/{payout.run_id}/")
    page = house.post(house.accountant, f"/payouts/{payout.pk}/back/", reason="жок экен")
    assert "came back" in page
    page = house.read(house.accountant, LISTS)
    assert page.count("closed and not paid yet") == 2


def test_below_zero_is_carried_on_and_said(house: House) -> None:
    house.run()
    house.post(
        house.paymaster, f"/payouts/{house.payout().pk}/hand-over/",
        payee=str(house.maker.uid), source="safe",
    )  # fmt: skip
    lot = house.trade.makers[0].lots[0]
    refund = {
        "kind": "refund", "receipt": "A-99", "tenders": [{"kind": "cash", "amount": 65_000}],
        "rounding": 0, "reason": "brought back",
        "lines": [
            {
                "label": lot.label, "quantity": 1, "unit_price": 65_000, "gross": 65_000,
                "sale": None, "line": None,
            }
        ],
    }  # fmt: skip
    house.trade.till.send(START, refund)
    page = house.read(house.accountant, LISTS)
    assert "below zero: goods came back after they were paid for" in page


def template_form(**changed: str) -> dict[str, str]:
    columns = [("Счёт", "account", ""), ("Сумма", "amount", ""), ("За что", "purpose", "")]
    form = {
        "name": "Айыл Банк", "separator": ";", "encoding": "cp1251", "decimal_mark": ",",
        "date_form": "%d.%m.%Y", "has_head": "on", "purpose": "Расчёт № {number}, Өмүр",
        "columns-TOTAL_FORMS": str(len(columns)), "columns-INITIAL_FORMS": "0",
    }  # fmt: skip
    for place, (head, what, words) in enumerate(columns):
        form |= {f"columns-{place}-head": head, f"columns-{place}-what": what,
                 f"columns-{place}-words": words}  # fmt: skip
    return form | changed


def keep(house: House) -> PayeeAccount:
    page = house.post(
        house.accountant, "/bank-accounts/", party_name="Гүлнара Асанова",
        number="1240 0100 0000 1234", owner_name="Асанова Г.", bank_name="Айыл Банк",
        paper="арыз 3",
    )  # fmt: skip
    assert "•••• 1234" in page
    assert "1240010000001234" not in page
    return PayeeAccount.objects.get()


def test_by_the_bank(house: House) -> None:
    account = keep(house)
    confirm = f"/bank-accounts/{account.pk}/confirm/"
    assert "another confirms it" in house.post(house.accountant, confirm, number="1240010000001234")
    assert "not the number that was typed first" in house.post(
        house.officer, confirm, number="1240010000001235"
    )
    assert "Confirmed" in house.post(house.officer, confirm, number="1240010000001234")
    wrong = template_form(**{"columns-0-what": "fixed"})
    assert "one column with the account" in house.post(
        house.accountant, "/bank-templates/", **wrong
    )
    assert "version 1" in house.post(house.accountant, "/bank-templates/", **template_form())
    run, payout = house.run(), house.payout()
    template = BankTemplate.objects.get()
    page = house.post(
        house.paymaster, f"/payout-lists/{run.pk}/bank-file/", template=template.pk,
        payouts=payout.pk,
    )  # fmt: skip
    assert "The file is made" in page
    file = BankFile.objects.get()
    saved = house.is_(house.paymaster).get(f"/bank-files/{file.pk}/?save")
    assert saved.content.decode("cp1251") == (
        "Счёт;Сумма;За что\r\n1240010000001234;1040,00;Расчёт № 1, Омур\r\n"
    )
    page = house.read(house.paymaster, f"/payouts/{payout.pk}/hand-over/")
    assert "stands in a bank file" in page
    done = f"/bank-files/{file.pk}/done/"
    assert "three people" in house.post(house.manager, done, payouts=payout.pk)
    assert "Handed over by the bank" in house.post(house.paymaster, done, payouts=payout.pk)
    assert Handover.objects.get().method == "bank"


def test_a_mandate_on_ones_own_page(house: House) -> None:
    neighbour = person("Бурул Ибраева", house.maker.village)
    stranger = person("Асел Бекова", house.trade.villages[1])
    today = local_date(now()).isoformat()
    page = house.post(house.maker, "/me/mandates/", holder=stranger.name, since=today, until="")
    assert "Nobody in the records has this very name" in page, "of another village"
    page = house.post(house.maker, "/me/mandates/", holder="Burul Ibraeva", since=today, until="")
    assert "Бурул Ибраева" in page
    mandate = Mandate.objects.get()
    assert (mandate.holder, mandate.way, mandate.by) == (neighbour, "page", house.maker)
    assert "For whom you collect" in house.read(neighbour, "/me/mandates/")
    run, payout = house.run(), house.payout()
    page = house.read(house.paymaster, f"/payouts/{payout.pk}/hand-over/")
    assert "Бурул Ибраева by mandate of" in page
    paper = house.is_(neighbour).get(f"/mandates/{mandate.pk}/paper/")
    assert paper.content.startswith(b"%PDF")
    house.post(neighbour, f"/mandates/{mandate.pk}/end/", reason="көчүп кеттим")
    page = house.post(
        house.paymaster, f"/payouts/{payout.pk}/hand-over/", payee=str(neighbour.uid),
        source="safe",
    )  # fmt: skip
    assert not Handover.objects.exists()
    assert run.payouts.count() == 2


def test_a_mandate_from_its_paper(house: House) -> None:
    holder = person("Асел Бекова", house.trade.villages[1])
    form = {"giver": "Гүлнара Асанова", "holder": holder.name, "since": "2012-06-05",
            "until": "", "paper": "И-7"}  # fmt: skip
    assert "Written down" in house.post(house.paymaster, "/mandates/", **form)
    assert "holds a mandate" in house.post(house.paymaster, "/mandates/", **form)
    assert "И-7" in house.read(house.maker, "/me/mandates/")
    assert house.is_(house.accountant).get("/mandates/").status_code == 403


def test_the_number_of_queries_is_constant(house: House) -> None:
    run = house.run()
    first = queries_of(house.is_(house.accountant), f"/payout-lists/{run.pk}/")
    lists = queries_of(house.is_(house.accountant), LISTS)
    for number, name in enumerate(["Асел", "Кенже", "Бурул"], 2):
        house.trade.sell(house.trade.add_maker(name, number), 1, START)
    house.post(house.accountant, "/shop/payouts/close/", shop="krs")
    house.post(house.accountant, "/shop/payouts/prepare/", shop="krs")
    longer = PayoutRun.objects.latest("id")
    house.post(house.manager, f"/payout-lists/{longer.pk}/approve/")
    assert longer.payouts.count() == 3
    assert queries_of(house.is_(house.accountant), f"/payout-lists/{longer.pk}/") == first
    assert queries_of(house.is_(house.accountant), LISTS) == lists


def test_an_account_is_confirmed_once(house: House) -> None:
    said = AccountSaid("1240010000001234", "Асанова Г.", "Айыл Банк", "арыз 3")
    account = keep_account(party=house.maker, said=said, by=house.accountant, at=now())
    confirm_account(account=account, number=said.number, by=house.officer, at=now())
    assert "confirmed before" in house.post(
        house.officer, f"/bank-accounts/{account.pk}/confirm/", number=said.number
    )


def test_written_by_the_staff_the_day_may_be_past(house: House) -> None:
    made = write_mandate(
        giver=house.maker, holder=person("Асел"), since=date(2012, 1, 1), paper="И-8",
        by=house.officer, at=now(),
    )  # fmt: skip
    assert made.way == Mandate.Way.PAPER
