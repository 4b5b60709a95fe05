"""A tranche is requested, received, changed into the currency it is spent in, and allotted."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from ayil.grants import pockets
from ayil.grants.actions.moving import actor, lock, move
from ayil.grants.models import (
    Allotment,
    BudgetLine,
    EvidenceFile,
    Tranche,
    TrancheAcceptance,
    TrancheExchange,
    TrancheReceipt,
    TrancheRequest,
)
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError, Conflict
from ayil.kit.money import plain
from ayil.ledger.actions import exchange, store_rate
from ayil.ledger.models import ExchangeRate
from ayil.members.models import Party
from ayil.members.rights import Right, require


def request_tranche(
    *, tranche: Tranche, on: date, paper: EvidenceFile, by: Party, at: datetime
) -> TrancheRequest:
    require(by, Right.KEEP_GRANT, on=local_date(at))
    if TrancheRequest.objects.filter(tranche=tranche).exists():
        raise AyilError(_("Tranche %(tranche)s was requested before.") % {"tranche": tranche})
    return TrancheRequest.objects.create(tranche=tranche, on=on, paper=paper, by=by, recorded_at=at)


def receive_tranche(
    *,
    tranche: Tranche,
    on: date,
    amount_minor: int,
    slip: EvidenceFile,
    rate: ExchangeRate | None,
    by: Party,
    at: datetime,
) -> TrancheReceipt:
    """Posts the money, in the agreement's currency, into the tranche's own fund.

    Refused before its request, and while the tranche before it has no accepted report. `rate` is
    the day's, with its source; None only where the agreement is in som.
    """
    require(by, Right.KEEP_GRANT, on=local_date(at))
    with transaction.atomic():
        tranche = lock(tranche)
        words = _why_not_received(tranche, rate, on)
        if words:
            raise AyilError(words)
        currency = tranche.agreement.currency
        name = f"receipt:{tranche.agreement.code}:{tranche.number}"
        transfer = move(
            name, pockets.bank(tranche, currency), pockets.grant(tranche), amount_minor, on,
            kind="grant-receipt", by=by, at=at,
        )  # fmt: skip
        return TrancheReceipt.objects.create(
            tranche=tranche,
            on=on,
            amount_minor=amount_minor,
            currency=currency,
            slip=slip,
            rate=rate,
            transfer_id=transfer,
            by=by,
            recorded_at=at,
        )


def _why_not_received(tranche: Tranche, rate: ExchangeRate | None, on: date) -> str | None:
    currency = tranche.agreement.currency
    if TrancheReceipt.objects.filter(tranche=tranche).exists():
        return _(
            "Tranche %(tranche)s was received before. A correction is a return to the donor."
        ) % {"tranche": tranche}
    if not TrancheRequest.objects.filter(tranche=tranche, on__lte=on).exists():
        return _("Tranche %(tranche)s was not requested by %(on)s. Record the request first.") % {
            "tranche": tranche,
            "on": on,
        }
    if not _one_before_is_accepted(tranche):
        return _(
            "Tranche %(tranche)s waits: the report on tranche %(earlier)s is not accepted. "
            "Hand in the report and record the donor's letter first."
        ) % {"tranche": tranche, "earlier": tranche.number - 1}
    if currency != "KGS" and rate is None:
        return _("Tranche %(tranche)s needs the day's rate of %(currency)s, with its source.") % {
            "tranche": tranche,
            "currency": currency,
        }
    if rate is not None and (rate.base != currency or rate.date != on):
        return _("The rate %(rate)s is not one of %(currency)s on %(on)s.") % {
            "rate": rate,
            "currency": currency,
            "on": on,
        }
    return None


def _one_before_is_accepted(tranche: Tranche) -> bool:
    return (
        tranche.number == 1
        or TrancheAcceptance.objects.filter(
            report__tranche__agreement=tranche.agreement, report__tranche__number=tranche.number - 1
        ).exists()
    )


def allot(
    *,
    tranche: Tranche,
    line: BudgetLine,
    amount_minor: int,
    on: date,
    reason: str,
    by: Party,
    at: datetime,
) -> Allotment:
    """Sets received money aside for a line, or takes it back (`amount_minor` below zero).

    Refused over the line's budget (over all tranches) and over what the tranche holds unallotted;
    taken back at most what the line has not spent.
    """
    require(by, Right.KEEP_GRANT, on=local_date(at))
    if not amount_minor or not reason.strip():
        raise AyilError(
            _("An allotment to %(line)s needs an amount and a reason.") % {"line": line}
        )
    with transaction.atomic():
        tranche = lock(tranche)
        line = BudgetLine.objects.select_for_update().get(pk=line.pk)
        _refuse_over_budget(tranche, line, amount_minor)
        held, free = pockets.line(tranche, line), pockets.grant(tranche)
        number = Allotment.objects.filter(tranche=tranche).count() + 1
        transfer = move(
            f"allotment:{tranche.agreement.code}:{tranche.number}:{number}",
            *((free, held) if amount_minor > 0 else (held, free)),
            abs(amount_minor), on, kind="grant-allotment", by=by, at=at,
        )  # fmt: skip
        return Allotment.objects.create(
            tranche=tranche,
            line=line,
            amount_minor=amount_minor,
            on=on,
            reason=reason,
            transfer_id=transfer,
            by=by,
            recorded_at=at,
        )


def _refuse_over_budget(tranche: Tranche, line: BudgetLine, amount_minor: int) -> None:
    if line.agreement_id != tranche.agreement_id:
        raise AyilError(
            _("Line %(line)s belongs to another agreement than tranche %(tranche)s.")
            % {"line": line, "tranche": tranche}
        )
    before = line.allotments.aggregate(total=Sum("amount_minor"))["total"] or 0
    if not 0 <= before + amount_minor <= line.amount_minor:
        currency = tranche.agreement.currency
        raise AyilError(
            _(
                "Line %(line)s has a budget of %(budget)s %(currency)s; %(allotted)s are "
                "allotted, %(amount)s do not fit."
            )
            % {
                "line": line,
                "budget": plain(line.amount_minor, currency),
                "currency": currency,
                "allotted": plain(before, currency),
                "amount": plain(amount_minor, currency),
            }
        )


def exchange_money(
    *,
    tranche: Tranche,
    given_minor: int,
    got_minor: int,
    into: str,
    on: date,
    source: str,
    slip: EvidenceFile,
    by: Party,
    at: datetime,
    uid: UUID | None = None,
) -> TrancheExchange:
    """Changes money of the grant's currency into the one it is spent in, as on the bank's slip.

    The rate is kept as the two whole amounts; the same `uid` again returns the first.
    """
    require(by, Right.KEEP_GRANT, on=local_date(at))
    with transaction.atomic():
        tranche = lock(tranche)
        recorded = TrancheExchange.objects.select_related("rate")
        earlier = recorded.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.rate.base_minor, earlier.rate.quote_minor) != (given_minor, got_minor):
                raise Conflict(
                    _("The exchange %(uid)s was recorded before with other amounts.") % {"uid": uid}
                )
            return earlier
        if into == tranche.agreement.currency or min(given_minor, got_minor) <= 0:
            raise AyilError(
                _(
                    "Tranche %(tranche)s: an exchange gives %(currency)s and gets another "
                    "currency, both above zero."
                )
                % {"tranche": tranche, "currency": tranche.agreement.currency}
            )
        rate = store_rate(
            date=on, base=tranche.agreement.currency, quote=into, base_minor=given_minor,
            quote_minor=got_minor, source=source,
        )  # fmt: skip
        number = tranche.exchanges.count() + 1
        name = f"exchange:{tranche.agreement.code}:{tranche.number}:{number}"
        given, got = exchange(
            key=name, rate=rate, given_from=pockets.bank(tranche, rate.base),
            got_into=pockets.bank(tranche, into), document=name, actor=actor(by), at=at,
        )  # fmt: skip
        return TrancheExchange.objects.create(
            uid=uid or uuid4(),
            tranche=tranche,
            rate=rate,
            slip=slip,
            given_id=given.id,
            got_id=got.id,
            by=by,
            recorded_at=at,
        )
