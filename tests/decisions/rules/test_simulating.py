"""What a meeting reckons together, and what it lacks: exact, whatever is typed."""

from hypothesis import given
from hypothesis import strategies as st

from ayil.decisions.rules.simulating import Plan, month_of_one, narrowest, pieces_from
from ayil.kit.money import share_by_rate

AMOUNT = st.integers(0, 10_000_000)
PLANS = st.builds(
    Plan,
    price_minor=AMOUNT,
    cost_minor=AMOUNT,
    commission_bp=st.integers(0, 6_000),
    makers=st.integers(1, 500),
    pieces_each=st.integers(1, 10_000),
)


def test_one_month_of_one_maker() -> None:
    """Ten pieces at 500 som, a fifth for the shop, 200 som to make: 2,000 som are left; where half
    is sold, nothing is."""
    plan = Plan(
        price_minor=50_000, cost_minor=20_000, commission_bp=2_000, makers=4, pieces_each=10
    )
    assert month_of_one(plan).left_minor == 200_000
    assert month_of_one(plan, part=1, whole=2).left_minor == 0
    assert plan.pieces_a_year == 480


@given(PLANS)
def test_every_som_goes_somewhere(plan: Plan) -> None:
    month = month_of_one(plan)
    assert month.paid_minor == plan.pieces_each * plan.price_minor
    assert month.left_minor + month.commission_minor + month.cost_minor == month.paid_minor
    # The shop's part is the one that a receipt of all of it would print.
    assert month.commission_minor == share_by_rate(month.paid_minor, plan.commission_bp)


@given(PLANS, st.integers(0, 12), st.integers(1, 12))
def test_to_sell_less_never_leaves_more(plan: Plan, part: int, whole: int) -> None:
    some = month_of_one(plan, part=min(part, whole), whole=whole)
    every = month_of_one(plan)
    assert 0 <= some.sold <= every.sold == some.made == every.made
    assert some.cost_minor == every.cost_minor  # what was made was paid for, sold or not
    assert some.left_minor <= every.left_minor


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_the_land_gives_whole_pieces(yearly_amount: int, milli: int) -> None:
    pieces = pieces_from(yearly_amount, milli)
    assert pieces is not None
    assert pieces * milli <= yearly_amount * 1000 < (pieces + 1) * milli


def test_what_takes_nothing_is_not_bounded_by_the_land() -> None:
    assert pieces_from(40, 0) is None
    assert pieces_from(40, None) is None


def test_the_least_of_the_known_is_named_and_equals_are_not() -> None:
    assert narrowest(land=20, hands=7, buyers=None) == "hands"
    assert narrowest(land=0, hands=7, buyers=3) == "land"
    assert narrowest(land=5, hands=5, buyers=9) is None
    assert narrowest(land=None, hands=None) is None
