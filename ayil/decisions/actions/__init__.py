"""The verbs of a village's decision, from the notice to the signatures and after."""

from ayil.decisions.actions.assemblies import call_assembly, name_officer
from ayil.decisions.actions.outcomes import (
    minute_decision,
    review_decision,
    sign_decision,
    supersede_decision,
)
from ayil.decisions.actions.polls import (
    close_poll,
    count_poll,
    draw_lot,
    enter_sheet,
    open_poll,
)
from ayil.decisions.actions.proposals import name_maker, propose, record_resource
from ayil.decisions.actions.roll import count_quorum, enter_roll, freeze_roll, tick_attendance

__all__ = [
    "call_assembly",
    "close_poll",
    "count_poll",
    "count_quorum",
    "draw_lot",
    "enter_roll",
    "enter_sheet",
    "freeze_roll",
    "minute_decision",
    "name_maker",
    "name_officer",
    "open_poll",
    "propose",
    "record_resource",
    "review_decision",
    "sign_decision",
    "supersede_decision",
    "tick_attendance",
]
