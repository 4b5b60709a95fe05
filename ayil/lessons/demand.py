"""How much a shop may sell of a thing: a count model, for many things at once.

The model is a Gamma-Poisson with a discount. A thing sells at an unknown rate a day; before any
day is seen the rate has Jeffreys' prior Gamma(1/2, 0). A day counts the less the older it is
(weight 0.5 ** (age / half-life)), which is the steady model for counts: J. Q. Smith, "A
generalization of the Bayesian steady forecasting model", J. R. Statist. Soc. B 41 (1979) 375-387;
A. C. Harvey and C. Fernandes, "Time series models for count or qualitative observations",
J. Business Econ. Statist. 7 (1989) 407-417. Tourists come in buses and buy by the handful, so
counts scatter more than Poisson's. The dispersion (Pearson's chi square by its degrees of freedom,
as in McCullagh and Nelder, "Generalized Linear Models", 2nd ed. 1989, section 6.2.3) divides what
the days have taught and multiplies the scatter of what is to come. What comes is then taken as
negative binomial with that mean and variance, which is exact where the dispersion is 1.

Arrays are one entry a thing. Rates and horizons are in days on which the thing was, or will be,
there to be bought in an open shop.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PRIOR_SHAPE = 0.5  # Jeffreys' prior for a Poisson rate
HALF_LIFE_DAYS = 42.0
DRIFT_PER_DAY = 0.015  # of the rate, as a standard deviation, for each day of the horizon
DISPERSION_PRIOR_DAYS = 10.0  # a dispersion of 1 is worth as much as so many days

_FRACTION_STEPS = 5_000
_CONVERGED = 1e-12
_TINY = 1e-300


@dataclass(frozen=True)
class Demand:
    """What is believed of the daily rates of n things: arrays of shape (n,).

    `rate` and `rate_variance` describe the rate itself, `dispersion` (at least 1) how much more
    than Poisson's the days scatter. A thing without a day of exposure has rate nan.
    """

    rate: Floats
    rate_variance: Floats
    dispersion: Floats


def learn(counts: Ints, weights: Floats, starts: Ints) -> Demand:
    """Learn the rates of n things from their days, laid end to end.

    `counts` (units a day, none below 0) and `weights` (0 < w <= 1, or 0 for a day that teaches
    nothing) have one entry a day; `starts` (n, ascending) says where each thing's days begin, and
    every thing has at least one.
    """
    units = _sum(weights * counts, starts)
    days = _sum(weights, starts)
    days = np.where(days > 0.0, days, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        dispersion = _dispersion(counts, weights, starts, units / days)
    shape = PRIOR_SHAPE + units / dispersion
    exposure = days / dispersion
    return Demand(shape / exposure, shape / exposure**2, dispersion)


def sales_quantiles(demand: Demand, days: Floats, levels: Sequence[float]) -> Ints:
    """The least whole numbers of units that sales stay within with each chance of `levels`.

    `days` has shape (…, n): one horizon a thing, or several; the answer (len(levels), …, n).
    Where the rate is not known (nan) or there are no days, 0. All at once, since a search costs
    little more for many than for one.
    """
    for level in levels:
        if not 0.0 < level < 1.0:
            raise ValueError(f"a chance lies between 0 and 1, this one is {level}")
    mean, shape = _coming(demand, days)
    known = np.isfinite(mean) & (mean > 0.0)
    many = len(levels)
    found = _negative_binomial_quantile(
        np.tile(mean[known], many),
        np.tile(shape[known], many),
        np.repeat(np.array(levels, dtype=np.float64), int(known.sum())),
        np.repeat([NormalDist().inv_cdf(level) for level in levels], int(known.sum())),
    )
    quantiles = np.zeros((many, *mean.shape), dtype=np.int64)
    quantiles[:, known] = found.reshape(many, -1)
    return quantiles


def _coming(demand: Demand, days: Floats) -> tuple[Floats, Floats]:
    """Mean and shape of the negative binomial that stands for the sales of `days` days."""
    mean = days * demand.rate
    beyond_poisson = (demand.dispersion - 1.0) * mean + days**2 * demand.rate_variance
    beyond_poisson = beyond_poisson + (DRIFT_PER_DAY * days * mean) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return mean, mean**2 / np.maximum(beyond_poisson, 1e-9 * mean)


def age_weights(age_days: Floats | Ints) -> Floats:
    """How much a day of that age (calendar days, 0 for today) still teaches: 1 down to 0."""
    weights: Floats = np.exp2(-np.asarray(age_days, dtype=np.float64) / HALF_LIFE_DAYS)
    return weights


def _sum(values: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def _dispersion(counts: Ints, weights: Floats, starts: Ints, rate: Floats) -> Floats:
    """Pearson's estimate over the days that teach, drawn to 1 while there are few of them."""
    lengths = np.diff(np.append(starts, len(counts)))
    expected = np.repeat(rate, lengths)
    surprise = np.where(expected > 0.0, (counts - expected) ** 2 / expected, 0.0)
    chi_square = _sum(weights * surprise, starts)
    freedom = np.maximum(_sum(weights, starts) - 1.0, 0.0)
    drawn = (chi_square + DISPERSION_PRIOR_DAYS) / (freedom + DISPERSION_PRIOR_DAYS)
    return np.maximum(drawn, 1.0)


