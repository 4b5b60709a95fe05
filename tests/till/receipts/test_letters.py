"""Letters, lines and codes as dots: what a printer that knows no Kyrgyz burns all the same."""

from __future__ import annotations

import base64
import random
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from tests.rig.letters import HEIGHT, LETTERS, MORE, RANGES, WIDTH
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser
KYRGYZ = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
DRAW = """
const { paper } = await import("/till/v/test/receipts/paper.js");
const { toBase64 } = await import("/till/v/test/kit/base64.js");
const [rows, dots] = given;
const drawn = m.draw(paper(rows, {}), dots);
return [drawn.width, drawn.height, toBase64(drawn.bytes)];
"""


def picture(modules: Modules, rows: list[dict[str, Any]], dots: int = 384) -> Image.Image:
    width, height, dots_of = modules.run("receipts/raster.js", DRAW, rows, dots)
    raw = bytes(255 - byte for byte in base64.b64decode(dots_of))
    return Image.frombytes("1", (width, height), raw).convert("L")


def letter_pictures(modules: Modules, letters: str, *, bold: bool = False) -> dict[str, bytes]:
    """The dots of each letter, one a line."""
    rows = [{"text": letter, "bold": bold} for letter in letters]
    drawn = picture(modules, rows)
    return {
        letter: drawn.crop((0, at * 26, WIDTH, at * 26 + HEIGHT)).tobytes()
        for at, letter in enumerate(letters)
    }


def test_each_letter_of_our_languages_has_its_own_dots(modules: Modules) -> None:
    letters = KYRGYZ + KYRGYZ.upper() + "№«»%()/.,:;!?−₀"
    for bold in (False, True):
        dots = letter_pictures(modules, letters, bold=bold)
        unknown = letter_pictures(modules, "?", bold=bold)["?"]
        assert [one for one in letters if dots[one] == unknown] == ["?"]
        assert len(set(dots.values())) == len(letters), "two letters look alike"


def test_a_letter_that_we_have_not_is_a_question_mark(modules: Modules) -> None:
    dots = letter_pictures(modules, "?漢Ꙁ")
    assert len(set(dots.values())) == 1


def test_bold_letters_are_blacker(modules: Modules) -> None:
    plain, bold = (letter_pictures(modules, KYRGYZ, bold=bold) for bold in (False, True))
    assert all(bold[one].count(0) > plain[one].count(0) for one in KYRGYZ)


def test_the_module_holds_the_letters_that_were_drawn(modules: Modules) -> None:
    more, ranges, length = modules.run(
        "receipts/font/letters.js", "return [m.MORE, m.RANGES, atob(m.default).length];"
    )
    assert (more, [tuple(one) for one in ranges]) == (MORE, list(RANGES))
    assert length == len(LETTERS) * WIDTH * HEIGHT // 8


def test_the_code_page_is_kz1048(modules: Modules) -> None:
    page = bytes(code for code in range(0x20, 0x100) if code not in {0x7F, 0x98})
    text = page.decode("kz1048")
    body = "return given.map((one) => { const b = m.encode(one); return b && [...b]; });"
    encoded, alike, none, mixed = modules.run(
        "receipts/rk1048.js", body, text, "2 × −5", "漢", "Төрт ₀"
    )
    assert bytes(encoded) == page
    assert bytes(alike) == b"2 x -5"
    assert (none, mixed) == (None, None)


@pytest.mark.parametrize("dots", [384, 576])
def test_no_line_is_wider_than_the_paper_and_no_word_is_lost(modules: Modules, dots: int) -> None:
    chance = random.Random(1)
    columns = dots // WIDTH
    words = ["".join(chance.choices(KYRGYZ, k=chance.randint(1, 40))) for _ in range(300)]
    rows = []
    for at in range(0, 300, 6):
        some = " ".join(words[at : at + 6])
        look = {"size": chance.choice([1, 2]), "align": chance.choice(["left", "center", "right"])}
        rows.append({"text": some, **look} if at % 12 else {"pair": [some, "1 250,50"]})
    body = "return m.layOut({ rows: given[0] }, given[1]);"
    laid = modules.run("receipts/paper.js", body, rows, columns)
    assert all(len(one["line"]) * one["size"] <= columns for one in laid)
    together = "".join("".join(one["line"].split()) for one in laid)
    for row in rows:
        told = row["text"] if "text" in row else "".join(row["pair"])
        assert "".join(told.split()) in together


