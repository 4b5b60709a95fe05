"""Ways to sign in that the staff hands out: cards on paper, PINs, links; and lost ones ended."""

import uuid
from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ayil.kit.clock import now
from ayil.kit.errors import AyilError
from ayil.kit.paper import qr_svg
from ayil.members.cards import CARDS_A_SHEET, print_cards, without_card
from ayil.members.doors import end_card, make_link, reset_second_factor, set_pin
from ayil.members.doors_rules import LINK_BY_STAFF, in_groups
from ayil.members.forms.fields import VillageField
from ayil.members.models import Card, Party, PartyKind
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.members.views.people import in_words, the_party

SHOWN_TO_CHOOSE = 100


class Village(forms.Form):
    """Of which village cards are to be printed."""

    village = VillageField()


class NewPin(forms.Form):
    """Typed by the person, while the staff looks away."""

    pin = forms.CharField(
        label=gettext_lazy("New PIN, 4 to 8 digits"),
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The same once more"),
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("pin"):
            raise forms.ValidationError(_("The two are not the same. Type both again."))
        return again


def _address(route: str, secret: str) -> str:
    """What a camera opens: never the name under which the request happened to come."""
    return settings.AYIL_ADDRESS + reverse(route, args=[secret])


def _printed(request: HttpRequest, parties: Sequence[Party]) -> HttpResponse:
    """The sheet as a file; raises AyilError where a card may not be issued."""
    pdf = print_cards(
        parties=parties,
        by=acting(request),
        at=now(),
        address_of=lambda code: _address("card", code),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(parties[0].village.code if parties[0].village else "cards") or "cards"
    response["Content-Disposition"] = f'attachment; filename="cards-{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@may(Right.ISSUE_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cards(request: HttpRequest) -> HttpResponse:
    """A sheet of cards for people of a village who hold none."""
    form = Village(request.GET)
    form.is_valid()
    village = form.cleaned_data.get("village")
    people = list(without_card(village)[:SHOWN_TO_CHOOSE]) if village else []
    if request.method == "POST":
        chosen = set(request.POST.getlist("person"))
        try:
            return _printed(request, [one for one in people if str(one.uid) in chosen])
        except AyilError as error:
            messages.error(request, in_words(error))
    context = {
        "form": form,
        "village": village,
        "people": people,
        "most": CARDS_A_SHEET,
        "first": CARDS_A_SHEET,
    }
    return render(request, "members/cards.html", context)


@may(Right.ISSUE_CARD)
@require_POST
def card_issue(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A new card for one person, on paper at once; the one before it opens nothing any more."""
    party = the_party(uid)
    try:
        return _printed(request, [party])
    except AyilError as error:
        messages.error(request, in_words(error))
        return redirect("person", uid=party.uid)


@may(Right.END_CARD)
@require_POST
def card_end(request: HttpRequest, uid: uuid.UUID, card: uuid.UUID) -> HttpResponse:
    """A lost card opens nothing from now on."""
    found = Card.objects.filter(uid=card, party__uid=uid).select_related("party").first()
    if found is None:
        raise Http404(_("This person has no such card."))
    end_card(card=found, by=acting(request), at=now())
    messages.success(
        request, _("The card %(number)s is ended.") % {"number": in_groups(found.number)}
    )
    return redirect("person", uid=uid)


@may(Right.ISSUE_CARD)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pin(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A PIN that the person types themselves."""
    party = _person(uid)
    form = NewPin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_pin(party=party, pin=form.cleaned_data["pin"], by=acting(request), at=now())
        except AyilError as error:
            form.add_error("pin", forms.ValidationError(in_words(error)))
        else:
            messages.success(request, _("The PIN is set."))
            return redirect("person", uid=party.uid)
    return render(request, "members/person_pin.html", {"party": party, "form": form})


@may(Right.ISSUE_CARD)
@require_POST
@never_cache
def link(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A link that signs the person in once; shown here and nowhere again."""
    party = _person(uid)
    try:
        token = make_link(party=party, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, in_words(error))
        return redirect("person", uid=party.uid)
    address = _address("use-link", token)
    context = {
        "party": party,
        "address": address,
        # Drawn by segno from bits; no text of anybody's stands in it.
        "picture": SafeString(qr_svg(address)),  # nosec B703
        "minutes": int(LINK_BY_STAFF.total_seconds()) // 60,
    }
    response = render(request, "members/person_link.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@may(Right.ISSUE_CARD)
@require_POST
def second_factor(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """For who lost the phone that held it: the second factor is set up anew at the next sign-in."""
    party = _person(uid)
    try:
        reset_second_factor(party=party, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(
            request, _("The second factor is gone; a new one is asked for at sign-in.")
        )
    return redirect("person", uid=party.uid)


def _person(uid: uuid.UUID) -> Party:
    party = the_party(uid)
    if party.kind != PartyKind.PERSON:
        raise Http404(_("Only people sign in."))
    return party
