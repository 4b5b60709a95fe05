"""The verbs of grants: keep evidence, agree, receive, exchange, spend, report, give back."""

from ayil.grants.actions.agreements import add_budget_line, plan_tranche, sign_agreement
from ayil.grants.actions.evidence import keep_evidence, read_evidence
from ayil.grants.actions.reporting import accept_report, refuse_report, report_tranche
from ayil.grants.actions.spending import (
    approve_expenditure,
    record_expenditure,
    refuse_expenditure,
    return_unspent,
    reverse_expenditure,
)
from ayil.grants.actions.tranches import allot, exchange_money, receive_tranche, request_tranche

__all__ = [
    "accept_report",
    "add_budget_line",
    "allot",
    "approve_expenditure",
    "exchange_money",
    "keep_evidence",
    "plan_tranche",
    "read_evidence",
    "receive_tranche",
    "record_expenditure",
    "refuse_expenditure",
    "refuse_report",
    "report_tranche",
    "request_tranche",
    "return_unspent",
    "reverse_expenditure",
    "sign_agreement",
]
