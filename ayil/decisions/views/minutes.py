"""The minutes of an assembly: written, signed by three, sealed, printed; the papers beside them."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.decisions.actions import minute_decision, sign_decision
from ayil.decisions.actions.papers import keep_paper, read_paper
from ayil.decisions.actions.sealing import seal_decision
from ayil.decisions.forms.after import PaperForm, SignForm
from ayil.decisions.models import Assembly, Decision, DecisionPaper, Part
from ayil.decisions.page import named_by_part
from ayil.decisions.papers.minutes import minutes_paper, minutes_papers
from ayil.decisions.queries import counted_of, last_poll, tally_of
from ayil.decisions.rules import SIGNATURES, Counted, Verdict
from ayil.decisions.views.reading import assembly_for, the_assembly
from ayil.decisions.who import is_officer, may_do, parts_of
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.reader import acting, reader

WRITE = (Part.CHAIR, Part.REGISTRAR)
TYPES = (Part.REGISTRAR,)
ANY = tuple(Part)


@login_required
@require_safe
def minutes(request: HttpRequest, uid: object) -> HttpResponse:
    """As they stand, what is missing, and what this reader may do for it."""
    found, person = the_assembly(request, uid), reader(request)
    decision = standing_minutes(found)
    today = local_date(now())
    outcome = _outcome(found)
    context = {
        "assembly": found,
        "decision": decision,
        "annulled": list(_annulled(found)),
        "parts": minutes_parts(request, decision) if decision else [],
        "outcome": outcome,
        "is_decided": outcome is not None and outcome.verdict in {Verdict.CHOSEN, Verdict.NONE},
        "may_write": person is not None and may_do(person, found, *WRITE, on=today),
        "may_type": person is not None and may_do(person, found, *TYPES, on=today),
        "signs": _signs(decision, found, person) if decision else [],
        "papers": papers_seen(found, person),
        "keeps_papers": person is not None and may_do(person, found, *ANY, on=today),
        "form": PaperForm(),
    }
    return render(request, "decisions/minutes.html", context)


def standing_minutes(assembly: Assembly) -> Decision | None:
    """The minutes that were not annulled; an assembly has one of them at most."""
    rows = Decision.objects.filter(assembly=assembly).select_related("village", "seal__key")
    return rows.filter(annulment__isnull=True).last()


def _annulled(assembly: Assembly) -> Sequence[Decision]:
    rows = Decision.objects.filter(assembly=assembly, annulment__isnull=False)
    return list(rows.select_related("annulment").order_by("id"))


def _outcome(assembly: Assembly) -> Counted | None:
    """What the last counting came to, with the lot where one was drawn."""
    poll = last_poll(assembly)
    tally = tally_of(poll) if poll else None
    return counted_of(tally) if tally else None


def minutes_parts(
    request: HttpRequest, decision: Decision, *, with_names: bool = True
) -> list[Mapping[str, object]]:
    """The paper in the reader's language, to be shown on a page: signatures stand apart."""
    paper = minutes_paper(
        decision,
        address_of(request, decision),
        named_by_part(decision) if with_names else {},
    )
    return [part.told() for part in paper.parts if part.told()["kind"] != "signs"]


def address_of(request: HttpRequest, decision: Decision) -> str:
    return request.build_absolute_uri(reverse("decision", args=[decision.uid]))


def _signs(
    decision: Decision, assembly: Assembly, person: Party | None
) -> list[tuple[Part, object, bool]]:
    """Each part, its signature where there is one, and whether this reader may sign it."""
    signed = {row.part: row for row in decision.signings.select_related("signer", "by")}
    own = parts_of(person, assembly) if person else frozenset()
    return [(part, signed.get(part.value), part in own) for part in Part]


@login_required
@require_POST
def write(request: HttpRequest, uid: object) -> HttpResponse:
    found, by = assembly_for(request, uid, *WRITE)
    try:
        minute_decision(assembly=found, on=local_date(now()), by=by, at=now())
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The minutes are written. Now the three sign them."))
    return redirect("assembly-minutes", found.uid)


