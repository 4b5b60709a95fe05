"""The bytes that a printer gets, in Kyrgyz and Russian, do not change by themselves.

A golden file that is not there is written and the test fails: look at it, then commit it. What is
drawn is kept as a picture for people's eyes, and as a hash over its bytes.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.rig.thermal import Printed, printed
from tests.till.conftest import Modules
from tests.till.receipts.papers import CODE, JAM, PAPER, SLIPPERS, given

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parent / "golden"
DOTS = {58: 384, 80: 576}
# A label says everything in all three languages, Kyrgyz first.
PAPERS = [("receipt", "ky"), ("receipt", "ru"), ("label", "ky")]


def sent(
    modules: Modules, what: str, language: str, *, lots: object = None, **settings: object
) -> bytes:
    body = PAPER + (
        "const { toBase64 } = await import('/till/v/test/kit/base64.js');"
        "return toBase64(m.escpos(paper, more.settings));"
    )
    asked = given(what, language, settings=settings, **({"lots": lots} if lots else {}))
    return base64.b64decode(modules.run("receipts/escpos.js", body, *asked))


def as_kept(path: Path, found: bytes) -> bytes:
    """The golden bytes; where there are none yet, these are written down and the test fails."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found)
        pytest.fail(f"{path.name} was not there and is written now: look at it, then commit it.")
    return path.read_bytes()


def picture_as_kept(name: str, found: Image.Image) -> None:
    path = GOLDEN / f"{name}.png"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        found.save(path, optimize=True)
        pytest.fail(f"{path.name} was not there and is written now: look at it, then commit it.")
    kept = Image.open(path).convert("1")
    assert kept.size == found.size
    assert kept.tobytes() == found.tobytes(), f"other dots than {path.name}"


@pytest.mark.parametrize(("what", "language"), PAPERS)
def test_the_printers_own_letters(modules: Modules, what: str, language: str) -> None:
    found = sent(modules, what, language, letters="rk1048", page=53)
    kept = as_kept(GOLDEN / f"{what}-{language}-rk1048.bin", found)
    assert printed(found).lines == printed(kept).lines
    assert found == kept


@pytest.mark.parametrize("width", [58, 80])
@pytest.mark.parametrize(("what", "language"), PAPERS)
def test_drawn_letters(modules: Modules, what: str, language: str, width: int) -> None:
    name = f"{what}-{language}-{width}"
    found = sent(modules, what, language, dots=DOTS[width])
    picture_as_kept(name, printed(found).picture(DOTS[width]))
    digest = hashlib.sha256(found).hexdigest().encode() + b"\n"
    assert as_kept(GOLDEN / f"{name}.sha256", digest) == digest


def codes_in(out: Printed, dots: int) -> dict[str, str]:
    """What a camera reads on the paper, three times as large as the dots and with white around."""
    picture = out.picture(dots).convert("L")
    paper = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    paper.paste(picture, (40, 40))
    found = zxingcpp.read_barcodes(paper.resize((paper.width * 2, paper.height * 2), 0))
    return {code.format.name: code.text for code in found}


@pytest.mark.parametrize("width", [58, 80])
def test_a_camera_reads_the_codes_of_what_is_drawn(modules: Modules, width: int) -> None:
    dots = DOTS[width]
    receipt = printed(sent(modules, "receipt", "ky", dots=dots))
    assert codes_in(receipt, dots) == {"QRCode": CODE}
    label = printed(sent(modules, "label", "ky", dots=dots))
    assert codes_in(label, dots) == {"EAN13": JAM["label"]}


def test_the_printer_is_told_its_codes_and_its_page(modules: Modules) -> None:
    receipt = printed(sent(modules, "receipt", "ky", letters="rk1048", page=53))
    assert receipt.codes == [("QRCode", CODE)]
    assert receipt.page == 53
    assert receipt.commands[-1] == "cut"
    assert not receipt.bands, "this code page can spell all of it"
    label = printed(sent(modules, "label", "ru", letters="rk1048", gaps=True))
    assert label.codes == [("EAN13", JAM["label"])]
    assert label.commands[-1] == "next label"


def test_what_the_code_page_cannot_spell_is_drawn(modules: Modules) -> None:
    body = (
        "const { paper } = await import('/till/v/test/receipts/paper.js');"
        "const { toBase64 } = await import('/till/v/test/kit/base64.js');"
        "const rows = given.map((text) => ({ text }));"
        "return toBase64(m.escpos(paper(rows, {}), { letters: 'rk1048', cut: false }));"
    )
    raw = base64.b64decode(modules.run("receipts/escpos.js", body, "Төрт-Күл", "H₀ ≈ 5", "Ўзбек"))
    out = printed(raw)
    assert out.lines == ["Төрт-Күл"]
    assert sum(band.height for band in out.bands) == 2 * 26, "two lines as pictures"
    assert out.commands[-1] == "feed 4"


@pytest.mark.parametrize("words", [1, 30])
def test_a_label_is_no_longer_than_40_mm(modules: Modules, words: int) -> None:
    names = {language: f"{name} " * words for language, name in JAM["names"].items()}
    village = {"names": {one: f"{name} " * words for one, name in JAM["village"]["names"].items()}}
    lots = [SLIPPERS, JAM | {"names": names, "village": village}]
    label = printed(sent(modules, "label", "ky", lots=lots, gaps=True))
    assert label.picture(384).height <= 40 * 8
    assert codes_in(label, 384) == {"EAN13": JAM["label"]}
