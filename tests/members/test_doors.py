"""Cards, PINs and links: who may hand them out, what ends them, and what a guess costs."""

import ast
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.errors import AyilError
from ayil.members import doors
from ayil.members.actions import grant_role
from ayil.members.doors_rules import (
    card_number,
    in_groups,
    is_guessable,
    phone_spellings,
    read_card_number,
    session_ends,
)
from ayil.members.models import Card, CardTry, Party, Pin, Role, SignInLink, User
from tests.house import tree
from tests.rig.hashing import COUNTING, CountingArgon2
from tests.site.cast import AT, START, Programme, person, programme

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@given(DIGITS, st.integers(0, 9), st.integers(0, 9))
def test_a_wrong_digit_is_no_number(digits: str, place: int, digit: int) -> None:
    number = card_number(digits)
    assert read_card_number(in_groups(number)) == number
    changed = number[:place] + str(digit) + number[place + 1 :]
    assert (read_card_number(changed) == changed) == (changed == number)


@pytest.mark.parametrize("typed", ["", "12345", "abcdefghij", "١٢٣٤٥٦٧٨٩٠", "1" * 40, "½234567890"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_card_number(typed) is None


@pytest.mark.parametrize(
    "pin", ["1111", "1234", "4321", "0123", "7890", "1212", "121212", "1975", "19750", "98765432"]
)
def test_pins_that_a_stranger_tries_first(pin: str) -> None:
    assert is_guessable(pin, 1975)


@pytest.mark.parametrize("pin", ["8315", "1976", "40271", "2580"])
def test_pins_that_will_do(pin: str) -> None:
    assert not is_guessable(pin, 1975)


def test_a_telephone_is_found_however_it_was_written() -> None:
    spellings = phone_spellings("+996 (555) 12-34-56")
    assert spellings == phone_spellings("0555123456") == phone_spellings("555 123 456")
    assert "+996555123456" in spellings
    assert phone_spellings("12") == phone_spellings("+7 999 555 12 34 56") == frozenset()


def test_whose_session_lasts_how_long() -> None:
    def lasts(money: bool, own: bool) -> timedelta:
        return session_ends(AT, touches_money=money, own_device=own) - AT

    assert lasts(money=True, own=True) == lasts(money=False, own=False) == timedelta(hours=12)
    assert lasts(money=False, own=True) == timedelta(days=30)


@pytest.fixture
def made(db: None) -> Programme:
    return programme()


@pytest.fixture
def asel(made: Programme) -> Party:
    asel = person("Асел Иманова")
    asel.born_year = 1975
    asel.save()
    return asel


def card_of(asel: Party, made: Programme, pin: str = "8315") -> tuple[Card, str]:
    doors.set_pin(party=asel, pin=pin, by=made.officer, at=AT)
    return doors.issue_card(party=asel, by=made.officer, at=AT)


def test_a_card_with_its_pin_opens(asel: Party, made: Programme) -> None:
    card, code = card_of(asel, made)
    assert doors.number_of_code(code) == card.number
    assert doors.try_card(number=card.number, pin="8315", at=AT) == asel.user
    assert doors.try_card(number=card.number, pin="8316", at=AT) is None
    assert code.encode() not in bytes(card.code_hash), "the code itself is kept nowhere"


def test_a_new_card_ends_the_one_before(asel: Party, made: Programme) -> None:
    first, code = card_of(asel, made)
    second, _code = doors.issue_card(party=asel, by=made.manager, at=AT)
    assert doors.try_card(number=first.number, pin="8315", at=AT) is None
    assert doors.number_of_code(code) is None
    assert doors.try_card(number=second.number, pin="8315", at=AT) == asel.user
    assert Card.objects.filter(party=asel, end__isnull=True).get() == second


def test_who_may_end_a_card(asel: Party, made: Programme) -> None:
    card, _code = card_of(asel, made)
    with pytest.raises(AyilError, match="may not do this"):
        doors.end_card(card=card, by=person("Чоочун"), at=AT)
    doors.end_card(card=card, by=asel, at=AT)
    doors.end_card(card=card, by=made.officer, at=AT)
    assert card.end.by == asel, "the second report changes nothing"


def test_twenty_wrong_pins_since_the_right_one_end_a_card(
    asel: Party, made: Programme, settings: LazySettings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    card, _code = card_of(asel, made)
    for _round in range(2):
        for _wrong in range(19):
            assert doors.try_card(number=card.number, pin="0000", at=AT) is None
        assert doors.try_card(number=card.number, pin="8315", at=AT) == asel.user
    for _wrong in range(20):
        doors.try_card(number=card.number, pin="0000", at=AT)
    assert doors.try_card(number=card.number, pin="8315", at=AT) is None
    card.refresh_from_db()
    assert card.end.by is None
    assert card.end.reason == "too many wrong PINs"


def test_nobody_knows_from_the_work_whether_a_card_is_there(
    asel: Party, made: Programme, settings: LazySettings
) -> None:
    """As many hashes and queries for a card that is not there, or has no PIN, as for one."""
    card, _code = card_of(asel, made)
    bare, _code = doors.issue_card(party=person("Бурул"), by=made.officer, at=AT)
    settings.PASSWORD_HASHERS = COUNTING
    hashed = CountingArgon2.hashed
    costs = set()
    for number in (card.number, bare.number, card_number("123456789")):
        hashed.clear()
        with CaptureQueriesContext(connection) as captured:
            assert doors.try_card(number=number, pin="0000", at=AT) is None
        costs.add((len(hashed), len(captured)))
    assert len(costs) == 1, costs
    assert next(iter(costs))[0] == 1


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "١٢٣٤", " 8315", "1111", "1975"])
def test_pins_that_are_refused(asel: Party, made: Programme, pin: str) -> None:
    with pytest.raises(AyilError, match="PIN"):
        doors.set_pin(party=asel, pin=pin, by=asel, at=AT)
    assert not Pin.objects.exists()


def test_a_pin_is_kept_as_argon2(asel: Party) -> None:
    doors.set_pin(party=asel, pin="8315", by=asel, at=AT)
    assert Pin.objects.get().hash.startswith("argon2$argon2id$")


def test_a_key_to_an_office_is_given_by_whoever_gives_offices(asel: Party, made: Programme) -> None:
    """Else a manager could make a link for the accountant and approve their own payouts."""
    accountant = person("Эсепчи")
    grant_role(party=accountant, role=Role.ACCOUNTANT, since=START, by=made.officer)
    for way in (
        lambda: doors.issue_card(party=accountant, by=made.manager, at=AT),
        lambda: doors.set_pin(party=accountant, pin="8315", by=made.manager, at=AT),
        lambda: doors.make_link(party=accountant, by=made.manager, at=AT),
        lambda: doors.open_sign_in(party=accountant, by=made.manager, at=AT),
        lambda: doors.make_link(party=asel, by=asel, at=AT),
    ):
        with pytest.raises(AyilError, match="may not do this"):
            way()
    assert (User.objects.count(), Card.objects.count(), SignInLink.objects.count()) == (0, 0, 0)
    doors.issue_card(party=accountant, by=made.officer, at=AT)
    doors.issue_card(party=asel, by=made.manager, at=AT)


def test_only_people_sign_in(made: Programme) -> None:
    community = person("Ак-Сай кийиз")
    community.kind = "community"
    community.save()
    with pytest.raises(AyilError, match="only people sign in"):
        doors.issue_card(party=community, by=made.officer, at=AT)


def test_names_are_ones_own(asel: Party, made: Programme) -> None:
    doors.open_sign_in(party=asel, by=made.officer, at=AT, username="asel", password="nine winters")
    assert asel.user.check_password("nine winters")
    with pytest.raises(AyilError, match="somebody else"):
        doors.open_sign_in(party=person("Бурул"), by=made.officer, at=AT, username="asel")
    again = doors.open_sign_in(party=asel, by=made.officer, at=AT)
    assert (again.username, again.check_password("nine winters")) == ("asel", True)


def test_a_link_opens_once_and_not_for_long(asel: Party, made: Programme) -> None:
    token = doors.make_link(party=asel, by=made.officer, at=AT)
    assert doors.use_link(token=token, at=AT + timedelta(minutes=29)) == asel.user
    late = doors.make_link(party=asel, by=made.officer, at=AT)
    asked = doors.make_link(party=asel, by=None, at=AT)
    for spent, minutes in ((token, 0), (late, 30), (asked, 10), ("anything", 0)):
        with pytest.raises(AyilError, match="used already, or its time is over"):
            doors.use_link(token=spent, at=AT + timedelta(minutes=minutes))


def test_a_link_is_for_those_who_sign_in_here(made: Programme) -> None:
    with pytest.raises(AyilError, match="does not sign in here yet"):
        doors.make_link(party=person("Бурул"), by=None, at=AT)


def test_what_was_issued_is_not_rewritten(asel: Party, made: Programme) -> None:
    card_of(asel, made)
    doors.try_card(number="1", pin="1", at=AT)
    for model, change in (
        (Card, {"number": "1"}), (Pin, {"hash": "x"}), (CardTry, {"right": True})
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            model._default_manager.update(**change)


def test_users_are_made_in_one_place() -> None:
    """Whoever has a way in got it from somebody with the right to give it."""
    made = [
        path.name
        for path, module in tree.modules("ayil")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"User", "User.objects.create", "User.objects.create_user", "User.objects.get_or_create"}
    ]
    assert made == ["doors.py"]
