"""A dispute and how it ended, on paper: for both to sign."""

from django.utils.translation import gettext as _

from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.written import day, money, number, rate
from ayil.payouts.models import Dispute
from ayil.payouts.queries import clocked, line_evidence
from ayil.payouts.telling import fees_of


def dispute_paper(dispute: Dispute, *, address: str) -> Document:
    """What was said, what stands behind it, what was decided and by whom."""
    statement = dispute.statement
    (clock,) = clocked([dispute])
    facts = [
        (_("Maker"), str(statement.consignor)),
        (_("Statement"), f"{statement.number} · {day(statement.cut_on)}"),
        (_("Said by"), f"{dispute.raised_by} · {day(clock.raised_on)}"),
        (_("In their own words"), dispute.words),
        (_("Answer due by"), day(clock.due)),
    ]
    parts: list[Facts | Grid | Words | Signs] = [Facts(facts)]
    parts += _evidence(dispute)
    parts += _outcome(dispute)
    return Document(
        title=_("Dispute about statement %(number)s") % {"number": statement.number},
        subtitle=str(statement.consignor),
        house=statement.shop.name,
        parts=parts,
        code=address,
        foot=_("What was closed is never changed: what is right stands in the next statement."),
    )


def _evidence(dispute: Dispute) -> list[Grid | Facts]:
    evidence = line_evidence(dispute)
    if evidence is None:
        return []
    currency = dispute.statement.currency
    lot = evidence.line.lot
    rows = [
        (
            line.lot.variant.name,
            number(line.quantity),
            money(line.unit_price_minor, currency),
            money(line.gross_minor, currency),
            money(line.share_minor, currency),
        )
        for line in evidence.receipt
    ]
    sale = evidence.line.sale
    found: list[Grid | Facts] = [
        Grid(
            title=_("Receipt %(receipt)s of %(on)s")
            % {"receipt": sale.receipt, "on": day(sale.date)},
            head=(_("Goods"), _("Pieces"), _("Price"), _("Buyers paid"), _("For you")),
            rows=rows,
            numbers=(1, 2, 3, 4),
        ),
        Facts(
            [
                (_("The line in question"), lot.variant.name),
                (_("Label"), lot.label),
                (_("Percents"), " + ".join(filter(None, [rate(lot.commission_bp), fees_of(lot)]))),
            ]
        ),
    ]
    if evidence.prices:
        found.append(
            Grid(
                title=_("The owner's prices"),
                head=(_("From"), _("Price"), _("Set by")),
                rows=[
                    (day(one.valid_from), money(one.amount_minor, one.currency), str(one.set_by))
                    for one in evidence.prices
                ],
                numbers=(1,),
            )
        )
    return found


def _outcome(dispute: Dispute) -> list[Facts | Signs | Words]:
    outcome = getattr(dispute, "outcome", None)
    if outcome is None:
        return [Words(_("This dispute is not answered yet."))]
    facts = [
        (_("Outcome"), str(outcome.get_verdict_display())),
        (_("Why"), outcome.reason),
        (_("Decided by"), f"{outcome.by} · {day(outcome.at)}"),
    ]
    if outcome.amount_minor:
        currency = dispute.statement.currency
        facts.insert(1, (_("The account changes by"), money(outcome.amount_minor, currency)))
    if outcome.transfer is not None:
        facts.append((_("Posting"), f"{outcome.transfer.seq} · {day(outcome.transfer.date)}"))
    return [
        Facts(facts),
        Signs([(_("For the shop"), str(outcome.by)), (_("Maker"), str(dispute.raised_by))]),
    ]
