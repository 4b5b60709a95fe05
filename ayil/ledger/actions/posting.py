"""Posting: all of a list of transfers or none, exactly once by key."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from ayil.kit import rows
from ayil.kit.errors import AyilError, Conflict
from ayil.kit.money import plain
from ayil.ledger.models import Account, Fund, Transfer
from ayil.ledger.rules import (
    MAX_MINOR,
    TransferRequest,
    chain_hash,
    is_linked,
    refusal,
    request_hash,
)

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


def post(requests: Sequence[TransferRequest], *, at: datetime) -> list[Posted]:
    """Posts all requests in their order, or none; the same again returns the first.

    Raises Conflict where a key holds another content, Overdrawn where a floor would break,
    AyilError for a request that no ledger takes.
    """
    for request in requests:
        if is_linked(request.debit.code) or is_linked(request.credit.code):
            raise AyilError(
                f"Transfer {request.key} would move {request.debit.code} or "
                f"{request.credit.code} alone. Go across a bridge or make an exchange."
            )
    return post_linked(requests, at)


def post_linked(requests: Sequence[TransferRequest], at: datetime) -> list[Posted]:
    """`post` for the legs of a bridge or an exchange, which this package alone pairs."""
    for request in requests:
        words = refusal(request)
        if words:
            raise AyilError(words)
    with transaction.atomic():
        funds = lock_funds({request.debit.fund_id for request in requests})
        known = _already_posted(requests)
        fresh = _first_of_each_key([r for r in requests if _slot(r) not in known])
        known |= _insert(fresh, funds, at)
        _move_balances(fresh)
    return [known[_slot(request)][0] for request in requests]


_Slot = tuple[int, str]
_Known = dict[_Slot, tuple[Posted, bytes]]


def _slot(request: TransferRequest) -> _Slot:
    return request.debit.fund_id, request.key


def lock_funds(ids: Iterable[int]) -> dict[int, Fund]:
    locked = Fund.objects.select_for_update().filter(pk__in=sorted(ids)).order_by("pk")
    return {fund.pk: fund for fund in locked}


def _already_posted(requests: Sequence[TransferRequest]) -> _Known:
    found: _Known = {}
    by_fund: dict[int, list[str]] = defaultdict(list)
    for request in requests:
        by_fund[request.debit.fund_id].append(request.key)
    for fund_id, keys in by_fund.items():
        earlier = Transfer.objects.filter(fund_id=fund_id, key__in=rows.texts(keys)).values_list(
            "id", "seq", "key", "request_hash", "hash"
        )
        for id_, seq, key, asked, hash_ in earlier:
            found[fund_id, key] = (Posted(id_, seq, bytes(hash_)), bytes(asked))
    for request in requests if found else ():
        slot = _slot(request)
        if slot in found and request_hash(request) != found[slot][1]:
            raise Conflict(
                f"Transfer {request.key} was posted before with another content. "
                "Use a new key for a new transfer; correct a wrong one by a reversal."
            )
    return found


def _first_of_each_key(requests: list[TransferRequest]) -> list[TransferRequest]:
    first: dict[_Slot, TransferRequest] = {}
    for request in requests:
        same = first.setdefault(_slot(request), request)
        if same is not request and same != request:
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
    for amount, id_ in moves:
        if abs(amount) >= MAX_MINOR:
            raise AyilError(
                _("%(account)s would move by more than any ledger holds.") % {"account": names[id_]}
            )
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
                _(
                    "%(account)s holds %(held)s %(currency)s and may not fall under %(floor)s; "
                    "this asks for %(asked)s. Nothing was posted."
                )
                % {
                    "account": names[id_],
                    "held": plain(account.balance_minor, account.currency),
                    "currency": account.currency,
                    "floor": plain(account.floor_minor, account.currency),
                    "asked": plain(-amount, account.currency),
                }
            )
    return Overdrawn(_("An account would fall under its floor. Nothing was posted."))
