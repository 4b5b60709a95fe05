"""Agreements, deliveries, joint counts, returns, write-offs, counts."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ayil.consignment.accounts import LOSSES, shop_account
from ayil.consignment.models import (
    Agreement,
    Cause,
    CommissionTerm,
    ConsignmentNote,
    ConsignorAccount,
    JointCount,
    Lot,
    LotBalance,
    Movement,
    MovementKind,
    NoteLine,
    StockCount,
    WriteOff,
)
from ayil.consignment.rules import STANDARD_RATES_BP, commission_bp, ean13
from ayil.kit.errors import AyilError
from ayil.kit.money import share_by_rate
from ayil.ledger.actions import open_account, post, ref
from ayil.ledger.models import AccountKind
from ayil.ledger.rules import TransferRequest
from ayil.members.models import Party, Shop
from ayil.members.queries import is_member_on
from ayil.products.queries import price_on


def consignor_account(*, shop: Shop, consignor: Party) -> ConsignorAccount:
    """Where the shop keeps what it owes to them; opened when first asked for."""
    found = (
        ConsignorAccount.objects.filter(shop=shop, consignor=consignor)
        .select_related("account__fund")
        .first()
    )
    if found is not None:
        return found
    with transaction.atomic():
        account = open_account(
            fund=shop.fund,
            code=f"payable:{consignor.uid}",
            kind=AccountKind.LIABILITY,
            currency=shop.currency,
        )
        return ConsignorAccount.objects.create(shop=shop, consignor=consignor, account=account)


def agree(
    *,
    shop: Shop,
    consignor: Party,
    number: str,
    since: date,
    by: Party,
    rates_bp: Mapping[str, int] = STANDARD_RATES_BP,
    until: date | None = None,
) -> Agreement:
    """A consignment agreement with its commission by kind of goods."""
    with transaction.atomic():
        agreement = Agreement.objects.create(
            shop=shop, consignor=consignor, number=number, since=since, until=until, by=by
        )
        CommissionTerm.objects.bulk_create(
            CommissionTerm(agreement=agreement, kind=kind, rate_bp=rate)
            for kind, rate in sorted(rates_bp.items())
        )
        consignor_account(shop=shop, consignor=consignor)
    return agreement


def declare_note(
    *, agreement: Agreement, number: str, on: date, by: Party, lines: list[NoteLine]
) -> ConsignmentNote:
    """What the consignor says they bring; `lines` are unsaved and get their note here."""
    if agreement.until is not None and on > agreement.until:
        raise AyilError(
            _("Agreement %(agreement)s ended on %(until)s. Renew it before taking goods.")
            % {"agreement": agreement, "until": agreement.until}
        )
    if not lines:
        raise AyilError(
            _("Note %(number)s has no line. Write down what was brought.") % {"number": number}
        )
    with transaction.atomic():
        note = ConsignmentNote.objects.create(
            agreement=agreement, number=number, declared_on=on, declared_by=by
        )
        write_lines(note=note, lines=lines)
    return note


def write_lines(*, note: ConsignmentNote, lines: list[NoteLine]) -> None:
    """What was brought, on a note: as declared, or found beside it at the counter."""
    consignor = note.agreement.consignor
    with transaction.atomic():
        for line in lines:
            if line.variant.product.owner_id != consignor.pk:
                raise AyilError(
                    _("%(variant)s does not belong to %(consignor)s.")
                    % {"variant": line.variant, "consignor": consignor}
                )
            line.note = note
            line.save()


def count_jointly(
    *,
    line: NoteLine,
    accepted: int,
    refused: int,
    for_shop: Party,
    for_consignor: Party,
    on: date,
    at: datetime,
    reason: str = "",
    label: str = "",
    batch: str = "",
    best_before: date | None = None,
) -> Lot | None:
    """Both sides count a line; what is accepted becomes a lot, its commission frozen.

    `label` is what stands on the goods already, else they get one here; `batch` and
    `best_before` are as read at the count, else as they were declared.
    """
    if accepted + refused <= 0 or min(accepted, refused) < 0:
        raise AyilError(
            _("A joint count of %(line)s needs what was accepted and what was refused.")
            % {"line": line}
        )
    with transaction.atomic():
        count = JointCount.objects.create(
            line=line,
            accepted=accepted,
            refused=refused,
            reason=reason,
            for_shop=for_shop,
            for_consignor=for_consignor,
            counted_on=on,
            recorded_at=at,
        )
        if not accepted:
            return None
        return _accept(count, on, label or ean13(count.pk), batch, best_before)


def _accept(count: JointCount, on: date, label: str, batch: str, best_before: date | None) -> Lot:
    line = count.line
    agreement = line.note.agreement
    kind = line.variant.product.kind
    term = agreement.terms.filter(kind=kind).first()
    if term is None:
        raise AyilError(
            _("Agreement %(agreement)s says no commission for %(kind)s. Agree on one first.")
            % {"agreement": agreement, "kind": kind}
        )
    lot = Lot.objects.create(
        shop=agreement.shop,
        label=label,
        variant=line.variant,
        consignor=agreement.consignor,
        count=count,
        commission_bp=commission_bp(term.rate_bp, member=is_member_on(agreement.consignor, on)),
        batch=batch or line.batch,
        best_before=best_before or line.best_before,
        accepted_on=on,
    )
    LotBalance.objects.create(lot=lot)
    _move(lot, MovementKind.ACCEPTED, count.accepted, on, f"count:{count.pk}")
    return lot


def _move(lot: Lot, kind: MovementKind, quantity: int, on: date, document: str) -> Movement:
    """Writes one movement (`quantity` signed as the shelf sees it) and the lot's running sums."""
    movement = Movement.objects.create(
        lot=lot, kind=kind, quantity=quantity, date=on, document=document
    )
    column, sign = _COLUMN[kind]
    LotBalance.objects.filter(lot=lot).update(
        **{column: F(column) + sign * quantity, "on_shelf": F("on_shelf") + quantity}
    )
    return movement


