"""A complaint and its answer on paper; who complained is not named on it."""

from django.utils.translation import gettext as _

from ayil.decisions.complaints import answer_due
from ayil.decisions.models import Complaint
from ayil.kit.document import Document, Facts, Signs, Words
from ayil.kit.written import day


def complaint_paper(complaint: Complaint, *, address: str) -> Document:
    """What was said, until when an answer is due, what it was and why; in the reader's language."""
    assembly = complaint.assembly
    facts = [
        (_("Assembly"), f"{assembly.village.name}, {day(assembly.held_on)}"),
        (_("About"), str(complaint.get_about_display())),
        (_("Came"), f"{day(complaint.on)}, {complaint.get_how_display()}"),
        (_("In their own words"), complaint.words),
    ]
    outcome = getattr(complaint, "outcome", None)
    parts: list[Facts | Words | Signs] = [Facts(facts)]
    if outcome is None:
        due = {"on": day(answer_due(complaint))}
        parts.append(Words(_("An answer is due by %(on)s.") % due))
    else:
        parts += [
            Facts(
                [
                    (_("How it ended"), str(outcome.get_verdict_display())),
                    (_("Why"), outcome.reason),
                    (_("Answered"), day(outcome.at)),
                ]
            ),
            Signs([(_("For the association"), str(outcome.by))]),
        ]
    return Document(
        title=_("Complaint about an assembly"),
        subtitle=assembly.village.name,
        house=_("Assembly of the village"),
        parts=parts,
        code=address,
        foot=_("Nothing is deleted by an answer: what was annulled stays to be read."),
    )
