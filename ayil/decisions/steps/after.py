"""After the vote: minutes, three signatures, the seal, complaints, the yearly look."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.decisions.complaints import complaint_counts, complaints_until
from ayil.decisions.models import Assembly, Decision, Part
from ayil.decisions.queries import last_poll, tally_of
from ayil.decisions.rules import SIGNATURES
from ayil.decisions.steps import Step, Way
from ayil.decisions.who import parts_of
from ayil.kit.written import day
from ayil.members.models import Party


def after(assembly: Assembly, reader: Party | None, is_officer: bool) -> Step:
    """Done once the minutes are sealed; complaints may still come."""
    rows = Decision.objects.filter(assembly=assembly).select_related("seal", "superseding")
    decision = rows.filter(annulment__isnull=True).last()
    poll = last_poll(assembly)
    is_counted = poll is not None and tally_of(poll) is not None
    is_sealed = decision is not None and hasattr(decision, "seal")
    parts = parts_of(reader, assembly) if reader else frozenset()
    writes = is_officer or bool(parts & {Part.CHAIR, Part.REGISTRAR})
    ways = []
    if is_counted or rows.exists():
        is_next = is_counted and not is_sealed and (writes or bool(parts))
        ways.append(Way(reverse("assembly-minutes", args=[assembly.uid]), _("Minutes"), is_next))
    if decision is not None:
        ways.append(Way(reverse("decision", args=[decision.uid]), _("What everybody can check")))
        if writes and is_sealed and not hasattr(decision, "superseding"):
            ways.append(Way(reverse("decision-review", args=[assembly.uid]), _("Look at it again")))
    if is_counted:
        ways.append(Way(reverse("complaints", args=[assembly.uid]), _("Complaints")))
    return Step(
        title=_("Minutes and after"),
        icon="paper",
        is_done=is_sealed,
        words=_words(assembly, decision, annulled=rows.filter(annulment__isnull=False).count()),
        ways=ways,
    )


def _words(assembly: Assembly, decision: Decision | None, *, annulled: int) -> list[str]:
    words = []
    if annulled:
        words.append(_("A decision of this assembly was annulled after a complaint."))
    if decision is not None:
        words.append(_("Decided: %(what)s") % {"what": decision.name})
        words.append(
            _("%(signed)s of %(all)s have signed.")
            % {"signed": decision.signings.count(), "all": SIGNATURES}
        )
        words.append(
            _("Complaints are taken until %(until)s.") % {"until": day(complaints_until(assembly))}
        )
    waiting = complaint_counts(assembly).waiting
    if waiting:
        words.append(
            ngettext(
                "%(count)s complaint waits for an answer.",
                "%(count)s complaints wait for an answer.",
                waiting,
            )
            % {"count": waiting}
        )
    return words
