"""Write-offs: an act is drafted by one person, signed by another, and only then booked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.accounts import LOSSES, shop_account
from ayil.consignment.actions.agreeing import consignor_account
from ayil.consignment.actions.moving import move, next_number
from ayil.consignment.late import lacking
from ayil.consignment.models import (
    ActLine,
    ActSigning,
    ActWithdrawal,
    Bearer,
    Cause,
    Lot,
    LotBalance,
    MovementKind,
    StockCount,
    TransferLine,
    WriteOff,
    WriteOffAct,
)
from ayil.consignment.stock_queries import is_missing_of
from ayil.kit.errors import AyilError
from ayil.kit.money import share_by_rate
from ayil.ledger.actions import post, ref
from ayil.ledger.rules import TransferRequest
from ayil.members.models import Party, Shop
from ayil.members.own import is_one_of, speaks_for
from ayil.members.rights import Right, require
from ayil.products.queries import price_on


@dataclass(frozen=True)
class Lost:
    """A line of an act to be; see `ActLine` for what `count` and `missing_of` mean."""

    lot: Lot
    quantity: int
    cause: Cause
    borne_by: Bearer
    count: StockCount | None = None
    missing_of: TransferLine | None = None


def draft_act(
    *, shop: Shop, lines: Sequence[Lost], by: Party, on: date, at: datetime, note: str = ""
) -> WriteOffAct:
    """Somebody of the shop writes down what is lost; nothing moves before a second one signs."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    with transaction.atomic():
        act = write_act(shop=shop, lines=lines, by=by, on=on, at=at, note=note)
        _check_books(act)
    return act


def write_act(
    *, shop: Shop, lines: Sequence[Lost], by: Party, on: date, at: datetime, note: str = ""
) -> WriteOffAct:
    """The draft itself, whoever may write it; call inside a transaction."""
    if not lines:
        raise AyilError(_("The act has no line. Say which goods are lost, and how many."))
    for line in lines:
        _check(line, shop, by, on)
    act = WriteOffAct.objects.create(
        shop=shop,
        number=next_number(WriteOffAct.objects.filter(shop=shop), shop),
        by=by,
        drafted_on=on,
        recorded_at=at,
        note=note,
    )
    ActLine.objects.bulk_create(
        ActLine(
            act=act,
            lot=line.lot,
            quantity=line.quantity,
            cause=line.cause,
            borne_by=line.borne_by,
            count=line.count,
            missing_of=line.missing_of,
        )
        for line in lines
    )
    return act


def _check(line: Lost, shop: Shop, by: Party, on: date) -> None:
    positive(line.quantity, line.lot)
    if line.lot.shop_id != shop.pk:
        raise AyilError(
            _("%(lot)s stands in another shop. Only what stands here can be written off here.")
            % {"lot": line.lot}
        )
    _refuse_owner(line.lot, line.borne_by, by, on)


def _refuse_owner(lot: Lot, borne_by: str, by: Party, on: date) -> None:
    if borne_by == Bearer.SHOP and speaks_for(by, lot.consignor, on):
        raise AyilError(
            _("%(lot)s is %(party)s's own. Somebody else must say that the shop bears its loss.")
            % {"lot": lot, "party": by}
        )


def _check_books(act: WriteOffAct) -> None:
    """No more is written off than stands there, lacks at a count or is missing on the way."""
    asked: Counter[int] = Counter()
    lines = list(act.lines.select_related("lot__balance", "count", "missing_of__movement"))
    for line in lines:
        if line.missing_of is not None:
            _no_more_than(line, is_missing_of(line.missing_of))
        elif line.count is not None:
            _no_more_than(line, lacking(line.count))
        else:
            asked[line.lot_id] += line.quantity
    for line in lines:
        stands = LotBalance.objects.get(lot=line.lot).on_shelf
        if asked[line.lot_id] > stands:
            raise AyilError(
                _(
                    "The books have %(stands)s of %(lot)s on the shelf, the act says %(asked)s. "
                    "Count it first."
                )
                % {"stands": stands, "lot": line.lot, "asked": asked[line.lot_id]}
            )


def _no_more_than(line: ActLine, most: int) -> None:
    if line.quantity > most:
        raise AyilError(
            _(
                "%(lot)s: the act says that %(asked)s are missing, and %(most)s are: sales of a "
                "till that was offline came in. Withdraw this act and draft it anew."
            )
            % {"lot": line.lot, "asked": line.quantity, "most": most}
        )


