"""The notice of an assembly, to hang where everybody passes."""

from django.utils.translation import gettext as _

from ayil.decisions.models import Assembly, Rule
from ayil.decisions.queries import assembly_terms_on
from ayil.kit.document import Document, Facts, Words
from ayil.kit.written import day, money


def notice_paper(assembly: Assembly, *, address: str) -> Document:
    """Where, when, what is asked; who votes and how; in the reader's language."""
    terms = assembly_terms_on(assembly.called_on)
    facts = [
        (_("When"), day(assembly.held_on)),
        (_("Where"), assembly.place),
        (_("What is asked"), _asked(assembly)),
    ]
    parts: list[Facts | Words] = [
        Facts(facts),
        Words(
            _(
                "The villagers themselves decide what they are willing to make from what their "
                "land gives. Everybody of age who lives here has one vote. It is secret and on "
                "paper: nobody votes by telephone, nobody votes for another."
            )
        ),
        Words(
            _(
                "Whoever wants to propose a product tells the registrar before the assembly: what "
                "it is, what it is made from, and who is willing to make it."
            )
        ),
        Words(
            _(
                "The roll of those who vote hangs beside this paper. Whoever is missing on it, or "
                "sees a name that does not belong there, says so before it is frozen."
            )
        ),
        Words(
            _(
                "At least %(quorum)s of the roll must come, or nothing is decided. Donors, "
                "officials and the association's staff do not vote."
            )
            % {"quorum": f"{terms.quorum_numerator}/{terms.quorum_denominator}"}
        ),
    ]
    return Document(
        title=_("The village meets"),
        subtitle=assembly.village.name,
        house=_("Assembly of the village"),
        parts=parts,
        code=address,
        foot=_("Called on %(on)s: %(notice)s")
        % {"on": day(assembly.called_on), "notice": assembly.notice},
    )


def _asked(assembly: Assembly) -> str:
    if assembly.rule == Rule.SHARES:
        return _("which %(places)s products we are willing to make") % {"places": assembly.places}
    if assembly.rule == Rule.BUDGET:
        return _("which projects share %(budget)s") % {
            "budget": money(assembly.budget_minor or 0, assembly.currency)
        }
    return _("which product we are willing to make")