_COLUMN = {
    MovementKind.ACCEPTED: ("accepted", 1),
    MovementKind.RETURNED: ("returned", -1),
    MovementKind.WRITTEN_OFF: ("written_off", -1),
    MovementKind.FOUND: ("written_off", -1),
}


def return_goods(*, lot: Lot, quantity: int, on: date, document: str) -> Movement:
    """Goods go back to their owner."""
    _positive(quantity, lot)
    with transaction.atomic():
        return _move(lot, MovementKind.RETURNED, -quantity, on, document)


def write_off(
    *,
    lot: Lot,
    quantity: int,
    cause: Cause,
    borne_by: WriteOff.Bearer,
    first: Party,
    second: Party,
    on: date,
    at: datetime,
    document: str,
) -> WriteOff:
    """The act: two people say what is lost, why, and who bears it.

    What the shop bears, it owes to the owner: the owner's price of that day less the lot's
    commission, as if it had been sold.
    """
    _positive(quantity, lot)
    if first == second:
        raise AyilError(
            _("A write-off of %(lot)s needs two people; %(first)s cannot sign twice.")
            % {"lot": lot, "first": first}
        )
    with transaction.atomic():
        movement = _move(lot, MovementKind.WRITTEN_OFF, -quantity, on, document)
        act = WriteOff.objects.create(
            movement=movement,
            cause=cause,
            borne_by=borne_by,
            first=first,
            second=second,
            recorded_at=at,
        )
        if borne_by == WriteOff.Bearer.SHOP:
            _owe_for(act, lot, quantity, on=on, at=at, actor=f"party:{first.pk}")
    return act


def _owe_for(act: WriteOff, lot: Lot, quantity: int, *, on: date, at: datetime, actor: str) -> None:
    price = price_on(lot.variant, on)
    if price is None:
        raise AyilError(
            _(
                "%(variant)s has no price on %(on)s, so nobody knows what the shop owes "
                "for it. Ask the owner for the price first."
            )
            % {"variant": lot.variant, "on": on}
        )
    gross = price.amount_minor * quantity
    share = gross - share_by_rate(gross, lot.commission_bp)
    if not share:
        return
    account = consignor_account(shop=lot.shop, consignor=lot.consignor).account
    # One paper may list many lots, and one lot be written off many times: each is owed for.
    place = lot.movements.filter(kind=MovementKind.WRITTEN_OFF, pk__lte=act.movement_id).count()
    post(
        [
            TransferRequest(
                key=f"write-off:{lot.label}.{place}",
                debit=ref(shop_account(lot.shop, LOSSES)),
                credit=ref(account),
                amount_minor=share,
                date=on,
                kind="write-off",
                document=act.movement.document,
                actor=actor,
                reason=str(act.cause),
            )
        ],
        at=at,
    )


def count_stock(*, lot: Lot, counted: int, by: Party, on: date, at: datetime) -> StockCount:
    """A blind count; goods found above the books are booked in, what lacks waits for an act."""
    if counted < 0:
        raise AyilError(
            _("%(lot)s cannot be counted as %(counted)s.") % {"lot": lot, "counted": counted}
        )
    with transaction.atomic():
        balance = LotBalance.objects.select_for_update().get(lot=lot)
        count = StockCount.objects.create(
            lot=lot,
            counted=counted,
            expected=balance.on_shelf,
            by=by,
            counted_on=on,
            recorded_at=at,
        )
        if counted > balance.on_shelf:
            surplus = counted - balance.on_shelf
            _move(lot, MovementKind.FOUND, surplus, on, f"stock-count:{count.pk}")
    return count


def _positive(quantity: int, lot: Lot) -> None:
    if quantity <= 0:
        raise AyilError(
            _("%(lot)s: a quantity must be above zero, not %(quantity)s.")
            % {"lot": lot, "quantity": quantity}
        )
