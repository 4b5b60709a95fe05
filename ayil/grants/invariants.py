"""What must hold of grants, recomputed from the rows and the papers on the disk."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from ayil.grants.models import (
    EvidenceFile,
    Expenditure,
    ExpenditureApproval,
    Tranche,
    TrancheReport,
)
from ayil.grants.queries import money_in
from ayil.grants.rules import MoneyIn, value_of_first
from ayil.kit.canonical import digest
from ayil.kit.invariants import Check, by_query
from ayil.kit.search import words_as_named

_NOT_POSTED = """
    SELECT e.id, e.amount_minor, e.currency FROM grants_expenditureapproval a
    JOIN grants_expenditure e ON e.id = a.expenditure_id
    JOIN grants_tranche t ON t.id = e.tranche_id
    JOIN grants_budgetline l ON l.id = e.line_id
    JOIN ledger_transfer m ON m.id = a.paid_id
    JOIN ledger_account d ON d.id = m.debit_id JOIN ledger_account c ON c.id = m.credit_id
    WHERE m.fund_id <> t.fund_id OR m.amount_minor <> e.amount_minor OR m.currency <> e.currency
       OR c.code <> 'bank' OR d.code <> 'spent:' || l.code
"""
_NOT_VALUED = """
    SELECT e.id, a.value_minor FROM grants_expenditureapproval a
    JOIN grants_expenditure e ON e.id = a.expenditure_id
    JOIN grants_tranche t ON t.id = e.tranche_id
    JOIN grants_agreement g ON g.id = t.agreement_id
    JOIN grants_budgetline l ON l.id = e.line_id
    LEFT JOIN ledger_transfer m ON m.id = a.valued_id
    LEFT JOIN ledger_account d ON d.id = m.debit_id LEFT JOIN ledger_account c ON c.id = m.credit_id
    WHERE coalesce(m.amount_minor, 0) <> a.value_minor
       OR (m.id IS NOT NULL AND (m.fund_id <> t.fund_id OR m.currency <> g.currency
           OR d.code <> 'line:' || l.code OR c.code <> 'used:' || l.code))
"""
_ALONE = """
    SELECT e.id FROM grants_expenditure e
    JOIN grants_expenditureapproval a ON a.expenditure_id = e.id
    WHERE a.by_id = e.recorded_by_id OR a.by_id = e.payee_id OR e.payee_id = e.recorded_by_id
"""
_NO_VILLAGE = """
    SELECT e.id FROM grants_expenditure e JOIN places_place p ON p.id = e.village_id
    JOIN grants_budgetline l ON l.id = e.line_id JOIN grants_tranche t ON t.id = e.tranche_id
    WHERE p.kind <> 'village' OR l.agreement_id <> t.agreement_id
"""
# Money of a tranche's fund that moved without a row of grants behind it.
_STRAY = """
    SELECT f.code, m.seq, m.kind FROM ledger_transfer m
    JOIN grants_tranche t ON t.fund_id = m.fund_id JOIN ledger_fund f ON f.id = m.fund_id
    JOIN ledger_account d ON d.id = m.debit_id JOIN ledger_account c ON c.id = m.credit_id
    LEFT JOIN ledger_transfer o ON o.id = m.reverses_id
    WHERE (d.code = 'bank' OR c.code = 'bank')
      AND NOT EXISTS (SELECT 1 FROM grants_tranchereceipt r WHERE r.transfer_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM grants_expenditureapproval a WHERE a.paid_id IN (m.id, o.id))
      AND NOT EXISTS (SELECT 1 FROM grants_tranchereturn x WHERE x.paid_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM grants_trancheexchange y WHERE m.id IN (y.given_id, y.got_id))
      AND NOT EXISTS (SELECT 1 FROM ledger_bridge b WHERE m.debit_id = b.out_account_id
                      OR m.credit_id = b.in_account_id)
