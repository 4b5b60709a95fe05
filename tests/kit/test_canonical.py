"""One value, one string of bytes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.kit.canonical import digest, encode, encode_flat

scalars = st.none() | st.booleans() | st.integers() | st.text() | st.binary()
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)


def told_apart(value: Any) -> Any:
    """The value with its types, since Python holds 1 == True and b'' apart from nothing."""
    if isinstance(value, dict):
        return ("d", sorted((key, repr(told_apart(inner))) for key, inner in value.items()))
    if isinstance(value, list):
        return ("l", [told_apart(inner) for inner in value])
    return (type(value).__name__, value)


@given(values, values)
def test_two_values_never_share_their_bytes(first: Any, second: Any) -> None:
    assert (encode(first) == encode(second)) == (told_apart(first) == told_apart(second))


def test_the_form_is_the_one_that_the_till_writes() -> None:
    assert encode({"b": [1, True, None], "a": "Ак-Сай"}) == (
        b"d" + b"s1:a" + b"s11:" + "Ак-Сай".encode() + b"s1:b" + b"li1;tne" + b"e"
    )


def test_bytes_are_the_same_in_every_wrapping() -> None:
    assert encode(memoryview(b"felt")) == encode(bytearray(b"felt")) == encode(b"felt")


@pytest.mark.parametrize("value", [1.5, {1, 2}, object(), {1: "a"}])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        encode(value)


def test_domains_keep_kinds_apart() -> None:
    assert digest("roll", [1]) != digest("tally", [1])
    assert len(digest("roll", [1])) == 32


@given(st.lists(st.text() | st.integers()))
def test_the_fast_way_writes_the_same(values: list[str | int]) -> None:
    assert encode_flat(values) == encode(values)
