"""Agreements, deliveries, joint counts, returns, write-offs, counts."""

from ayil.consignment.actions.acts import Lost, draft_act, owed_for, sign_act, withdraw_act
from ayil.consignment.actions.agreeing import (
    agree,
    consignor_account,
)
from ayil.consignment.actions.announcing import Announced, announce_delivery, withdraw_note
from ayil.consignment.actions.assessing import Mark, assess
from ayil.consignment.actions.driving import plan_trip, tick_off
from ayil.consignment.actions.joint_counts import Counted, Signed, count_note
from ayil.consignment.actions.receiving import (
    count_jointly,
    declare_note,
    refuse_unless_standing,
    write_lines,
)
from ayil.consignment.actions.renewing import (
    Terms,
    a_year_from,
    end_agreement,
    enter_agreement,
    renew,
)
from ayil.consignment.actions.returning import hand_over_return, return_to_owner
from ayil.consignment.actions.sheets import (
    add_to_count,
    close_count,
    count_line,
    draft_shortage,
    open_count,
)
from ayil.consignment.actions.shelving import end_shelf, name_shelf, put_on_shelf
from ayil.consignment.actions.stock import (
    count_stock,
    return_goods,
    write_off,
)
from ayil.consignment.actions.transferring import count_arrival, draft_missing, send_goods

__all__ = [
    "Announced",
    "Counted",
    "Lost",
    "Mark",
    "Signed",
    "Terms",
    "a_year_from",
    "add_to_count",
    "agree",
    "announce_delivery",
    "assess",
    "close_count",
    "consignor_account",
    "count_arrival",
    "count_jointly",
    "count_line",
    "count_note",
    "count_stock",
    "declare_note",
    "draft_act",
    "draft_missing",
    "draft_shortage",
    "end_agreement",
    "end_shelf",
    "enter_agreement",
    "hand_over_return",
    "name_shelf",
    "open_count",
    "owed_for",
    "plan_trip",
    "put_on_shelf",
    "refuse_unless_standing",
    "renew",
    "return_goods",
    "return_to_owner",
    "send_goods",
    "sign_act",
    "tick_off",
    "withdraw_act",
    "withdraw_note",
    "write_lines",
    "write_off",
]
