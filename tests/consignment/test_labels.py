"""Labels on paper: their words in three languages, their codes, their places on the sheet."""

import io
from collections import Counter
from datetime import date

import pytest
import typst
import zxingcpp
from PIL import Image

from ayil.consignment.labels import (
    MOST_LABELS,
    SHEETS,
    TEMPLATE,
    lots_to_label,
    print_labels,
    told_of,
    words_on,
)
from ayil.consignment.models import Lot
from ayil.kit.errors import AyilError
from ayil.kit.paper import bars, inputs
from ayil.members.actions import grant_role
from ayil.members.consents import record_consent
from ayil.members.models import Purpose, Role, User
from ayil.products.queries import price_on
from tests.cast import AT, DAY, Cast, assemble, person

pytestmark = pytest.mark.django_db
MM_AN_INCH = 25.4
# Modules of the smallest label are a quarter of a millimetre: at 300 their edges are guessed.
PPI = 600


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def clerk(cast: Cast) -> User:
    grant_role(party=cast.aigul, role=Role.CLERK, shop=cast.shop, since=DAY, by=cast.officer)
    return User.objects.create(username="aigul", party=cast.aigul)


def words(lot: Lot, maker: str = "") -> dict[str, object]:
    return words_on(lot, price_on(lot.variant, DAY), maker)


def read(wanted: list[tuple[Lot, int]], sheet: str, **more: int) -> list[list[zxingcpp.Barcode]]:
    """The codes that a camera finds on each page, at the dots of an office printer."""
    told = told_of(wanted, SHEETS[sheet], on=DAY, **more)
    made = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, format="png", ppi=PPI, sys_inputs=inputs(told),
        ignore_system_fonts=True,
    )  # fmt: skip
    pages = made if isinstance(made, list) else [made]
    return [
        zxingcpp.read_barcodes(Image.open(io.BytesIO(page or b"")).convert("L")) for page in pages
    ]


def test_a_label_says_what_who_where_and_until_when(cast: Cast) -> None:
    jam = cast.deliver(cast.jam, 3)
    told = words(jam, "Жылдыз Мамырова")
    product = cast.jam.product
    assert told["names"] == [product.name_ky, product.name_ru, product.name_en]
    assert told["price"] == "120\u00a0сом"
    assert told["village"] == "Тамга / Tamga"
    assert told["batch"] == "№\u00a02012-06"
    assert told["until"] == "01.06.2013"
    assert str(told["until-words"]).endswith("Good until")
    assert len(str(told["until-words"]).split(" · ")) == 3, "in three languages"
    assert told["code"] == jam.label
    slippers = words(cast.deliver(cast.slippers, 1))
    assert (slippers["batch"], slippers["until"], slippers["until-words"]) == ("", "", "")


def test_who_does_not_want_to_be_named_is_not(cast: Cast) -> None:
    lot = cast.deliver(cast.jam, 1)

    def maker() -> object:
        labels = told_of([(lot, 1)], SHEETS["roll"], on=DAY)["labels"]
        return [label["maker"] for label in labels] if isinstance(labels, list) else None

    assert maker() == [""]
    record_consent(
        party=cast.jyldyz, purpose=Purpose.PUBLIC_PAGE, given=True, by=cast.jyldyz, at=AT
    )
    assert maker() == ["Jyldyz Mamyrova"]
    record_consent(
        party=cast.jyldyz, purpose=Purpose.PUBLIC_PAGE, given=False, by=cast.jyldyz, at=AT
    )
    assert maker() == [""]


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_code_is_read_back_from_the_paper(cast: Cast, sheet: str) -> None:
    jam, slippers = cast.deliver(cast.jam, 30), cast.deliver(cast.slippers, 30)
    pages = read([(jam, 3), (slippers, 2)], sheet)
    found = Counter(code.text for page in pages for code in page)
    assert found == {jam.label: 3, slippers.label: 2}
    assert {code.format.name for page in pages for code in page} == {"EAN13"}
    assert len(pages) == (5 if sheet == "roll" else 1)


