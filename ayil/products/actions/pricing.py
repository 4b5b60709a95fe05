"""A price is its owner's word, from a day on; a shop may ask for another one, and waits."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require
from ayil.products.models import Price, PriceAnswer, PriceAsk, Variant
from ayil.products.queries import first_free_day, open_asks, voice_of


def set_price(
    *,
    variant: Variant,
    amount_minor: int,
    currency: str,
    valid_from: date,
    set_by: Party,
    typed_by: Party,
    on: date,
    floor_minor: int | None = None,
    paper: str = "",
) -> Price:
    """The owner's word, from a day on; never another's, never back in time (invariant 5).

    `floor_minor`: how low the shop may go with one piece; without it, it gives no discount.
    `paper`: the number of what the owner signed, where somebody else typed it. What a shop asked
    about these goods is answered by it: yes where it is the price asked for, else by another.
    """
    owner = variant.product.owner
    if voice_of(set_by, owner, on) != set_by:
        raise AyilError(
            _(
                "%(set_by)s cannot price %(variant)s: it belongs to %(owner)s. Ask the "
                "owner to set it."
            )
            % {"set_by": set_by, "variant": variant, "owner": owner}
        )
    _refuse_without_paper(set_by, typed_by, paper, variant)
    _refuse_amounts(variant, amount_minor, floor_minor)
    _refuse_days(variant, valid_from, on)
    with transaction.atomic():
        price = Price.objects.create(
            variant=variant,
            amount_minor=amount_minor,
            floor_minor=floor_minor,
            currency=currency,
            valid_from=valid_from,
            set_on=on,
            set_by=set_by,
            typed_by=typed_by,
            paper=paper.strip(),
        )
        for ask in open_asks().filter(variant=variant).order_by("id"):
            is_asked = (price.amount_minor, price.currency) == (ask.amount_minor, ask.currency)
            said = PriceAnswer.Said.YES if is_asked else PriceAnswer.Said.OTHER
            PriceAnswer.objects.create(
                ask=ask, said=said, price=price, by=set_by, typed_by=typed_by,
                paper=price.paper, on=on,
            )  # fmt: skip
    return price


def _refuse_without_paper(said_by: Party, typed_by: Party, paper: str, variant: Variant) -> None:
    if typed_by != said_by and not paper.strip():
        raise AyilError(
            _(
                "%(typed_by)s typed for %(owner)s what %(variant)s costs. Give the number of the "
                "paper that the owner signed."
            )
            % {"typed_by": typed_by, "owner": said_by, "variant": variant}
        )


def _refuse_amounts(variant: Variant, amount_minor: int, floor_minor: int | None) -> None:
    if floor_minor is not None and not 0 <= floor_minor <= amount_minor:
        raise AyilError(
            _("The lowest price of %(variant)s must lie between nothing and its price.")
            % {"variant": variant}
        )


def _refuse_days(variant: Variant, valid_from: date, on: date) -> None:
    if valid_from < on:
        raise AyilError(
            _(
                "A price of %(variant)s from %(valid_from)s would reach back; today is "
                "%(on)s. Give today or a later day."
            )
            % {"variant": variant, "valid_from": valid_from, "on": on}
        )
    later = variant.prices.filter(valid_from__gte=valid_from).first()
    if later is not None:
        raise AyilError(
            _("%(variant)s has a price from %(valid_from)s already. Give a later day.")
            % {"variant": variant, "valid_from": later.valid_from}
        )


@dataclass(frozen=True)
class Evidence:
    """What a shop's books say of the goods that it asks about; None where not known."""

    shelf_days: int | None = None
    sold_lately: int | None = None


def ask_price(
    *,
    shop: Shop,
    variant: Variant,
    amount_minor: int,
    reason: str,
    by: Party,
    on: date,
    at: datetime,
    evidence: Evidence | None = None,
) -> PriceAsk:
    """The shop asks the owner for another price, and says why in words; nothing changes by it."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    words = " ".join(reason.split())
    if amount_minor <= 0 or not words:
        raise AyilError(
            _("Say which price of %(variant)s you ask for, and why: the owner decides by it.")
            % {"variant": variant}
        )
    evidence = evidence or Evidence()
    with transaction.atomic():
        Variant.objects.select_for_update().get(pk=variant.pk)
        waiting = open_asks().filter(variant=variant, shop=shop).first()
        if waiting is not None:
            raise AyilError(
                _("The owner of %(variant)s was asked on %(on)s and has not answered yet.")
                % {"variant": variant, "on": waiting.on}
            )
        return PriceAsk.objects.create(
            shop=shop, variant=variant, amount_minor=amount_minor, currency=shop.currency,
            reason=words, shelf_days=evidence.shelf_days, sold_lately=evidence.sold_lately,
            by=by, on=on, at=at,
        )  # fmt: skip


def take_asked_price(
    *, ask: PriceAsk, by: Party, typed_by: Party, on: date, paper: str = ""
) -> Price:
    """The owner says yes: the asked price holds from the first day on which it can.

    How low the shop may go stays as it was where the new price is not lower than that.
    """
    _refuse_answered(ask)
    last = ask.variant.prices.order_by("-valid_from").first()
    floor = last.floor_minor if last else None
    return set_price(
        variant=ask.variant,
        amount_minor=ask.amount_minor,
        currency=ask.currency,
        valid_from=first_free_day(ask.variant, on),
        set_by=by,
        typed_by=typed_by,
        on=on,
        floor_minor=None if floor is None else min(floor, ask.amount_minor),
        paper=paper,
    )


def refuse_price_ask(
    *, ask: PriceAsk, by: Party, typed_by: Party, on: date, words: str = "", paper: str = ""
) -> PriceAnswer:
    """The owner says no, in words if they like; the price stays as it is."""
    _refuse_answered(ask)
    owner = ask.variant.product.owner
    if voice_of(by, owner, on) != by:
        raise AyilError(
            _("%(by)s cannot answer for %(owner)s. Ask the owner.") % {"by": by, "owner": owner}
        )
    _refuse_without_paper(by, typed_by, paper, ask.variant)
    return PriceAnswer.objects.create(
        ask=ask, said=PriceAnswer.Said.NO, words=" ".join(words.split()), by=by,
        typed_by=typed_by, paper=paper.strip(), on=on,
    )  # fmt: skip


def _refuse_answered(ask: PriceAsk) -> None:
    if PriceAnswer.objects.filter(ask=ask).exists():
        raise AyilError(
            _("The owner of %(variant)s has answered this already.") % {"variant": ask.variant}
        )
