"""What statements and what comes of them say, in words, on pages and on papers alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ayil.consignment.models import Cause, ConsignorAccount, Lot
from ayil.kit.written import day, less, money, number, rate
from ayil.ledger.models import Transfer
from ayil.members.models import Party, Shop
from ayil.payouts.models import Payout, Statement, StatementItem
from ayil.payouts.names import CORRECTION, PAYOUT, PAYOUT_BACK, SHARE
from ayil.payouts.queries import standing_at, statement_postings, terms_on
from ayil.payouts.rules import Next, Standing, free_minor, next_of
from ayil.shop.models import SaleLine

# How the ledger's kinds are called to those whose account they move.
MOVES: Mapping[str, object] = {
    PAYOUT: gettext_lazy("Paid out"),
    PAYOUT_BACK: gettext_lazy("A payout that came back"),
    CORRECTION: gettext_lazy("Correction after a dispute"),
    f"{SHARE}-reversal": gettext_lazy("A sale reversed after a dispute"),
    f"{CORRECTION}-reversal": gettext_lazy("A correction taken back"),
    "write-off": gettext_lazy("Goods lost in the shop, which the shop bears"),
    "write-off-reversal": gettext_lazy("Goods that were found again"),
}
_CAUSES: Mapping[str, object] = {cause.value: cause.label for cause in Cause}


@dataclass(frozen=True)
class Move:
    """One posting in words; `signed_minor` is what the consignor gained (+) or lost (-).

    `reason` is a cause of a write-off in words, or what a person wrote.
    """

    posting: Transfer
    words: str
    reason: str
    signed_minor: int


@dataclass(frozen=True)
class Coming:
    """What comes next for the money of a last statement."""

    words: str
    is_carried: bool = False


def moves_of(statement: Statement) -> list[Move]:
    """What else moved the account, in the order of posting."""
    account = ConsignorAccount.objects.get(
        shop=statement.shop_id, consignor=statement.consignor_id
    ).account_id
    return [move_of(posting, account) for posting in statement_postings(statement)]


def move_of(posting: Transfer, account_id: int) -> Move:
    return Move(
        posting=posting,
        words=str(MOVES.get(posting.kind, posting.kind)),
        reason=str(_CAUSES.get(posting.reason, posting.reason)),
        signed_minor=(-1 if posting.debit_id == account_id else 1) * posting.amount_minor,
    )


def adding_up(statement: Statement) -> list[tuple[str, str]]:
    """The statement's own sum, line by line; the last one is what it closed with."""
    currency = statement.currency
    rows = [
        (_("Carried from the last statement"), money(statement.opening_minor, currency)),
        (_("Your share of what sold"), money(statement.sold_minor, currency)),
        (_("Your share of what came back"), less(statement.refunded_minor, currency)),
    ]
    if statement.other_minor:
        rows.append((_("Write-offs and corrections"), money(statement.other_minor, currency)))
    rows.append((_("Paid to you"), less(statement.paid_minor, currency)))
    rows.append((_("Owed to you"), money(statement.closing_minor, currency)))
    return rows


def rounding_rules() -> list[str]:
    """How each line is split; the same rule as on receipts."""
    return [
        _(
            "The shop's part of a line is what buyers paid × its percent, half a tyiyn rounded up. "
            "The shop's part and the fees together are what buyers paid × both percents, rounded "
            "the same; the fees are the difference. All the rest is yours."
        ),
        _(
            "What comes back is taken from each in the same parts as it was given, never more "
            "than the sale gave. Where a buyer got back more than they paid, the shop bears it."
        ),
    ]


def fees_of(lot: Lot) -> str:
    """ "carriage 2 % + packing 1 %", from the agreement under which the lot came."""
    if not lot.fees_bp:
        return ""
    terms = lot.count.line.note.agreement.fees.all() if lot.count is not None else ()
    named = [f"{term.get_kind_display()} {rate(term.rate_bp)}" for term in terms]
    return " + ".join(named) or rate(lot.fees_bp)


