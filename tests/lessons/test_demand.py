"""The count model: against the exact distribution, and against a truth that is known."""

from __future__ import annotations

from math import comb
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.lessons import demand
from ayil.lessons.demand import Demand, Floats, Ints

WEEK_DAYS = 7


def one(rate: float, rate_variance: float, dispersion: float) -> Demand:
    return Demand(np.array([rate]), np.array([rate_variance]), np.array([dispersion]))


def learnt(counts: Ints) -> Demand:
    """Rates from a history a row: (n, days) counts, the last column the latest."""
    n, days = counts.shape
    weights = np.tile(demand.age_weights(np.arange(days)[::-1].astype(np.float64)), n)
    return demand.learn(counts.ravel(), weights, np.arange(n, dtype=np.int64) * days)


def plain_quantile(mean: float, shape: float, level: float) -> int:
    found = demand._negative_binomial_quantile(
        np.array([mean]),
        np.array([shape]),
        np.array([level]),
        np.array([NormalDist().inv_cdf(level)]),
    )
    return int(found[0])


def quantile(known: Demand, days: float, level: float) -> int:
    return int(demand.sales_quantiles(known, np.array([days]), [level])[0, 0])


@pytest.mark.parametrize("shape", [1, 2, 7, 40])
@pytest.mark.parametrize("mean", [0.5, 3.0, 25.0])
@pytest.mark.parametrize("level", [0.1, 0.5, 0.8, 0.9])
def test_quantile_is_that_of_the_negative_binomial(shape: int, mean: float, level: float) -> None:
    chance = shape / (shape + mean)
    total, units = 0.0, -1
    while total < level:
        units += 1
        total += comb(units + shape - 1, units) * chance**shape * (1 - chance) ** units
    assert plain_quantile(mean, shape, level) == units


def test_one_steady_day_is_the_exact_gamma_poisson() -> None:
    """Over one day the drift is nothing to the scatter."""
    known = learnt(np.tile(np.array([0, 1, 2, 1, 0, 1, 1]), (1, 12)))
    rate, spread = float(known.rate[0]), float(known.rate_variance[0])
    assert quantile(known, 1.0, 0.9) == plain_quantile(rate, rate**2 / spread, 0.9)


def test_many_horizons_and_levels_at_once_are_as_one_by_one() -> None:
    known = learnt(np.array([[0, 1, 4] * 9, [2, 2, 9] * 9], dtype=np.int64))
    days = np.array([[7.0, 7.0], [28.0, 0.0]])
    together = demand.sales_quantiles(known, days, (0.2, 0.8))
    assert together.shape == (2, 2, 2)
    for level, of_level in zip((0.2, 0.8), together, strict=True):
        for horizon, of_horizon in zip(days, of_level, strict=True):
            apart = demand.sales_quantiles(known, horizon, [level])[0]
            assert of_horizon.tolist() == apart.tolist()
    assert together[:, 1, 1].tolist() == [0, 0]


def test_a_million_units_have_a_quantile() -> None:
    assert 900_000 < quantile(one(1e6, 1e6, 1.0), 1.0, 0.5) < 1_100_000


@pytest.mark.parametrize("level", [0.0, 1.0, -0.2, 7.0])
def test_a_level_that_is_no_chance_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(one(1.0, 0.1, 1.0), 7.0, level)


@given(
    st.floats(0.01, 60.0),
    st.floats(0.001, 2.0),
    st.floats(1.0, 6.0),
    st.floats(1.0, 60.0),
    st.floats(0.05, 0.90),
    st.floats(0.01, 0.09),
)
def test_quantile_rises_with_the_level(
    rate: float, spread: float, dispersion: float, days: float, level: float, more: float
) -> None:
    known = one(rate, (rate * spread) ** 2, dispersion)
    assert 0 <= quantile(known, days, level) <= quantile(known, days, level + more)