def test_a_label_stands_in_its_own_place(cast: Cast) -> None:
    """A sheet of 24 whose first four are gone begins in the middle of its second row."""
    lot = cast.deliver(cast.slippers, 30)
    first, second = read([(lot, 21)], "a4-24", skipped=4)
    assert (len(first), len(second)) == (20, 1)

    def place(code: zxingcpp.Barcode) -> tuple[float, float]:
        corners = (code.position.top_left, code.position.bottom_right)
        across, down = (sum(getattr(corner, way) for corner in corners) / 2 for way in "xy")
        return across / PPI * MM_AN_INCH, down / PPI * MM_AN_INCH

    places = sorted((round((y - 0.5) // 37), round(x // 70)) for x, y in map(place, first))
    assert places == [(at // 3, at % 3) for at in range(4, 24)]
    for x, _y in map(place, first):
        assert abs(x % 70 - 35) < 1, "a code stands in the middle of its label"


def test_a_code_of_another_system_is_drawn_too() -> None:
    assert bars("2901234567896").count("1") > 40
    assert bars("2901234567896") != bars("2901234567897"), "a wrong check digit is no EAN-13"
    modules = "0" * 10 + bars("85123A") + "0" * 10
    picture = Image.frombytes("L", (len(modules), 1), bytes(255 * (m == "0") for m in modules))
    (code,) = zxingcpp.read_barcodes(
        picture.resize((len(modules) * 3, 60), Image.Resampling.NEAREST)
    )
    assert (code.text, code.format.name) == ("85123A", "Code128")
    assert bars("кийиз") == bars("") == ""


def test_the_same_labels_are_the_same_file(cast: Cast, clerk: User) -> None:
    lot = cast.deliver(cast.jam, 2)
    made = [
        print_labels(wanted=[(lot, 2)], sheet=SHEETS["a4-65"], by=cast.aigul, on=DAY, at=AT)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert made[0].startswith(b"%PDF-")


def test_nothing_too_much_and_anothers_shop_are_refused(cast: Cast, clerk: User) -> None:
    lot = cast.deliver(cast.jam, 2)
    roll = SHEETS["roll"]
    with pytest.raises(AyilError, match="No label"):
        print_labels(wanted=[(lot, 0)], sheet=roll, by=cast.aigul, on=DAY, at=AT)
    with pytest.raises(AyilError, match="in parts"):
        print_labels(wanted=[(lot, MOST_LABELS + 1)], sheet=roll, by=cast.aigul, on=DAY, at=AT)
    with pytest.raises(AyilError, match="may not"):
        print_labels(wanted=[(lot, 1)], sheet=roll, by=person("Asel"), on=DAY, at=AT)


def test_lots_are_found_by_label_note_goods_and_maker(cast: Cast, clerk: User) -> None:
    jam, slippers = cast.deliver(cast.jam, 2), cast.deliver(cast.slippers, 2)
    found = {
        text: [lot.pk for lot in lots_to_label(clerk, DAY, text)]
        for text in ("", jam.label, "N2", cast.jam.product.name_ru, "Жылдыз", "жок нерсе")
    }
    assert found == {
        "": [slippers.pk, jam.pk],
        jam.label: [jam.pk],
        "N2": [slippers.pk],
        cast.jam.product.name_ru: [jam.pk],
        "Жылдыз": [jam.pk],
        "жок нерсе": [],
    }
    stranger = User.objects.create(username="asel", party=person("Asel"))
    assert not lots_to_label(stranger, DAY, "").exists()


def test_what_left_the_shelf_needs_no_label(cast: Cast, clerk: User) -> None:
    lot = cast.deliver(cast.slippers, 1)
    cast.till.send(cast.till.sale((lot, 1, 45_000)))
    assert not lots_to_label(clerk, date(2012, 7, 3), "").exists()
