"""What must hold in the ledger, recomputed from its transfers alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from ayil.kit.invariants import Check, by_query
from ayil.ledger.models import Fund, Transfer
from ayil.ledger.rules import FX, GENESIS, chain_hash, content_hash

ROWS_A_FETCH = 5000

_DIRECTION = "CASE WHEN a.kind IN ('asset', 'expense') THEN 1 ELSE -1 END"

_BALANCES = f"""
    SELECT f.code, a.code, a.currency, a.balance_minor, {_DIRECTION} * coalesce(m.net, 0)
    FROM ledger_account a JOIN ledger_fund f ON f.id = a.fund_id
    LEFT JOIN (
        SELECT account_id, sum(net) AS net FROM (
            SELECT debit_id AS account_id, sum(amount_minor) AS net
            FROM ledger_transfer GROUP BY debit_id
            UNION ALL
            SELECT credit_id, -sum(amount_minor) FROM ledger_transfer GROUP BY credit_id
        ) sides GROUP BY account_id
    ) m ON m.account_id = a.id
    WHERE a.balance_minor <> {_DIRECTION} * coalesce(m.net, 0)
"""  # noqa: S608 - the words are our own

_FLOORS = """
    SELECT f.code, a.code, a.balance_minor, a.floor_minor, a.currency
    FROM ledger_account a JOIN ledger_fund f ON f.id = a.fund_id
    WHERE a.balance_minor < a.floor_minor
"""

_TRIAL_BALANCE = f"""
    SELECT f.code, a.currency, sum({_DIRECTION} * a.balance_minor)
    FROM ledger_account a JOIN ledger_fund f ON f.id = a.fund_id
    GROUP BY f.code, a.currency HAVING sum({_DIRECTION} * a.balance_minor) <> 0
"""  # noqa: S608 - the words are our own

_FUND_BORDERS = """
    SELECT f.code, t.seq FROM ledger_transfer t
    JOIN ledger_fund f ON f.id = t.fund_id
    JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
    WHERE d.fund_id <> t.fund_id OR c.fund_id <> t.fund_id
       OR d.currency <> t.currency OR c.currency <> t.currency
"""

_BRIDGES = """
    SELECT b.code, o.balance_minor, i.balance_minor FROM ledger_bridge b
    JOIN ledger_account o ON o.id = b.out_account_id
    JOIN ledger_account i ON i.id = b.in_account_id
    WHERE o.balance_minor <> i.balance_minor OR o.currency <> i.currency
"""

_REVERSALS = """
    SELECT f.code, r.seq, o.seq FROM ledger_transfer r
    JOIN ledger_transfer o ON o.id = r.reverses_id
    JOIN ledger_fund f ON f.id = r.fund_id
    WHERE r.fund_id <> o.fund_id OR r.debit_id <> o.credit_id OR r.credit_id <> o.debit_id
       OR r.amount_minor <> o.amount_minor OR r.currency <> o.currency
       OR trim(r.reason) = '' OR trim(r.actor) = ''
"""

# A transfer at an account in which two must meet, whose other leg is not there. The legs carry
# one key with two endings; a reversal's do as well.
_LONE_LEGS = f"""
    SELECT f.code, t.seq, t.key FROM ledger_transfer t
    JOIN ledger_fund f ON f.id = t.fund_id
    JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
    WHERE (d.code = '{FX}' OR c.code = '{FX}')
      AND NOT EXISTS (
        SELECT 1 FROM ledger_transfer o WHERE o.fund_id = t.fund_id AND o.key =
          CASE WHEN t.key LIKE '%/given' THEN replace(t.key, '/given', '/got')
               ELSE replace(t.key, '/got', '/given') END)
"""  # noqa: S608 - the words are our own


def broken_chains() -> Iterator[str]:
    """Every fund's chain, link by link, its requests hashed anew from the stored codes."""
    for fund in Fund.objects.order_by("pk"):
        yield from _broken_links(fund)


