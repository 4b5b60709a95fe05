"""Posting: all of a list of transfers or none, exactly once by key."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from ayil.kit import rows
from ayil.kit.errors import AyilError, Conflict
from ayil.kit.money import plain
from ayil.ledger.models import Account, AccountKind, Bridge, ExchangeRate, Fund, FundKind, Transfer
from ayil.ledger.rules import AccountRef, TransferRequest, chain_hash, refusal, request_hash

_COLUMNS = (
    "id",
    "fund_id",
    "seq",
    "key",
    "request_hash",
    "debit_id",
    "credit_id",
    "amount_minor",
    "currency",
    "date",
    "kind",
    "document",
    "actor",
    "reason",
    "reverses_id",
    "posted_at",
    "hash",
)


class Overdrawn(AyilError):
    """An account would fall under its floor."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a request landed: the row's id and its place in its fund's chain."""

    id: int
    seq: int
    hash: bytes


def open_fund(*, code: str, name: str, kind: FundKind) -> Fund:
    return Fund.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})[0]


def open_account(
    *, fund: Fund, code: str, kind: AccountKind, currency: str, floor_minor: int | None = None
) -> Account:
    """The account of that code, made if it is not there; a floor is fixed when it is made."""
    account, _made = Account.objects.get_or_create(
        fund=fund,
        code=code,
        currency=currency,
        defaults={"kind": kind, "floor_minor": floor_minor},
    )
    if account.kind != kind:
        raise Conflict(f"Account {fund.code}/{code} is {account.kind}, not {kind}.")
    return account


def ref(account: Account) -> AccountRef:
    return AccountRef(
        id=account.pk,
        fund_id=account.fund_id,
        fund_code=account.fund.code,
        code=account.code,
        currency=account.currency,
        direction=account.direction,
    )


def post(requests: Sequence[TransferRequest], *, at: datetime) -> list[Posted]:
    """Posts all requests in their order, or none; the same again returns the first.

    Raises Conflict where a key holds another content, Overdrawn where a floor would break,
    AyilError for a request that no ledger takes.
    """
    for request in requests:
        words = refusal(request)
        if words:
            raise AyilError(words)
    with transaction.atomic():
        funds = _lock_funds({request.debit.fund_id for request in requests})
        known = _already_posted(requests)
        fresh = _first_of_each_key([r for r in requests if _slot(r) not in known], known)
        known |= _insert(fresh, funds, at)
        _move_balances(fresh)
    return [known[_slot(request)][0] for request in requests]


_Slot = tuple[int, str]
_Known = dict[_Slot, tuple[Posted, bytes]]


def _slot(request: TransferRequest) -> _Slot:
    return request.debit.fund_id, request.key


def _lock_funds(ids: Iterable[int]) -> dict[int, Fund]:
    locked = Fund.objects.select_for_update().filter(pk__in=sorted(ids)).order_by("pk")
    return {fund.pk: fund for fund in locked}


def _already_posted(requests: Sequence[TransferRequest]) -> _Known:
    found: _Known = {}
    by_fund: dict[int, list[str]] = defaultdict(list)
    for request in requests:
        by_fund[request.debit.fund_id].append(request.key)
    hashes = {}
    for fund_id, keys in by_fund.items():
        for start in range(0, len(keys), 5000):
            rows_found = Transfer.objects.filter(
                fund_id=fund_id, key__in=keys[start : start + 5000]
            ).values_list("id", "seq", "key", "request_hash", "hash")
            for id_, seq, key, request, hash_ in rows_found:
                found[fund_id, key] = (Posted(id_, seq, bytes(hash_)), bytes(request))
    if found:
        hashes = {_slot(r): request_hash(r) for r in requests if _slot(r) in found}
    for slot, asked in hashes.items():
        if asked != found[slot][1]:
            raise Conflict(
                f"Transfer {slot[1]} was posted before with another content. "
                "Use a new key for a new transfer; correct a wrong one by a reversal."
            )
    return found


def _first_of_each_key(requests: list[TransferRequest], known: _Known) -> list[TransferRequest]:
    first: dict[_Slot, TransferRequest] = {}
    for request in requests:
        if first.setdefault(_slot(request), request) != request:
            raise Conflict(f"Transfer {request.key} stands twice here, with two contents.")
    return list(first.values())


def _insert(requests: list[TransferRequest], funds: dict[int, Fund], at: datetime) -> _Known:
    made: _Known = {}
    if not requests:
        return made
    table = []
    for id_, request in zip(rows.reserve_ids(Transfer, len(requests)), requests, strict=True):
        fund = funds[request.debit.fund_id]
        fund.last_seq += 1
        asked = request_hash(request)
        hash_ = chain_hash(bytes(fund.head_hash), fund.last_seq, asked)
        fund.head_hash = hash_
        made[_slot(request)] = (Posted(id_, fund.last_seq, hash_), asked)
        table.append(
            (
                id_,
                fund.pk,
                fund.last_seq,
                request.key,
                asked,
                request.debit.id,
                request.credit.id,
                request.amount_minor,
                request.debit.currency,
                request.date,
                request.kind,
                request.document,
                request.actor,
                request.reason,
                request.reverses_id,
                at,
                hash_,
            )
        )
    rows.insert(Transfer, _COLUMNS, table)
    for fund in funds.values():
        fund.save(update_fields=["last_seq", "head_hash"])
    return made