@given(st.lists(st.integers(0, 9), min_size=14, max_size=60), st.integers(2, 5))
def test_median_grows_with_the_horizon_and_with_the_sales(days: list[int], times: int) -> None:
    counts = np.array([days], dtype=np.int64)
    week = quantile(learnt(counts), WEEK_DAYS, 0.5)
    assert quantile(learnt(counts), WEEK_DAYS * times, 0.5) >= week
    assert quantile(learnt(counts * times), WEEK_DAYS, 0.5) >= week


def test_each_thing_is_learnt_apart_from_its_neighbours() -> None:
    histories = np.array([[0, 1] * 20, [4, 9] * 20, [0, 0] * 20], dtype=np.int64)
    together = learnt(histories)
    for row in range(len(histories)):
        alone = learnt(histories[row : row + 1])
        assert together.rate[row] == pytest.approx(alone.rate[0])
        assert together.dispersion[row] == pytest.approx(alone.dispersion[0])


def test_what_comes_by_the_busload_scatters_more() -> None:
    steady = learnt(np.full((1, 60), 2, dtype=np.int64))
    by_bus = learnt(np.array([[0, 0, 0, 0, 10] * 12], dtype=np.int64))
    assert by_bus.dispersion[0] > 2 * steady.dispersion[0]
    assert quantile(by_bus, 7, 0.9) > quantile(steady, 7, 0.9)


def share_in_range(rates: Floats, seed: int, *, clump: int, trust_poisson: bool = False) -> float:
    """How often a week's sales lie in the range of 8 in 10, of the histories that sold 16 or more.

    `rates` (n, days + 7) are those of purchases a day, `clump` the units of one purchase. A whole
    number straddles the end of a range: it is let in by the part of its chance that lies within
    (the randomised probability transform), so that 0.8 is just what an exact model gives.
    """
    lot = np.random.default_rng(seed)
    sales = (lot.poisson(rates) * clump).astype(np.int64)
    history, week = sales[:, :-WEEK_DAYS], sales[:, -WEEK_DAYS:].sum(axis=1).astype(np.float64)
    known = learnt(history)
    if trust_poisson:
        known = Demand(known.rate, known.rate_variance / known.dispersion, np.ones(len(rates)))
    mean, shape = demand._coming(known, np.full(len(rates), float(WEEK_DAYS)))
    chance = shape / (shape + mean)
    up_to = demand._beta_ratio(shape, week + 1.0, chance)
    below = np.where(week > 0, demand._beta_ratio(shape, np.maximum(week, 1.0), chance), 0.0)
    place = below + lot.uniform(size=len(rates)) * (up_to - below)
    sells = history.sum(axis=1) >= 16
    return float(((place > 0.1) & (place < 0.9))[sells].mean())


def steady(low: float, high: float, seed: int) -> Floats:
    """4,000 purchase rates a day, each the same on all of 12 weeks and the week to come."""
    lot = np.random.default_rng(seed)
    return np.repeat(lot.uniform(low, high, size=(4000, 1)), 84 + WEEK_DAYS, axis=1)


@pytest.mark.parametrize(("low", "high"), [(0.3, 1.0), (1.0, 3.0)])
def test_eight_of_ten_weeks_lie_in_the_range_when_the_truth_is_steady(
    low: float, high: float
) -> None:
    assert 0.77 <= share_in_range(steady(low, high, 5), 1, clump=1) <= 0.86


def test_eight_of_ten_weeks_lie_in_the_range_when_the_season_drifts() -> None:
    lot = np.random.default_rng(2012)
    steps = lot.normal(0.0, 0.03, size=(4000, 84 + WEEK_DAYS)).cumsum(axis=1)
    rates = lot.uniform(1.0, 3.0, size=(4000, 1)) * np.exp(steps)
    assert 0.75 <= share_in_range(rates, 2, clump=1) <= 0.85


def test_eight_of_ten_weeks_lie_in_the_range_when_visitors_buy_three_at_once() -> None:
    assert 0.75 <= share_in_range(steady(0.5, 2.5, 84), 3, clump=3) <= 0.85


def test_ranges_that_took_such_visitors_for_poisson_would_be_found_out() -> None:
    assert share_in_range(steady(0.5, 2.5, 84), 3, clump=3, trust_poisson=True) < 0.72
