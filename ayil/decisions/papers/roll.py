"""The roll on paper: to hang up, to tick who comes, and the list of who was added later."""

from django.utils.translation import gettext as _

from ayil.decisions.models import Assembly, Part
from ayil.decisions.queries import assembly_terms_on
from ayil.decisions.rolls import provisional_fingerprint, provisional_of, roll_lines
from ayil.decisions.rules import in_fours
from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.written import day, number

BLANK = "\u2610"
TO_WRITE = "_" * 40


def roll_paper(assembly: Assembly, *, for_ticks: bool = False) -> Document:
    """Number, name and year of birth of everybody who votes; no sex, no village quarter, nothing
    that a passer-by need not know. For ticking, the same with a box."""
    lines = [line for line in roll_lines(assembly) if not line.struck]
    own = [line for line in lines if not line.provisional]
    head = [_("No."), _("Full name"), _("Year of birth")]
    rows = [[str(line.number), line.name, _year(line.born_year)] for line in own]
    widths = [0, 1, 0]
    if for_ticks:
        head, widths = [*head, _("Came")], [0, 1, 0, 0]
        rows = [[*row, BLANK] for row in rows]
    return Document(
        title=_("Who came") if for_ticks else _("The roll of those who vote"),
        subtitle=f"{assembly.village.name}, {day(assembly.held_on)}",
        house=_("Assembly of the village"),
        parts=[
            Facts(_facts(assembly, len(own))),
            *([] if for_ticks else [Words(_what_to_do(assembly))]),
            Grid(head=head, rows=rows, widths=widths),
            *([Signs([(str(Part.REGISTRAR.label), "")])] if for_ticks else []),
        ],
        code=_seal(assembly),
        foot=" ".join(in_fours(_seal(assembly))),
    )


def _facts(assembly: Assembly, size: int) -> list[tuple[str, str]]:
    seal = _seal(assembly)
    terms = assembly_terms_on(assembly.called_on)
    return [
        (_("Where"), assembly.place),
        (_("On the roll"), number(size)),
        (_("Quorum"), f"{terms.quorum_numerator}/{terms.quorum_denominator}"),
        (
            _("Fingerprint of the frozen roll"),
            " ".join(in_fours(seal)) if seal else TO_WRITE,
        ),
    ]


def _seal(assembly: Assembly) -> str:
    freezing = getattr(assembly, "freezing", None)
    return bytes(freezing.sha256).hex() if freezing else ""


def _year(born_year: int | None) -> str:
    return str(born_year) if born_year else "–"


def _what_to_do(assembly: Assembly) -> str:
    if _seal(assembly):
        return _(
            "This roll is frozen. One changed letter breaks its fingerprint, which was read aloud."
        )
    return _(
        "Somebody is missing, does not live here, or is written wrong? Tell the registrar before "
        "the roll is frozen, by name or without. A dash in place of a year: the registrar vouches "
        "that the person is of age."
    )


def provisional_paper(assembly: Assembly) -> Document:
    """Who was added after the freezing and why, with lines for registrar and chair to sign; empty
    lines where nobody was added yet."""
    entries = list(provisional_of(assembly))
    rows = [[str(e.number), e.name, _year(e.born_year), e.signing.reason] for e in entries]
    rows += [["", "", "", ""]] * max(0, EMPTY_LINES - len(rows))
    named = {o.part: o.person.name for o in assembly.offices.select_related("person")}
    seal = " ".join(in_fours(provisional_fingerprint(assembly).hex())) if entries else TO_WRITE
    return Document(
        title=_("Provisional list"),
        subtitle=f"{assembly.village.name}, {day(assembly.held_on)}",
        house=_("Assembly of the village"),
        parts=[
            Words(
                _(
                    "Added after the roll was frozen and before the vote, each by the signatures "
                    "of registrar and chair. They get the same ballot paper as everybody."
                )
            ),
            Facts(
                [
                    (_("Fingerprint of the frozen roll"), " ".join(in_fours(_seal(assembly)))),
                    (_("Fingerprint of this list"), seal),
                ]
            ),
            Grid(
                head=[_("No."), _("Full name"), _("Year of birth"), _("Why")],
                rows=rows,
                widths=[0, 1, 0, 1],
            ),
            Signs(
                [(str(part.label), named.get(part, "")) for part in (Part.REGISTRAR, Part.CHAIR)]
            ),
        ],
    )


EMPTY_LINES = 6
