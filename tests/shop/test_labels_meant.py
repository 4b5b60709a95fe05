"""A sale under a label that no lot has: a person says which was meant, and its maker is paid."""

import pytest

from ayil.consignment.models import LotBalance
from ayil.kit.errors import AyilError
from ayil.kit.invariants import collected
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.shop.log import clear_as
from ayil.shop.models import EventException, LabelMeant, Sale, SaleLine
from tests.cast import AT, DAY, Cast, assemble, hash_of

pytestmark = pytest.mark.django_db
TYPED = "2999999999990"


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    grant_role(party=cast.officer, role=Role.MANAGER, since=DAY, by=cast.officer, shop=cast.shop)
    return cast


def sold(cast: Cast, *labels: str) -> bytes:
    lines = [{"label": one, "quantity": 1, "unit_price": 900, "gross": 900} for one in labels]
    tenders = [{"kind": "cash", "amount": 900 * len(labels)}]
    payload = {"kind": "sale", "receipt": "r", "lines": lines, "tenders": tenders}
    return cast.till.write(payload | {"rounding": 0, "visitor": None})


def waiting() -> EventException:
    return EventException.objects.get(code="unknown-label", clearing__isnull=True)


def broken() -> list[str]:
    return [words for check in collected() for words in check.find()]


def test_the_lot_that_was_meant_is_sold_and_comes_back(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 5)
    raw = sold(cast, TYPED)
    cast.till.send(raw)
    assert not Sale.objects.exists()
    note = "the last digits were swapped"
    clear_as(exception=waiting(), meant={TYPED: lot.label}, by=cast.officer, note=note, at=AT)
    assert SaleLine.objects.get().lot == lot
    assert LotBalance.objects.get(lot=lot).on_shelf == 4
    # Brought back under the label that it has: the line of the sale is found, nothing is odd.
    cast.till.send(cast.till.refund(lot, 1, 900, of=hash_of(raw)))
    assert not EventException.objects.filter(clearing__isnull=True).exists()
    assert SaleLine.objects.get(quantity=-1).refund_of == SaleLine.objects.get(quantity=1)
    assert broken() == []


def test_all_labels_of_a_receipt_are_said_at_once(cast: Cast) -> None:
    slippers, jam = cast.deliver(cast.slippers, 5), cast.deliver(cast.jam, 5)
    cast.till.send(sold(cast, TYPED, jam.label, "x"))
    said = {"by": cast.officer, "note": "looked at the goods", "at": AT}
    with pytest.raises(AyilError, match="still cannot be applied"):
        clear_as(exception=waiting(), meant={TYPED: slippers.label}, **said)
    assert not LabelMeant.objects.exists()
    clear_as(exception=waiting(), meant={TYPED: slippers.label, "x": slippers.label}, **said)
    lots = SaleLine.objects.order_by("number").values_list("lot__label", flat=True)
    assert list(lots) == [slippers.label, jam.label, slippers.label]
    assert broken() == []


def test_it_holds_for_that_receipt_alone(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 5)
    cast.till.send(sold(cast, TYPED))
    clear_as(exception=waiting(), meant={TYPED: lot.label}, by=cast.officer, note="so", at=AT)
    cast.till.send(sold(cast, TYPED))
    assert Sale.objects.count() == 1
    assert waiting().waits_for_label == TYPED


def test_a_label_that_no_lot_has_is_no_answer(cast: Cast) -> None:
    cast.till.send(sold(cast, TYPED))
    with pytest.raises(AyilError, match="No lot of this shop has the label y"):
        clear_as(exception=waiting(), meant={TYPED: "y"}, by=cast.officer, note="so", at=AT)


def test_whoever_may_not_clear_may_not_say_it(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 5)
    cast.till.send(sold(cast, TYPED))
    with pytest.raises(AyilError):
        clear_as(exception=waiting(), meant={TYPED: lot.label}, by=cast.burul, note="so", at=AT)
    assert not LabelMeant.objects.exists()
