"""The till's clock: what it is off by, what is told to the clerk, and which day it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.till.conftest import Modules

pytestmark = pytest.mark.browser
# A clock whose device (`at`) and page (`runs`) are set by hand, in milliseconds.
CLOCK = """
  let at = Date.parse("2012-07-02T06:00:00Z");
  let runs = 1000;
  class Set extends m.Clock {
    wall() { return new Date(at); }
    mono() { return runs; }
  }
  const pass = (ms) => { at += ms; runs += ms; };
  const told = (clock) => [clock.offset, clock.isOff, clock.today(), clock.wentBack(lastWall)];
  const lastWall = at;
  const DAY = 24 * 3600 * 1000;
  const MINUTE = 60 * 1000;
"""


def run(modules: Modules, body: str) -> Any:
    return modules.run("kit/clock.js", CLOCK + body)


def test_a_clock_that_is_three_days_behind_knows_the_day(modules: Modules) -> None:
    body = """
      at -= 3 * DAY;
      const clock = new Set();
      const before = told(clock);
      clock.learn("2012-07-02T06:00:00Z", clock.wall(), clock.wall());
      return [before, told(clock), clock.corrected().toISOString()];
    """
    before, after, corrected = run(modules, body)
    assert before == [None, False, "2012-06-29", True]  # the log is later than the clock
    assert after == [3 * 24 * 3600 * 1000, True, "2012-07-02", False]
    assert corrected == "2012-07-02T06:00:00.000Z"


@pytest.mark.parametrize(("seconds", "warned"), [(119, False), (121, True), (-121, True)])
def test_above_two_minutes_the_clerk_is_told(modules: Modules, seconds: int, warned: bool) -> None:
    body = "const clock = new Set({ offset: SECONDS * 1000 }); return clock.isOff;"
    assert run(modules, body.replace("SECONDS", str(seconds))) is warned


def test_a_clock_that_is_set_back_in_a_shift_is_put_right(modules: Modules) -> None:
    """An hour passes, then the clock jumps back a day; the page's own clock has seen it."""
    body = """
      const clock = new Set();
      clock.learn(new Date(at + 500).toISOString(), new Date(at), new Date(at));
      pass(60 * MINUTE);
      const good = told(clock);
      at -= DAY;
      return [good, told(clock), clock.corrected().toISOString()];
    """
    good, after, corrected = run(modules, body)
    assert good == [500, False, "2012-07-02", False]
    assert after == [500 + 24 * 3600 * 1000, True, "2012-07-02", False]
    assert corrected == "2012-07-02T07:00:00.500Z"


def test_a_tablet_that_slept_is_not_taken_for_one_whose_clock_jumped(modules: Modules) -> None:
    body = """
      const clock = new Set({ offset: 500 });
      at += 8 * 60 * MINUTE;
      pass(MINUTE);
      return told(clock);
    """
    assert run(modules, body) == [500, False, "2012-07-02", False]


def test_without_the_server_one_is_told_that_it_went_back(modules: Modules) -> None:
    body = """
      const clock = new Set();
      pass(10 * MINUTE);
      const still = clock.wentBack(lastWall);
      at -= 13 * MINUTE;
      return [still, clock.offset, clock.isOff, clock.wentBack(lastWall), clock.wentBack(0)];
    """
    assert run(modules, body) == [False, None, False, True, True]


def test_the_day_is_that_of_the_shops_zone_wherever_the_tablet_thinks_it_is(
    modules: Modules,
) -> None:
    body = """
      const zones = ["Asia/Bishkek", "Europe/Berlin", "America/Los_Angeles"];
      at = Date.parse("2012-07-01T18:30:00Z");
      return zones.map((timeZone) => new Set({ timeZone }).today());
    """
    assert run(modules, body) == ["2012-07-02", "2012-07-01", "2012-07-01"]
    ahead = """
      const moment = new Date("2012-07-01T18:30:00.120Z");
      const said = m.withZone(moment);
      return [new Date(said).getTime() === moment.getTime(), /[+-]\\d\\d:\\d\\d$/.test(said)];
    """
    assert run(modules, ahead) == [True, True]
