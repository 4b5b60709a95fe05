"""What the shop sold of like goods stands beside a proposal, and a meeting reckons with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from ayil.decisions.actions import Asked
from ayil.decisions.models import (
    Assembly,
    MarketEvidence,
)
from ayil.figures.invariants import CHECKS
from ayil.figures.likes import MOST_LOOKS, differing, take_evidence, year_upto
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from tests.site.cast import (
    START,
    Programme,
    programme,
)
from tests.site.village import AT, Village, as_person, page_of, village

pytestmark = pytest.mark.django_db
TODAY = local_date(now())


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def barskoon(made: Programme) -> Village:
    return village(made.villages[0])


@pytest.fixture
def assembly(barskoon: Village) -> Assembly:
    return barskoon.meet()


def sold_by(made: Programme, makers: int) -> date:
    """So many makers of felt slippers sold one pair more each than the one before."""
    for number in range(0, makers * 3, 3):
        maker = made.add_maker(f"Кийизчи {number}", number)
        for day in range(number // 3 + 1):
            made.sell(maker, 1, START + timedelta(days=day))
    return START


def test_the_shops_sales_are_kept_with_the_proposal(
    client: Client, made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    """Invariant 12: of four makers nothing is said, of five their figures together."""
    slippers, _rug = barskoon.propose_two(assembly)
    as_person(client, slippers.proposer)
    address = f"/proposals/{slippers.uid}/evidence/"
    asked = {
        "kind": "craft", "words": "тапочк", "since": "2012-06", "until": "2012-08",
    }  # fmt: skip
    recent = {"since": f"{year_upto(TODAY)[0]:%Y-%m}", "until": f"{year_upto(TODAY)[1]:%Y-%m}"}
    client.post(address, asked | recent)
    sold_by(made, 4)
    client.post(address, asked)
    made.sell(made.add_maker("Бешинчи", 12), 3, START)
    client.post(address, asked)
    rows = list(MarketEvidence.objects.filter(proposal=slippers).order_by("id"))[1:]
    assert [row.outcome for row in rows] == ["none", "few", "figures"]
    assert rows[1].units is None
    assert (rows[2].units, rows[2].makers, rows[2].receipts) == (13, 5, 11)
    assert rows[2].middle_minor == 65_000
    assert rows[2].months == [[2012, 6, 13], [2012, 7, 0], [2012, 8, 0]]
    page = page_of(client, f"/proposals/{slippers.uid}/")
    assert "pieces sold by 5 makers on 11 receipts" in page
    assert "650 сом" in page
    assert [line for check in CHECKS for line in check.find()] == []
    made.sell(made.add_maker("Алтынчы", 15), 1, START)
    assert differing() == []  # what is sold later does not change what was read
    for wrong in ({"until": "2010-01"}, {"until": f"{TODAY:%Y-%m}"}, {"since": "2012-06-05"}):
        assert client.post(address, asked | wrong).status_code == 400
    assert client.post(address, asked | {"since": "2012-07", "until": "2012-06"}).status_code == 400


def test_no_day_and_no_maker_is_told_by_the_difference_of_two_looks(
    made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    """Invariant 12: whole months that are over, and few looks."""
    slippers, _rug = barskoon.propose_two(assembly)
    sold_by(made, 5)
    whole = Asked("craft", "", None, date(2012, 4, 1), date(2012, 5, 31))
    for wrong in (
        replace(whole, until=date(2012, 5, 30)),
        replace(whole, since=date(2012, 4, 2)),
        replace(whole, until=date(2012, 6, 30)),  # the month of the look itself
        replace(whole, since=date(2012, 6, 1)),
    ):
        with pytest.raises(AyilError, match="whole months that are over"):
            take_evidence(proposal=slippers, asked=wrong, by=slippers.proposer, at=AT)
    years = replace(whole, since=date(2009, 1, 1))
    with pytest.raises(AyilError, match="three years"):
        take_evidence(proposal=slippers, asked=years, by=slippers.proposer, at=AT)
    for _look in range(MOST_LOOKS - 1):  # one was kept with the proposal
        take_evidence(proposal=slippers, asked=whole, by=slippers.proposer, at=AT)
    with pytest.raises(AyilError, match="the last look stands"):
        take_evidence(proposal=slippers, asked=whole, by=slippers.proposer, at=AT)


def test_verify_names_evidence_that_the_sales_do_not_bear_out(
    made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    slippers, _rug = barskoon.propose_two(assembly)
    sold_by(made, 5)
    row = MarketEvidence.objects.filter(proposal=slippers).get()
    MarketEvidence.objects.create(
        **{
            **{
                field.attname: getattr(row, field.attname)
                for field in row._meta.concrete_fields
                if field.name != "id"
            },
            "products": [], "outcome": "figures", "units": 9, "makers": 7, "receipts": 3,
            "quarter_minor": 1, "middle_minor": 2, "three_quarters_minor": 3,
        }
    )  # fmt: skip
    (line,) = differing()
    assert "it says 'figures', the sales come to 'none'" in line
    assert "proposal 1" in line


def test_the_meeting_reckons_together(
    client: Client, made: Programme, barskoon: Village, assembly: Assembly
) -> None:
    slippers, _rug = barskoon.propose_two(assembly)
    sold_by(made, 5)
    as_person(client, slippers.proposer)
    client.post(
        f"/proposals/{slippers.uid}/evidence/",
        {"kind": "craft", "words": "felt", "since": "2012-06", "until": "2013-05"},
    )
    address = f"/assemblies/{assembly.uid}/simulator/"
    page = page_of(client, address)
    assert "estimate" in page
    assert "5 makers" in page
    assert "If half is sold" in page  # everything is known, so it is reckoned at once
    typed = "?proposal=1&price=500&cost=200&commission=20&makers=4&pieces=10"
    page = page_of(client, address + typed)
    assert "2 000 сом" in page  # 10 × 500 less a fifth less 10 × 200
    assert "−0 сом" not in page
    assert "0 сом" in page  # half: 5 × 500 less a fifth less 10 × 200
    assert "480 pieces in a year" in page
    assert client.get(f"{address}?proposal=2&price=x").status_code == 200
    assert client.get(f"{address}?proposal=99").status_code == 200


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        (date(2012, 6, 5), date(2011, 6, 1), date(2012, 5, 31)),
        (date(2013, 1, 31), date(2012, 1, 1), date(2012, 12, 31)),
        (date(2012, 12, 1), date(2011, 12, 1), date(2012, 11, 30)),
    ],
)
def test_the_last_twelve_whole_months(day: date, since: date, until: date) -> None:
    assert year_upto(day) == (since, until)
