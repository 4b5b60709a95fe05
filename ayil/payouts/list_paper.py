"""The payout list as a paper (ведомость): for the shop, and a sheet a village for the car.

Whoever receives signs in the last column; the sheet is photographed back in as evidence.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.number_words import som_in_words
from ayil.kit.written import day, language, moment, money, number
from ayil.payouts.models import Payout, PayoutRun
from ayil.payouts.queries.payees import Payee

SOM = "KGS"
# Room for a signature: two lines and a half of the table's letters.
_ROOM = "\n\n"


def list_papers(
    run: PayoutRun,
    payees: Mapping[int, Sequence[Payee]],
    *,
    by_village: bool,
    address: str = "",
) -> list[Document]:
    """One paper for the whole list, or one for each village; made in the active language.

    `run` comes from `run_with_payouts`; `payees` is who may receive, by the consignor's key;
    `address` is the list's page, as a QR code. What was taken off the list does not stand on it.
    No paper where nothing is left.
    """
    lines = [one for one in run.payouts.all() if not hasattr(one, "cancellation")]
    numbered = list(enumerate(lines, 1))
    if not by_village:
        return [_paper(run, numbered, payees, "", address)] if numbered else []
    places = sorted(numbered, key=lambda row: (_village(row[1]), row[0]))
    return [
        _paper(run, list(rows), payees, village or _("village not known"), address)
        for village, rows in groupby(places, key=lambda row: _village(row[1]))
    ]


def _village(payout: Payout) -> str:
    return payout.consignor.village.name if payout.consignor.village else ""


def _paper(
    run: PayoutRun,
    rows: Sequence[tuple[int, Payout]],
    payees: Mapping[int, Sequence[Payee]],
    village: str,
    address: str,
) -> Document:
    total = sum(payout.amount_minor for _number, payout in rows)
    head = [
        _("No."), _("Name of the maker"), _("Village"), _("Statement"), _("Amount"),
        _("Who may receive"), _("Received, signature"),
    ]  # fmt: skip
    cells = [_row(run, place, payout, payees[payout.consignor_id]) for place, payout in rows]
    return Document(
        title=_("Payout list No. %(number)s") % {"number": run.pk},
        subtitle=village,
        house=run.shop.name,
        parts=[
            Facts(_people(run)),
            Grid(
                head,
                cells,
                numbers=(0, 4),
                totals=[["", _("Together"), "", "", money(total, run.currency), "", ""]],
                widths=(0, 3, 2, 0, 0, 4, 4),
            ),
            *_in_words(total, run.currency),
            Words(
                _(
                    "Each signs for themselves, or who holds their mandate or leads the "
                    "community. Who pays and who approved do not sign as receivers."
                ),
                small=True,
            ),
            Signs(
                [
                    (_("Prepared"), run.prepared_by.name),
                    (_("Approved"), run.approval.by.name if hasattr(run, "approval") else ""),
                    (_("Paid out"), ""),
                ]
            ),
        ],
        is_wide=True,
        code=address,
        foot=_("Payout list No. %(number)s") % {"number": run.pk},
    )


def _people(run: PayoutRun) -> list[tuple[str, str]]:
    facts = [(_("Prepared"), f"{run.prepared_by.name}, {moment(run.prepared_at)}")]
    if hasattr(run, "approval"):
        facts.append((_("Approved"), f"{run.approval.by.name}, {moment(run.approval.at)}"))
    else:
        facts.append((_("Approved"), _("not yet: nothing may be paid by this paper")))
    payers = dict.fromkeys(
        one.handover.paid_by.name for one in run.payouts.all() if hasattr(one, "handover")
    )
    facts.append((_("Pays out"), ", ".join(payers) or "_" * 30))
    return facts


def _in_words(total: int, currency: str) -> list[Words]:
    if currency != SOM:
        return []
    return [Words(_("In words: %(sum)s.") % {"sum": som_in_words(total, language())})]


def _row(
    run: PayoutRun, place: int, payout: Payout, payees: Sequence[Payee]
) -> tuple[str, str, str, str, str, str, str]:
    statement = payout.statement
    return (
        number(place),
        payout.consignor.name,
        _village(payout) or "–",
        f"{number(statement.number)}, {day(statement.cut_on)}",
        money(payout.amount_minor, run.currency),
        _receiver(payout, payees),
        _came(payout),
    )


def _receiver(payout: Payout, payees: Sequence[Payee]) -> str:
    """Who received it, or all who may."""
    if hasattr(payout, "handover"):
        payees = [one for one in payees if one.party.pk == payout.handover.payee_id]
        if not payees:
            return payout.handover.payee.name
    return "; ".join(named(one) for one in payees) or _("nobody: a mandate is needed")


def named(payee: Payee) -> str:
    """The name, and by what right where it is not their own money."""
    if payee.leads:
        return _("%(name)s, leader") % {"name": payee.party.name}
    if payee.mandate is None:
        return payee.party.name
    paper = payee.mandate.paper or _("given on the giver's own page")
    return _("%(name)s by mandate of %(day)s (%(paper)s)") % {
        "name": payee.party.name,
        "day": day(payee.mandate.since),
        "paper": paper,
    }


def _came(payout: Payout) -> str:
    """Empty room to sign, or what became of it already."""
    if not hasattr(payout, "handover"):
        return _ROOM
    handover = payout.handover
    if hasattr(handover, "came_back"):
        return _("came back on %(day)s") % {"day": day(handover.came_back.on)}
    if hasattr(handover, "acknowledgement"):
        how = handover.acknowledgement.get_how_display()
        return f"{how}, {day(handover.acknowledgement.at)}"
    return day(handover.paid_on) + _ROOM
