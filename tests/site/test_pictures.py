"""Pictures are well-formed, told in words, coloured by class only, and escape what they show."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.site import pictures

EVIL = '<script>alert(1)</script>"&'


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own drawing)


def rectangles(svg: str) -> list[dict[str, str]]:
    return [rect.attrib for rect in read(svg).iter("rect")]


@given(st.lists(st.integers(-1000, 100_000), max_size=60))
def test_bars_stay_on_their_field(values: list[int]) -> None:
    svg = pictures.bars(values, "Barskoon, by week")
    field = pictures.CHART_HEIGHT
    shapes = rectangles(svg)
    assert len(shapes) == len(values)
    for shape in shapes:
        top, height = float(shape["y"]), float(shape["height"])
        assert top >= -0.11
        assert top + height <= field + 0.11


def test_the_tallest_bar_is_the_largest_value() -> None:
    heights = [float(shape["height"]) for shape in rectangles(pictures.bars([1, 4, 2], "x"))]
    assert heights == [25.0, 100.0, 50.0]


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_meter_never_overflows(part: int, whole: int) -> None:
    _ground, filled = rectangles(pictures.meter(part, whole, "x"))
    assert 0 <= float(filled["width"]) <= 100


@pytest.mark.parametrize(
    "svg",
    [pictures.bars([1, 2], EVIL), pictures.meter(1, 2, EVIL, mark=1)],
)
def test_a_title_is_text(svg: str) -> None:
    root = read(svg)
    assert root.findtext("title") == EVIL
    assert "style" not in svg


def test_forty_eight_villages_have_signs_of_their_own() -> None:
    assert len({pictures.village_sign(number) for number in range(48)}) == 48


@pytest.mark.parametrize("name", sorted(pictures.ICONS))
def test_icons_are_well_formed(name: str) -> None:
    assert read(pictures.icon(name)).attrib["aria-hidden"] == "true"
