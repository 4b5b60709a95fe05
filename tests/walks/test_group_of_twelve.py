"""Twelve felt makers of unequal parts: the leader says how they share, and each reckons it again.

13 pairs at 450 and 8 at an older 437.37 were sold. A member's commission is 20 %, half a tyiyn
rounded up: 5,850 − 1,170 = 4,680, and 3,498.96 − 699.792 ≈ 699.79 is 2,799.17; together the group
is paid 7,479.17 som. The parts are 99; each gets 7,479.17 × own parts ÷ 99, rounded down to soms.
"""

from __future__ import annotations

import re

import pytest

from ayil.members.actions import affiliate, enter_party
from ayil.members.models import Affiliation, Party, PartyKind
from tests.cast import AT, DAY, person
from tests.walks.conftest import Seat, Walk
from tests.walks.paying import Office

pytestmark = pytest.mark.browser

# Who, their parts, 7,479.17 × parts ÷ 99 before it is rounded, and what they get: by hand.
SHEET = (
    ("Burul Sadykova", 14, "1 057.66", "1 057"),
    ("Saadat Esenova", 12, "906.56", "906"),
    ("Aida Toktosheva", 11, "831.01", "831"),
    ("Begimai Asanova", 10, "755.47", "755"),
    ("Cholpon Kadyrova", 9, "679.92", "679"),
    ("Damira Orozova", 9, "679.92", "679"),
    ("Elnura Sydykova", 8, "604.37", "604"),
    ("Farida Musaeva", 7, "528.83", "528"),
    ("Gulzat Abdieva", 6, "453.28", "453"),
    ("Jamila Ismailova", 6, "453.28", "453"),
    ("Kanykei Duishenova", 5, "377.73", "377"),
    ("Meerim Beishenova", 2, "151.09", "151"),
)
PAID = "7 479.17 сом"
BOX = "6.17 сом"


def a_group(walk: Walk) -> dict[str, Party]:
    """Burul leads, Saadat is the contact, ten more belong; by name."""
    cast = walk.cast
    group = {one.person.name: one.person for one in cast.community.affiliates.all()}
    for name, *_rest in SHEET[2:]:
        group[name] = person(name, cast.aksay)
        affiliate(person=group[name], community=cast.community, since=DAY, by=cast.officer)
    return group


def another_group(walk: Walk) -> Party:
    """One who belongs to a community of their own, in the same village."""
    cast = walk.cast
    neighbours = enter_party(kind=PartyKind.COMMUNITY, name="Ak-Say Bal", village=cast.aksay, at=AT)
    neighbour = person("Zuura Alieva", cast.aksay)
    affiliate(
        person=neighbour, community=neighbours, since=DAY, by=cast.officer,
        part=Affiliation.Part.LEADER,
    )  # fmt: skip
    return neighbour


def set_parts(leader: Seat, parts: dict[str, int]) -> None:
    for name, count in parts.items():
        leader.page.get_by_label(re.compile(f"^{name} ·")).fill(str(count))
    leader.type(decided_by="The meeting, 11 of 12", paper="Minutes 3").press("From that day on")
    leader.sees("From that day on the group shares by these parts.")


def reckoned(words: str) -> None:
    """Each one's arithmetic on the paper, the box, and the sum: nothing is missing."""
    for place, (name, parts, exact, gets) in enumerate(SHEET, 1):
        assert f"{place} {name} {PAID} × {parts} ÷ 99 = {exact} сом {gets} сом" in words
    assert f"In the common box {BOX}" in words
    assert f"Together {PAID}" in words


def test_a_group_of_twelve_shares(walk: Walk) -> None:
    # The table above is right by itself: rounded down, in tyiyns, to what was paid.
    soms = [int(gets.replace(" ", "")) for _name, _parts, _exact, gets in SHEET]
    assert [747_917 * parts // 99 // 100 for _name, parts, *_rest in SHEET] == soms
    assert sum(soms) * 100 + 617 == 747_917

    cast, office = walk.cast, Office(walk)
    group, neighbour = a_group(walk), another_group(walk)
    leader = walk.as_person(cast.burul)
    lot = cast.deliver(cast.slippers, 30)
    leader.go("/my-sales/").follow("How Ak-Say Kiyiz shares").sees("No rule is set yet.")
    set_parts(leader, {name: parts for name, parts, *_rest in SHEET})
    walk.sell(lot, 13, 45_000)
    walk.sell(lot, 8, 43_737)
    office.close()
    paid = office.pay(cast.community.name, PAID)
    leader.go("/my-sales/").sees(f"{PAID} was handed to Burul Sadykova").press("I have the money")
    assert f"Together {PAID}" in office.list_on_paper(paid)

    office.paymaster.go(paid).follow("The group's sheet").sees("Burul Sadykova", BOX)
    sheet = office.paymaster.page.url.removeprefix(walk.server)
    reckoned(office.paymaster.paper("On paper (PDF)"))

    # Who belongs finds it by themselves and reckons their line again; another's member does not.
    member = walk.as_person(group["Meerim Beishenova"])
    member.go("/my-sales/").follow("How Ak-Say Kiyiz shares").follow(re.compile("^Statement 1 "))
    member.sees(f"{PAID} × 2 ÷ 99 = 151.09 сом")
    reckoned(member.paper("On paper (PDF)"))
    stranger = walk.as_person(neighbour)
    sharing = f"/communities/{cast.community.uid}/sharing/"
    for address in (sheet, f"{sheet}paper/", sharing):
        assert stranger.page.request.get(walk.server + address).status == 404

    # Another rule tomorrow or today shares what comes: what was handed over stays as it was.
    leader.go(sharing)
    set_parts(leader, dict.fromkeys(group, 1))
    reckoned(leader.go(sheet).paper("On paper (PDF)"))
    walk.nothing_is_broken()
