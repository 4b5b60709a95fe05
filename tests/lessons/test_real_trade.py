"""The ranges on a year of a gift shop's real trade, forecast after forecast."""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt
import pytest

from ayil.lessons import demand
from ayil.lessons.demand import Floats, Ints
from ayil.lessons.items import take_back_refunds
from tests.rig.machine import shared_data

pytestmark = pytest.mark.real

Days = npt.NDArray[np.datetime64]
Forecasts = tuple[Ints, Ints, Ints]
TAUGHT_BY = 120  # open days


@pytest.fixture(scope="module")
def trade() -> tuple[Days, Ints]:
    """Open days, and net units by item (rows) and open day (columns)."""
    folder = shared_data()
    assert folder is not None
    rows: list[tuple[str, date, int]] = duckdb.execute(
        "SELECT StockCode, CAST(InvoiceDate AS DATE), CAST(SUM(Quantity) AS BIGINT) "
        "FROM read_parquet($1) WHERE Price > 0 GROUP BY ALL",
        [str(folder / "retail" / "giftware_2009_2010.parquet")],
    ).fetchall()
    days = np.array(sorted({day for _code, day, _units in rows}), dtype="datetime64[D]")
    column = {day: at for at, day in enumerate(days.tolist())}
    row = {code: at for at, code in enumerate(sorted({code for code, _day, _units in rows}))}
    units = np.zeros((len(row), len(days)), dtype=np.int64)
    for code, day, sold in rows:
        units[row[code], column[day]] = sold
    return days, np.apply_along_axis(take_back_refunds, 1, units)


def forecasts(days: Days, units: Ints, horizon: int) -> Forecasts:
    """Low, high and what came, for each item and every thirtieth day on which it had sold 5."""
    told: list[Forecasts] = []
    for now in range(90, len(days) - horizon, 30):
        past = units[:, max(0, now - TAUGHT_BY) : now]
        age = (days[now] - days[max(0, now - TAUGHT_BY) : now]).astype(np.int64)
        rows = [one for one in past if one.sum() >= 5]
        taught = [one[np.argmax(one > 0) :] for one in rows]
        starts = np.cumsum([0, *(len(one) for one in taught[:-1])])
        weights = np.concatenate([demand.age_weights(age[len(age) - len(one) :]) for one in taught])
        known = demand.learn(np.concatenate(taught), weights, starts)
        ahead: Floats = np.full(len(taught), float(horizon))
        came = units[past.sum(axis=1) >= 5, now : now + horizon].sum(axis=1)
        low, high = demand.sales_quantiles(known, ahead, (0.1, 0.9))
        told.append((low, high, came))
    low, high, came = (np.concatenate(column) for column in zip(*told, strict=True))
    return low, high, came


@pytest.mark.parametrize("horizon", [5, 20, 40])
def test_eight_of_ten_real_sums_lie_in_their_range(trade: tuple[Days, Ints], horizon: int) -> None:
    low, high, came = forecasts(*trade, horizon)
    assert len(came) > 15_000
    assert 0.72 <= float(((came >= low) & (came <= high)).mean()) <= 0.90
    assert float((came > high).mean()) <= 0.15
