"""What stands too long is asked about, and owners choose; prices are asked for, and answered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ayil.consignment.actions.ageing import Answer, ask_about, choose
from ayil.consignment.ageing import ageing_lots, at_hand, evidence_of, looks
from ayil.consignment.asked import open_ageing
from ayil.consignment.models import AgeingAsk, AgeingChoice, Lot
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.demo.programme.goods import SOM
from ayil.demo.programme.records import PriceChange
from ayil.kit.clock import local_date
from ayil.members.models import Shop
from ayil.products.actions import ask_price, refuse_price_ask
from ayil.products.models import PriceAsk

ASKED_ON_DAY, ANSWERED_ON_DAY = 20, 27
ASKED_IN = (7, 9, 11, 1, 3, 5)
ANSWERS = 0.8  # of those who are asked (E)
TAKES_HOME = 0.4  # of what goes back, the rest by the car (E)
REFUSED = 0.5  # of prices that the shop asked for and the owner did not set (E)
_BEFORE = timedelta(days=5)
_TOO_DEAR = "Ушундай буюмдар базарда арзан, кардар карап туруп кетет."
_NO = ("Жүн кымбаттады, түшүрө албайм.", "Бул баада эмгегим акталбайт.")
_KEPT = ("Жайында алып кетишет.", "")
# Whose page shows something that waits, on the demo's last days.
_STILL_ASKED = ("jyldyz-mamyrova", "ak-say-kiyiz")


def asking(stage: Stage) -> Iterator[Happening]:
    trade = stage.plan.trade
    for change in trade.price_changes:
        asked_on = change.on - _BEFORE
        yield Happening(moment(asked_on, 10), partial(_ask_price, stage, change))
        yield Happening(moment(change.on, 7, 30), partial(_refuse, stage, change))
    for on in _days(trade.first, trade.last, ASKED_ON_DAY):
        yield Happening(moment(on, 11), partial(_ask_about, stage))
    for on in _days(trade.first, trade.last, ANSWERED_ON_DAY):
        yield Happening(moment(on, 19), partial(_choose, stage))
    at_the_end = moment(trade.last - timedelta(days=2), 15)
    yield Happening(at_the_end, partial(_still_ask, stage))
    yield Happening(at_the_end, partial(_ask_about, stage))


def _days(first: date, last: date, number: int) -> Iterator[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    for month in months:
        on = date(month // 12, month % 12 + 1, number)
        if on.month in ASKED_IN and first <= on <= last:
            yield on


def _ask_price(stage: Stage, change: PriceChange, at: datetime) -> None:
    """The shop asks for a tenth less, or for the very price that the owner will set."""
    variant, on = stage.variants[change.variant], local_date(at)
    _good, form = stage.plan.cast.forms[change.variant]
    amount = change.price_minor
    if amount >= form.price_minor:
        amount = form.price_minor * 9 // (10 * 10 * SOM) * 10 * SOM
    ask_price(
        shop=stage.shop, variant=variant, amount_minor=amount, reason=_TOO_DEAR,
        by=stage.parties["manager"], on=on, at=at,
        evidence=evidence_of([variant], stage.shop, on).get(variant.pk),
    )  # fmt: skip


def _refuse(stage: Stage, change: PriceChange, at: datetime) -> None:
    """Some say no before they set a price of their own."""
    variant = stage.variants[change.variant]
    good, form = stage.plan.cast.forms[change.variant]
    luck = stage.chance("refuses", change.variant)
    if change.price_minor < form.price_minor or luck.random() >= REFUSED:
        return
    speaker = stage.speaker_of(good.owner)
    ask = PriceAsk.objects.get(variant=variant, answer__isnull=True)
    refuse_price_ask(
        ask=ask, by=speaker, typed_by=speaker, on=local_date(at), words=luck.choice(_NO)
    )


def _ask_about(stage: Stage, at: datetime) -> None:
    on = local_date(at)
    lots = list(at_hand(ageing_lots(Shop.objects.filter(pk=stage.shop.pk), on)).order_by("id"))
    fresh = [
        look.lot for look in looks(lots, on) if look.state == "fresh" and _is_new(look.lot, on)
    ]
    if fresh:
        ask_about(lots=fresh, by=stage.parties["manager"], on=on, at=at)


def _is_new(lot: Lot, on: date) -> bool:
    return not lot.ageing_asks.filter(on__gt=on - timedelta(days=100)).exists()


def _choose(stage: Stage, at: datetime) -> None:
    """What goes back at the month's end was chosen to go back; most of the rest stays."""
    on = local_date(at)
    going = {
        stage.lots[loss.lot].pk
        for loss in stage.plan.trade.losses
        if loss.cause == "returned" and on <= loss.on <= on + timedelta(days=7)
    }
    asks = open_ageing().select_related("lot__consignor", "lot__shop", "lot__variant__product")
    for ask in asks.order_by("id"):
        luck = stage.chance("chooses", ask.lot.label, on)
        if ask.lot_id in going:
            way = AgeingChoice.Way.TAKE if luck.random() < TAKES_HOME else AgeingChoice.Way.CAR
            _say(stage, ask, Answer(way), at)
        elif luck.random() < ANSWERS:
            _say(stage, ask, Answer(AgeingChoice.Way.KEEP, luck.choice(_KEPT)), at)


def _say(stage: Stage, ask: AgeingAsk, answer: Answer, at: datetime) -> None:
    """Half of them by phone, half signed the list in the car."""
    owner = next(key for key, party in stage.parties.items() if party == ask.lot.consignor)
    speaker, on = stage.speaker_of(owner), local_date(at)
    by_phone = stage.chance("phone", owner).random() < 0.5
    choose(
        ask=ask, answer=answer, by=speaker,
        typed_by=speaker if by_phone else stage.parties["clerk"], on=on, at=at,
        paper="" if by_phone else f"C-{on:%y%m%d}-{stage.shop.code}",
    )  # fmt: skip


def _still_ask(stage: Stage, at: datetime) -> None:
    """Two owners have not answered about a price yet when the demo ends."""
    on = local_date(at)
    for owner in _STILL_ASKED:
        key = next((key for key in stage.variants if key.startswith(f"{owner}.")), None)
        if key is None:
            continue
        variant = stage.variants[key]
        price = variant.prices.latest("valid_from").amount_minor
        ask_price(
            shop=stage.shop, variant=variant, amount_minor=price * 9 // (100 * SOM) * 10 * SOM,
            reason=_TOO_DEAR, by=stage.parties["manager"], on=on, at=at,
            evidence=evidence_of([variant], stage.shop, on).get(variant.pk),
        )  # fmt: skip
