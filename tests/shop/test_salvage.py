"""What a person is shown of a record that nobody could read."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ayil.shop.salvage import MAX_SHOWN, Goods, harmless, salvage

_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda part: st.lists(part) | st.dictionaries(st.text(), part),
    max_leaves=20,
)


def record(**payload: Any) -> bytes:
    content = {"epoch": 1, "seq": 8, "wall": "2012-07-02T12:00:00+06:00", "payload": payload}
    return json.dumps(content, ensure_ascii=False).encode()


def test_the_receipt_the_goods_and_the_sum_are_read_though_the_record_is_not() -> None:
    came = salvage(
        record(
            kind="sale",
            receipt="karakol-1-1-8",
            lines=[{"label": "2900000000018", "quantity": 2.0, "gross": 90_000}],
            tenders=[{"kind": "cash", "amount": 100_000}, {"kind": "cash", "amount": -10_000}],
            more="ң",
        )
    )
    assert (came.receipt, came.number, came.kind) == ("karakol-1-1-8", "1-8", "sale")
    assert came.goods == (Goods("2900000000018", "2.0", 90_000),)
    assert came.paid_minor == 90_000
    assert "ң" in came.text


@pytest.mark.parametrize("amount", ["5", 5.5, None, True, 10**40, [1], {}])
def test_a_sum_that_is_none_is_not_guessed(amount: object) -> None:
    tenders = [{"amount": 100}, {"amount": amount}]
    assert salvage(record(kind="sale", tenders=tenders)).paid_minor is None


def test_what_would_hide_or_turn_the_words_is_shown_by_its_code() -> None:
    assert harmless("a\u202eb\x00c\x1b[31m\u200b\ufeff") == (
        "a\\u202eb\\u0000c\\u001b[31m\\u200b\\ufeff"
    )
    assert harmless("Ысык-Көл, 5 сом\n") == "Ысык-Көл, 5 сом\n"
    assert "\\xff" in salvage(b"\xff\xfe").text


def test_a_record_of_any_size_is_shown_in_part() -> None:
    came = salvage(b"x" * (MAX_SHOWN + 7))
    assert (len(came.text), came.bytes_left) == (MAX_SHOWN, 7)
    assert salvage(b"[" * 1_000_000).text.startswith("[[[")


@given(st.binary(max_size=200) | _json.map(lambda found: json.dumps(found).encode()))
def test_nothing_that_comes_breaks_the_page(raw: bytes) -> None:
    came = salvage(raw)
    assert all(letter.isprintable() or letter in "\n\t" for letter in came.receipt + came.wall)


@given(_json, _json)
def test_nothing_in_the_payload_breaks_the_page(lines: object, tenders: object) -> None:
    salvage(record(kind=lines, receipt=tenders, lines=[lines, tenders], tenders=[tenders, lines]))
    salvage(record(lines=lines, tenders=tenders))