def _negative_binomial_quantile(mean: Floats, shape: Floats, level: Floats, z: Floats) -> Ints:
    """The least whole number at which the exact distribution function reaches the level.

    `z` is the standard normal's quantile of the level. A gamma's quantile (Wilson and Hilferty's
    cube root) starts the search; steps that double find a number on its other side, and halving
    closes in.
    """
    chance = shape / (shape + mean)

    def is_enough(units: Ints, rows: Ints) -> Bools:
        reached = _beta_ratio(shape[rows], np.maximum(units, 0) + 1.0, chance[rows]) >= level[rows]
        return reached & (units >= 0)

    rows = np.arange(len(mean))
    spread = np.sqrt(mean + mean**2 / shape)
    guess = _gamma_quantile(mean, spread, z)
    down = is_enough(guess, rows)
    above, below = np.where(down, guess, -1), np.where(down, -1, guess)
    step = np.ceil(spread / 16.0).astype(np.int64)
    while len(rows):
        probe = np.where(down[rows], above[rows] - step[rows], below[rows] + step[rows])
        enough = is_enough(probe, rows)
        above[rows[enough]] = probe[enough]
        below[rows[~enough]] = np.maximum(probe[~enough], -1)
        step[rows] *= 2
        rows = rows[enough == down[rows]]
    rows = np.flatnonzero(above - below > 1)
    while len(rows):
        middle = (below[rows] + above[rows]) // 2
        enough = is_enough(middle, rows)
        above[rows[enough]] = middle[enough]
        below[rows[~enough]] = middle[~enough]
        rows = rows[above[rows] - below[rows] > 1]
    return above


def _gamma_quantile(mean: Floats, spread: Floats, z: Floats) -> Ints:
    shape = (mean / spread) ** 2
    root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * np.sqrt(shape))
    quantile: Ints = np.floor(mean * np.maximum(root, 0.0) ** 3).astype(np.int64)
    return quantile


def _beta_ratio(a: Floats, b: Floats, x: Floats) -> Floats:
    """The regularised incomplete beta function I_x(a, b), for 0 < x < 1.

    By the continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions
    (dlmf.nist.gov/8.17), evaluated forward (5.21 of Numerical Recipes calls it Lentz's method),
    on the side of the mean where it converges quickly.
    """
    swap = x > (a + 1.0) / (a + b + 2.0)
    p, q = np.where(swap, b, a), np.where(swap, a, b)
    y = np.where(swap, 1.0 - x, x)
    front = np.exp(
        _log_gamma(p + q)
        - _log_gamma(p)
        - _log_gamma(q)
        + p * np.log(y)
        + q * np.log1p(-y)
        - np.log(p)
    )
    value = front * _beta_fraction(p, q, y)
    ratio: Floats = np.clip(np.where(swap, 1.0 - value, value), 0.0, 1.0)
    return ratio


def _beta_fraction(p: Floats, q: Floats, y: Floats) -> Floats:
    """Those that have settled leave the rows, so that the slowest do not hold up the others."""
    settled = np.empty_like(y)
    rows = np.arange(len(y))
    c = np.ones_like(y)
    d = 1.0 / _nonzero(1.0 - (p + q) * y / (p + 1.0))
    fraction = d.copy()
    for m in range(1, _FRACTION_STEPS):
        even = m * (q - m) * y / ((p + 2 * m - 1.0) * (p + 2 * m))
        d = 1.0 / _nonzero(1.0 + even * d)
        c = _nonzero(1.0 + even / c)
        fraction = fraction * c * d
        odd = -(p + m) * (p + q + m) * y / ((p + 2 * m) * (p + 2 * m + 1.0))
        d = 1.0 / _nonzero(1.0 + odd * d)
        c = _nonzero(1.0 + odd / c)
        step = c * d
        fraction = fraction * step
        more = np.abs(step - 1.0) >= _CONVERGED
        settled[rows[~more]] = fraction[~more]
        rows, p, q, y = rows[more], p[more], q[more], y[more]
        c, d, fraction = c[more], d[more], fraction[more]
        if not len(rows):
            return settled
    raise ArithmeticError(
        f"the beta fraction did not settle in {_FRACTION_STEPS} steps: "
        f"the largest shape was {float(np.max(np.maximum(p, q))):.3g}"
    )


def _nonzero(values: Floats) -> Floats:
    return np.where(np.abs(values) < _TINY, _TINY, values)


def _log_gamma(values: Floats) -> Floats:
    """Of values above 0, to 1e-9: Stirling's series (dlmf.nist.gov/5.11.1) seven steps up."""
    z = values + 7.0
    steps = np.ones_like(values)
    for step in range(7):
        steps = steps * (values + step)
    series = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * z * z)) / (z * z)) / z
    return (z - 0.5) * np.log(z) - z + 0.5 * math.log(2.0 * math.pi) + series - np.log(steps)
