"""Whom the bank is told to pay: by confirmed accounts, once, in the bank's own form."""

from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.payouts.actions import (
    AccountSaid,
    TemplateSaid,
    approve_run,
    bank_file_content,
    cancel_payout,
    carry_out,
    confirm_account,
    end_account,
    hand_over,
    keep_account,
    make_bank_file,
    prepare_run,
    set_bank_template,
    take_back,
)
from ayil.payouts.bank_rules import (
    Column,
    Layout,
    Payment,
    account_number,
    bank_code,
    bank_file,
    plain_name,
    tax_number,
)
from ayil.payouts.models import (
    BankFileLine,
    BankTemplate,
    Handover,
    PayeeAccount,
    PayeeAccountCheck,
    Payout,
)
from tests.cast import DAY, person
from tests.payouts.scenes import (
    MONDAY,
    Scene,
    breaches,
    check_titled,
    open_scene,
    refused_by_database,
    run_sql,
)

NUMBER = "1240010000001234"
LAYOUT = Layout(
    ";", "utf-8", ",", "%d.%m.%Y", True,
    [Column("№", "row"), Column("Кому", "owner"), Column("Сумма", "amount"),
     Column("Валюта", "fixed", "KGS"), Column("День", "date")],
)  # fmt: skip


def payment(owner: str = "Жылдыз", amount_minor: int = 96_000) -> Payment:
    return Payment(NUMBER, owner, "", "Банк", "", amount_minor, "KGS", DAY, "за товар", "1-1")


class TestPure:
    def test_a_row_a_payment_by_the_banks_own_form(self) -> None:
        told = bank_file(LAYOUT, [payment(), payment("Ээ; «бири»", 1_05)]).decode()
        assert told == (
            "№;Кому;Сумма;Валюта;День\r\n"
            "1;Жылдыз;960,00;KGS;02.07.2012\r\n"
            '2;"Ээ; «бири»";1,05;KGS;02.07.2012\r\n'
        )

    def test_kyrgyz_letters_in_windows_1251(self) -> None:
        layout = Layout(";", "cp1251", ".", "%Y%m%d", False, [Column("", "owner")])
        assert bank_file(layout, [payment("Үмүт Өмүрова, Ңң")]).decode("cp1251") == (
            '"Умут Омурова, Нн"\r\n'.replace('"', "")
        )
        with pytest.raises(AyilError, match="語"):
            bank_file(layout, [payment("日本語"[2])])

    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("1240 0100 0000 1234", NUMBER),
            ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ],
    )
    def test_an_account(self, typed: str, number: str) -> None:
        assert account_number(typed) == number

    @pytest.mark.parametrize("typed", ["", "12", "DE89 3704 0044 0532 0130 01", "=1+1", "x" * 40])
    def test_no_account(self, typed: str) -> None:
        with pytest.raises(AyilError):
            account_number(typed)

    def test_inn_bic_and_names(self) -> None:
        assert tax_number("1 1503 1980 00123") == "11503198000123"
        assert (tax_number(""), bank_code("124001"), bank_code("aiylkg22")) == (
            "", "124001", "AIYLKG22",
        )  # fmt: skip
        for wrong in (lambda: tax_number("15"), lambda: bank_code("x"), lambda: plain_name("=A1")):
            with pytest.raises(AyilError):
                wrong()

    @given(st.lists(st.integers(1, 10**12), min_size=1, max_size=20))
    def test_the_amounts_of_the_file_add_up(self, amounts: list[int]) -> None:
        layout = Layout("\t", "utf-8", ".", "%Y-%m-%d", False, [Column("", "amount")])
        rows = bank_file(layout, [payment(amount_minor=one) for one in amounts]).decode().split()
        assert sum(int(row.replace(".", "")) for row in rows) == sum(amounts)


def account(scene: Scene) -> PayeeAccount:
    """Jyldyz's, typed by Asel and not confirmed."""
    said = AccountSaid(NUMBER, "Жылдыз Т.", "Айыл Банк", "арыз 3")
    return keep_account(party=scene.cast.jyldyz, said=said, by=scene.asel, at=MONDAY)


