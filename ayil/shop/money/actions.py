"""Moving the shop's money: each verb is one transaction; `by` acts, `at` is the moment."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ayil.consignment.accounts import BANK, SAFE, shop_account
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.kit.written import money
from ayil.ledger.actions import post, ref, reverse
from ayil.ledger.models import Account, Fund, Transfer
from ayil.ledger.rules import TransferRequest
from ayil.members.models import Party, Shop
from ayil.members.own import is_one_of
from ayil.members.rights import Right, require
from ayil.shop.models import BankBalance, MoneyConfirmation, MoneyMove, MoneyReversal
from ayil.shop.money.accounts import CARRIER, cost_account, own_money, tender_account
from ayil.shop.today import trust

Kind, Place, Cause = MoneyMove.Kind, MoneyMove.Place, MoneyMove.Cause
LATEST = timedelta(days=31)
WITH_ANOTHER = frozenset({Kind.OWN_IN, Kind.OWN_OUT})
_PLACES = {
    Kind.TO_BANK: (Place.SAFE,),
    Kind.FROM_BANK: (Place.BANK,),
    Kind.ARRIVED: (Place.BANK,),
    Kind.COST: (Place.PETTY_CASH, Place.SAFE, Place.BANK),
    Kind.OWN_IN: (Place.SAFE, Place.BANK),
    Kind.OWN_OUT: (Place.SAFE, Place.BANK),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """What is to be moved, as a person writes it; `on` None is today."""

    kind: str
    amount_minor: int
    paper: str = ""
    place: str = ""
    about: str = ""
    words: str = ""
    fee_minor: int = 0
    on: date | None = None


def places_of(kind: str) -> tuple[MoneyMove.Place, ...]:
    """Where the money of such a move may come from; own money: where it may lie."""
    return _PLACES[Kind(kind)]


def move_money(*, shop: Shop, moved: Moved, by: Party, at: datetime) -> MoneyMove:
    """Writes the move down and posts it; own money taken out waits for another person.

    Raises AyilError where a paper lacks, a place holds less than is moved, or the makers' money
    would go with it.
    """
    today = local_date(at, ZoneInfo(shop.time_zone))
    require(by, Right.MOVE_MONEY, on=today, shop=shop)
    move = _written(shop, moved, today, by, at)
    with transaction.atomic():
        _hold(shop)
        _check_there(move)
        move.number = 1 + (shop.money_moves.aggregate(last=Max("number"))["last"] or 0)
        move.save(force_insert=True)
        if move.kind != Kind.OWN_OUT:
            _post(move, by, at)
    return move


def confirm_move(*, move: MoneyMove, by: Party, at: datetime) -> MoneyConfirmation:
    """Another person lets own money go out; only then is it posted."""
    shop = move.shop
    require(by, Right.MOVE_MONEY, on=local_date(at, ZoneInfo(shop.time_zone)), shop=shop)
    if is_one_of(by, move.by):
        raise AyilError(
            _("%(person)s asked for this money and cannot confirm it. Let another do so.")
            % {"person": by}
        )
    with transaction.atomic():
        _hold(shop)
        if move.kind != Kind.OWN_OUT or MoneyConfirmation.objects.filter(move=move).exists():
            raise AyilError(_("%(move)s waits for nobody.") % {"move": move})
        if MoneyReversal.objects.filter(move=move).exists():
            raise AyilError(_("%(move)s was withdrawn. Write a new one.") % {"move": move})
        _check_there(move)
        made = MoneyConfirmation.objects.create(move=move, by=by, at=at)
        _post(move, by, at)
    return made


def reverse_move(*, move: MoneyMove, by: Party, at: datetime, reason: str) -> MoneyReversal:
    """Undoes what was written wrongly, dated today; what was not confirmed is withdrawn.

    What is posted of the association's own money another person undoes, so that nobody alone
    says that it came, and then that it did not.
    """
    shop = move.shop
    today = local_date(at, ZoneInfo(shop.time_zone))
    require(by, Right.MOVE_MONEY, on=today, shop=shop)
    if not reason.strip():
        raise AyilError(_("Say in a few words why it is undone."))
    with transaction.atomic():
        _hold(shop)
        if MoneyReversal.objects.filter(move=move).exists():
            raise AyilError(_("%(move)s was undone before.") % {"move": move})
        posted = list(transfers_of(move))
        if posted and move.kind in WITH_ANOTHER and is_one_of(by, move.by):
            raise AyilError(
                _("%(person)s wrote this down. Another must undo what is the association's own.")
                % {"person": by}
            )
        made = MoneyReversal.objects.create(move=move, by=by, at=at, reason=reason.strip())
        for transfer in posted:
            reverse(
                transfer,
                key=f"{transfer.key}/undone",
                date=today,
                document=move.document,
                actor=f"party:{by.uid}",
                reason=made.reason,
                at=at,
            )
    return made


def state_bank_balance(
    *, shop: Shop, on: date, closing_minor: int, paper: str, by: Party, at: datetime
) -> BankBalance:
    """What the bank's paper says of the end of a day, to lay beside the books."""
    today = local_date(at, ZoneInfo(shop.time_zone))
    require(by, Right.MOVE_MONEY, on=today, shop=shop)
    if on > today:
        raise AyilError(_("That day has not come yet. Give the day of the bank's paper."))
    if not paper.strip():
        raise AyilError(_("Give the number of the bank's statement."))
    return BankBalance.objects.create(
        shop=shop, on=on, closing_minor=closing_minor, paper=paper.strip(), by=by, at=at
    )


