"""Text stands out from what it stands on (WCAG 2.2, contrast 4.5), by day and by night."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[2] / "ayil" / "site" / "static" / "site" / "ayil.css"
LEAST = 4.5
PAIRS = [
    ("ink", "ground"),
    ("ink", "paper"),
    ("faint", "ground"),
    ("faint", "paper"),
    ("lake", "ground"),
    ("lake", "paper"),
    ("on-lake", "lake"),
    ("ink", "lake-soft"),
    ("ink", "ochre-soft"),
    ("faint", "ochre-soft"),
    ("ochre", "ochre-soft"),
    ("madder", "madder-soft"),
    ("grass", "grass-soft"),
    ("ink", "unfilled"),
    ("ink", "madder-soft"),
    ("ink", "grass-soft"),
    ("lake", "lake-soft"),
    ("madder", "ground"),
    ("madder", "paper"),
    ("madder", "lake-soft"),
]
# What is no text, and yet tells something: borders of fields, the ring of what is chosen by the
# keyboard, bars and their marks (WCAG 2.2, 1.4.11 and 2.4.13, contrast 3).
LEAST_OF_A_SIGN = 3
SIGNS = [
    ("faint", "paper"),
    ("faint", "ground"),
    ("lake", "paper"),
    ("ochre", "ground"),
    ("ochre", "paper"),
    ("ochre", "lake-soft"),
    ("ochre", "ochre-soft"),
    ("ochre", "madder-soft"),
    ("ochre", "grass-soft"),
    ("lake", "unfilled"),
    ("grass", "unfilled"),
    ("madder", "unfilled"),
    ("ink", "unfilled"),
    *((f"dye-{number}", "felt") for number in range(6)),
]


def tokens(night: bool) -> dict[str, str]:
    """The colours that hold by day; by night those of the dark half over them."""
    first, second, *_rest = re.findall(r":root \{(.*?)\}", SHEET.read_text("utf-8"), re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", first))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", second)) if night else found


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("text", "behind"), PAIRS)
def test_text_stands_out(text: str, behind: str, night: bool) -> None:
    colours = tokens(night)
    assert contrast(colours[text], colours[behind]) >= LEAST


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("sign", "behind"), SIGNS)
def test_a_sign_stands_out(sign: str, behind: str, night: bool) -> None:
    colours = tokens(night)
    assert contrast(colours[sign], colours[behind]) >= LEAST_OF_A_SIGN


def test_black_on_white_is_the_most() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