def sum_of(items: Sequence[StatementItem]) -> dict[str, int]:
    """The last row under the things, by the name of its figure."""
    figures = ("lines", "units", "refunded_units", "gross_minor", "commission_minor",
               "fees_minor", "loss_minor", "share_minor")  # fmt: skip
    return {name: sum(getattr(item, name) for item in items) for name in figures}


def split_in_words(line: SaleLine, currency: str) -> str:
    """The line's arithmetic, for whoever reckons it again; a refund is cut from its sale."""
    lot = line.lot
    parts = [less(line.commission_minor, currency)]
    if line.fees_minor:
        parts.append(less(line.fees_minor, currency))
    if line.loss_minor:
        parts.append(less(line.loss_minor, currency))
    kept = rate(lot.commission_bp) + (f" + {rate(lot.fees_bp)}" if lot.fees_bp else "")
    return f"{money(line.gross_minor, currency)} {' '.join(parts)} ({kept})"


def coming(statement: Statement, today: date) -> Coming | None:
    """Why nothing is paid now, or when it is; of the consignor's last statement alone."""
    standing = standing_at(statement.shop, statement.consignor)
    if standing is None or standing.statement_id != statement.pk:
        return None
    return coming_of(standing.standing, statement.currency, today)


def coming_at(shop: Shop, consignor: Party, today: date) -> Coming | None:
    """The same for a page of the consignor's: None where the shop keeps no account for them."""
    found = standing_at(shop, consignor)
    return coming_of(found.standing, shop.currency, today) if found else None


def coming_of(standing: Standing, currency: str, today: date) -> Coming:
    least = terms_on(today, currency).least_minor
    match next_of(standing, minimum_minor=least):
        case Next.OWES_BACK:
            return Coming(
                _(
                    "Goods came back after they were paid to you, so %(amount)s is missing. The "
                    "next sales make up for it; nobody asks you to bring it."
                )
                % {"amount": money(-standing.balance_minor, currency)}
            )
        case Next.LISTED:
            return Coming(
                _("%(amount)s is on a payout list and waits to be handed over.")
                % {"amount": money(standing.pending_minor, currency)}
            )
        case Next.READY:
            return Coming(
                _("%(amount)s will be on the next payout list.")
                % {"amount": money(free_minor(standing), currency)}
            )
        case Next.CARRIED:
            return Coming(
                _(
                    "%(amount)s is less than the least payout, which the association set at "
                    "%(least)s. Nothing is lost: it is carried forward and paid as soon as it is "
                    "enough."
                )
                % {
                    "amount": money(free_minor(standing), currency),
                    "least": money(least, currency),
                },
                is_carried=True,
            )
        case Next.NOT_STATED:
            return Coming(_("What sold since the last closing stands in the next statement."))
        case Next.NOTHING:
            return Coming(_("All that was stated is paid."))


def became_of(payout: Payout) -> str:
    """One payout on a statement, and how far it is."""
    handover = getattr(payout, "handover", None)
    if handover is None:
        cancelled = getattr(payout, "cancellation", None)
        if cancelled is not None:
            return _("taken off its list: %(reason)s") % {"reason": cancelled.reason}
        return _("on a payout list, not handed over yet")
    came_back = getattr(handover, "came_back", None)
    if came_back is not None:
        return _("came back on %(on)s: %(reason)s") % {
            "on": day(came_back.on),
            "reason": came_back.reason,
        }
    words = _("handed to %(who)s on %(on)s") % {
        "who": handover.payee,
        "on": day(handover.paid_on),
    }
    if getattr(handover, "acknowledgement", None) is not None:
        words += " · " + _("received, says who got it")
    return words


def answer_in_words(due: date, today: date) -> str:
    """How long the shop still has to answer a dispute, or by how much it is late."""
    left = (due - today).days
    if left < 0:
        return ngettext(
            "late by %(count)s day, it was due on %(due)s",
            "late by %(count)s days, it was due on %(due)s",
            -left,
        ) % {"count": number(-left), "due": day(due)}
    return ngettext(
        "to be answered by %(due)s: %(count)s day left",
        "to be answered by %(due)s: %(count)s days left",
        left,
    ) % {"count": number(left), "due": day(due)}