def template(scene: Scene) -> BankTemplate:
    columns = [Column("Счёт", "account"), Column("Сумма", "amount"), Column("За что", "purpose")]
    said = TemplateSaid("Айыл Банк", "Эсеп № {number}, ведомость {list}", columns, encoding="utf-8")
    return set_bank_template(said=said, by=scene.asel, at=MONDAY)


@pytest.fixture
def scene(db: None) -> Scene:
    opened = open_scene()
    opened.sell(opened.jam, 10, 12_000)
    opened.close()
    return opened


@pytest.fixture
def confirmed(scene: Scene) -> PayeeAccount:
    found = account(scene)
    grant_role(party=scene.bakyt, role=Role.ACCOUNTANT, since=DAY, by=scene.cast.officer)
    confirm_account(account=found, number=NUMBER, by=scene.bakyt, at=MONDAY)
    return found


def test_from_the_file_to_the_money_and_back(scene: Scene, confirmed: PayeeAccount) -> None:
    payout = scene.payout()
    file = make_bank_file(
        run=payout.run, template=template(scene), payouts=[payout], by=scene.asel, at=MONDAY
    )
    assert bank_file_content(file).decode() == (
        f"Счёт;Сумма;За что\r\n{NUMBER};960.00;Эсеп № 1, ведомость {payout.run_id}\r\n"
    )
    assert (file.rows, file.total_minor) == (1, 96_000)
    assert scene.balance(scene.cast.jyldyz) == 96_000, "a file pays nothing yet"
    with pytest.raises(AyilError, match="bank file"):
        hand_over(payout=payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY)
    (handed,) = carry_out(file=file, payouts=[payout], by=scene.asel, at=MONDAY)
    assert (handed.method, handed.transfer.credit.code) == ("bank", "bank")
    take_back(handover=handed, by=scene.asel, at=MONDAY, reason="счёт закрыт")
    assert scene.balance(scene.cast.jyldyz) == 96_000
    again = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
    assert again.payouts.get().amount_minor == 96_000
    assert breaches() == []


def test_never_in_two_files(scene: Scene, confirmed: PayeeAccount) -> None:
    payout, form = scene.payout(), template(scene)
    first = make_bank_file(
        run=payout.run, template=form, payouts=[payout], by=scene.asel, at=MONDAY
    )
    with pytest.raises(AyilError, match="neither handed over"):
        make_bank_file(run=payout.run, template=form, payouts=[payout], by=scene.asel, at=MONDAY)
    line = BankFileLine.objects.get()
    words = refused_by_database(
        lambda: run_sql(
            "INSERT INTO payouts_bankfileline (file_id, place, payout_id, account_id) "
            "VALUES (%s, 2, %s, %s)",
            first.pk,
            payout.pk,
            line.account_id,
        )
    )
    assert "unique" in words.lower()
    cancel_payout(payout=payout, by=scene.asel, at=MONDAY, reason="банк кабыл албады")
    with pytest.raises(AyilError, match="taken off"):
        carry_out(file=first, payouts=[payout], by=scene.asel, at=MONDAY)


def _not_confirmed(scene: Scene) -> None:
    account(scene)
    payout = scene.payout()
    make_bank_file(
        run=payout.run, template=template(scene), payouts=[payout], by=scene.asel, at=MONDAY
    )


def _by_who_typed_it(scene: Scene) -> None:
    confirm_account(account=account(scene), number=NUMBER, by=scene.asel, at=MONDAY)


def _ones_own(scene: Scene) -> None:
    grant_role(party=scene.cast.jyldyz, role=Role.ACCOUNTANT, since=DAY, by=scene.cast.officer)
    said = AccountSaid(NUMBER, "Ж", "Банк", "1")
    keep_account(party=scene.cast.jyldyz, said=said, by=scene.cast.jyldyz, at=MONDAY)


def _a_second_one(scene: Scene) -> None:
    account(scene)
    account(scene)


