"""What stands too long: the shop asks, the owner chooses, and nothing is done without them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.ageing import last_movement, looks
from ayil.consignment.models import AgeingAsk, AgeingChoice, Lot
from ayil.consignment.rules import ANSWER_WITHIN
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.rights import Right, require
from ayil.products.actions import set_price
from ayil.products.models import Price
from ayil.products.queries import first_free_day, price_on, voice_of


def ask_about(*, lots: Sequence[Lot], by: Party, on: date, at: datetime) -> list[AgeingAsk]:
    """Asks the owners of these lots what shall become of them; one tap may ask about many.

    What does not stand too long, waits for an answer, or was answered lately is left out;
    AyilError where that is all of them. The lots come with what `ageing.at_hand` reads.
    """
    for shop in {lot.shop for lot in lots}:
        require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    with transaction.atomic():
        list(Lot.objects.select_for_update().filter(pk__in=[lot.pk for lot in lots]))
        fresh = [
            look
            for look in looks(lots, on)
            if look.why and look.state == "fresh" and look.lot.balance.on_shelf > 0
        ]
        if not fresh:
            raise AyilError(
                _("There is nothing to ask: the owner was asked already, or nothing stands long.")
            )
        return [
            AgeingAsk.objects.create(
                lot=look.lot, why=look.why, on_shelf=look.lot.balance.on_shelf,
                shelf_days=look.days, sold_lately=look.sold_lately, by=by, on=on, at=at,
                answer_by=on + ANSWER_WITHIN,
            )
            for look in fresh
        ]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What an owner says: the way, for a lower price the price and how low it may go."""

    way: AgeingChoice.Way
    words: str = ""
    amount_minor: int | None = None
    floor_minor: int | None = None


def choose(
    *,
    ask: AgeingAsk,
    answer: Answer,
    by: Party,
    typed_by: Party,
    on: date,
    at: datetime,
    paper: str = "",
) -> list[AgeingChoice]:
    """The owner says what becomes of a lot. A lower price is set by it, from the first day on
    which it can hold, and answers for every lot of the same goods that was asked about.

    `paper`: the number of what the owner signed, where somebody else typed it.
    """
    lot = ask.lot
    if voice_of(by, lot.consignor, on) != by:
        raise AyilError(
            _("%(by)s cannot say what becomes of goods of %(owner)s. Ask the owner.")
            % {"by": by, "owner": lot.consignor}
        )
    if typed_by != by and not paper.strip():
        raise AyilError(
            _("Give the number of the paper on which %(owner)s signed this choice.")
            % {"owner": lot.consignor}
        )
    with transaction.atomic():
        asked = _asked_with(ask, is_price=answer.way == AgeingChoice.Way.PRICE)
        price = _lower(lot, answer, by=by, typed_by=typed_by, on=on, paper=paper)
        return [
            AgeingChoice.objects.create(
                ask=one, way=answer.way, price=price, words=" ".join(answer.words.split()),
                after_movement=last_movement(one.lot), by=by, typed_by=typed_by,
                paper=paper.strip(), on=on, at=at,
            )
            for one in asked
        ]  # fmt: skip


def _asked_with(ask: AgeingAsk, *, is_price: bool) -> list[AgeingAsk]:
    """The ask itself, and those about other lots of the same goods, which get the same price."""
    Lot.objects.select_for_update().get(pk=ask.lot_id)
    if AgeingChoice.objects.filter(ask=ask).exists():
        raise AyilError(_("It was chosen already what becomes of %(lot)s.") % {"lot": ask.lot})
    if not is_price:
        return [ask]
    same = AgeingAsk.objects.filter(
        lot__variant=ask.lot.variant_id, lot__shop=ask.lot.shop_id, choice__isnull=True
    )
    return list(same.select_related("lot").order_by("id"))


def _lower(
    lot: Lot, answer: Answer, *, by: Party, typed_by: Party, on: date, paper: str
) -> Price | None:
    if answer.way != AgeingChoice.Way.PRICE:
        return None
    now = price_on(lot.variant, on)
    if answer.amount_minor is None or answer.amount_minor <= 0:
        raise AyilError(_("Write down the new price of %(variant)s.") % {"variant": lot.variant})
    if now is not None and answer.amount_minor >= now.amount_minor:
        raise AyilError(
            _("The new price of %(variant)s is not lower than the one that holds now.")
            % {"variant": lot.variant}
        )
    return set_price(
        variant=lot.variant,
        amount_minor=answer.amount_minor,
        floor_minor=answer.floor_minor,
        currency=now.currency if now else lot.shop.currency,
        valid_from=first_free_day(lot.variant, on),
        set_by=by,
        typed_by=typed_by,
        on=on,
        paper=paper,
    )
