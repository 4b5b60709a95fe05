"""What everybody may read and count again: a decision's page, its bundle, the keys."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.decisions.actions.sealing import (
    begin_key,
    end_key,
    has_its_file,
    sealed_around,
    standing_key,
)
from ayil.decisions.bundle import bare_bundle, bundle_bytes
from ayil.decisions.complaints import complaint_counts, complaints_until
from ayil.decisions.forms.after import KeyEndForm
from ayil.decisions.models import Decision, Part, SigningKey
from ayil.decisions.papers.minutes import minutes_papers
from ayil.decisions.recount_file import NAME, recount_file, recount_file_sha256
from ayil.decisions.rules import in_fours
from ayil.decisions.views.minutes import address_of, minutes_parts
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.reader import acting, reader
from ayil.members.rights import Right, has_right, may


def _decision(uid: uuid.UUID) -> Decision:
    rows = Decision.objects.select_related(
        "village", "assembly__village", "assembly__freezing", "seal__key", "annulment",
        "superseding",
    )  # fmt: skip
    return get_object_or_404(rows, uid=uid)


@require_safe
def decision(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The minutes without names, what can be downloaded, and how to complain."""
    found = _decision(uid)
    today = local_date(now())
    until = complaints_until(found.assembly)
    context = {
        "decision": found,
        "parts": minutes_parts(request, found, with_names=False),
        "fours": in_fours(bytes(found.sha256).hex()),
        "signings": found.signings.all(),
        "kinds": [(row.get_kind_display(), row.sha256) for row in found.assembly.papers.all()],
        "counts": complaint_counts(found.assembly),
        "until": until,
        "may_complain": today <= until,
        "recount_sha256": recount_file_sha256(),
        "sees_piles": _sees_piles(request, found),
    }
    return render(request, "decisions/minutes_public.html", context)


def _sees_piles(request: HttpRequest, found: Decision) -> bool:
    """The auditor, and the counters of that assembly, who have had each paper in their hands."""
    if not request.user.is_authenticated:
        return False
    person, today = reader(request), local_date(now())
    if has_right(request.user, Right.SEE_PILES, day=today):
        return True
    counts = found.assembly.offices.filter(part=Part.COUNTER, person=person)
    return person is not None and counts.exists()


@require_safe
def bundle(_request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """`ayil/decision/1`, sealed around; what is too small to be shown is withheld."""
    return _bundle_answer(_decision(uid), is_full=False)


@login_required
@require_safe
def full_bundle(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """With all piles, for the auditor and for who counts again."""
    found = _decision(uid)
    if not _sees_piles(request, found):
        raise PermissionDenied(_("All piles are for the auditor and for this vote's counters."))
    return _bundle_answer(found, is_full=True)


def _bundle_answer(found: Decision, *, is_full: bool) -> HttpResponse:
    if not hasattr(found, "seal"):
        raise Http404(_("This decision is published once all three have signed and it is sealed."))
    try:
        told = bundle_bytes(sealed_around(bare_bundle(found, is_full=is_full)))
    except AyilError as error:
        raise Http404(str(error)) from error
    answer = HttpResponse(told, content_type="application/json")
    what = "full-decision" if is_full else "decision"
    name = f"{what}-{found.village.code}-{found.assembly.held_on}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def public_paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The minutes in three languages, without a name."""
    found = _decision(uid)
    papers = minutes_papers(found, address=address_of(request, found), people={})
    name = f"minutes-{found.village.code}-{found.assembly.held_on}"
    return pdf_answer(document_pdf(papers, at=found.recorded_at), name)


@require_safe
def recounter(_request: HttpRequest) -> HttpResponse:
    """The one file that counts a bundle again with a bare Python."""
    answer = HttpResponse(recount_file(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every key that ever sealed, since when, until when, and why it ended."""
    held = standing_key()
    context = {
        "keys": SigningKey.objects.select_related("end"),
        "held": held,
        "is_lost": held is not None and not has_its_file(held),
        "form": KeyEndForm(),
        "may_change": has_right(request.user, Right.SET_TERMS, day=local_date(now())),
    }
    return render(request, "decisions/minutes_keys.html", context)


@may(Right.SET_TERMS)
@require_POST
def key_end(request: HttpRequest) -> HttpResponse:
    """Ends the key that holds, and begins the next: what was sealed stays valid."""
    form, held = KeyEndForm(request.POST), standing_key()
    if held is None or not form.is_valid():
        messages.error(request, _("Say why the key ends: everybody will read it beside the key."))
        return redirect("signing-keys")
    by = acting(request)
    end_key(key=held, reason=form.cleaned_data["reason"], by=by, at=now())
    begin_key(by=by, at=now())
    messages.success(request, _("A new key holds. What the old one sealed stays valid."))
    return redirect("signing-keys")
