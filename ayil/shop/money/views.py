"""Pages of the shop's money: where it lies, how it moved, and each move with its slip."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.choosing import chosen_shop
from ayil.members.own import is_one_of
from ayil.members.reader import acting, reader
from ayil.members.rights import Right, has_right, may
from ayil.shop.models import MoneyMove
from ayil.shop.money import queries
from ayil.shop.money.actions import (
    Kind,
    confirm_move,
    move_money,
    reverse_move,
    state_bank_balance,
)
from ayil.shop.money.forms import BankForm, MoveForm
from ayil.shop.money.papers import about_words, slip
from ayil.shop.today import trust

A_PAGE = 30


def _move(request: HttpRequest, pk: int) -> MoneyMove:
    """Another shop's is as if it were not there."""
    found = queries.moves_visible_to(request.user, local_date(now())).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such move of money among those you may see."))
    return found


@may(Right.KEEP_BOOKS)
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """Where the money lies by the books, what the bank says, and the moves, the latest first."""
    chosen = chosen_shop(request, Right.KEEP_BOOKS)
    today = local_date(now())
    moves = queries.moves_visible_to(request.user, today).filter(shop=chosen.shop)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "trust": trust(chosen.shop),
        "places": queries.places(chosen.shop),
        "compared": queries.compared(chosen.shop),
        "page": Paginator(moves, A_PAGE).get_page(request.GET.get("page")),
        "narrowed": f"shop={chosen.shop.code}",
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "may_move": has_right(request.user, Right.MOVE_MONEY, day=today, shop=chosen.shop),
    }
    return render(request, "shop/money.html", context)


@may(Right.MOVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """One move of money, with its paper."""
    if kind not in Kind.values:
        raise Http404(_("There is no such move of money."))
    chosen = chosen_shop(request, Right.MOVE_MONEY)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        kind=Kind(kind),
        currency=chosen.shop.currency,
        today=local_date(now()).isoformat(),
    )
    if form.is_valid():
        try:
            move = move_money(shop=chosen.shop, moved=form.moved(), by=acting(request), at=now())
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _told(move))
            return redirect("money-move", pk=move.pk)
    context = {
        "form": form,
        "shop": chosen.shop,
        "shops": chosen.shops,
        "title": Kind(kind).label,
        "waits": kind == Kind.OWN_OUT,
        "trust": trust(chosen.shop),
    }
    return render(request, "shop/money_new.html", context)


def _told(move: MoneyMove) -> str:
    if move.kind == Kind.OWN_OUT:
        return _("It is written down. Another person has to confirm it before it is paid.")
    return _("It is written down. Print the slip and put it with its paper.")


@may(Right.KEEP_BOOKS)
@require_safe
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One move: who, when, what paper; with it what may still be done about it."""
    found = _move(request, pk)
    may_move = has_right(request.user, Right.MOVE_MONEY, day=local_date(now()), shop=found.shop)
    is_open = not hasattr(found, "reversal")
    waits = is_open and found.kind == Kind.OWN_OUT and not hasattr(found, "confirmation")
    person = reader(request)
    is_own = person is not None and is_one_of(person, found.by)
    context = {
        "move": found,
        "about": about_words(found),
        "waits": waits,
        "may_confirm": may_move and waits and not is_own,
        "may_undo": may_move and is_open,
    }
    return render(request, "shop/money_move.html", context)


@may(Right.KEEP_BOOKS)
@require_safe
def money_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip on paper."""
    found = _move(request, pk)
    return pdf_answer(slip(found, at=now()), f"money-{found.shop.code}-{found.number}")


@may(Right.MOVE_MONEY)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person lets own money go out."""
    found = _move(request, pk)
    try:
        confirm_move(move=found, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is confirmed, with your name, and stands in the books."))
    return redirect("money-move", pk=pk)


@may(Right.MOVE_MONEY)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written wrongly is undone, with a reason."""
    found = _move(request, pk)
    reason = request.POST.get("reason", "")[:300]
    try:
        reverse_move(move=found, by=acting(request), at=now(), reason=reason)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is undone, with your name and reason."))
    return redirect("money-move", pk=pk)


@may(Right.MOVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest) -> HttpResponse:
    """What the bank's paper says of the end of a day, laid beside the books."""
    chosen = chosen_shop(request, Right.MOVE_MONEY)
    form = BankForm(
        request.POST if request.method == "POST" else None,
        currency=chosen.shop.currency,
        today=local_date(now()).isoformat(),
    )
    if form.is_valid():
        try:
            state_bank_balance(shop=chosen.shop, by=acting(request), at=now(), **form.cleaned_data)
        except AyilError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The bank's word is written down beside the books."))
            return redirect(f"{reverse('money')}?shop={chosen.shop.code}#bank")
    context = {"form": form, "shop": chosen.shop, "shops": chosen.shops}
    return render(request, "shop/money_bank.html", context)