def sign_act(*, act: WriteOffAct, by: Party, on: date, at: datetime) -> ActSigning:
    """The second person signs, and all lines are booked, or none.

    One of the two holds the right to sign write-offs; they are two people under whichever record;
    neither speaks for the owner of what the shop bears.
    """
    _require_two(act, by, on)
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=act.shop_id)
        _still_a_draft(act)
        for line in act.lines.select_related("lot__consignor"):
            _refuse_owner(line.lot, line.borne_by, by, on)
        _check_books(act)
        return book_act(act=act, by=by, on=on, at=at, document=f"act:{act.shop.code}/{act.number}")


def _require_two(act: WriteOffAct, by: Party, on: date) -> None:
    if is_one_of(by, act.by):
        raise AyilError(
            _("%(party)s drafted act %(number)s. Somebody else must sign it.")
            % {"party": by, "number": act.number}
        )
    if not _holds(by, Right.SIGN_WRITE_OFF, on, act.shop):
        require(by, Right.RECEIVE_GOODS, on=on, shop=act.shop)
        require(act.by, Right.SIGN_WRITE_OFF, on=on, shop=act.shop)


def _holds(party: Party, right: Right, on: date, shop: Shop) -> bool:
    try:
        require(party, right, on=on, shop=shop)
    except AyilError:
        return False
    return True


def _still_a_draft(act: WriteOffAct) -> None:
    if ActSigning.objects.filter(act=act).exists():
        raise AyilError(_("Act %(number)s is signed already.") % {"number": act.number})
    if ActWithdrawal.objects.filter(act=act).exists():
        raise AyilError(
            _("Act %(number)s was withdrawn. Draft a new one.") % {"number": act.number}
        )


def book_act(*, act: WriteOffAct, by: Party, on: date, at: datetime, document: str) -> ActSigning:
    """The signature, the movements and what the shop owes; call inside a transaction."""
    signing = ActSigning.objects.create(act=act, by=by, signed_on=on, recorded_at=at)
    requests = []
    lines = act.lines.select_related("lot__shop", "lot__consignor", "lot__variant__product")
    for line in lines:
        if line.missing_of_id is not None:
            move(line.lot, MovementKind.NOT_ARRIVED, line.quantity, on, document)
        movement = move(line.lot, MovementKind.WRITTEN_OFF, -line.quantity, on, document)
        owed = owed_for(line.lot, line.quantity, on) if line.borne_by == Bearer.SHOP else 0
        written = WriteOff.objects.create(
            line=line,
            movement=movement,
            cause=line.cause,
            borne_by=line.borne_by,
            first=act.by,
            second=by,
            owed_minor=owed,
            recorded_at=at,
        )
        if owed:
            requests.append(_owing(written, line.lot, on=on, actor=f"party:{by.pk}"))
    if requests:
        post(requests, at=at)
    return signing


def owed_for(lot: Lot, quantity: int, on: date) -> int:
    """What the shop owes to the owner for pieces that it lost: the owner's price of that day less
    the lot's commission and fees, as if they had been sold. AyilError where there is no price."""
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
    return gross - share_by_rate(gross, lot.commission_bp + lot.fees_bp)


def _owing(act: WriteOff, lot: Lot, *, on: date, actor: str) -> TransferRequest:
    account = consignor_account(shop=lot.shop, consignor=lot.consignor).account
    # One paper may list many lots, and one lot be written off many times: each is owed for.
    place = lot.movements.filter(kind=MovementKind.WRITTEN_OFF, pk__lte=act.movement_id).count()
    return TransferRequest(
        key=f"write-off:{lot.label}.{place}",
        debit=ref(shop_account(lot.shop, LOSSES)),
        credit=ref(account),
        amount_minor=act.owed_minor,
        date=on,
        kind="write-off",
        document=act.movement.document,
        actor=actor,
        reason=str(act.cause),
    )


def withdraw_act(
    *, act: WriteOffAct, by: Party, reason: str, on: date, at: datetime
) -> ActWithdrawal:
    """A draft is not to be signed; it stays with its reason."""
    if not _holds(by, Right.SIGN_WRITE_OFF, on, act.shop):
        require(by, Right.RECEIVE_GOODS, on=on, shop=act.shop)
    if not reason.strip():
        raise AyilError(_("Say why act %(number)s is withdrawn.") % {"number": act.number})
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=act.shop_id)
        _still_a_draft(act)
        return ActWithdrawal.objects.create(act=act, by=by, reason=reason.strip(), recorded_at=at)


def positive(quantity: int, lot: Lot) -> None:
    if quantity <= 0:
        raise AyilError(
            _("%(lot)s: a quantity must be above zero, not %(quantity)s.")
            % {"lot": lot, "quantity": quantity}
        )
