"""The till hashes as the server does: JavaScript against ayil/kit/canonical.py, value by value."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayil.kit.canonical import digest
from ayil.shop.events import event_hash, read_event, seal
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser

WHOLE = st.integers(min_value=-(2**53 - 1), max_value=2**53 - 1)
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=st.lists(VALUES, min_size=60, max_size=60))
def test_every_value_has_the_same_hash_on_both_sides(modules: Modules, values: list[Any]) -> None:
    found = modules.run(
        "kit/canonical.js",
        "return Promise.all(given[0].map((v) => m.digest('test/1', v)));",
        values,
    )
    assert found == [digest("test/1", value).hex() for value in values]


def test_keys_stand_in_the_order_of_their_bytes(modules: Modules) -> None:
    """U+FF61 comes before U+1F600 in UTF-8, and after it in JavaScript's own order."""
    value = {"\uff61": 1, "\U0001f600": 2, "ң": 3, "n": 4}
    found = modules.run("kit/canonical.js", "return m.digest('test/1', given[0]);", value)
    assert found == digest("test/1", value).hex()


@pytest.mark.parametrize("value", ["1.5", "NaN", "2 ** 53", "undefined", "new Date()", "'\\ud800'"])
def test_what_means_no_exact_bytes_is_refused(modules: Modules, value: str) -> None:
    body = f"try {{ m.encode({{ a: {value} }}); return 'taken'; }} catch (e) {{ return e.name; }}"
    assert modules.run("kit/canonical.js", body) == "TypeError"


def test_an_event_of_the_till_is_one_for_the_server(modules: Modules) -> None:
    event = {
        "v": 1, "nonce": "0" * 32, "device": "karakol-1", "epoch": 1, "seq": 1, "prev": "0" * 64,
        "shop": "karakol", "shift": "1-0badcafe", "business_date": "2012-07-05",
        "cashier": "aigul", "prices": 3, "wall": "2012-07-05T14:03:09.120+06:00", "mono": 17,
        "offset_ms": -42, "payload": {"kind": "wish", "words": "Кийиз өтүк барбы? 😀"},
    }  # fmt: skip
    found = modules.run("kit/canonical.js", "return m.eventHash(given[0]);", event)
    assert found == event_hash(event)
    assert read_event(seal(event)).hash == found
