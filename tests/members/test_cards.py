"""Cards on paper: issued and printed in one step, in the owner's language, and the code scans."""

import io

import pytest
import segno
import typst
from PIL import Image

from ayil.kit.errors import AyilError
from ayil.kit.paper import inputs, qr_svg
from ayil.members.actions import grant_role
from ayil.members.cards import CARDS_A_SHEET, TEMPLATE, print_cards, without_card, words_on
from ayil.members.doors import number_of_code
from ayil.members.doors_rules import in_groups
from ayil.members.models import Card, Party, PartyKind, Role
from tests.cast import AT, DAY, Cast, assemble, person

HOST = "https://ayil.example/card/"


@pytest.fixture
def cast(db: None) -> Cast:
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    return made


def printed(cast: Cast, *parties: Party) -> tuple[bytes, list[str]]:
    """The sheet, and the codes that stood on it."""
    codes: list[str] = []

    def address_of(code: str) -> str:
        codes.append(code)
        return f"{HOST}{code}/"

    pdf = print_cards(parties=parties, by=cast.officer, at=AT, address_of=address_of)
    return pdf, codes


def test_a_card_is_issued_and_printed_in_one_step(cast: Cast) -> None:
    pdf, (code,) = printed(cast, cast.burul)
    assert pdf.startswith(b"%PDF-")
    card = Card.objects.get()
    assert number_of_code(code) == card.number
    assert code.encode() not in bytes(card.code_hash)


def test_a_new_card_ends_the_one_before(cast: Cast) -> None:
    _first, (old,) = printed(cast, cast.burul)
    _second, (new,) = printed(cast, cast.burul)
    assert number_of_code(old) is None
    assert number_of_code(new)


def test_a_sheet_is_all_or_nothing(cast: Cast) -> None:
    with pytest.raises(AyilError, match="no person"):
        printed(cast, cast.burul, cast.community)
    with pytest.raises(AyilError, match="No card"):
        printed(cast)
    with pytest.raises(AyilError, match="fewer"):
        printed(cast, *([cast.burul] * (CARDS_A_SHEET + 1)))
    with pytest.raises(AyilError, match="may not do this"):
        print_cards(parties=[cast.burul], by=cast.jyldyz, at=AT, address_of=str)
    assert not Card.objects.exists()


def test_it_speaks_its_owners_language(cast: Cast) -> None:
    said = {}
    for language in ("ky", "ru", "en"):
        cast.burul.language = language
        cast.burul.save()
        printed(cast, cast.burul)
        said[language] = words_on(Card.objects.get(end__isnull=True), HOST)
    assert len({words["lost"] for words in said.values()}) == 3
    assert said["ky"]["village"] == "Ак-Сай"
    assert said["en"]["village"] == "Ak-Say"
    number = Card.objects.get(end__isnull=True).number
    assert said["en"]["number"] == in_groups(number)


def test_who_holds_a_card_is_not_asked_again(cast: Cast) -> None:
    other = person("Асель Бекова", cast.aksay)
    before = list(without_card(cast.aksay))
    assert {other, cast.burul} <= set(before)
    printed(cast, other)
    assert list(without_card(cast.aksay)) == [one for one in before if one != other]
    assert all(one.kind == PartyKind.PERSON for one in without_card(cast.aksay))


def sheet(count: int, name: str = "Бурул Садыкова") -> list[dict[str, str]]:
    one = {
        "language": "ky", "house": "Бир айыл – бир продукт", "name": name, "village": "Ак-Сай",
        "number-word": "№", "number": "482 915 037 6", "lost": "Дүкөнгө айтыңыз.",
        "qr": qr_svg(HOST),
    }  # fmt: skip
    return [one] * count


def drawn(cards_on_it: list[dict[str, str]], kind: str) -> bytes:
    made = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, format=kind, ppi=254 if kind == "png" else None,
        sys_inputs=inputs({"title": "Карттар", "cards": cards_on_it}), ignore_system_fonts=True,
    )  # fmt: skip
    assert isinstance(made, bytes), "one page"
    return made


def test_ten_cards_stand_on_one_sheet() -> None:
    assert drawn(sheet(CARDS_A_SHEET), "png").startswith(b"\x89PNG")
    pages = typst.compile(
        TEMPLATE, root=TEMPLATE.parent, format="png", ignore_system_fonts=True,
        sys_inputs=inputs({"title": "", "cards": sheet(CARDS_A_SHEET + 1)}),
    )  # fmt: skip
    assert len(pages) == 2


@pytest.mark.parametrize("name", ["Ө" * 160, "Ж " * 80, "", "#panic()", "א" * 40 + "\u202eabc"])
def test_a_name_of_any_length_stays_on_its_card(name: str) -> None:
    assert drawn(sheet(CARDS_A_SHEET, name), "png").startswith(b"\x89PNG")


def test_the_code_on_the_paper_is_the_code_of_the_address() -> None:
    """Every module of the printed picture is read where it must be, as a camera does."""

    matrix = segno.make(HOST, error="m", micro=False).matrix
    quiet = 4
    with Image.open(io.BytesIO(drawn(sheet(1), "png"))) as image:
        page = image.convert("L")
    # 254 points an inch are ten a millimetre: margin, inset, words' column, gutter.
    left, top, side = (20 + 4 + 85 - 8 - 31) * 10, (13.5 + 4) * 10, 31 * 10
    module = side / (len(matrix) + 2 * quiet)
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            at = (left + (x + quiet + 0.5) * module, top + (y + quiet + 0.5) * module)
            tone = page.getpixel((int(at[0]), int(at[1])))
            assert isinstance(tone, int)
            assert (tone < 128) == bool(is_dark), f"module {x},{y} at {at}"
