"""A group shares by parts: exactly, whatever the order, and kept when the money is handed over."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate
from ayil.members.models import Party, User
from ayil.payouts import queries
from ayil.payouts.actions import set_sharing
from ayil.payouts.models import GroupSheet, GroupSheetLine, MemberShare, Payout, SharingRule
from ayil.payouts.rules import share_out
from tests.cast import DAY, person
from tests.payouts.scenes import (
    MONDAY,
    WEEK,
    Scene,
    breaches,
    check_titled,
    open_scene,
    refused_by_database,
    run_sql,
)

PARTS = st.dictionaries(st.integers(), st.integers(1, 10_000), min_size=1, max_size=40)


@given(amount=st.integers(0, 10**13), parts=PARTS, unit=st.sampled_from([1, 100, 1000]))
def test_shares_and_box_are_the_sum_and_each_can_be_reckoned(
    amount: int, parts: dict[int, int], unit: int
) -> None:
    shared = share_out(amount, parts, unit_minor=unit)
    assert sum(shared.amounts_minor.values()) + shared.box_minor == amount
    assert 0 <= shared.box_minor < unit * len(parts)
    for member, got in shared.amounts_minor.items():
        exact = amount * parts[member] / sum(parts.values())
        assert got % unit == 0
        assert got <= exact + 1e-3 * unit + amount * 1e-12
        assert exact - got < unit + 1e-3 * unit + amount * 1e-12


@given(amount=st.integers(0, 10**9), parts=PARTS, seed=st.integers())
def test_no_order_of_names_decides_anything(amount: int, parts: dict[int, int], seed: int) -> None:
    mixed = list(parts.items())
    Random(seed).shuffle(mixed)
    one, other = (
        share_out(amount, parts, unit_minor=100),
        share_out(amount, dict(mixed), unit_minor=100),
    )
    assert (dict(one.amounts_minor), one.box_minor) == (dict(other.amounts_minor), other.box_minor)


@pytest.mark.parametrize("parts", [{}, {1: 0}, {1: 5, 2: -1}])
def test_nobody_to_share_with_is_refused(parts: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        share_out(100, parts, unit_minor=100)


@pytest.fixture
def scene() -> Scene:
    return open_scene()


@pytest.fixture
def group(scene: Scene) -> list[Party]:
    """Burul, Saadat and ten more, twelve of the felt makers."""
    known = [one.person for one in queries.belonging_to(scene.cast.community, DAY)]
    more = [person(f"Felt maker {number}", scene.cast.aksay) for number in range(10)]
    for one in more:
        affiliate(person=one, community=scene.cast.community, since=DAY, by=scene.cast.officer)
    return [*known, *more]


UNEQUAL = (14, 12, 11, 10, 9, 9, 8, 7, 6, 6, 5, 2)


def share(scene: Scene, group: list[Party], **said: object) -> SharingRule:
    told: dict[str, object] = {
        "community": scene.cast.community,
        "parts": dict(zip(group, UNEQUAL, strict=True)),
        "since": DAY,
        "decided_by": "the meeting, 11 of 12",
        "paper": "minutes 3",
        "by": scene.cast.burul,
        "at": MONDAY,
    }
    return set_sharing(**(told | said))  # type: ignore[arg-type]


def hand_out(scene: Scene) -> Payout:
    """13 pairs of slippers were sold and the community's leader has the money."""
    scene.sell(scene.slippers, 13, 45_100)
    scene.close()
    return scene.paid(scene.cast.burul).payout


@pytest.mark.django_db
def test_twelve_unequal_shares_are_kept_with_the_handover(scene: Scene, group: list[Party]) -> None:
    share(scene, group)
    payout = hand_out(scene)
    sheet = queries.sheet_of(payout, DAY)
    assert sheet is not None
    assert (sheet.amount_minor, sheet.parts, len(sheet.lines)) == (469_040, 99, 12)
    for line in sheet.lines:
        assert line.amount_minor == 469_040 * line.parts // 99 // 100 * 100
    assert sheet.shared_minor + sheet.box_minor == 469_040
    assert sheet.frozen is not None
    # Another rule changes nothing of what was shared.
    share(scene, group, parts={group[0]: 1}, at=MONDAY + WEEK, since=DAY + timedelta(days=7))
    again = queries.sheet_of(payout, DAY + timedelta(days=8))
    assert again is not None
    assert list(again.lines) == list(sheet.lines)
    assert breaches() == []