def _move_balances(requests: list[TransferRequest]) -> None:
    change: dict[int, int] = defaultdict(int)
    names: dict[int, str] = {}
    for request in requests:
        for account, sign in ((request.debit, 1), (request.credit, -1)):
            change[account.id] += sign * account.direction * request.amount_minor
            names[account.id] = f"{account.fund_code}/{account.code}"
    # In the order of ids: two postings never wait for each other in a circle.
    moves = [(amount, id_) for id_, amount in sorted(change.items()) if amount]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE ledger_account SET balance_minor = balance_minor + %s WHERE id = %s", moves
            )
    except IntegrityError as error:
        raise _overdrawn(moves, names) from error


def _overdrawn(moves: list[tuple[int, int]], names: dict[int, str]) -> Overdrawn:
    held = Account.objects.in_bulk([id_ for _amount, id_ in moves])
    for amount, id_ in moves:
        account = held[id_]
        if account.floor_minor is not None and account.balance_minor + amount < account.floor_minor:
            return Overdrawn(
                f"{names[id_]} holds {plain(account.balance_minor, account.currency)} "
                f"{account.currency} and may not fall under "
                f"{plain(account.floor_minor, account.currency)}; this asks for "
                f"{plain(-amount, account.currency)}. Nothing was posted."
            )
    return Overdrawn("An account would fall under its floor. Nothing was posted.")


def reverse(
    transfer: Transfer,
    *,
    key: str,
    date: date,
    document: str,
    actor: str,
    reason: str,
    at: datetime,
) -> Posted:
    """Undoes a transfer by its mirror, dated in an open period; once only (invariant 4)."""
    if not reason.strip() or not actor:
        raise AyilError(f"A reversal of {transfer} needs a person and a reason.")
    request = TransferRequest(
        key=key,
        debit=ref(transfer.credit),
        credit=ref(transfer.debit),
        amount_minor=transfer.amount_minor,
        date=date,
        kind=f"{transfer.kind}-reversal"[:30],
        document=document,
        actor=actor,
        reason=reason,
        reverses_key=transfer.key,
        reverses_id=transfer.pk,
    )
    earlier = Transfer.objects.filter(reverses=transfer).exclude(key=key).first()
    if earlier is not None:
        raise AyilError(f"{transfer} was reversed before, by {earlier}.")
    return post([request], at=at)[0]


def build_bridge(*, code: str, out_of: Fund, into: Fund, currency: str) -> Bridge:
    """A named way between two funds, with an account of its own on each side."""
    found = Bridge.objects.filter(code=code).first()
    if found is not None:
        return found
    with transaction.atomic():
        out_account = open_account(
            fund=out_of, code=f"bridge-out:{code}", kind=AccountKind.ASSET, currency=currency
        )
        in_account = open_account(
            fund=into, code=f"bridge-in:{code}", kind=AccountKind.LIABILITY, currency=currency
        )
        return Bridge.objects.create(code=code, out_account=out_account, in_account=in_account)


def post_across(bridge: Bridge, request: TransferRequest, *, at: datetime) -> tuple[Posted, Posted]:
    """Moves money from `request.credit` in one fund to `request.debit` in the other.

    Two linked transfers in one transaction, meeting in the bridge's accounts.
    """
    out_account, in_account = ref(bridge.out_account), ref(bridge.in_account)
    if (request.credit.fund_id, request.debit.fund_id) != (out_account.fund_id, in_account.fund_id):
        raise AyilError(
            f"Bridge {bridge.code} does not lead from fund {request.credit.fund_code} "
            f"to {request.debit.fund_code}."
        )
    out, into = post(
        [
            replace(request, key=f"{request.key}/out", debit=out_account),
            replace(request, key=f"{request.key}/in", credit=in_account),
        ],
        at=at,
    )
    return out, into


def exchange(
    *,
    key: str,
    rate: ExchangeRate,
    given_from: Account,
    got_into: Account,
    document: str,
    actor: str,
    at: datetime,
) -> tuple[Posted, Posted]:
    """Turns `rate.base_minor` of one account into `rate.quote_minor` of another, same fund.

    Two linked transfers through an FX account a currency, each holding what was changed.
    """
    fund = given_from.fund
    if (given_from.currency, got_into.currency) != (rate.base, rate.quote):
        raise AyilError(f"The rate {rate} does not fit these accounts.")
    fx_given, fx_got = (
        open_account(fund=fund, code="fx", kind=AccountKind.EQUITY, currency=currency)
        for currency in (rate.base, rate.quote)
    )
    legs = (
        ("given", fx_given, given_from, rate.base_minor),
        ("got", got_into, fx_got, rate.quote_minor),
    )
    given, got = post(
        [
            TransferRequest(
                key=f"{key}/{name}",
                debit=ref(debit),
                credit=ref(credit),
                amount_minor=amount,
                date=rate.date,
                kind="exchange",
                document=document,
                actor=actor,
            )
            for name, debit, credit, amount in legs
        ],
        at=at,
    )
    return given, got


def store_rate(
    *, date: date, base: str, quote: str, base_minor: int, quote_minor: int, source: str
) -> ExchangeRate:
    """A rate is what was given and got, with its day and source (invariant 9)."""
    if not source.strip():
        raise AyilError("An exchange rate needs its source: a bank slip or a published table.")
    return ExchangeRate.objects.create(
        date=date,
        base=base,
        quote=quote,
        base_minor=base_minor,
        quote_minor=quote_minor,
        source=source,
    )