def _broken_links(fund: Fund) -> Iterator[str]:
    previous, expected_seq = GENESIS, 1
    transfers: Any = (
        Transfer.objects.filter(fund=fund)
        .order_by("seq")
        .values_list(
            "seq",
            "key",
            "debit__code",
            "credit__code",
            "amount_minor",
            "currency",
            "date",
            "kind",
            "document",
            "actor",
            "reason",
            "reverses__key",
            "request_hash",
            "hash",
        )
    )
    for seq, *content, request_hash, hash_ in transfers.iterator(chunk_size=ROWS_A_FETCH):
        if seq != expected_seq:
            yield f"{fund.code}: transfer {expected_seq} is missing, {seq} follows."
        asked = _hash_of(fund.code, *content)
        if asked != bytes(request_hash):
            yield f"{fund.code}#{seq}: its content is not what was posted (hash differs)."
        if chain_hash(previous, seq, asked) != bytes(hash_):
            yield f"{fund.code}#{seq}: the chain breaks here."
        # Go on from what is stored, so that one broken link is told once.
        previous, expected_seq = bytes(hash_), seq + 1
    if (fund.last_seq, bytes(fund.head_hash)) != (expected_seq - 1, previous):
        yield (
            f"{fund.code}: the chain ends at {expected_seq - 1}, the fund says {fund.last_seq}"
            + (" with another hash." if fund.last_seq == expected_seq - 1 else ".")
        )


def _hash_of(
    fund_code: str,
    key: str,
    debit_code: str,
    credit_code: str,
    amount_minor: int,
    currency: str,
    day: date,
    kind: str,
    document: str,
    actor: str,
    reason: str,
    reverses_key: str | None,
) -> bytes:
    return content_hash(
        fund_code=fund_code,
        key=key,
        debit_code=debit_code,
        credit_code=credit_code,
        amount_minor=amount_minor,
        currency=currency,
        date=day,
        kind=kind,
        document=document,
        actor=actor,
        reason=reason,
        reverses_key=reverses_key or "",
    )


def stored_in_whole_numbers() -> Iterator[str]:
    """SQLite keeps any type in any column: an amount there must still be a whole number."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table, column in (
            ("ledger_transfer", "amount_minor"),
            ("ledger_account", "balance_minor"),
        ):
            cursor.execute(
                f"SELECT id, typeof({column}) FROM {table} "  # noqa: S608 - our own names
                f"WHERE typeof({column}) <> 'integer'"
            )
            for id_, kind in cursor.fetchall():
                yield f"{table} {id_}: {column} is kept as {kind}, not as a whole number."


CHECKS = [
    by_query(
        4,
        "every balance is the sum of its transfers",
        _BALANCES,
        "{0}/{1}: the balance says {3} {2}, its transfers say {4}.",
    ),
    by_query(8, "no account is under its floor", _FLOORS, "{0}/{1}: {2} {4} is under {3}."),
    by_query(
        8,
        "debits equal credits in every fund and currency",
        _TRIAL_BALANCE,
        "{0}: {1} is out of balance by {2} minor units.",
    ),
    by_query(
        8,
        "no transfer leaves its fund or its currency",
        _FUND_BORDERS,
        "{0}#{1} joins accounts of other funds or currencies.",
    ),
    by_query(
        8,
        "what left over a bridge arrived on its other side",
        _BRIDGES,
        "Bridge {0}: {1} went out, {2} came in.",
    ),
    by_query(
        9,
        "no leg of an exchange stands alone",
        _LONE_LEGS,
        "{0}#{1} ({2}): the other leg of this exchange is missing.",
    ),
    by_query(
        4,
        "a reversal mirrors what it reverses, with a person and a reason",
        _REVERSALS,
        "{0}#{1} does not mirror {0}#{2}.",
    ),
    Check(4, "every chain of transfers recomputes, link by link", broken_chains),
    Check(None, "amounts are whole numbers", stored_in_whole_numbers),
]
