"""Reads over statements, what is owed, and payouts; who may see what is decided in `visible`."""

from ayil.payouts.queries.owed import (
    ConsignorStanding,
    Owed,
    owed_by_consignor,
    owed_to,
    standing_at,
    standings,
)
from ayil.payouts.queries.pages import (
    ProducerPage,
    producer_page,
    run_with_payouts,
)
from ayil.payouts.queries.payees import (
    Payee,
    accounts_of,
    bank_payees,
    bank_templates,
    payees_of,
)
from ayil.payouts.queries.statements import (
    LinePage,
    MonthSum,
    all_statement_lines,
    last_statement,
    statement_items,
    statement_lines,
    statement_months,
    statement_payouts,
    statement_postings,
    statement_sale_lines,
)
from ayil.payouts.queries.terms import terms_on, terms_said
from ayil.payouts.queries.visible import (
    consignors_visible_to,
    disputes_visible_to,
    payouts_visible_to,
    runs_visible_to,
    shops_with_owed_visible_to,
    statements_visible_to,
)

__all__ = [
    "ConsignorStanding",
    "LinePage",
    "MonthSum",
    "Owed",
    "Payee",
    "ProducerPage",
    "accounts_of",
    "all_statement_lines",
    "bank_payees",
    "bank_templates",
    "consignors_visible_to",
    "disputes_visible_to",
    "last_statement",
    "owed_by_consignor",
    "owed_to",
    "payees_of",
    "payouts_visible_to",
    "producer_page",
    "run_with_payouts",
    "runs_visible_to",
    "shops_with_owed_visible_to",
    "standing_at",
    "standings",
    "statement_items",
    "statement_lines",
    "statement_months",
    "statement_payouts",
    "statement_postings",
    "statement_sale_lines",
    "statements_visible_to",
    "terms_on",
    "terms_said",
]