def _without_an_office(scene: Scene) -> None:
    end_account(account=account(scene), by=scene.cast.burul, at=MONDAY, reason="x")


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (_not_confirmed, "no confirmed bank account"),
        (_by_who_typed_it, "another confirms it"),
        (_ones_own, "your own account"),
        (_a_second_one, "already"),
        (_without_an_office, "may not do this"),
    ],
)
def test_what_is_refused(scene: Scene, deed: Callable[[Scene], None], says: str) -> None:
    with pytest.raises(AyilError, match=says):
        deed(scene)
    assert not PayeeAccountCheck.objects.exists()
    assert not BankFileLine.objects.exists()


def test_the_approver_does_not_say_that_the_bank_has_paid(
    scene: Scene, confirmed: PayeeAccount
) -> None:
    payout = scene.payout()
    file = make_bank_file(
        run=payout.run, template=template(scene), payouts=[payout], by=scene.asel, at=MONDAY
    )
    with pytest.raises(AyilError, match="three people"):
        carry_out(file=file, payouts=[payout], by=scene.bakyt, at=MONDAY)
    assert not Handover.objects.exists()


def test_the_database_keeps_accounts_as_they_were(scene: Scene, confirmed: PayeeAccount) -> None:
    change = "UPDATE payouts_payeeaccount SET number = %s WHERE id = %s"
    assert "never changed" in refused_by_database(
        lambda: run_sql(change, "9999999999999999", confirmed.pk)
    )
    assert refused_by_database(
        lambda: run_sql(
            "UPDATE payouts_payeeaccount SET last_four = '0000' WHERE id = %s", confirmed.pk
        )
    )
    run_sql(change, "", confirmed.pk)  # what an erasure does
    fresh = PayeeAccount.objects.get(pk=confirmed.pk)
    assert (fresh.number, fresh.masked) == ("", "•••• 1234")


def test_the_database_refuses_who_typed_it(scene: Scene) -> None:
    found = account(scene)
    insert = "INSERT INTO payouts_payeeaccountcheck (account_id, by_id, at) VALUES (%s, %s, %s)"
    for by in (scene.asel, scene.cast.jyldyz):
        words = refused_by_database(lambda by=by: run_sql(insert, found.pk, by.pk, MONDAY))
        assert "another than who typed it" in words


def test_a_changed_form_is_a_new_version(scene: Scene) -> None:
    first, second = template(scene), template(scene)
    assert (first.version, second.version) == (1, 2)
    assert first.columns.count() == second.columns.count() == 3
    for purpose, columns in (("{name}", [Column("a", "account"), Column("b", "amount")]),
                             ("x", [Column("a", "account")]),
                             ("x", [Column("", "account"), Column("b", "amount")])):  # fmt: skip
        said = TemplateSaid("Айыл Банк", purpose, columns)
        with pytest.raises(AyilError):
            set_bank_template(said=said, by=scene.asel, at=MONDAY)


def test_a_community_is_paid_by_its_leaders_account(scene: Scene) -> None:
    scene.sell(scene.slippers, 1, 45_000)
    scene.close()
    said = AccountSaid(NUMBER, "Бурул", "Банк", "1")
    theirs = keep_account(party=scene.cast.burul, said=said, by=scene.asel, at=MONDAY)
    grant_role(party=scene.bakyt, role=Role.ACCOUNTANT, since=DAY, by=scene.cast.officer)
    confirm_account(account=theirs, number=NUMBER, by=scene.bakyt, at=MONDAY)
    run = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
    approve_run(run=run, by=scene.bakyt, at=MONDAY)
    payout = Payout.objects.get(consignor=scene.cast.community)
    file = make_bank_file(
        run=run, template=template(scene), payouts=[payout], by=scene.asel, at=MONDAY
    )
    (handed,) = carry_out(file=file, payouts=[payout], by=scene.asel, at=MONDAY)
    assert handed.payee == scene.cast.burul
    assert person("Айша").pk != handed.payee_id
    assert breaches() == []


def test_a_total_that_was_changed_is_found(scene: Scene, confirmed: PayeeAccount) -> None:
    payout, form = scene.payout(), template(scene)
    make_bank_file(run=payout.run, template=form, payouts=[payout], by=scene.asel, at=MONDAY)
    assert breaches() == []
    guards.remove(connection)
    run_sql("UPDATE payouts_bankfile SET total_minor = total_minor + 1")
    guards.install(connection)
    assert len(list(check_titled("a bank file says").find())) == 1
