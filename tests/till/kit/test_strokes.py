"""A signature drawn by hand: what the log takes of it, and what is no signature."""

from typing import Any

import msgspec
import pytest

from ayil.shop.payloads import Proof
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser


def drawn(modules: Modules, *strokes: list[tuple[float, float]]) -> dict[str, Any]:
    body = """
      const hand = new m.Strokes();
      for (const stroke of given) {
        const [first, ...others] = stroke;
        hand.begin(...first);
        for (const point of others) hand.go(...point);
        hand.end();
      }
      return { all: hand.all, signed: hand.isSigned };
    """
    found: dict[str, Any] = modules.run("kit/strokes.js", body, *[list(one) for one in strokes])
    return found


def test_points_are_whole_and_in_the_box(modules: Modules) -> None:
    found = drawn(modules, [(-20.4, 10.6), (500.5, 2000), (1200, 50)])
    assert found == {"all": [[0, 11, 501, 400, 1000, 50]], "signed": True}


def test_a_hand_that_hardly_moves_says_nothing_new(modules: Modules) -> None:
    found = drawn(modules, [(100, 100), (101, 101), (102, 102), (104, 104), (120, 100)])
    assert found == {"all": [[100, 100, 104, 104, 120, 100]], "signed": False}


def test_the_longest_hand_is_what_the_server_takes(modules: Modules) -> None:
    body = """
      const hand = new m.Strokes();
      for (let stroke = 0; stroke < 120; stroke += 1) {
        hand.begin(0, 0);
        for (let at = 0; at < 3000; at += 1) hand.go((at * 5) % 1000, (stroke + at) % 400);
      }
      return hand.all;
    """
    strokes = modules.run("kit/strokes.js", body)
    assert (len(strokes), max(map(len, strokes))) == (100, 2000)
    given = {"by": "0a1b", "way": "drawn", "strokes": strokes}
    assert msgspec.convert(given, Proof).way == "drawn"


def test_a_dot_and_a_line_are_drawn(modules: Modules) -> None:
    body = "return [m.pathOf([10, 20]), m.pathOf([10, 20, 30, 40])];"
    assert modules.run("kit/strokes.js", body) == ["M10 20h1", "M10 20L30 40"]