"""
_EARLY = """
    SELECT t.id FROM grants_tranchereceipt c JOIN grants_tranche t ON t.id = c.tranche_id
    JOIN grants_tranche p ON p.agreement_id = t.agreement_id AND p.number = t.number - 1
    WHERE NOT EXISTS (SELECT 1 FROM grants_trancheacceptance a
                      JOIN grants_tranchereport r ON r.id = a.report_id WHERE r.tranche_id = p.id)
"""
_OVER_BUDGET = """
    SELECT l.code, sum(a.amount_minor), l.amount_minor FROM grants_allotment a
    JOIN grants_budgetline l ON l.id = a.line_id
    GROUP BY l.id, l.code, l.amount_minor HAVING sum(a.amount_minor) > l.amount_minor
"""


def changed_papers() -> Iterator[str]:
    """Every evidence file is there and still hashes to its name."""
    for evidence in EvidenceFile.objects.iterator():
        try:
            with evidence.path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield f"The file of {evidence} is not there ({error.strerror})."
            continue
        if found != evidence.sha256:
            yield f"The file of {evidence} was changed: it hashes to {found[:12]}."


def changed_reports() -> Iterator[str]:
    for report in TrancheReport.objects.iterator():
        if digest("ayil/grants/report/1", report.figures) != bytes(report.sha256):
            yield f"Report {report} does not hash to its fingerprint."


def wrong_values() -> Iterator[str]:
    """What each tranche's payments in another currency cost, first in, first out, in total."""
    for tranche in Tranche.objects.select_related("agreement"):
        paid: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        outgoings = [
            *ExpenditureApproval.objects.filter(expenditure__tranche=tranche).values_list(
                "expenditure__currency", "expenditure__amount_minor", "value_minor"
            ),
            *tranche.returns.values_list("currency", "amount_minor", "value_minor"),
        ]
        for currency, amount, value in outgoings:
            paid[currency][0] += amount
            paid[currency][1] += value
        for currency, (amount, value) in paid.items():
            own = currency == tranche.agreement.currency
            came = [MoneyIn(amount, amount)] if own else money_in(tranche, currency)
            expected = _value(came, amount)
            if expected != value:
                yield f"Tranche {tranche}: {amount} {currency} cost {expected}, booked {value}."


def _value(came: list[MoneyIn], amount: int) -> int | None:
    try:
        return value_of_first(came, amount)
    except ValueError:
        return None


CHECKS = [
    by_query(
        8,
        "an approved expenditure is the transfer that paid it",
        _NOT_POSTED,
        "Expenditure {0} of {1} {2}: its transfer is another one.",
    ),
    by_query(
        8,
        "an approved expenditure took its value from its own line",
        _NOT_VALUED,
        "Expenditure {0}: its value {1} is not what was taken from its line.",
    ),
    by_query(
        7,
        "who receives, who records and who approves are three",
        _ALONE,
        "Expenditure {0} was recorded, received or approved by one and the same.",
    ),
    by_query(
        8,
        "every expenditure is for a village and inside its agreement",
        _NO_VILLAGE,
        "Expenditure {0} has no village or a line of another agreement.",
    ),
    by_query(
        8,
        "no grant money moves without its row",
        _STRAY,
        "{0}#{1} ({2}) moved grant money with no receipt, payment, exchange or return behind it.",
    ),
    by_query(
        None,
        "a tranche came after the one before was accepted",
        _EARLY,
        "Tranche {0} was received before the report on the one before was accepted.",
    ),
    by_query(
        8,
        "no line is given more than its budget",
        _OVER_BUDGET,
        "Line {0} was given {1} of {2}.",
    ),
    Check(8, "every paper is there and unchanged", changed_papers),
    Check(None, "a report's figures are those that were sent", changed_reports),
    Check(9, "spent money cost what was given for it", wrong_values),
    words_as_named(EvidenceFile, "name"),
    words_as_named(Expenditure, "purpose"),
]
