"""Goods go to another shop: sent by one person, counted there by another."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions.acts import Lost, draft_act
from ayil.consignment.actions.agreeing import consignor_account
from ayil.consignment.actions.moving import move, next_number
from ayil.consignment.actions.receiving import refuse_unless_standing
from ayil.consignment.actions.returning import take_off
from ayil.consignment.models import (
    Agreement,
    ArrivedLine,
    Bearer,
    Cause,
    Lot,
    LotBalance,
    MovementKind,
    ShopTransfer,
    TransferArrival,
    TransferLine,
    WriteOffAct,
)
from ayil.consignment.rules import ean13
from ayil.consignment.stock_queries import is_missing_of
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.own import is_one_of
from ayil.members.rights import Right, require

# Labels of joint counts number from 1 ("2" and eleven digits); a till's own begin with "29".
FIRST_TRANSFERRED = 80_000_000_000


def send_goods(
    *,
    sender: Shop,
    receiver: Shop,
    lines: Sequence[tuple[Lot, int]],
    by: Party,
    on: date,
    at: datetime,
    note: str = "",
) -> ShopTransfer:
    """Pieces leave one shop's shelf for another shop. Refused where an owner has no agreement
    with the other shop: nobody's goods are sold where they did not agree to it."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=sender)
    if sender == receiver:
        raise AyilError(_("Goods are sent to another shop than the one where they stand."))
    if sender.currency != receiver.currency:
        raise AyilError(
            _("%(receiver)s sells in %(there)s, %(sender)s in %(here)s: prices do not go over.")
            % {
                "receiver": receiver,
                "there": receiver.currency,
                "sender": sender,
                "here": sender.currency,
            }
        )
    for lot, _quantity in lines:
        _check(lot, receiver, on)
    with transaction.atomic():
        transfer = ShopTransfer.objects.create(
            sender=sender,
            receiver=receiver,
            number=next_number(ShopTransfer.objects.filter(sender=sender), sender),
            by=by,
            sent_on=on,
            recorded_at=at,
            note=note,
        )
        document = document_of(transfer)
        for movement in take_off(lines, sender, MovementKind.SENT, on, document):
            TransferLine.objects.create(transfer=transfer, movement=movement)
    return transfer


def document_of(transfer: ShopTransfer) -> str:
    return f"transfer:{transfer.sender.code}/{transfer.number}"


def _check(lot: Lot, receiver: Shop, on: date) -> None:
    if lot.count_id is None and lot.arrived_from_id is None:
        raise AyilError(
            _("Of %(lot)s nobody knows how many there are. Count it in before it is sent.")
            % {"lot": lot}
        )
    standing_agreement(receiver, lot, on)


def standing_agreement(shop: Shop, lot: Lot, on: date) -> Agreement:
    """The agreement by which the lot's owner lets that shop sell it, or AyilError in words."""
    refused: AyilError | None = None
    found = Agreement.objects.filter(shop=shop, consignor=lot.consignor_id, since__lte=on)
    for agreement in found.order_by("-since", "-id"):
        covered = frozenset(agreement.covered.values_list("product", flat=True))
        if covered and lot.variant.product_id not in covered:
            continue
        try:
            refuse_unless_standing(agreement, on)
        except AyilError as error:
            refused = refused or error
            continue
        return agreement
    raise refused or AyilError(
        _("%(owner)s has no agreement with %(shop)s about %(goods)s. Agree first, then send.")
        % {"owner": lot.consignor, "shop": shop, "goods": lot.variant}
    )


def count_arrival(
    *, transfer: ShopTransfer, counted: Mapping[int, int], by: Party, on: date, at: datetime
) -> TransferArrival:
    """The other shop counts what came, by the keys of the lines: each gets a lot of its own there,
    with the commission, fees, batch and date that it had. What lacks stays with the transfer."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=transfer.receiver)
    if is_one_of(by, transfer.by):
        raise AyilError(
            _("%(party)s sent these goods. Somebody else must count what came.") % {"party": by}
        )
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=transfer.receiver_id)
        if TransferArrival.objects.filter(transfer=transfer).exists():
            raise AyilError(
                _("Transfer %(number)s was counted already.") % {"number": transfer.number}
            )
        arrival = TransferArrival.objects.create(
            transfer=transfer, by=by, arrived_on=on, recorded_at=at
        )
        for line in transfer.lines.select_related("movement__lot__variant", "transfer__receiver"):
            _arrive(arrival, line, counted.get(line.pk), on)
    return arrival


def _arrive(arrival: TransferArrival, line: TransferLine, quantity: int | None, on: date) -> None:
    lot = line.movement.lot
    if quantity is None or not 0 <= quantity <= line.quantity:
        raise AyilError(
            _(
                "%(lot)s: %(sent)s were sent. Say how many of them came, 0 where none did; what "
                "came beyond belongs to another lot."
            )
            % {"lot": lot, "sent": line.quantity}
        )
    new = _lot_there(line, lot, quantity, on) if quantity else None
    ArrivedLine.objects.create(line=line, arrival=arrival, quantity=quantity, lot=new)


def _lot_there(line: TransferLine, lot: Lot, quantity: int, on: date) -> Lot:
    transfer = line.transfer
    consignor_account(shop=transfer.receiver, consignor=lot.consignor)
    new = Lot.objects.create(
        shop=transfer.receiver,
        label=ean13(FIRST_TRANSFERRED + line.pk),
        variant=lot.variant,
        consignor=lot.consignor,
        arrived_from=lot,
        commission_bp=lot.commission_bp,
        fees_bp=lot.fees_bp,
        batch=lot.batch,
        best_before=lot.best_before,
        accepted_on=on,
    )
    LotBalance.objects.create(lot=new)
    move(new, MovementKind.ACCEPTED, quantity, on, document_of(transfer))
    return new


def draft_missing(*, transfer: ShopTransfer, by: Party, on: date, at: datetime) -> WriteOffAct:
    """What did not arrive becomes an act of the shop that sent it, which bears it."""
    lines = [
        Lost(line.movement.lot, missing, Cause.MISSING, Bearer.SHOP, missing_of=line)
        for line in transfer.lines.select_related("movement__lot__consignor")
        if (missing := is_missing_of(line, with_drafts=True))
    ]
    if not lines:
        raise AyilError(
            _("Nothing of transfer %(number)s lacks an act.") % {"number": transfer.number}
        )
    words = _("Did not arrive with transfer %(number)s") % {"number": transfer.number}
    return draft_act(shop=transfer.sender, lines=lines, by=by, on=on, at=at, note=words)
