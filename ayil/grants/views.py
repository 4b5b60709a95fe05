"""The donor's page, and the papers behind it."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.grants import page as reads
from ayil.grants.actions import read_evidence
from ayil.grants.models import Agreement
from ayil.grants.queries import visible_to
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.rights import Right, may


def _today() -> date:
    return local_date(now())


@may(Right.SEE_GRANT)
@require_safe
def grant(request: HttpRequest, code: str = "") -> HttpResponse:
    """The newest agreement, or the one of that code; `?line=CODE` narrows the payments."""
    visible = visible_to(request.user, _today()).select_related("donor", "association")
    agreements = list(visible.order_by("-signed_on", "-id"))
    if not agreements and not code:
        return render(request, "grants/no_agreement.html")
    agreement = _chosen(agreements, code)
    line = request.GET.get("line", "")
    context = {
        "agreements": agreements,
        "grant": reads.grant_page(agreement),
        "payments": reads.payments_page(agreement, line, request.GET.get("page", "1")),
        "line": line,
    }
    return render(request, "grants/grant.html", context)


def _chosen(agreements: list[Agreement], code: str) -> Agreement:
    if not code:
        return agreements[0]
    for agreement in agreements:
        if agreement.code == code:
            return agreement
    raise Http404(_("There is no such agreement among those you may see."))


@may(Right.SEE_GRANT)
@require_safe
def evidence(request: HttpRequest, sha256: str) -> HttpResponse:
    """The paper itself, as it was handed in: a download, never a page of ours."""
    paper = reads.evidence_visible_to(request.user, _today()).filter(sha256=sha256).first()
    if paper is None:
        raise Http404(_("There is no such paper among those you may see."))
    try:
        content = read_evidence(paper)
    except AyilError as error:
        raise Http404(str(error)) from error
    return HttpResponse(
        content,
        content_type=paper.media_type,
        headers={"Content-Disposition": content_disposition_header(True, paper.name) or ""},
    )
