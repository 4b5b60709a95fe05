"""The association's terms: dated, never set back, and what they do to payouts and disputes."""

from datetime import date, timedelta

import pytest

from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.payouts import queries
from ayil.payouts.actions import prepare_run, raise_dispute, set_payout_terms
from ayil.payouts.models import PayoutTerms
from ayil.payouts.rules import Next, Standing, next_of
from ayil.payouts.telling import coming
from tests.cast import DAY
from tests.payouts.scenes import MONDAY, WEEK, Scene, open_scene, refused_by_database, run_sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    opened = open_scene()
    officer = opened.cast.officer
    grant_role(party=officer, role=Role.OFFICER, since=DAY, by=officer)
    return opened


def say(scene: Scene, least_minor: int = 20_000, answer_days: int = 7, **said: object) -> None:
    told: dict[str, object] = {"since": DAY, "by": scene.cast.officer, "at": MONDAY}
    set_payout_terms(
        currency="KGS", least_minor=least_minor, answer_days=answer_days, **(told | said)
    )  # type: ignore[arg-type]


def test_the_last_said_of_those_that_have_begun_holds(scene: Scene) -> None:
    assert (queries.terms_on(DAY).least_minor, queries.terms_on(DAY).answer_days) == (0, 14)
    say(scene)
    say(scene, 50_000, since=DAY + timedelta(days=30))
    say(scene, 30_000)
    assert queries.terms_on(DAY).least_minor == 30_000
    assert queries.terms_on(DAY + timedelta(days=30)).least_minor == 50_000
    assert queries.terms_on(DAY, "GBP").least_minor == 0
    say(scene, 30_000)
    assert PayoutTerms.objects.count() == 3, "the same again is no new row"


def test_what_is_refused(scene: Scene) -> None:
    for said, words in (
        ({"since": DAY - timedelta(days=1)}, "today or later"),
        ({"answer_days": 0}, "within 1 to"),
        ({"least_minor": -1}, "from nought up"),
        ({"by": scene.bakyt}, "may not do this"),
    ):
        with pytest.raises(AyilError, match=words):
            say(scene, **said)  # type: ignore[arg-type]
    say(scene)
    assert "never changed" in refused_by_database(
        lambda: run_sql("UPDATE payouts_payoutterms SET least_minor = 0")
    )


def test_under_the_least_it_is_carried_forward_and_the_statement_says_so(scene: Scene) -> None:
    say(scene)
    scene.sell(scene.jam, 2, 12_000)
    first = scene.statement()
    with pytest.raises(AyilError, match="nothing to pay out"):
        prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
    told = coming(first, DAY)
    assert told is not None
    assert told.is_carried
    assert "192" in told.words
    assert "200" in told.words
    scene.sell(scene.jam, 1, 12_000)
    second = scene.statement(MONDAY + WEEK)
    run = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY + WEEK)
    assert (second.opening_minor, run.payouts.get().amount_minor) == (19_200, 28_800)
    assert coming(first, DAY) is None, "only the last statement says what comes"
    listed = coming(second, DAY)
    assert listed is not None
    assert "payout list" in listed.words


def test_a_clock_runs_by_the_terms_of_its_own_day(scene: Scene) -> None:
    say(scene, answer_days=3)
    scene.sell(scene.jam, 2, 12_000)
    made = scene.statement()
    raise_dispute(statement=made, words="hm", by=scene.cast.jyldyz, at=MONDAY)
    say(scene, answer_days=60, at=MONDAY + WEEK, since=DAY + timedelta(days=7))
    (clock,) = queries.open_disputes(scene.cast.shop)
    assert (clock.raised_on, clock.due) == (DAY, date(2012, 7, 5))
    assert not clock.is_late(date(2012, 7, 5))
    assert clock.is_late(date(2012, 7, 6))


@pytest.mark.parametrize(
    ("standing", "what"),
    [
        (Standing(0, 0, 0, -100), Next.OWES_BACK),
        (Standing(500, 0, 500, 500), Next.LISTED),
        (Standing(500, 0, 0, 500), Next.READY),
        (Standing(100, 0, 0, 900), Next.CARRIED),
        (Standing(500, 500, 0, 900), Next.NOT_STATED),
        (Standing(500, 500, 0, 0), Next.NOTHING),
    ],
)
def test_what_comes_next(standing: Standing, what: Next) -> None:
    assert next_of(standing, minimum_minor=200) == what