def transfers_of(move: MoneyMove) -> list[Transfer]:
    """What it posted, without what undid it."""
    posted = Transfer.objects.filter(
        fund=move.shop.fund_id, key__in=[move.document, f"{move.document}/fee"]
    )
    return list(posted.select_related("debit", "credit").order_by("seq"))


def _hold(shop: Shop) -> None:
    """One person at a time: two never see the same money as free."""
    Fund.objects.select_for_update().get(pk=shop.fund_id)


def _written(shop: Shop, moved: Moved, today: date, by: Party, at: datetime) -> MoneyMove:
    """The move as it stands on paper, or why it cannot."""
    on, place = moved.on or today, moved.place or places_of(moved.kind)[0]
    if moved.amount_minor <= 0:
        raise AyilError(_("Give an amount above nought."))
    if not 0 <= moved.fee_minor <= moved.amount_minor:
        raise AyilError(_("What was kept back cannot be more than the whole."))
    if place not in places_of(moved.kind):
        raise AyilError(_("Choose where the money is."))
    if moved.kind in WITH_ANOTHER and on != today:
        raise AyilError(_("The association's own money is written down on the day it moves."))
    if not today - LATEST <= on <= today:
        raise AyilError(
            _("Give a day of the last %(days)d, not one to come.") % {"days": LATEST.days}
        )
    if moved.kind == Kind.COST and not moved.words.strip():
        raise AyilError(_("Say in a few words what the money was for."))
    if moved.kind != Kind.COST and not moved.paper.strip():
        raise AyilError(_("Give the number of its paper: the slip, the statement or the order."))
    about = {Kind.ARRIVED: MoneyMove.Tender.values, Kind.COST: Cause.values}.get(Kind(moved.kind))
    if moved.about not in (about or [""]):
        raise AyilError(_("Choose what it was from the list."))
    if moved.fee_minor and moved.kind != Kind.ARRIVED:
        raise AyilError(_("Something is kept back only of QR and card money."))
    return MoneyMove(
        shop=shop, kind=moved.kind, place=place, about=moved.about, on=on, by=by, at=at,
        amount_minor=moved.amount_minor, fee_minor=moved.fee_minor,
        paper=moved.paper.strip(), words=moved.words.strip(),
    )  # fmt: skip


def _check_there(move: MoneyMove) -> None:
    """Refuses what is not there, and what is the makers' (invariant 3)."""
    if move.kind == Kind.OWN_IN:
        return
    shop = move.shop
    source = _source(move)
    if source.balance_minor < move.amount_minor:
        raise AyilError(
            _(
                "By the books %(held)s are there, not %(asked)s. Look whether the tills have sent "
                "their sales and whether every earlier move is written down."
            )
            % {
                "held": money(source.balance_minor, shop.currency),
                "asked": money(move.amount_minor, shop.currency),
            }
        )
    takes_own = move.kind == Kind.OWN_OUT or (
        move.kind == Kind.COST
        and move.place != Place.PETTY_CASH  # left a drawer long ago
        and move.about != Cause.BANK_CHARGE  # is gone already, whatever we say
    )
    free = trust(shop).free_minor
    if takes_own and free < move.amount_minor:
        raise AyilError(
            _(
                "%(lacks)s of this is the makers' money. The shop's own is %(free)s: pay no more "
                "than that."
            )
            % {
                "lacks": money(move.amount_minor - max(free, 0), shop.currency),
                "free": money(max(free, 0), shop.currency),
            }
        )


def _source(move: MoneyMove) -> Account:
    if move.kind == Kind.ARRIVED:
        return tender_account(move.shop, move.about)
    return shop_account(move.shop, move.place)


def _sides(move: MoneyMove) -> tuple[Account, Account]:
    """Debit and credit: into which account, and out of which."""
    shop = move.shop
    match Kind(move.kind):
        case Kind.TO_BANK:
            into = shop_account(shop, BANK)
        case Kind.FROM_BANK:
            into = shop_account(shop, SAFE)
        case Kind.ARRIVED:
            into = shop_account(shop, BANK)
        case Kind.COST:
            into = cost_account(shop, move.about)
        case Kind.OWN_OUT:
            into = own_money(shop)
        case Kind.OWN_IN:
            return shop_account(shop, move.place), own_money(shop)
    return into, _source(move)


def _post(move: MoneyMove, by: Party, at: datetime) -> None:
    into, out = _sides(move)
    parts = [("", into, move.amount_minor - move.fee_minor)]
    if move.fee_minor:
        parts.append(("/fee", cost_account(move.shop, CARRIER), move.fee_minor))
    requests = [
        TransferRequest(
            key=f"{move.document}{name}",
            debit=ref(debit),
            credit=ref(out),
            amount_minor=amount,
            date=local_date(at, ZoneInfo(move.shop.time_zone)) if move.kind == Kind.OWN_OUT
            else move.on,
            kind=f"money-{move.kind}",
            document=move.document,
            actor=f"party:{by.uid}",
            reason=move.words,
        )
        for name, debit, amount in parts
        if amount
    ]  # fmt: skip
    post(requests, at=at)
