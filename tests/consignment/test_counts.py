"""A count is blind, goes on while the shop sells, and is compared with the books of its moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ayil.consignment.actions import (
    add_to_count,
    close_count,
    count_line,
    draft_shortage,
    end_shelf,
    name_shelf,
    open_count,
    put_on_shelf,
    sign_act,
)
from ayil.consignment.late import difference
from ayil.consignment.models import CountSheet, Lot, LotBalance, StockCount
from ayil.consignment.papers.stock import count_paper
from ayil.consignment.stock_queries import asked_for_count, lots_on, places_of
from ayil.kit.document import document_pdf
from ayil.kit.errors import AyilError
from tests.cast import AT, DAY
from tests.consignment.staff import Staff, on_shelf, staff
from tests.rig.papers import words_on

pytestmark = pytest.mark.django_db
NOON = AT + timedelta(hours=2)  # the till of the tests sells at 12 in Bishkek, which is 6 UTC
EVENING, MORNING = NOON + timedelta(hours=6), NOON - timedelta(hours=1)


@pytest.fixture
def team() -> Staff:
    return staff()


def opened(team: Staff, *lots: Lot) -> CountSheet:
    return open_count(
        shop=team.cast.shop, reason=CountSheet.Reason.LIST, lots=lots, by=team.clerk, on=DAY, at=AT
    )


def counted(team: Staff, sheet: CountSheet, lot: Lot, pieces: int, at=EVENING) -> StockCount:  # type: ignore[no-untyped-def]
    line = sheet.lines.get(lot=lot)
    return count_line(line=line, counted=pieces, by=team.clerk, on=DAY, at=at)


def closed(team: Staff, sheet: CountSheet) -> None:
    close_count(sheet=sheet, by=team.clerk, on=DAY, at=EVENING)


def test_what_is_sold_after_the_line_was_counted_changes_nothing(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    sheet = opened(team, lot)
    count = counted(team, sheet, lot, 10, at=MORNING)
    team.cast.till.send(team.cast.till.sale((lot, 3, 45_000)))
    closed(team, sheet)
    assert difference(count) == 0
    assert on_shelf(lot) == 7


def test_a_sale_before_the_count_that_is_told_after_it_is_no_shortage(team: Staff) -> None:
    """The till was offline: three were gone from the shelf, and the books did not know it yet."""
    lot = team.cast.deliver(team.cast.slippers, 10)
    late = team.cast.till.sale((lot, 3, 45_000))
    sheet = opened(team, lot)
    count = counted(team, sheet, lot, 7)
    assert difference(count) == -3
    team.cast.till.send(late)
    assert difference(count) == 0
    closed(team, sheet)
    assert on_shelf(lot) == 7
    with pytest.raises(AyilError, match="Nothing lacks"):
        draft_shortage(sheet=sheet, by=team.clerk, on=DAY, at=EVENING)


def test_a_surplus_is_what_stands_above_the_late_sales_too(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    late = team.cast.till.sale((lot, 3, 45_000))
    sheet = opened(team, lot)
    counted(team, sheet, lot, 8)
    team.cast.till.send(late)
    closed(team, sheet)
    assert on_shelf(lot) == 8, "one more than the books, once they knew of the three"


def test_a_draft_is_not_signed_when_late_sales_explain_what_lacked(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    late = team.cast.till.sale((lot, 3, 45_000))
    sheet = opened(team, lot)
    counted(team, sheet, lot, 6)
    closed(team, sheet)
    act = draft_shortage(sheet=sheet, by=team.clerk, on=DAY, at=EVENING)
    assert act.lines.get().quantity == 4
    with pytest.raises(AyilError, match="Nothing lacks"):
        draft_shortage(sheet=sheet, by=team.clerk, on=DAY, at=EVENING)
    team.cast.till.send(late)
    with pytest.raises(AyilError, match="till that was offline"):
        sign_act(act=act, by=team.manager, on=DAY, at=EVENING)
    assert on_shelf(lot) == 7


def test_a_shortage_is_written_off_in_one_act(team: Staff) -> None:
    lot, jam = team.cast.deliver(team.cast.slippers, 10), team.cast.deliver(team.cast.jam, 5)
    sheet = opened(team, lot, jam)
    counted(team, sheet, lot, 9)
    counted(team, sheet, jam, 9)
    counted(team, sheet, jam, 3)
    closed(team, sheet)
    act = draft_shortage(sheet=sheet, by=team.clerk, on=DAY, at=EVENING)
    assert [line.quantity for line in act.lines.all()] == [1, 2]
    sign_act(act=act, by=team.manager, on=DAY, at=EVENING)
    assert (on_shelf(lot), on_shelf(jam)) == (9, 3)


def test_a_closed_count_takes_no_more(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    sheet = opened(team, lot)
    with pytest.raises(AyilError, match="Count first"):
        closed(team, sheet)
    counted(team, sheet, lot, 10)
    with pytest.raises(AyilError, match="still open"):
        draft_shortage(sheet=sheet, by=team.clerk, on=DAY, at=EVENING)
    closed(team, sheet)
    with pytest.raises(AyilError, match="is closed"):
        counted(team, sheet, lot, 9)
    with pytest.raises(AyilError, match="is closed"):
        add_to_count(sheet=sheet, lot=lot, by=team.clerk, on=DAY)
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        StockCount.objects.create(
            line=sheet.lines.get(), lot=lot, counted=1, expected=1, by=team.clerk, counted_on=DAY,
            recorded_at=AT,
        )  # fmt: skip


def test_what_reads_below_nought_asks_for_a_count_until_it_is_counted(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 1)
    team.cast.till.send(team.cast.till.sale((lot, 3, 45_000)))
    assert list(asked_for_count(team.cast.shop)) == [lot]
    sheet = opened(team, lot)
    assert list(asked_for_count(team.cast.shop)) == []
    counted(team, sheet, lot, 0)
    closed(team, sheet)
    assert LotBalance.objects.get(lot=lot).on_shelf == 0
    assert list(asked_for_count(team.cast.shop)) == []


def test_a_shelf_holds_what_was_put_there_last(team: Staff) -> None:
    cast = team.cast
    lot = cast.deliver(cast.slippers, 1)
    window, back = (
        name_shelf(shop=cast.shop, name=name, by=team.clerk, on=DAY) for name in ("Window", "Back")
    )
    with pytest.raises(AyilError, match="already"):
        name_shelf(shop=cast.shop, name=" window ", by=team.clerk, on=DAY)
    for shelf in (window, back):
        assert put_on_shelf(lots=[lot], shelf=shelf, by=team.clerk, on=DAY) == 1
    assert put_on_shelf(lots=[lot], shelf=back, by=team.clerk, on=DAY) == 0
    assert (list(lots_on(window)), list(lots_on(back))) == ([], [lot])
    end_shelf(shelf=back, by=team.clerk, on=DAY)
    assert places_of([lot]) == {}
    with pytest.raises(AyilError, match="nothing to count"):
        opened(team)


def test_the_sheet_on_paper_does_not_say_how_many_there_are(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 8642)
    sheet = opened(team, lot)
    words = words_on(document_pdf([count_paper(sheet, [(lot, None)])], at=AT))
    assert lot.label in words
    assert "8642" not in words.replace("\u00a0", "").replace(" ", "")
