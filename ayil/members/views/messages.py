"""How a person is told and what they were told; for the staff, what came and what did not."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.paper import qr_svg
from ayil.members.choosing import chosen_shop
from ayil.members.forms.messages import HowTold, HowToldOnPaper
from ayil.members.identities import identities_of
from ayil.members.looks import Seen, record_looks
from ayil.members.messages.carriers import ways_out
from ayil.members.messages.choosing import choose_way, chosen_way
from ayil.members.messages.linking import invite, unlink
from ayil.members.messages.log import (
    LATELY,
    at_hand,
    entries,
    failures,
    messages_visible_to,
    told_to,
)
from ayil.members.messages.queue import How, open_messages
from ayil.members.messages.slips import bundles, send_with_car, slips_pdf, slips_waiting
from ayil.members.models import Chat, Message, MessageEnd, Party, Purpose, Shop, Way
from ayil.members.queries import consents_now
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.members.views.people import in_words, the_party

OWN_SHOWN = 30
PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_messages(request: HttpRequest) -> HttpResponse:
    """One's own choice, the chat with the bot, and every message of late with what became of it."""
    party, at = acting(request), now()
    chosen = chosen_way(party)
    form = HowTold(request.POST or None, initial=HowTold.first(party, chosen))
    if request.method == "POST" and form.is_valid():
        try:
            choose_way(party=party, choice=form.choice(), by=party, at=at)
        except AyilError as error:
            form.add_error(None, forms.ValidationError(in_words(error)))
        else:
            messages.success(request, _("Written down. It holds from the next message on."))
            return redirect("my-messages")
    context = {
        "party": party,
        "form": form,
        "chosen": chosen,
        "agreed": consents_now(party, Purpose.MESSAGES),
        "entries": entries(at_hand(told_to(party))[:OWN_SHOWN], at),
        "has_bot": Way.TELEGRAM.value in ways_out(),
        "chat": Chat.objects.filter(party__in=identities_of(party), end__isnull=True).first(),
    }
    return render(request, "members/my_messages.html", context)


@login_required
@require_POST
@never_cache
def my_telegram(request: HttpRequest) -> HttpResponse:
    """A link to the bot, shown here and nowhere again; or the end of the chat."""
    party, at = acting(request), now()
    try:
        if request.POST.get("do") == "end":
            unlink(party=party, by=party, at=at)
            messages.success(request, _("The bot writes to you no more."))
            return redirect("my-messages")
        address = invite(party=party, by=party, at=at)
    except AyilError as error:
        messages.error(request, in_words(error))
        return redirect("my-messages")
    # Drawn by segno from bits; no text of anybody's stands in it.
    context = {"address": address, "picture": SafeString(qr_svg(address))}  # nosec B703
    return render(request, "members/my_telegram.html", context)


@may(Right.TAKE_APPLICATION)
@require_http_methods(["GET", "HEAD", "POST"])
def person_messages(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """How somebody wants to be told, typed from their paper; what they were told is not shown."""
    party, at = the_party(uid), now()
    chosen = chosen_way(party)
    form = HowToldOnPaper(request.POST or None, initial=HowTold.first(party, chosen))
    if request.method == "POST" and form.is_valid():
        paper = form.cleaned_data["paper"]
        try:
            choose_way(party=party, choice=form.choice(), by=acting(request), at=at, paper=paper)
        except AyilError as error:
            form.add_error(None, forms.ValidationError(in_words(error)))
        else:
            messages.success(request, _("Written down. It holds from the next message on."))
            return redirect("person", uid=party.uid)
    context = {
        "party": party,
        "form": form,
        "chosen": chosen,
        "agreed": consents_now(party, Purpose.MESSAGES),
    }
    return render(request, "members/person_messages.html", context)


@may(Right.SEE_MESSAGES)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who was sent something and whether it came; never what it said, nor a whole telephone."""
    chosen, at = chosen_shop(request, Right.SEE_MESSAGES), now()
    sent = messages_visible_to(request.user, local_date(at)).filter(shop=chosen.shop)
    only_failed = request.GET.get("only") == "failed"
    shown = sent.filter(end__how=How.GIVEN_UP) if only_failed else sent
    page = Paginator(at_hand(shown.order_by("-id")), PAGE).get_page(request.GET.get("page"))
    lately = MessageEnd.objects.filter(message__shop=chosen.shop, at__gte=at - LATELY)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "page": page,
        "entries": entries(page, at),
        "only_failed": only_failed,
        "came": lately.filter(how=How.DELIVERED).count(),
        "failed": failures(Shop.objects.filter(pk=chosen.shop.pk), at - LATELY).count(),
        "unsure": lately.filter(how=How.MAYBE).count(),
        "waiting": open_messages().filter(shop=chosen.shop).exclude(way=Way.SLIP).count(),
        "slips": slips_waiting(chosen.shop).count(),
        "has_way": bool(ways_out()),
    }
    return render(request, "members/messages_log.html", context)


@may(Right.RECEIVE_GOODS)
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: HttpRequest) -> HttpResponse:
    """Whose slips wait, by village; those that were given to the driver are ticked off."""
    chosen, at = chosen_shop(request, Right.RECEIVE_GOODS), now()
    if request.method == "POST":
        ticked = [int(pk) for pk in request.POST.getlist("slip") if pk.isascii() and pk.isdigit()]
        try:
            count = send_with_car(shop=chosen.shop, slips=ticked, by=acting(request), at=at)
        except AyilError as error:
            messages.error(request, in_words(error))
        else:
            if count:
                messages.success(request, _("Written down: they went with the car."))
            else:
                messages.info(request, _("Tick the slips that the driver has."))
        return redirect(f"{reverse('slips')}?shop={chosen.shop.code}")
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "bundles": bundles(slips_waiting(chosen.shop)),
    }
    return render(request, "members/slips.html", context)


@may(Right.RECEIVE_GOODS)
@require_safe
def slips_paper(request: HttpRequest) -> HttpResponse:
    """The slips as a PDF. Who prints them sees what they say: each person may read that."""
    chosen, at = chosen_shop(request, Right.RECEIVE_GOODS), now()
    waiting = list(slips_waiting(chosen.shop))
    try:
        pdf = slips_pdf(waiting, at=at)
    except AyilError as error:
        messages.error(request, in_words(error))
        return redirect(f"{reverse('slips')}?shop={chosen.shop.code}")
    record_looks(parties=_named_in(waiting), by=acting(request), what=Seen.SALES, at=at)
    return pdf_answer(pdf, f"slips-{local_date(at)}")


def _named_in(slips: list[Message]) -> list[Party]:
    return list({slip.about_id: slip.about for slip in slips}.values())
