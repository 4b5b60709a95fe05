"""Products, prices, agreements, deliveries counted together, counts and acts of the shelf."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ayil.consignment.actions import (
    agree,
    count_jointly,
    count_stock,
    declare_note,
    return_to_owner,
    write_off,
)
from ayil.consignment.models import Cause, NoteLine, WriteOff
from ayil.demo.acts.delivering import agreed_until
from ayil.demo.acts.stage import CURRENCY, Happening, Stage, moment
from ayil.demo.programme.goods import SOM
from ayil.demo.programme.records import Delivery, Loss, PriceChange
from ayil.products.actions import enter_product, set_price
from ayil.products.models import ProductKind

AGREED_ON = date(2012, 5, 24)
# Who bears what is lost on the shelf: the shop what is missing, the owner what went off.
_BORNE_BY_SHOP = {"missing": 1.0, "damaged": 0.5, "expired": 0.0}


def agree_and_price(stage: Stage) -> None:
    """An agreement with every owner, their products, and the price they ask at first."""
    officer = stage.parties["officer"]
    cast = stage.plan.cast
    for number, owner in enumerate(cast.owners, 1):
        stage.agreements[owner] = agree(
            shop=stage.shop, consignor=stage.parties[owner], number=f"A-{number:03d}",
            since=AGREED_ON, until=agreed_until(stage, AGREED_ON), by=stage.parties["manager"],
        )  # fmt: skip
    for good in cast.goods:
        product = enter_product(
            owner=stage.parties[good.owner], kind=ProductKind(good.kind), names=good.names,
            forms=[(form.code, form.form) for form in good.forms],
        )  # fmt: skip
        for variant, form in zip(product.variants.order_by("id"), good.forms, strict=True):
            stage.variants[f"{good.key}/{form.code}"] = variant
            set_price(
                variant=variant, amount_minor=form.price_minor, currency=CURRENCY,
                valid_from=AGREED_ON, set_by=stage.speaker_of(good.owner), typed_by=officer,
                paper=stage.agreements[good.owner].number, on=AGREED_ON,
                floor_minor=_floor(good.kind, form.price_minor),
            )  # fmt: skip


def _floor(kind: str, price_minor: int) -> int | None:
    """How low the shop may go (E): a tenth off a craft of 300 som or more, nothing off others."""
    if kind != ProductKind.CRAFT or price_minor < 300 * SOM:
        return None
    return price_minor * 9 // (10 * 10 * SOM) * 10 * SOM


def shelf(stage: Stage) -> Iterator[Happening]:
    trade = stage.plan.trade
    for change in trade.price_changes:
        yield Happening(moment(change.on, 8), partial(_change_price, stage, change))
    for delivery in trade.deliveries:
        yield Happening(moment(delivery.on, 8, 15), partial(_deliver, stage, delivery))
    for number, loss in enumerate(trade.losses, 1):
        yield Happening(moment(loss.on, 19, 30), partial(_lose, stage, number, loss))


def _change_price(stage: Stage, change: PriceChange, at: datetime) -> None:
    variant = stage.variants[change.variant]
    good, _form = stage.plan.cast.forms[change.variant]
    speaker = stage.speaker_of(good.owner)
    # Some owners type their price themselves, others sign it on paper at the shop.
    by_phone = stage.chance("types", change.variant).random() < 0.5
    set_price(
        variant=variant, amount_minor=change.price_minor, currency=CURRENCY,
        valid_from=change.on, set_by=speaker, on=change.on,
        typed_by=speaker if by_phone else stage.parties["manager"],
        paper="" if by_phone else f"P-{change.on:%y%m%d}-{variant.product.owner_id}",
        floor_minor=_floor(good.kind, change.price_minor),
    )  # fmt: skip


def _deliver(stage: Stage, delivery: Delivery, at: datetime) -> None:
    speaker = stage.speaker_of(delivery.owner)
    lines = [
        NoteLine(
            variant=stage.variants[line.variant], declared=line.declared, batch=line.batch,
            best_before=line.best_before,
        )
        for line in delivery.lines
    ]  # fmt: skip
    declare_note(
        agreement=stage.agreements[delivery.owner], number=delivery.number, on=delivery.on,
        by=speaker, lines=lines,
    )  # fmt: skip
    for number, (row, line) in enumerate(zip(lines, delivery.lines, strict=True)):
        lot = count_jointly(
            line=row, accepted=line.accepted, refused=line.refused, reason=line.reason,
            for_shop=stage.parties["clerk"], for_consignor=speaker, on=delivery.on, at=at,
        )  # fmt: skip
        if lot is not None:
            stage.lots[delivery.number, number] = lot


def _lose(stage: Stage, number: int, loss: Loss, at: datetime) -> None:
    lot, clerk = stage.lots[loss.lot], stage.parties["clerk"]
    if loss.cause == "returned":
        owner = next(key for key, one in stage.parties.items() if one == lot.consignor)
        return_to_owner(
            shop=stage.shop, consignor=lot.consignor, lines=[(lot, loss.quantity)], by=clerk,
            on=loss.on, at=at, taken_by=stage.speaker_of(owner),
        )  # fmt: skip
        return
    count_stock(lot=lot, counted=loss.left, by=clerk, on=loss.on, at=at)
    by_shop = stage.chance("loss", number).random() < _BORNE_BY_SHOP[loss.cause]
    write_off(
        lot=lot, quantity=loss.quantity, cause=Cause(loss.cause),
        borne_by=WriteOff.Bearer.SHOP if by_shop else WriteOff.Bearer.OWNER,
        first=clerk, second=stage.parties["manager"], on=loss.on,
        at=at + timedelta(minutes=5), document=f"act:{number}",
    )  # fmt: skip
