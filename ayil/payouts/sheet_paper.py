"""The sheet of a group's payout on paper: everybody signs for what they reckoned themselves."""

from django.utils.translation import gettext as _

from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.written import day, money, number
from ayil.payouts.models import Payout
from ayil.payouts.queries import Sheet, SheetLine

# Room for a signature: two lines and a half of the table's letters, as on the payout list.
_ROOM = "\n\n"


def sharing_rule_words() -> str:
    """The rule as it is printed."""
    return _(
        "Each gets the sum × own parts ÷ all parts, rounded down to whole soms. What is left goes "
        "into the group's common box. No order of names decides anything: whoever reckons again "
        "comes to the same."
    )


def sheet_paper(payout: Payout, sheet: Sheet, *, address: str) -> Document:
    """One payout shared: the rule, each one's arithmetic, and a place to sign."""
    community, currency = payout.consignor, sheet.currency
    handover = getattr(payout, "handover", None)
    given = (
        f"{handover.payee} · {day(handover.paid_on)}"
        if handover is not None
        else _("not handed over yet")
    )
    return Document(
        title=_("How the group shares"),
        subtitle=str(community),
        house=payout.statement.shop.name,
        parts=[
            Facts(
                [
                    (_("Community"), str(community)),
                    (_("Payout"), _statement_words(payout)),
                    (_("Amount"), money(sheet.amount_minor, currency)),
                    (_("Handed to"), given),
                    (_("Shared by the rule of"), day(sheet.rule.since)),
                    (_("Decided by"), sheet.rule.decided_by),
                    (_("Written in"), sheet.rule.paper),
                ]
            ),
            Words(sharing_rule_words()),
            _shares(sheet),
            Signs([(_("Leader of the group"), ""), (_("Another of the group"), "")]),
        ],
        code=address,
        foot=_("Payout of statement %(number)s to %(maker)s")
        % {"number": payout.statement.number, "maker": community},
    )


def _statement_words(payout: Payout) -> str:
    return _("statement %(number)s, payout %(part)s") % {
        "number": payout.statement.number,
        "part": payout.part,
    }


def _shares(sheet: Sheet) -> Grid:
    currency = sheet.currency
    return Grid(
        head=("№", _("Name"), _("How it is reckoned"), _("Gets"), _("Signature")),
        rows=[
            (
                number(place),
                line.person.name,
                _reckoned(sheet, line),
                money(line.amount_minor, currency),
                _ROOM,
            )
            for place, line in enumerate(sheet.lines, 1)
        ],
        totals=[
            ("", _("In the common box"), "", money(sheet.box_minor, currency), ""),
            ("", _("Together"), "", money(sheet.amount_minor, currency), ""),
        ],
        numbers=(3,),
        widths=(0, 3, 4, 0, 3),
    )


def _reckoned(sheet: Sheet, line: SheetLine) -> str:
    """ "3 000 сом × 12 ÷ 100 = 360 сом", before it is rounded down to whole soms."""
    whole, exact = (
        money(amount, sheet.currency) for amount in (sheet.amount_minor, line.exact_minor)
    )
    return f"{whole} × {number(line.parts)} ÷ {number(sheet.parts)} = {exact}"