def test_a_sum_stands_at_the_right_edge(modules: Modules) -> None:
    body = "return given.map((pair) => m.layOut({ rows: [{ pair }] }, 20).map((o) => o.line));"
    laid = modules.run(
        "receipts/paper.js", body, ["Баары", "900"], ["Чычырканак кыямы", "1250"],
        ["Кийиз тапочка, көк түстө", "650"], ["", "5"],
        ["номер", "123456789012345678901234"],
    )  # fmt: skip
    assert laid == [
        ["Баары            900"],
        ["Чычырканак кыямы", "                1250"],
        ["Кийиз тапочка, көк", "түстө            650"],
        ["                   5"],
        ["номер", "12345678901234567890", "                1234"],
    ]


def test_too_many_lines_end_in_dots(modules: Modules) -> None:
    body = "return m.layOut({ rows: given }, 12).map((one) => one.line);"
    words = "Чычырканак кыямы кантсыз"
    laid = modules.run(
        "receipts/paper.js", body, {"text": words, "most": 1}, {"text": words, "most": 2},
        {"text": words, "most": 3}, {"text": "Чычырканакты", "most": 1},
        {"text": "Чычырканактын", "most": 1},
    )  # fmt: skip
    assert laid == [
        "Чычырканак…", "Чычырканак", "кыямы…", "Чычырканак", "кыямы", "кантсыз", "Чычырканакты",
        "Чычырканакт…",
    ]  # fmt: skip


def test_hidden_and_joined_signs_do_not_shift_a_line(modules: Modules) -> None:
    body = "return given.map((words) => m.plain(words));"
    decomposed = "\u0438\u0306"  # й in two signs, as some keyboards send it
    plain = modules.run("receipts/paper.js", body, decomposed, "1\u202f234", "а\u200bб\u202eв\x1b@")
    assert plain == ["й", "1\u00a0234", "а б в @"]


def test_what_is_no_row_is_refused(modules: Modules) -> None:
    body = (
        "return given.map((row) => { try { m.paper([row, null, false], {}); return 'taken'; }"
        " catch (error) { return error.name; } });"
    )
    found = modules.run(
        "receipts/paper.js", body, {"text": ""}, {"feed": 1}, {"words": "x"}, {"text": "", "qr": ""}
    )
    assert found == ["taken", "taken", "TypeError", "TypeError"]


def with_white(drawn: Image.Image) -> Image.Image:
    paper = Image.new("L", (drawn.width + 60, drawn.height + 60), 255)
    paper.paste(drawn, (30, 30))
    return paper


@pytest.mark.parametrize("dots", [384, 576])
def test_bars_are_read_back(modules: Modules, dots: int) -> None:
    chance = random.Random(2)
    bodies = [f"29{chance.randrange(10**10):010}" for _ in range(24)]
    codes = [one + str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(one)) % 10)
             for one in bodies]  # fmt: skip
    drawn = picture(modules, [{"barcode": code} for code in codes], dots)
    each = drawn.height // len(codes)
    for at, code in enumerate(codes):
        one = with_white(drawn.crop((0, at * each, dots, (at + 1) * each)))
        assert [found.text for found in zxingcpp.read_barcodes(one)] == [code]


@pytest.mark.parametrize("dots", [384, 576])
@pytest.mark.parametrize("length", [1, 60, 200, 400])
def test_a_qr_code_is_read_back(modules: Modules, dots: int, length: int) -> None:
    chance = random.Random(length)
    text = "".join(chance.choices("abcXYZ019-_:", k=length))
    drawn = picture(modules, [{"qr": text}], dots)
    (found,) = zxingcpp.read_barcodes(with_white(drawn))
    assert (found.text, found.format.name) == (text, "QRCode")


def test_a_torn_code_is_still_read(modules: Modules) -> None:
    """A strip of white over a code, as a crease in the paper leaves it."""
    drawn = with_white(picture(modules, [{"qr": "AYIL1:" + "x" * 300}]))
    drawn.paste(255, (30, drawn.height // 2, drawn.width - 30, drawn.height // 2 + 9))
    assert [one.text for one in zxingcpp.read_barcodes(drawn)] == ["AYIL1:" + "x" * 300]


def test_what_is_no_ean_is_never_drawn_as_one(modules: Modules) -> None:
    body = (
        "return given.map((code) => { try { m.barcodeModules(code); return m.isBarcode(code); }"
        " catch (error) { return error.name; } });"
    )
    found = modules.run(
        "receipts/codes.js", body, "2901234567896", "2901234567897", "290123456789", "abc", ""
    )
    assert found == [True, *["RangeError"] * 4]
