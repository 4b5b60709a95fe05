"""What keeps a till's joint count from being booked: each cause in words, and nothing half done."""

from datetime import timedelta
from typing import Any

import pytest

from ayil.consignment.models import (
    ConsignmentNote,
    CoveredProduct,
    JointCount,
    Lot,
    NoteWithdrawal,
)
from ayil.products.actions import enter_product
from ayil.products.models import ProductKind
from ayil.shop.models import Application
from tests.cast import AT, DAY, Cast
from tests.shop.intake import (
    broken,
    codes,
    counter,
    declared,
    drawn,
    line,
    maker,
    new_label,
    of_note,
    take,
    waiting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return counter()


CAUSES: list[tuple[str, str]] = [
    ("no agreement", "There is no agreement X-1"),
    ("another's agreement", "not with whom the goods"),
    ("agreement ended", "was not in force on 2012-07-02"),
    ("agreement not begun", "was not in force on 2012-07-02"),
    ("no right", "may not receive goods in this shop"),
    ("shop's signer unknown", "may not receive goods in this shop"),
    ("owner's signer unknown", "Nobody is known here"),
    ("signer is a community", "Nobody is known here"),
    ("does not speak", "does not speak for Ak-Say Kiyiz"),
    ("one person", "signed for the shop and for the owner"),
    ("goods unknown", "these goods are not known"),
    ("another's goods", "these goods are of Jyldyz Mamyrova"),
    ("nothing", "nothing was accepted and nothing refused"),
    ("no reason", "needs a reason"),
    ("too many", "so many pieces cannot be"),
    ("no label", "no label that a till makes"),
    ("wrong check digit", "no label that a till makes"),
    ("label taken", "is on other goods already"),
    ("label twice", "stands on two lines"),
    ("no commission", "says no commission for raw produce"),
    ("no such line", "has no such line"),
    ("line of another note", "has no such line"),
    ("line twice", "is counted twice in one go"),
    ("line counted", "it was counted before"),
    ("other goods declared", "the note declares other goods there"),
    ("note withdrawn", "was withdrawn before it was counted"),
    ("not agreed on", "is not about these goods"),
]


AGREED: dict[str, dict[str, Any]] = {
    "agreement ended": {"since": DAY - timedelta(9), "until": DAY - timedelta(1)},
    "agreement not begun": {"since": DAY + timedelta(1)},
    "no commission": {"since": DAY, "rates_bp": {"craft": 2_000}},
}


def spoilt(cast: Cast, cause: str) -> dict[str, Any]:
    """What of a sound event is otherwise: its lines, fields of its payload."""
    if cause in AGREED:
        aida, wool = maker(cast, ProductKind.RAW, **AGREED[cause])
        return {"owner": aida, "lines": [line(wool, 1)]}
    if cause == "note withdrawn":
        note = declared(cast, (cast.slippers, 2))
        NoteWithdrawal.objects.create(note=note, by=cast.burul, at=AT)
        return {"lines": [of_note(note.lines.get(), 2)], "note": "Н-7"}
    if cause == "not agreed on":
        hats = enter_product(
            owner=cast.community, kind=ProductKind.CRAFT, names=("", "", "Калпак"),
            forms=[("std", "")],
        )  # fmt: skip
        CoveredProduct.objects.create(agreement=cast.community.agreements.get(), product=hats)
    if "line" in cause or "declared" in cause:
        return spoilt_note(cast, cause)
    slippers = line(cast.slippers, 2)
    if cause == "label taken":
        take(cast, line(cast.slippers, 1, label=slippers["label"]))
        return {"lines": [slippers]}
    digit = str((int(slippers["label"][-1]) + 1) % 10)
    changed: dict[str, dict[str, Any]] = {
        "no agreement": {"agreement": "X-1"},
        "another's agreement": {"consignor": str(cast.jyldyz.uid)},
        "no right": {"for_shop": drawn(cast.jyldyz)},
        "shop's signer unknown": {"for_shop": {"by": "aigul", "way": "drawn"}},
        "owner's signer unknown": {"for_consignor": {"by": "burul", "way": "drawn"}},
        "signer is a community": {"for_consignor": drawn(cast.community)},
        "does not speak": {"for_consignor": drawn(cast.jyldyz)},
        "one person": {"for_consignor": drawn(cast.aigul)},
        "goods unknown": {"lines": [slippers | {"variant": 999_999}]},
        "another's goods": {"lines": [line(cast.jam, 1)]},
        "not agreed on": {},
        "nothing": {"lines": [slippers | {"accepted": 0}]},
        "no reason": {"lines": [slippers | {"refused": 1}]},
        "too many": {"lines": [slippers | {"accepted": 2**40}]},
        "no label": {"lines": [slippers | {"label": ""}]},
        "wrong check digit": {"lines": [slippers | {"label": slippers["label"][:-1] + digit}]},
        "label twice": {"lines": [slippers, slippers]},
    }
    return changed[cause]


def spoilt_note(cast: Cast, cause: str) -> dict[str, Any]:
    given = of_note(declared(cast, (cast.slippers, 2)).lines.get(), 2)
    if cause == "line counted":
        take(cast, given | {"label": new_label()}, note="Н-7")
    red = cast.slippers.product.variants.create(code="red", form="red")
    lines = {
        "no such line": [given | {"line": 999_999}],
        "line twice": [given, given | {"label": new_label()}],
        "other goods declared": [given | {"variant": red.pk}],
    }
    note = "Н-8" if cause == "line of another note" else "Н-7"
    return {"lines": lines.get(cause, [given]), "note": note}


@pytest.mark.parametrize(("cause", "words"), CAUSES)
def test_what_cannot_be_waits_whole_with_words(cast: Cast, cause: str, words: str) -> None:
    """Beside the line that cannot be stands a sound one: neither is booked."""
    changed = spoilt(cast, cause)
    before = Lot.objects.count(), JointCount.objects.count(), ConsignmentNote.objects.count()
    lines = changed.pop("lines", [line(cast.slippers, 2)])
    beside = line(
        changed["owner"].products.get().variants.get() if "owner" in changed else cast.slippers, 1
    )
    answer = take(cast, *lines, beside, **changed)
    assert codes(answer)[-1:] == ["intake-waits"]
    assert words in waiting().words
    assert (
        Lot.objects.count(), JointCount.objects.count(), ConsignmentNote.objects.count()
    ) == before  # fmt: skip
    assert not Application.objects.filter(event=waiting().event).exists()
    assert broken() == []


@pytest.mark.parametrize(("batch", "best_before"), [("", "2013-06-01"), ("2012-06", None)])
def test_food_without_batch_or_date_waits(cast: Cast, batch: str, best_before: str | None) -> None:
    given = line(cast.jam, 4, batch=batch, best_before=best_before)
    assert codes(take(cast, given, owner=cast.jyldyz)) == ["intake-waits"]
    assert "food needs a batch" in waiting().words


def test_all_causes_are_said_at_once(cast: Cast) -> None:
    take(cast, line(cast.slippers, 0), line(cast.jam, 1), for_consignor=drawn(cast.jyldyz))
    words = waiting().words
    for part in (
        "Line 1",
        "nothing was accepted",
        "Line 2",
        "these goods are of",
        "does not speak",
    ):
        assert part in words
