"""The agreement on paper: who, by which terms, how sums are rounded; both sides sign it."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from ayil.consignment.models import Agreement
from ayil.consignment.rules import NON_MEMBER_POINTS_BP
from ayil.kit.document import Document, Facts, Grid, Signs, Words, document_pdf
from ayil.kit.written import day, rate
from ayil.members.queries import is_member_on


def agreement_pdf(agreement: Agreement, *, language: str, code: str, at: datetime) -> bytes:
    """In the language asked for; `code` is the address of the agreement's page."""
    with translation.override(language):
        return document_pdf([_paper(agreement, code)], at=at)


def _paper(agreement: Agreement, code: str) -> Document:
    shop, consignor = agreement.shop, agreement.consignor
    return Document(
        title=_("Agreement on goods on trust"),
        subtitle=f"№ {agreement.number}",
        house=shop.name,
        code=code,
        parts=[
            Facts(_facts(agreement)),
            *_rates(agreement),
            Words(_goods(agreement)),
            *(Words(words) for words in conditions(agreement)),
            Words(rounding_rule(), small=True),
            Signs([(_("For the shop"), ""), (_("Owner of the goods"), consignor.name)]),
        ],
    )


def _facts(agreement: Agreement) -> list[tuple[str, str]]:
    consignor = agreement.consignor
    rows = [
        (_("Shop"), agreement.shop.name),
        (_("Owner of the goods"), consignor.name),
        (_("Village"), consignor.village.name if consignor.village else "–"),
        (_("From"), day(agreement.since)),
        (_("Up to and with"), day(agreement.until) if agreement.until else _("no day is set")),
    ]
    if agreement.follows is not None:
        rows.append((_("Renews"), agreement.follows.number))
    end = getattr(agreement, "end", None)
    if end is not None:
        rows.append((_("Ended"), f"{day(end.on)}: {end.reason}"))
    return rows


def _rates(agreement: Agreement) -> list[Grid]:
    terms = [
        [str(term.get_kind_display()), rate(term.rate_bp)]
        for term in agreement.terms.order_by("kind")
    ]
    fees = [[str(fee.get_kind_display()), rate(fee.rate_bp)] for fee in agreement.fees.all()]
    grids = [Grid([_("Kind of goods"), _("The shop keeps")], terms, numbers=[1],
                  title=_("Commission"))]  # fmt: skip
    if fees:
        grids.append(
            Grid([_("What for"), _("Of the price")], fees, numbers=[1], title=_("Other fees"))
        )
    return grids


def _goods(agreement: Agreement) -> str:
    names = [str(one.product) for one in agreement.covered.select_related("product")]
    if not names:
        return _("The agreement is about all goods that the owner makes.")
    return _("The agreement is about these goods of the owner and no others: %(goods)s.") % {
        "goods": ", ".join(names)
    }


def conditions(agreement: Agreement) -> list[str]:
    """What both sides keep to, beside the rates."""
    words = [
        _("The goods stay their owner's until they are sold. Only the owner sets their price."),
        _("Shop and owner count each delivery together. What is refused goes home with its "
          "reason; what is accepted keeps the rates of that day, whatever changes later."),
        _("The money of what was sold is the owner's from the moment of the sale. The shop keeps "
          "it apart and pays it out with a statement that names each receipt."),
        _("A loss is written down by two people, with its cause and with who bears it."),
    ]  # fmt: skip
    if not is_member_on(agreement.consignor, agreement.since):
        words.append(
            _("Whoever is no member of the association pays %(points)s of the price more.")
            % {"points": rate(NON_MEMBER_POINTS_BP)}
        )
    return words


def rounding_rule() -> str:
    """How commission and fees are rounded, as it is printed (ayil/kit/money.py)."""
    return _(
        "Rounding: the shop's part of each line is rounded to a whole tyiyn, half a tyiyn up; the "
        "owner gets the rest of the line, so that nothing is lost between the two."
    )
