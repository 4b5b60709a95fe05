"""The slip of a move of money: what is filed, with the lines that people sign on."""

from datetime import datetime

from django.utils.translation import gettext as _

from ayil.kit.document import Document, Facts, Signs, Words, document_pdf
from ayil.kit.written import day, moment, money
from ayil.shop.models import MoneyMove
from ayil.shop.money.actions import Kind


def slip(move: MoneyMove, *, at: datetime) -> bytes:
    """One page of A4 in the language that is active."""
    confirmation = getattr(move, "confirmation", None)
    reversal = getattr(move, "reversal", None)
    parts: list[Facts | Words | Signs] = [Facts(_facts(move))]
    if reversal is not None:
        parts.append(
            Words(
                _("Undone on %(day)s by %(person)s: %(reason)s")
                % {"day": day(reversal.at), "person": reversal.by, "reason": reversal.reason}
            )
        )
    if move.kind == Kind.OWN_OUT and confirmation is None and reversal is None:
        parts.append(Words(_("Not paid out yet: another person has to confirm it.")))
    people = [(_("Moved by"), str(move.by))]
    if move.kind == Kind.OWN_OUT:
        people.append((_("Confirmed by"), str(confirmation.by) if confirmation else ""))
    people.append((_("Received by"), ""))
    parts.append(Signs(people))
    paper = Document(
        title=str(move.get_kind_display()),
        subtitle=_("Slip %(number)s · %(day)s") % {"number": move.number, "day": day(move.on)},
        house=move.shop.name,
        parts=parts,
        code=move.document,
        foot=_("In the ledger: %(document)s") % {"document": move.document},
    )
    return document_pdf([paper], at=at)


def _facts(move: MoneyMove) -> list[tuple[str, str]]:
    currency = move.shop.currency
    rows = [(_("Amount"), money(move.amount_minor, currency))]
    if move.fee_minor:
        rows += [
            (_("Kept back by the bank for it"), money(move.fee_minor, currency)),
            (_("Arrived in the bank"), money(move.amount_minor - move.fee_minor, currency)),
        ]
    rows.append((_("Place"), str(move.get_place_display())))
    if about := about_words(move):
        rows.append((_("What"), about))
    rows += [
        (_("Paper"), move.paper or "–"),
        (_("In a few words"), move.words or "–"),
        (_("Written down"), moment(move.at)),
    ]
    return rows


def about_words(move: MoneyMove) -> str:
    """The tender that arrived, or what a cost was for."""
    known = {**dict(MoneyMove.Tender.choices), **dict(MoneyMove.Cause.choices)}
    if move.kind == Kind.COST:
        known = dict(MoneyMove.Cause.choices)
    return str(known.get(move.about, move.about))
