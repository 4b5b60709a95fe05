"""A PIN under a till's event is checked by the server, and nobody else can."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ayil.members.actions import grant_role
from ayil.members.doors import issue_card, set_pin
from ayil.members.models import CardEnd, CardTry, Pin, Role
from ayil.shop.drafts import Fault, Stored
from ayil.shop.events import read_event
from ayil.shop.models import Signature, TillEvent
from ayil.shop.payloads import Proof
from ayil.shop.proofs import Side, check_proof
from tests.cast import AT, DAY, Cast, assemble
from tests.shop.sealing import lay_key, sealed_pin

pytestmark = pytest.mark.django_db
PIN = "482617"
BEFORE = AT - timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    lay_key()
    grant_role(
        party=cast.officer, role=Role.OFFICER, since=DAY - timedelta(days=9), by=cast.officer
    )
    set_pin(party=cast.aigul, pin=PIN, by=cast.aigul, at=BEFORE)
    return cast


def stored(cast: Cast) -> Stored:
    """An event that the server holds; what it says does not matter here."""
    raw = cast.till.write({"kind": "wish", "words": "wool"})
    cast.till.send(raw)
    row = TillEvent.objects.latest("id")
    return Stored(row.pk, cast.till.device, read_event(raw))


def signed(cast: Cast, item: Stored, pin: str = PIN, **changed: Any) -> list[Fault]:
    uid = str(cast.aigul.uid)
    given = {"by": uid, "sealed": sealed_pin(pin, uid, item.event.nonce)} | changed
    proof = Proof(way="pin", **given)
    return check_proof(item=item, proof=proof, side=Side.SHOP, at=AT)


def test_the_right_pin_is_kept_as_verified(cast: Cast) -> None:
    item = stored(cast)
    assert signed(cast, item) == []
    kept = Signature.objects.get()
    assert (kept.party, kept.side, kept.way, kept.verified) == (cast.aigul, "shop", "pin", True)
    assert signed(cast, item, "1357") == []
    assert Signature.objects.count() == 1


def test_a_wrong_pin_is_flagged_and_nothing_is_undone(cast: Cast) -> None:
    (fault,) = signed(cast, stored(cast), "1357")
    assert (fault.code, fault.applied) == ("wrong-pin", True)
    assert "Aigul Asanova" in fault.words
    assert Signature.objects.get().verified is False


@pytest.mark.parametrize("of", ["another event", "another person", "nothing", "no base64"])
def test_a_seal_holds_for_its_own_event_and_person_only(cast: Cast, of: str) -> None:
    item = stored(cast)
    sealed = {
        "another event": sealed_pin(PIN, cast.aigul.uid, "0" * 32),
        "another person": sealed_pin(PIN, cast.burul.uid, item.event.nonce),
        "nothing": "",
        "no base64": "ң",
    }[of]
    assert [fault.code for fault in signed(cast, item, sealed=sealed)] == ["wrong-pin"]


def test_somebody_unknown_is_flagged(cast: Cast) -> None:
    for uid in ("aigul", "0a1b0000-0000-4000-8000-000000000000"):
        (fault,) = signed(cast, stored(cast), by=uid)
        assert (fault.code, fault.applied) == ("unknown-signer", True)
    assert Signature.objects.count() == 0


def test_who_has_no_pin_cannot_sign_by_one(cast: Cast) -> None:
    item, uid = stored(cast), str(cast.burul.uid)
    sealed = sealed_pin(PIN, uid, item.event.nonce)
    assert [f.code for f in signed(cast, item, by=uid, sealed=sealed)] == ["wrong-pin"]


def test_a_drawn_signature_is_neither_right_nor_wrong(cast: Cast) -> None:
    proof = Proof(by=str(cast.burul.uid), way="drawn", strokes=[[0, 0, 500, 120]])
    assert check_proof(item=stored(cast), proof=proof, side=Side.CONSIGNOR, at=AT) == []
    assert Signature.objects.get().verified is None


def test_a_pin_that_was_changed_since_says_so_and_costs_no_try(cast: Cast) -> None:
    issue_card(party=cast.aigul, by=cast.officer, at=BEFORE)
    item = stored(cast)
    set_pin(party=cast.aigul, pin="730915", by=cast.aigul, at=datetime(2012, 7, 3, tzinfo=UTC))
    (fault,) = signed(cast, item)
    assert "another one since" in fault.words
    assert CardTry.objects.count() == 0


def test_wrong_ones_count_against_the_persons_card_and_nobody_elses(cast: Cast) -> None:
    card, _code = issue_card(party=cast.aigul, by=cast.officer, at=BEFORE)
    other, _code = issue_card(party=cast.burul, by=cast.officer, at=BEFORE)
    for _try in range(20):
        signed(cast, stored(cast), "1357")
    assert list(CardEnd.objects.values_list("card", flat=True)) == [card.pk]
    assert CardTry.objects.filter(number=other.number).count() == 0


def test_after_many_guesses_a_right_one_proves_nothing_until_the_pin_is_new(cast: Cast) -> None:
    for _try in range(20):
        signed(cast, stored(cast), "1357")
    assert [fault.code for fault in signed(cast, stored(cast))] == ["wrong-pin"]
    set_pin(party=cast.aigul, pin="730915", by=cast.aigul, at=AT)
    assert Pin.objects.filter(party=cast.aigul).count() == 2
    assert signed(cast, stored(cast), "730915") == []
