"""A scanner's bursts are told from a hand's typing, whatever keyboard is set."""

from typing import Any

import pytest

from tests.till.conftest import Modules
from tests.till.sell.hand import scan

pytestmark = pytest.mark.browser

PRESS = """
  const bursts = new m.Bursts();
  let at = 0;
  const codes = [];
  for (const [gap, key] of given[0]) {
    at += gap;
    const code = bursts.press(key, at);
    if (code !== null) codes.push(code);
  }
  return codes;
"""
LISTEN = """async () => {
  const m = await import("/till/v/test/sell/scanner.js");
  document.body.innerHTML = "<div id=here><input id=field></div>";
  window.heard = [];
  m.hearScans(document.getElementById("here"), {
    onscan: (code) => window.heard.push(code),
    onmisread: (code) => window.heard.push(`!${code}`),
  });
}"""
ENTER = {"code": "Enter", "key": "Enter"}


def keys(digits: str, gap: int) -> list[list[Any]]:
    return [[gap, {"code": f"Digit{one}", "key": one}] for one in digits]


def test_a_burst_with_enter_is_a_code(modules: Modules) -> None:
    pressed = [*keys("2900000000018", 12), [12, ENTER], [900, ENTER]]
    assert modules.run("sell/scanner.js", PRESS, pressed) == ["2900000000018"]


def test_typing_is_no_scan(modules: Modules) -> None:
    by_hand = [*keys("2900000000018", 140), [140, ENTER]]
    too_short = [*keys("12345", 10), [10, ENTER]]
    enter_later = [*keys("2900000000018", 10), [400, ENTER]]
    for pressed in (by_hand, too_short, enter_later):
        assert modules.run("sell/scanner.js", PRESS, pressed) == []


def test_a_scan_after_typing_is_the_scan_alone(modules: Modules) -> None:
    pressed = [
        *keys("45", 200),
        *[[300, keys("2", 0)[0][1]]],
        *keys("900000000018", 10),
        [9, ENTER],
    ]
    assert modules.run("sell/scanner.js", PRESS, pressed) == ["2900000000018"]


def test_keys_are_read_by_their_places(modules: Modules) -> None:
    # What a scanner of a receipt's code presses while a Russian keyboard is set.
    russian = [
        {"code": "KeyA", "key": "Ф", "shiftKey": True},
        {"code": "KeyY", "key": "Н", "shiftKey": True},
        {"code": "KeyI", "key": "Ш", "shiftKey": True},
        {"code": "KeyL", "key": "Д", "shiftKey": True},
        {"code": "Digit1", "key": "1", "shiftKey": False},
        {"code": "Semicolon", "key": "Ж", "shiftKey": True},
        {"code": "Minus", "key": "_", "shiftKey": True},
        {"code": "KeyZ", "key": "я", "shiftKey": False},
        {"code": "", "key": "7", "shiftKey": False},
        {"code": "ShiftLeft", "key": "Shift", "shiftKey": True},
    ]
    pressed = [*[[8, key] for key in russian], [8, ENTER]]
    assert modules.run("sell/scanner.js", PRESS, pressed) == ["AYIL1:_z7"]


def test_a_wrong_check_digit_is_a_misread(modules: Modules) -> None:
    body = "return given[0].map((code) => [m.isEan13(code), m.isMisread(code)]);"
    codes = ["2900000000018", "2900000000019", "290000000001", "label-13-long", "4006381333931"]
    assert modules.run("sell/ean.js", body, codes) == [
        [False, True] if code == "2900000000019" else [len(code) == 13 and code.isdigit(), False]
        for code in codes
    ]


def test_what_a_scanner_typed_into_a_field_is_taken_out_again(modules: Modules) -> None:
    page = modules.page
    page.evaluate(LISTEN)
    page.locator("#field").click()
    page.keyboard.type("jam")
    page.wait_for_timeout(200)
    scan(page, "2900000000018")
    scan(page, "2900000000019")
    assert page.evaluate("window.heard") == ["2900000000018", "!2900000000019"]
    assert page.locator("#field").input_value() == "jam"


def test_digits_typed_by_hand_stay_in_their_field(modules: Modules) -> None:
    page = modules.page
    page.evaluate(LISTEN)
    page.locator("#field").click()
    scan(page, "2900000000018", each_ms=100)
    assert page.evaluate("window.heard") == []
    assert page.locator("#field").input_value() == "2900000000018"
