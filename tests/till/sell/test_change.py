"""Change from the drawer, against every way of giving it."""

import itertools
import random

import pytest

from tests.till.conftest import Modules

pytestmark = pytest.mark.browser

WORTHS = (1, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
ROUNDS = 400


def every_way(drawer: dict[int, int]) -> dict[int, int]:
    """By sum in soms the fewest pieces that give it, by trying all of them."""
    best: dict[int, int] = {}
    for pieces in itertools.product(*(range(count + 1) for count in drawer.values())):
        total = sum(worth * count for worth, count in zip(drawer, pieces, strict=True))
        best[total] = min(best.get(total, 10**9), sum(pieces))
    return best


def drawers() -> list[tuple[dict[int, int], int]]:
    chance = random.Random(7)
    made = []
    for _ in range(ROUNDS):
        worths = sorted(chance.sample(WORTHS, chance.randint(0, 5)), reverse=True)
        drawer = {worth: chance.randint(0, 4) for worth in worths}
        taken = sum(worth * chance.randint(0, count) for worth, count in drawer.items())
        made.append((drawer, taken + chance.choice((0, 0, 0, 1, 5, 10))))
    return made


def in_minor(drawer: dict[int, int]) -> list[list[int]]:
    return [[worth * 100, count] for worth, count in drawer.items()]


def test_change_is_given_in_the_fewest_pieces_that_the_drawer_has(modules: Modules) -> None:
    cases = drawers()
    body = """
      return given[0].map(([drawer, sum]) => {
        const notes = m.changeFrom(new Map(drawer), sum);
        return notes && [...notes];
      });
    """
    given = modules.run("sell/change.js", body, [[in_minor(d), s * 100] for d, s in cases])
    possible = 0
    for (drawer, soms), notes in zip(cases, given, strict=True):
        fewest = every_way(drawer).get(soms)
        assert (notes is None) == (fewest is None), (drawer, soms, notes)
        if notes is None:
            continue
        possible += 1
        assert sum(worth * count for worth, count in notes) == soms * 100
        assert all(0 < count <= drawer[worth // 100] for worth, count in notes)
        assert sum(count for _worth, count in notes) == fewest, (drawer, soms, notes)
    assert 50 < possible < ROUNDS - 50  # the drawers were neither all rich nor all poor


def test_a_negative_count_or_part_of_a_som_gives_nothing(modules: Modules) -> None:
    body = "return m.changeFrom(new Map(given[0]), given[1]);"
    assert modules.run("sell/change.js", body, [[10_000, -2]], 10_000) is None
    assert modules.run("sell/change.js", body, [[10_000, 2]], 10_050) is None


def test_the_buyer_is_asked_for_what_makes_change_possible(modules: Modules) -> None:
    body = """
      const asked = m.askFor(new Map(given[0]), given[1]);
      return asked && [asked.more, [...asked.change]];
    """
    # 20 som back, and only a note of 50 there: 30 more are asked for, and the note given.
    answer = modules.run("sell/change.js", body, [[5_000, 1]], 2_000)
    assert answer == [3_000, [[5_000, 1]]]
    assert modules.run("sell/change.js", body, [], 2_000) is None


def test_what_is_asked_for_always_helps(modules: Modules) -> None:
    cases = [(drawer, soms) for drawer, soms in drawers() if soms <= 900][:120]
    body = """
      return given[0].map(([drawer, sum]) => {
        const asked = m.askFor(new Map(drawer), sum);
        return asked && [asked.more, [...asked.change]];
      });
    """
    given = modules.run("sell/change.js", body, [[in_minor(d), s * 100] for d, s in cases])
    assert any(given)
    for (drawer, soms), asked in zip(cases, given, strict=True):
        if asked is None:
            continue
        more, change = asked
        assert sum(worth * count for worth, count in change) == soms * 100 + more
        assert all(count <= drawer[worth // 100] for worth, count in change)


def sums(modules: Modules, due: int, drawer: list[list[int]]) -> list[tuple[int, bool]]:
    body = """
      return m.proposals(given[0], new Map(given[1]))
        .map(({ sum, change }) => [sum / 100, change !== null]);
    """
    return [tuple(one) for one in modules.run("sell/change.js", body, due * 100, drawer)]


def test_a_buyer_is_likely_to_hand_over_the_next_notes(modules: Modules) -> None:
    rich = [[worth * 100, 20] for worth in WORTHS]
    assert [one for one, _can in sums(modules, 450, rich)] == [450, 500, 1000, 5000]
    assert [one for one, _can in sums(modules, 180, rich)] == [180, 200, 500, 1000, 5000]
    assert [one for one, _can in sums(modules, 1350, rich)] == [1350, 1400, 1500, 2000, 5000]
    assert [one for one, _can in sums(modules, 500, rich)] == [500, 1000, 5000]
    assert all(can for _one, can in sums(modules, 1350, rich))
    assert sums(modules, 450, [[5_000, 1]])[:3] == [(450, True), (500, True), (1000, False)]


def test_notes_that_moved_are_told_once(modules: Modules) -> None:
    body = "return m.movedNotes(new Map(given[0]), new Map(given[1]));"
    given, change = [[50_000, 1], [1_000, 2]], [[10_000, 2], [1_000, 2]]
    assert modules.run("sell/change.js", body, given, change) == {"50000": 1, "10000": -2}


def test_cash_is_rounded_half_a_som_up(modules: Modules) -> None:
    body = "return given[0].map(m.roundedForCash);"
    assert modules.run("sell/change.js", body, [0, 49, 50, 149, 150, 45_000]) == [
        0, 0, 100, 100, 200, 45_000,
    ]  # fmt: skip
