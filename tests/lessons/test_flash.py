"""The sales flash: each line in exactly one, told to its maker and to nobody else."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayil.kit.clock import BISHKEK
from ayil.lessons.flash.rules import CLOCK, Due, Line, Slot, content_of, slots_upto
from ayil.lessons.flash.telling import flash_due
from ayil.lessons.invariants import CHECKS
from ayil.lessons.models import Flash
from ayil.members.consents import record_consent
from ayil.members.models import Message, MessageAttempt, Purpose, Rhythm, Way
from ayil.shop.models import SaleLine
from tests.cast import AT, DAY, assemble, hash_of
from tests.histories.breaking import Breakage, broken
from tests.lessons.flashes import Telling, flashes_of_line, telling, texts

FRIDAY = date(2012, 7, 6)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BISHKEK)


# When


def test_each_slot_comes_once() -> None:
    noon = local(DAY, 12)
    assert slots_upto(local(DAY, 11, 59), noon, BISHKEK) == [Due(DAY, Slot.NOON)]
    assert slots_upto(noon, local(DAY, 15, 59), BISHKEK) == []
    assert [due.slot for due in slots_upto(noon, local(DAY, 23), BISHKEK)] == [
        Slot.AFTERNOON, Slot.EVENING,
    ]  # fmt: skip


def test_who_stood_still_for_a_month_looks_back_a_week() -> None:
    found = slots_upto(local(date(2012, 6, 1), 12), local(DAY, 13), BISHKEK)
    assert found[0].day >= DAY - timedelta(days=7)
    assert any(due.is_end_of_week for due in found)


def test_the_first_look_sees_the_last_slot_alone() -> None:
    assert slots_upto(None, local(DAY, 9), BISHKEK) == [
        Due(DAY - timedelta(days=1), Slot.EVENING)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rhythm", "told"),
    [("often", 3), ("twice", 2), ("evening", 1), ("weekly", 0), ("none", 0)],
)
def test_a_rhythm_is_kept(rhythm: str, told: int) -> None:
    assert sum(Due(DAY, slot).is_for(rhythm) for slot in CLOCK) == told
    weekly = sum(Due(FRIDAY, slot).is_for("weekly") for slot in CLOCK)
    assert weekly == 1


# What


def test_what_came_back_is_counted_apart_and_taken_off() -> None:
    lines = [Line(1, DAY, 3, 300), Line(1, DAY, -1, -100), Line(2, DAY, 1, 900)]
    content = content_of(lines, DAY)
    assert content is not None
    assert [(one.thing, one.sold, one.back) for one in content.things] == [(2, 1, 0), (1, 3, 1)]
    assert (content.units, content.share_minor, content.lines) == (3, 1100, 3)


def test_a_line_is_late_where_its_day_was_told_before() -> None:
    yesterday = DAY - timedelta(days=1)
    content = content_of([Line(1, DAY, 1, 1), Line(1, yesterday, 1, 1)], DAY)
    assert content is not None
    assert content.things[0].late == (yesterday,)
    assert content_of([], DAY) is None


# To whom


@pytest.fixture
def made(db: None) -> Telling:
    return telling()


def test_the_first_pass_tells_nobody_of_what_was_before(db: None) -> None:
    made = Telling(assemble())
    made.agree(made.cast.jyldyz, Rhythm.AS_IT_SELLS)
    lot = made.cast.deliver(made.cast.jam, 9)
    made.sell(lot, 5, 12_000)
    made.pass_by(Slot.NOON)
    made.sell(lot, 1, 12_000)
    made.pass_by(Slot.AFTERNOON)
    (text,) = texts(made.cast.jyldyz)
    assert "1 piece," in text


def test_a_maker_is_told_what_sold_what_came_back_and_what_is_left(made: Telling) -> None:
    cast = made.cast
    made.agree(cast.jyldyz, Rhythm.AS_IT_SELLS)
    lot = cast.deliver(cast.jam, 10)
    raw = made.sell(lot, 3, 12_000)
    cast.till.send(cast.till.refund(lot, 1, 12_000, of=hash_of(raw)))
    assert made.pass_by(Slot.NOON).told == 1
    (text,) = texts(cast.jyldyz)
    share = SaleLine.objects.get(sale__kind="sale").share_minor * 2 // 300
    assert text.splitlines() == [
        "Jyldyz Mamyrova, Karakol Research Shop",
        f"Apricot jam: 3 pieces, 1 piece came back, {share} сом, left: 8",
        f"For you: {share} сом",
    ]


def test_each_is_told_their_own_and_a_community_through_its_leader(made: Telling) -> None:
    cast = made.cast
    made.agree(cast.jyldyz, Rhythm.EVENING)
    made.agree(cast.burul, Rhythm.EVENING)
    made.sell(cast.deliver(cast.slippers, 5), 2)
    made.sell(cast.deliver(cast.jam, 5), 1, 12_000)
    made.pass_by(Slot.EVENING)
    (jam,), (felt,) = texts(cast.jyldyz), texts(cast.burul)
    assert "Felt" not in jam
    assert "Ak-Say" not in jam
    assert "jam" not in felt
    assert felt.startswith("Ak-Say Kiyiz")
    assert all(not list(check.find()) for check in CHECKS)


def test_a_late_sale_comes_with_the_next_flash_and_its_day(made: Telling) -> None:
    cast = made.cast
    made.agree(cast.jyldyz, Rhythm.AS_IT_SELLS)
    lot = cast.deliver(cast.jam, 9)
    made.sell(lot, 1, 12_000)
    made.pass_by(Slot.NOON, 3)
    late = cast.second_till()
    late.day = DAY + timedelta(days=1)
    late.send(late.sale((lot, 2, 12_000)))
    made.pass_by(Slot.AFTERNOON, 3)
    _first, second = texts(cast.jyldyz)
    assert "2 pieces" in second
    assert "of it from 3 Jul" in second


def test_who_says_nothing_is_told_nothing_and_not_all_at_once_later(made: Telling) -> None:
    cast = made.cast
    lot = cast.deliver(cast.jam, 9)
    made.sell(lot, 4, 12_000)
    assert made.pass_by(Slot.NOON).later == 1
    assert made.pass_by(Slot.EVENING).silent == 1
    assert Flash.objects.get().silence == "no-consent"
    made.agree(cast.jyldyz, Rhythm.AS_IT_SELLS)
    made.sell(lot, 1, 12_000)
    made.pass_by(Slot.NOON, 1)
    (text,) = texts(cast.jyldyz)
    assert "1 piece," in text


def test_once_a_week_is_all_of_the_week(made: Telling) -> None:
    cast = made.cast
    made.agree(cast.jyldyz, Rhythm.WEEKLY)
    lot = cast.deliver(cast.jam, 9)
    for day in range(4):
        made.sell(lot, 1, 12_000)
        assert made.pass_by(Slot.EVENING, day).later == 1
    assert made.pass_by(Slot.EVENING, 4).told == 1
    assert "4 pieces" in texts(cast.jyldyz)[0]


@pytest.mark.parametrize("wants", [True, False])
def test_nothing_sold_is_told_to_who_asked_for_it(made: Telling, wants: bool) -> None:
    cast = made.cast
    made.agree(cast.jyldyz, Rhythm.EVENING, says_nothing_sold=wants)
    cast.deliver(cast.jam, 9)
    made.pass_by(Slot.AFTERNOON)
    made.pass_by(Slot.EVENING)
    assert ["Nothing was sold today" in one for one in texts(cast.jyldyz)] == [True] * wants


def test_two_looks_at_one_moment_make_one_pass(made: Telling) -> None:
    made.agree(made.cast.jyldyz, Rhythm.AS_IT_SELLS)
    made.sell(made.cast.deliver(made.cast.jam, 9), 1, 12_000)
    noon = local(DAY, 12)
    assert [one.told for one in flash_due(at=noon)] == [1]
    assert flash_due(at=noon + timedelta(minutes=30)) == []


def test_the_database_keeps_the_chain(made: Telling) -> None:
    made.sell(made.cast.deliver(made.cast.jam, 9), 1, 12_000)
    made.pass_by(Slot.EVENING)
    one = Flash.objects.get()
    for seq_from in (one.seq_from, one.seq_to - 1, one.seq_to + 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Flash.objects.create(
                shop=one.shop, producer=one.producer, number=2, seq_from=seq_from,
                seq_to=one.seq_to + 9, sale_lines=0, units=0, share_minor=0, made_at=AT,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "title"),
    [
        ("UPDATE lessons_flash SET units = units + 1", "tells of its lines"),
        ("UPDATE lessons_flash SET seq_from = seq_from - 1", "without a gap"),
        ("DELETE FROM lessons_flash", "is in a flash"),
        ("UPDATE members_message SET about_id = (SELECT max(id) FROM members_party)", "another"),
    ],
)
def test_what_went_past_the_guards_is_found(made: Telling, wrong: str, title: str) -> None:
    cast = made.cast
    made.agree(cast.jyldyz, Rhythm.EVENING)
    made.sell(cast.deliver(cast.jam, 9), 1, 12_000)
    made.pass_by(Slot.EVENING)
    assert all(not list(check.find()) for check in CHECKS)
    with broken(Breakage("a flash", wrong, title)):
        assert any(title in check.title and list(check.find()) for check in CHECKS)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_each_line_is_in_exactly_one_flash(made: Telling, seed: int) -> None:
    """Sales, late ones, refunds, changes of mind, passes, and crashes before or amid sending."""
    with transaction.atomic():
        _play(made, random.Random(seed))
        transaction.set_rollback(True)


def _play(made: Telling, dice: random.Random) -> None:
    cast = made.cast
    lots = [cast.deliver(cast.jam, 500), cast.deliver(cast.slippers, 500)]
    people = [cast.jyldyz, cast.burul]
    sold: list[tuple[object, bytes]] = []
    for step in range(24):
        what = dice.choice(["sell", "sell", "sell", "refund", "late", "pass", "mind", "crash"])
        lot = dice.choice(lots)
        if what == "sell":
            sold.append((lot, made.sell(lot, dice.randint(1, 3), 12_000)))
        elif what == "late":
            cast.till.day = DAY - timedelta(days=dice.randint(1, 9))
            made.sell(lot, 1, 12_000)
            cast.till.day = DAY
        elif what == "refund" and sold:
            back, raw = sold.pop(dice.randrange(len(sold)))
            cast.till.send(cast.till.refund(back, 1, 12_000, of=hash_of(raw)))  # type: ignore[arg-type]
        elif what == "pass":
            made.pass_by(dice.choice(list(Slot)), step)
        elif what == "mind":
            who = dice.choice(people)
            made.agree(who, dice.choice(list(Rhythm)), dice.choice([Way.SLIP]))
            given_now = dice.random() < 0.7
            record_consent(
                party=who, purpose=Purpose.MESSAGES, given=given_now, by=who, at=AT
            )  # fmt: skip
        elif what == "crash":
            waiting = Message.objects.filter(attempts__isnull=True).first()
            if waiting is not None:
                MessageAttempt.objects.create(message=waiting, outcome="sent", at=AT)
    # In the end everybody is told, whatever rhythm they keep: Friday's evening ends all of them.
    made.pass_by(Slot.EVENING, 4 + 7 * 8)
    lines = list(SaleLine.objects.select_related("sale", "lot"))
    assert [flashes_of_line(line) for line in lines] == [1] * len(lines)
    assert sum(one.sale_lines for one in Flash.objects.all()) == len(lines)
    assert sum(one.share_minor for one in Flash.objects.all()) == sum(
        line.share_minor for line in lines
    )
    told = Flash.objects.filter(silence="")
    assert {one.key for one in told} == set(Message.objects.values_list("key", flat=True))
    assert [breach for check in CHECKS for breach in check.find()] == []
