"""A correction is a reversal, with a person and a reason (invariant 4)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.ledger.actions.opening import ref
from ayil.ledger.actions.posting import Posted, lock_funds, post_linked
from ayil.ledger.models import Transfer
from ayil.ledger.rules import TransferRequest, is_linked


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
    if is_linked(transfer.debit.code) or is_linked(transfer.credit.code):
        raise AyilError(
            _("%(transfer)s is one of two linked transfers: reverse both at once.")
            % {"transfer": transfer}
        )
    return _reverse([(key, transfer)], date, document, actor, reason, at)[0]


def reverse_linked(
    pair: tuple[Transfer, Transfer],
    *,
    key: str,
    date: date,
    document: str,
    actor: str,
    reason: str,
    at: datetime,
) -> tuple[Posted, Posted]:
    """Undoes both transfers of a bridge or of an exchange, or neither."""
    keys = {transfer.key.rsplit("/", 1)[0] for transfer in pair}
    if len(keys) != 1 or pair[0].key == pair[1].key:
        raise AyilError(
            _("%(first)s and %(second)s are not the two legs of one movement.")
            % {"first": pair[0], "second": pair[1]}
        )
    numbered = [(f"{key}/{leg.key.rsplit('/', 1)[1]}", leg) for leg in pair]
    first, second = _reverse(numbered, date, document, actor, reason, at)
    return first, second


def _reverse(
    transfers: list[tuple[str, Transfer]],
    date: date,
    document: str,
    actor: str,
    reason: str,
    at: datetime,
) -> list[Posted]:
    requests = []
    with transaction.atomic():
        lock_funds({transfer.fund_id for _key, transfer in transfers})
        for key, transfer in transfers:
            if not reason.strip() or not actor:
                raise AyilError(
                    _("A reversal of %(transfer)s needs a person and a reason.")
                    % {"transfer": transfer}
                )
            earlier = Transfer.objects.filter(reverses=transfer).exclude(key=key).first()
            if earlier is not None:
                raise AyilError(
                    _("%(transfer)s was reversed before, by %(earlier)s.")
                    % {"transfer": transfer, "earlier": earlier}
                )
            requests.append(_mirror(transfer, key, date, document, actor, reason))
        return post_linked(requests, at)


def _mirror(
    transfer: Transfer, key: str, date: date, document: str, actor: str, reason: str
) -> TransferRequest:
    return TransferRequest(
        key=key,
        debit=ref(transfer.credit),
        credit=ref(transfer.debit),
        amount_minor=transfer.amount_minor,
        date=date,
        kind=f"{transfer.kind[:21]}-reversal",
        document=document,
        actor=actor,
        reason=reason,
        reverses_key=transfer.key,
        reverses_id=transfer.pk,
    )
