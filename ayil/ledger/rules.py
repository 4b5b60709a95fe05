"""What a transfer says and how it is hashed; no database, no clock."""

import hashlib
from dataclasses import dataclass
from datetime import date

from ayil.kit.canonical import encode_flat

GENESIS = bytes(32)
MAX_MINOR = 1 << 62  # amounts and balances stay under it, so that no sum of two leaves 64 bits
BRIDGE_OUT, BRIDGE_IN, FX = "bridge-out:", "bridge-in:", "fx"


@dataclass(frozen=True, slots=True)
class AccountRef:
    """What posting needs to know of an account."""

    id: int
    fund_id: int
    fund_code: str
    code: str
    currency: str
    direction: int


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """Asks for `amount_minor` (> 0) to be moved from `credit` to `debit`.

    `document` names the paper behind it ("payout:17"), `actor` who did it ("party:3",
    "till:karakol-1"). `date` is the business date, in an open period: today for a correction.
    """

    key: str
    debit: AccountRef
    credit: AccountRef
    amount_minor: int
    date: date
    kind: str
    document: str
    actor: str
    reason: str = ""
    reverses_key: str = ""
    reverses_id: int | None = None


def refusal(request: TransferRequest) -> str | None:
    """Why this request cannot be posted, or None."""
    debit, credit = request.debit, request.credit
    if request.amount_minor <= 0:
        return f"Transfer {request.key}: the amount must be above zero, not {request.amount_minor}."
    if request.amount_minor >= MAX_MINOR:
        return f"Transfer {request.key}: {request.amount_minor} is more than any ledger holds."
    if debit.id == credit.id:
        return f"Transfer {request.key}: debit and credit are the same account {debit.code}."
    if debit.fund_id != credit.fund_id:
        return (
            f"Transfer {request.key} would go from fund {credit.fund_code} to {debit.fund_code}. "
            "Funds meet only in a named bridge."
        )
    if debit.currency != credit.currency:
        return (
            f"Transfer {request.key} would turn {credit.currency} into {debit.currency}. "
            "Use an exchange, with its rate and source."
        )
    if request.reverses_id is not None and not (request.reason and request.actor):
        return f"Transfer {request.key}: a reversal needs a person and a reason."
    return None


def is_linked(code: str) -> bool:
    """An account in which two transfers meet: neither may be posted or reversed alone."""
    return code == FX or code.startswith((BRIDGE_OUT, BRIDGE_IN))


def request_hash(request: TransferRequest) -> bytes:
    """SHA-256 of everything the caller asked for, 32 bytes."""
    return content_hash(
        fund_code=request.debit.fund_code,
        key=request.key,
        debit_code=request.debit.code,
        credit_code=request.credit.code,
        amount_minor=request.amount_minor,
        currency=request.debit.currency,
        date=request.date,
        kind=request.kind,
        document=request.document,
        actor=request.actor,
        reason=request.reason,
        reverses_key=request.reverses_key,
    )


def content_hash(
    *,
    fund_code: str,
    key: str,
    debit_code: str,
    credit_code: str,
    amount_minor: int,
    currency: str,
    date: date,
    kind: str,
    document: str,
    actor: str,
    reason: str,
    reverses_key: str,
) -> bytes:
    """The hash by codes and keys, never by row numbers: two databases with one history agree."""
    body = encode_flat(
        (
            fund_code,
            key,
            debit_code,
            credit_code,
            amount_minor,
            currency,
            date.toordinal(),
            kind,
            document,
            actor,
            reason,
            reverses_key,
        )
    )
    return hashlib.sha256(b"ayil/transfer/1" + body).digest()


def chain_hash(previous: bytes, seq: int, request: bytes) -> bytes:
    """The next link: SHA-256(previous hash, seq as 8 bytes, request hash)."""
    return hashlib.sha256(previous + seq.to_bytes(8, "big") + request).digest()
