"""Who may collect whose money: on one's own page, and for those who keep mandates from paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.written import LOCALE, language
from ayil.members.consents import speaks_for
from ayil.members.forms.mandates import GiveMandate, WriteMandate
from ayil.members.mandate_paper import mandate_document
from ayil.members.mandates import (
    coming_or_standing,
    end_mandate,
    mandates_of,
    mandates_visible_to,
    with_people,
    write_mandate,
)
from ayil.members.models import Mandate, Party
from ayil.members.own import parties_spoken_for
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.members.views.people import in_words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_mandates(request: HttpRequest) -> HttpResponse:
    """Whom one lets collect, for whom one collects, and a form to let somebody."""
    party, at = acting(request), now()
    form = GiveMandate(
        request.POST or None, givers=_givers(party), initial={"since": local_date(at)}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = write_mandate(
                giver=form.giver_typed(), holder=form.chosen(), since=told["since"],
                until=told["until"], by=party, at=at,
            )  # fmt: skip
        except AyilError as error:
            form.add_error(None, in_words(error))
        else:
            words = _("%(holder)s may collect from %(day)s. You can take it back here.")
            day = made.since.isoformat()
            messages.success(request, words % {"holder": made.holder, "day": day})
            return redirect("my-mandates")
    own = mandates_of(party, local_date(at))
    return render(request, "members/my_mandates.html", {"party": party, "form": form, "own": own})


def _givers(party: Party) -> list[Party]:
    """Oneself, and the communities that one leads."""
    at = now()
    spoken = parties_spoken_for(party, local_date(at)).select_related("village")
    return [party, *(one for one in spoken if one.pk != party.pk and speaks_for(party, one, at))]


@may(Right.KEEP_MANDATES)
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """All that stand or begin later, and a form to write one down from its paper."""
    at = now()
    form = WriteMandate(request.POST or None, initial={"since": local_date(at)})
    if request.method == "POST" and form.is_valid():
        giver, holder = form.people()
        told = form.cleaned_data
        try:
            write_mandate(
                giver=giver, holder=holder, since=told["since"], until=told["until"],
                paper=told["paper"], by=acting(request), at=at,
            )  # fmt: skip
        except AyilError as error:
            form.add_error(None, in_words(error))
        else:
            messages.success(request, _("Written down. Both see it on their own pages."))
            return redirect("mandates")
    standing = with_people(coming_or_standing(local_date(at)))
    over = with_people(Mandate.objects.exclude(pk__in=standing.values("pk")))
    context = {"form": form, "standing": standing, "over": over[:50]}
    return render(request, "members/mandates.html", context)


def _mandate(request: HttpRequest, pk: int) -> Mandate:
    found = with_people(mandates_visible_to(request.user, local_date(now()))).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such mandate among those you may see."))
    return found


@login_required
@require_POST
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken back by the giver, given up by the holder, or ended by the staff."""
    mandate = _mandate(request, pk)
    by = acting(request)
    is_own = _concerns(mandate, by)
    try:
        end_mandate(mandate=mandate, by=by, at=now(), reason=request.POST.get("reason", "")[:300])
    except AyilError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, _("Ended: from today nothing is collected by this mandate."))
    return redirect("my-mandates" if is_own else "mandates")


def _concerns(mandate: Mandate, by: Party) -> bool:
    return by.pk == mandate.holder_id or speaks_for(by, mandate.giver, now())


@login_required
@require_safe
def mandate_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper to sign, in the giver's language or the one asked for."""
    mandate = _mandate(request, pk)
    asked = request.GET.get("language", mandate.giver.language)
    with translation.override(asked if asked in LOCALE else language()):
        pdf = document_pdf([mandate_document(mandate)], at=now())
    return pdf_answer(pdf, f"mandate-{mandate.pk}")


@login_required
@require_safe
def blank_paper(request: HttpRequest) -> HttpResponse:
    """A form to fill in by hand."""
    return pdf_answer(document_pdf([mandate_document(None)], at=now()), "mandate")
