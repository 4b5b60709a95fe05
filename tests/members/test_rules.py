"""Days, codes and telephone numbers, without a database."""

from datetime import timedelta

import pytest

from ayil.kit.errors import AyilError
from ayil.members.rules import (
    DAYS_TO_REFUSE,
    days_left,
    is_due,
    own_steps_after,
    written_phone,
)
from tests.cast import DAY
from tests.members.applicants import WEEK_LATER


def test_days_are_counted_from_the_application() -> None:
    assert days_left(DAY, DAY) == DAYS_TO_REFUSE
    assert days_left(DAY, WEEK_LATER) == days_left(DAY, WEEK_LATER + timedelta(days=9)) == 0
    assert not is_due(DAY, WEEK_LATER - timedelta(days=1))
    assert is_due(DAY, WEEK_LATER)
    assert own_steps_after(None) == own_steps_after("applied") == own_steps_after("left") == []
    assert own_steps_after("admitted") == ["active", "left"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("0555 12-34-56", "+996555123456"),
        ("(0555) 123456", "+996555123456"),
        ("996 555 123 456", "+996555123456"),
        ("+996555123456", "+996555123456"),
        ("+49 30 1234567", "+49301234567"),
        ("0049 30 1234567", "+49301234567"),
    ],
)
def test_a_telephone_number_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert written_phone(typed) == kept


@pytest.mark.parametrize("typed", ["555", "0555 12 34", "call me", "+٠٥٥٥١٢٣٤٥٦", "9" * 30])
def test_what_is_no_telephone_number_is_said_so(typed: str) -> None:
    with pytest.raises(AyilError, match="no telephone number"):
        written_phone(typed)
