"""The verbs of a village's decision, from the notice to the signatures and after."""

from ayil.decisions.actions.assemblies import call_assembly, name_officer
from ayil.decisions.actions.counting import count_poll, draw_lot, enter_sheet
from ayil.decisions.actions.evidence import Asked, Found, keep_evidence
from ayil.decisions.actions.makers import name_maker, take_back_maker
from ayil.decisions.actions.outcomes import (
    minute_decision,
    review_decision,
    sign_decision,
    supersede_decision,
)
from ayil.decisions.actions.polls import close_poll, open_poll, raise_hands
from ayil.decisions.actions.posting import (
    Said,
    add_provisional,
    answer_objection,
    object_to_roll,
    post_roll,
)
from ayil.decisions.actions.proposals import (
    change_proposal,
    give_names,
    propose,
    withdraw_proposal,
)
from ayil.decisions.actions.resources import record_resource
from ayil.decisions.actions.roll import (
    count_quorum,
    enter_newcomer,
    enter_residents,
    enter_roll,
    freeze_roll,
    tick_attendance,
)

__all__ = [
    "Asked",
    "Found",
    "Said",
    "add_provisional",
    "answer_objection",
    "call_assembly",
    "change_proposal",
    "close_poll",
    "count_poll",
    "count_quorum",
    "draw_lot",
    "enter_newcomer",
    "enter_residents",
    "enter_roll",
    "enter_sheet",
    "freeze_roll",
    "give_names",
    "keep_evidence",
    "minute_decision",
    "name_maker",
    "name_officer",
    "object_to_roll",
    "open_poll",
    "post_roll",
    "propose",
    "raise_hands",
    "record_resource",
    "review_decision",
    "sign_decision",
    "supersede_decision",
    "take_back_maker",
    "tick_attendance",
    "withdraw_proposal",
]
