"""The list on paper: printed to be signed, photographed back in, and ticked line by line."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.written import LOCALE, language
from ayil.members.looks import Seen, record_looks
from ayil.members.reader import acting
from ayil.members.rights import Right, may, shops_with
from ayil.payouts import queries
from ayil.payouts.actions import acknowledge_on_paper, keep_signed_paper, read_signed_paper
from ayil.payouts.forms import Signed, SignedPaper
from ayil.payouts.list_paper import list_papers
from ayil.payouts.models import Acknowledgement, Handover, PayoutPaper
from ayil.payouts.views.payouts import done, the_run


@may(Right.SEE_PAYOUTS)
@require_safe
def list_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The list to sign: `?by=village` for the car, `?language=` for another than the reader's."""
    run = queries.run_with_payouts(the_run(request, pk))
    asked = request.GET.get("language", "")
    consignors = [one.consignor for one in run.payouts.all()]
    record_looks(parties=consignors, by=acting(request), what=Seen.OWED, at=now())
    with translation.override(asked if asked in LOCALE else language()):
        payees = queries.payees_of(consignors, local_date(now()))
        papers = list_papers(
            run,
            payees,
            by_village=request.GET.get("by") == "village",
            address=request.build_absolute_uri(reverse("payout-list", args=[pk])),
        )
        if not papers:
            raise Http404(_("Nothing is left on this list to print."))
        return pdf_answer(document_pdf(papers, at=now()), f"payout-list-{run.pk}")


@may(Right.PREPARE_PAYOUT)
@require_POST
def evidence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo of the signed list, or a PDF; it is added, and nothing is replaced."""
    run = the_run(request, pk, Right.PREPARE_PAYOUT)
    form = SignedPaper(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["paper"].read()
        done(
            request,
            lambda: keep_signed_paper(
                run=run, content=content, by=acting(request), at=now(),
                words=form.cleaned_data["words"],
            ),
            _("The paper is kept. Tick the lines that are signed on it."),
        )  # fmt: skip
    else:
        messages.error(request, _("Choose the photo or the PDF of the signed list."))
    return redirect("payout-list", pk=pk)


@may(Right.SEE_PAYOUTS)
@require_safe
def evidence_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper itself: a photo to be looked at, a PDF to be downloaded; no cache keeps it."""
    shops = shops_with(request.user, Right.SEE_PAYOUTS, day=local_date(now()))
    paper = PayoutPaper.objects.filter(pk=pk, run__shop__in=shops).select_related("run").first()
    if paper is None:
        raise Http404(_("There is no such paper among those you may see."))
    try:
        content = read_signed_paper(paper)
    except AyilError as error:
        raise Http404(str(error)) from error
    kind, ending = ("inline", "jpg") if paper.is_picture else ("attachment", "pdf")
    response = HttpResponse(content, content_type=paper.media_type)
    name = f"payout-list-{paper.run_id}-{paper.sha256[:8]}.{ending}"
    response["Content-Disposition"] = f'{kind}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@may(Right.PREPARE_PAYOUT)
@require_POST
def lines_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked lines are signed on the chosen paper."""
    run = the_run(request, pk, Right.PREPARE_PAYOUT)
    papers = list(run.papers.all())
    handed = run.payouts.filter(handover__isnull=False).select_related("handover__payee", "run")
    form = Signed(request.POST, papers=papers, payouts=list(handed))
    if not form.is_valid():
        messages.error(request, _("Tick at least one line that is signed on the paper."))
        return redirect("payout-list", pk=pk)
    handovers = Handover.objects.filter(payout__in=form.cleaned_data["lines"], payout__run=run)
    chosen = next(one for one in papers if str(one.pk) == form.cleaned_data["paper"])
    done(
        request,
        lambda: acknowledge_on_paper(
            paper=chosen,
            handovers=handovers.select_related(
                "payee", "paid_by", "approved_by", "payout__statement"
            ),
            by=acting(request),
            at=now(),
            how=Acknowledgement.How(form.cleaned_data["how"]),
        ),
        _("Written down: they signed for the money."),
    )
    return redirect("payout-list", pk=pk)