@login_required
@require_POST
def sign(request: HttpRequest, uid: object) -> HttpResponse:
    """In one's own sign-in; or typed by the registrar from the photographed protocol."""
    found, form = the_assembly(request, uid), SignForm(request.POST)
    decision = standing_minutes(found)
    if decision is None or not form.is_valid():
        raise Http404(_("There is nothing to sign here."))
    by, part = acting(request), Part(form.cleaned_data["part"])
    try:
        if form.cleaned_data["by_hand"]:
            _by_hand(found, decision, part, by)
        else:
            sign_decision(decision=decision, part=part, signer=by, on=local_date(now()), at=now())
        _seal_when_all(decision, by)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Signed."))
    return redirect("assembly-minutes", found.uid)


def _by_hand(found: Assembly, decision: Decision, part: Part, by: Party) -> None:
    if not may_do(by, found, *TYPES, on=local_date(now())):
        raise PermissionDenied(_("Signatures made by hand are typed by the registrar."))
    signed = decision.signings.values("signer")
    office = found.offices.filter(part=part).exclude(person__in=signed).order_by("id").first()
    if office is None:
        raise AyilError(_("Nobody was named for this part in %(assembly)s.") % {"assembly": found})
    protocol = found.papers.filter(kind=DecisionPaper.Kind.PROTOCOL).last()
    sign_decision(
        decision=decision, part=part, signer=office.person, by=by, paper=protocol,
        on=local_date(now()), at=now(),
    )  # fmt: skip


def _seal_when_all(decision: Decision, by: Party) -> None:
    if decision.signings.count() == SIGNATURES:
        seal_decision(decision=decision, by=by, at=now())


@login_required
@require_POST
def seal(request: HttpRequest, uid: object) -> HttpResponse:
    """Where the key was not there when the third signed."""
    found, by = assembly_for(request, uid, *WRITE)
    decision = standing_minutes(found)
    if decision is None:
        raise Http404(_("There is nothing to sign here."))
    try:
        seal_decision(decision=decision, by=by, at=now())
    except AyilError as error:
        messages.error(request, str(error))
    return redirect("assembly-minutes", found.uid)


@login_required
@require_safe
def paper(request: HttpRequest, uid: object) -> HttpResponse:
    """In three languages, with the names of those in office: for the village's own use."""
    decision = standing_minutes(the_assembly(request, uid))
    if decision is None:
        raise Http404(_("There are no minutes of this assembly yet."))
    papers = minutes_papers(
        decision, address=address_of(request, decision), people=named_by_part(decision)
    )
    name = f"minutes-{decision.village.code}-{decision.assembly.held_on}"
    return pdf_answer(document_pdf(papers, at=decision.recorded_at), name)


@login_required
@require_POST
def keep(request: HttpRequest, uid: object) -> HttpResponse:
    """A photographed paper is added; nothing is replaced."""
    found, by = assembly_for(request, uid, *ANY)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose the photo or the PDF of the paper."))
        return redirect("assembly-minutes", found.uid)
    told = form.cleaned_data
    try:
        keep_paper(
            assembly=found, kind=DecisionPaper.Kind(told["kind"]), content=told["photo"].read(),
            words=told["words"], by=by, at=now(),
        )  # fmt: skip
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The paper is kept under its fingerprint."))
    return redirect("assembly-minutes", found.uid)


def papers_seen(assembly: Assembly, person: Party | None) -> list[DecisionPaper]:
    """Those that the reader may open: who holds a part opens all but complaints, which may speak
    of them; officers open these too."""
    today = local_date(now())
    if person is None or not may_do(person, assembly, *ANY, on=today):
        return []
    rows = assembly.papers.all()
    if not is_officer(person, today):
        rows = rows.exclude(kind=DecisionPaper.Kind.COMPLAINT)
    return list(rows)


@login_required
@require_safe
def kept(request: HttpRequest, uid: object, pk: int) -> HttpResponse:
    """The paper itself: a photo to be looked at, a PDF to be downloaded; no cache keeps it."""
    found = the_assembly(request, uid)
    one = next((row for row in papers_seen(found, reader(request)) if row.pk == pk), None)
    if one is None:
        raise Http404(_("There is no such paper among those you may see."))
    try:
        content = read_paper(one)
    except AyilError as error:
        raise Http404(str(error)) from error
    kind, ending = ("inline", "jpg") if one.is_picture else ("attachment", "pdf")
    response = HttpResponse(content, content_type=one.media_type)
    name = f"{one.kind}-{one.sha256[:8]}.{ending}"
    response["Content-Disposition"] = f'{kind}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
