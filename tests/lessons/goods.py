"""The goods that the lessons are told of, and any history of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from ayil.lessons.items import Goods, ItemFigures

AS_OF = date(2012, 8, 31)
SLIPPERS = "Ak-Say felt slippers"
MUSHROOMS = "Jety-Oguz dried mushrooms"


def item(
    units: Sequence[int],
    *,
    in_stock: Sequence[bool] | None = None,
    stock_known: bool = True,
    on_shelf: int | None = 6,
    shelf_days: int | None = 20,
    kind: Goods = Goods.CRAFT,
    variant_id: int = 1,
    price_minor: int = 65_000,
) -> ItemFigures:
    """Felt slippers at 650 som, sold on the days that end with AS_OF."""
    last = np.datetime64(AS_OF, "D")
    marks = np.ones(len(units), dtype=np.bool_) if in_stock is None else np.array(in_stock)
    return ItemFigures(
        variant_id=variant_id,
        days=last - np.arange(len(units), dtype="timedelta64[D]")[::-1],
        units=np.array(units, dtype=np.int64),
        in_stock=marks.astype(np.bool_) if stock_known else None,
        on_shelf=on_shelf if stock_known else None,
        shelf_since=AS_OF - timedelta(days=shelf_days) if shelf_days and stock_known else None,
        kind=kind,
        price_minor=price_minor,
        currency="KGS",
    )


@st.composite
def items(draw: st.DrawFn) -> ItemFigures:
    """Any history a shop may have had: refunds, empty shelves, unknown stock, no day at all."""
    busy = draw(st.integers(0, 8))
    units = draw(st.lists(st.integers(-3, busy), max_size=90))
    marks = draw(st.lists(st.booleans(), min_size=len(units), max_size=len(units)))
    return item(
        units,
        in_stock=marks,
        stock_known=draw(st.booleans()),
        on_shelf=draw(st.integers(-4, 60)),
        shelf_days=draw(st.one_of(st.none(), st.integers(1, 400))),
        kind=draw(st.sampled_from(Goods)),
        variant_id=draw(st.integers(1, 9)),
        price_minor=draw(st.integers(100, 1_500_000)),
    )
