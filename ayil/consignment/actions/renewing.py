"""Agreements as people make them: entered, renewed, ended before their time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions.agreeing import agree
from ayil.consignment.models import Agreement, AgreementEnd
from ayil.consignment.rules import AGREEMENTS, next_number
from ayil.kit.errors import AyilError
from ayil.kit.written import day
from ayil.ledger.models import Fund
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require
from ayil.products.models import Product


@dataclass(frozen=True)
class Terms:
    """What both sides agree on; rates in basis points by kind, `covers` nothing for all goods.

    An empty `number` is made by itself.
    """

    since: date
    until: date | None
    rates_bp: Mapping[str, int]
    fees_bp: Mapping[str, int] = field(default_factory=dict)
    covers: Collection[Product] = ()
    number: str = ""


def enter_agreement(
    *,
    shop: Shop,
    consignor: Party,
    terms: Terms,
    by: Party,
    on: date,
    follows: Agreement | None = None,
) -> Agreement:
    """A new agreement with somebody, by whoever makes agreements for the shop."""
    require(by, Right.AGREE, on=on, shop=shop)
    if terms.until is not None and terms.until < terms.since:
        raise AyilError(
            _("It would end on %(until)s, before it begins on %(since)s. Change one of the days.")
            % {"until": day(terms.until), "since": day(terms.since)}
        )
    if not terms.rates_bp:
        raise AyilError(_("Say what the shop keeps of at least one kind of goods."))
    with transaction.atomic():
        Fund.objects.select_for_update().get(pk=shop.fund_id)
        return agree(
            shop=shop,
            consignor=consignor,
            number=_number(shop, terms),
            since=terms.since,
            until=terms.until,
            by=by,
            rates_bp=terms.rates_bp,
            fees_bp=terms.fees_bp,
            covers=terms.covers,
            follows=follows,
        )


def _number(shop: Shop, terms: Terms) -> str:
    typed, known = terms.number.strip(), Agreement.objects.filter(shop=shop)
    if typed and known.filter(number=typed).exists():
        raise AyilError(
            _("There is an agreement %(number)s in this shop already. Choose another number, or "
              "leave it empty.") % {"number": typed}
        )  # fmt: skip
    return typed or next_number(AGREEMENTS, terms.since, known.values_list("number", flat=True))


def renew(*, agreement: Agreement, terms: Terms, by: Party, at: datetime, on: date) -> Agreement:
    """Another agreement follows, perhaps by other terms; the old one ends where it begins.

    Lots keep what was frozen when they were accepted.
    """
    if Agreement.objects.filter(follows=agreement).exists():
        raise AyilError(
            _("Agreement %(agreement)s was renewed already. Renew the one that follows it.")
            % {"agreement": agreement}
        )
    if terms.since <= agreement.since:
        raise AyilError(
            _("Agreement %(agreement)s began on %(since)s: what follows it begins later.")
            % {"agreement": agreement, "since": day(agreement.since)}
        )
    with transaction.atomic():
        made = enter_agreement(
            shop=agreement.shop, consignor=agreement.consignor, terms=terms, by=by, on=on,
            follows=agreement,
        )  # fmt: skip
        overlaps = agreement.until is None or agreement.until >= terms.since
        if overlaps and not AgreementEnd.objects.filter(agreement=agreement).exists():
            AgreementEnd.objects.create(
                agreement=agreement,
                on=terms.since,
                reason=_("renewed: %(number)s") % {"number": made},
                by=by,
                recorded_at=at,
            )
    return made


def end_agreement(
    *, agreement: Agreement, on: date, reason: str, by: Party, at: datetime, today: date
) -> AgreementEnd:
    """From the day `on` no goods are taken by it; what is on the shelf is sold or goes back."""
    require(by, Right.AGREE, on=today, shop=agreement.shop)
    if not reason.strip():
        raise AyilError(_("Say in a few words why the agreement ends."))
    if on < max(agreement.since, today):
        raise AyilError(
            _("Agreement %(agreement)s can end on %(day)s at the earliest.")
            % {"agreement": agreement, "day": day(max(agreement.since, today))}
        )
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        if AgreementEnd.objects.filter(agreement=agreement).exists() or (
            agreement.until is not None and agreement.until < on
        ):
            raise AyilError(_("Agreement %s has ended already.") % agreement)
        return AgreementEnd.objects.create(
            agreement=agreement, on=on, reason=reason.strip(), by=by, recorded_at=at
        )


def a_year_from(since: date) -> date:
    """The last day of a yearly term: a year less a day."""
    try:
        return since.replace(year=since.year + 1) - timedelta(days=1)
    except ValueError:  # begun on the 29th of February
        return date(since.year + 1, 2, 28)