@pytest.mark.django_db
def test_before_the_handover_it_is_the_rule_of_today(scene: Scene, group: list[Party]) -> None:
    scene.sell(scene.slippers, 1, 45_000)
    scene.close()
    payout = scene.payout()
    assert queries.sheet_of(payout, DAY) is None
    share(scene, group)
    sheet = queries.sheet_of(payout, DAY)
    assert sheet is not None
    assert (sheet.frozen, sheet.amount_minor) == (None, 36_000)


@pytest.mark.django_db
def test_without_a_rule_nothing_is_kept(scene: Scene) -> None:
    payout = hand_out(scene)
    assert not GroupSheet.objects.exists()
    assert queries.sheet_of(payout, DAY) is None


@pytest.mark.django_db
def test_who_may_say_it_and_what_is_refused(scene: Scene, group: list[Party]) -> None:
    stranger = person("Kanykei")
    for said, words in (
        ({"by": group[3]}, "may not do this"),
        ({"parts": {stranger: 1}}, "does not belong"),
        ({"parts": {group[0]: 0}}, "at least one"),
        ({"parts": {group[0]: 10_001}}, "whole number"),
        ({"since": DAY - timedelta(days=1)}, "today or later"),
        ({"paper": " "}, "which paper"),
        ({"community": scene.cast.jyldyz}, "no community"),
    ):
        with pytest.raises(AyilError, match=words):
            share(scene, group, **said)
    assert not SharingRule.objects.exists()
    assert share(scene, group, by=scene.bakyt).by == scene.bakyt, "the manager, from the paper"


@pytest.mark.django_db
def test_the_database_holds_a_rule_and_a_sheet_to_their_lines(
    scene: Scene, group: list[Party]
) -> None:
    rule = share(scene, group)
    payout = hand_out(scene)
    sheet = GroupSheet.objects.get(handover__payout=payout)
    kept = {"community": rule.community, "since": DAY, "decided_by": "x", "paper": "x",
            "at": MONDAY, "by": scene.cast.burul}  # fmt: skip
    for write, words in (
        (lambda: MemberShare.objects.create(rule=rule, person=scene.asel, parts=1), "nothing is"),
        (lambda: SharingRule.objects.create(parts=5, **kept), "adds up"),
        (lambda: GroupSheetLine.objects.create(
            sheet=sheet, person=scene.asel, parts=1, amount_minor=1), "nothing is added"),
        (lambda: run_sql("UPDATE payouts_groupsheet SET box_minor = 0"), "never changed"),
        (lambda: run_sql("DELETE FROM payouts_groupsheetline"), "never changed"),
    ):  # fmt: skip
        assert words in refused_by_database(write)


@pytest.mark.django_db
def test_verify_finds_a_sheet_that_was_changed(scene: Scene, group: list[Party]) -> None:
    from django.db import connection

    share(scene, group)
    hand_out(scene)
    check = check_titled("gives each member their parts")
    assert list(check.find()) == []
    guards.remove(connection)
    run_sql("UPDATE payouts_groupsheetline SET amount_minor = amount_minor + 100 WHERE parts = 2")
    assert list(check.find()) != []


@pytest.mark.django_db
def test_the_group_sees_its_sheet_and_nobody_else_does(scene: Scene, group: list[Party]) -> None:
    share(scene, group)
    payout = hand_out(scene)

    def sees(party: Party) -> bool:
        user = User.objects.create(username=f"u{party.pk}", party=party)
        return queries.group_payouts_visible_to(user, day=DAY).filter(pk=payout.pk).exists()

    assert all(sees(one) for one in (group[0], group[1], group[11]))
    assert sees(scene.bakyt), "who keeps the shop's money"
    assert not sees(scene.cast.jyldyz)
    assert not sees(scene.cast.officer)
