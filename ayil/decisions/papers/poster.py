"""The proposals of an assembly on paper, to hang where everybody passes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ayil.decisions.models import Assembly, MarketEvidence
from ayil.decisions.reading import Read
from ayil.decisions.symbols import symbol_svg
from ayil.kit.document import Document, Pictured, Words
from ayil.kit.photos import path_of, redrawn
from ayil.kit.written import day, money, number, pieces
from ayil.members.photos import folder

PHOTO_PX = 400


def poster_paper(assembly: Assembly, proposals: Sequence[Read], *, address: str) -> Document:
    """One part a proposal, with its drawing and photo; `proposals` as everybody may read them."""
    parts: list[Pictured | Words] = [
        Words(
            _(
                "These are the proposals as they stand today. None is better than another for "
                "standing first: the numbers are the order in which they came. What is not known "
                "yet is said."
            )
        )
    ]
    for read in proposals:
        drawing = symbol_svg(read.proposal.symbol)
        parts.append(Pictured(drawing, _heading(read), _rows(read), photo=_photo(read)))
    if not proposals:
        parts.append(Words(_("Nobody has proposed anything yet.")))
    return Document(
        title=_("What our village could make"),
        subtitle=f"{assembly.village.name} · {day(assembly.held_on)} · {assembly.place}",
        house=_("Assembly of the village"),
        parts=parts,
        code=address,
    )


def _photo(read: Read) -> bytes:
    """Small enough for a paper; none where its file is gone."""
    if read.photo is None:
        return b""
    try:
        kept = path_of(folder(), read.photo.file).read_bytes()
    except FileNotFoundError:
        return b""
    return redrawn(kept, longest_px=PHOTO_PX).jpeg


def _heading(read: Read) -> str:
    return f"{read.proposal.number}. {read.proposal.name}"


def _rows(read: Read) -> list[tuple[str, str]]:
    proposal, currency = read.proposal, read.proposal.currency
    resource = proposal.resource
    names = [name for name in proposal.names.values() if name and name != proposal.name]
    return [
        (_("In the other languages"), " · ".join(names) or "–"),
        (_("Proposed by"), read.proposer),
        (_("Made from"), resource.name if resource else "–"),
        (_("What one must know"), proposal.skills or "–"),
        (_("One piece costs to make"), money(proposal.piece_cost_minor, currency)),
        (_("It costs to start"), money(proposal.start_cost_minor, currency)),
        (_("One maker makes in a month"), _count(proposal.pieces_a_month)),
        (_("What it does to health"), proposal.risk_health or "–"),
        (_("What it does to the land"), proposal.risk_land or "–"),
        (_("Willing to make it"), _makers(read)),
        (_("What the shop's sales say"), evidence_words(read.evidence)),
    ]


def _count(count: int | None) -> str:
    return "–" if count is None else pieces(count)


def _makers(read: Read) -> str:
    named = ", ".join(read.makers)
    return f"{number(read.willing)}: {named}" if named else number(read.willing)


def evidence_words(evidence: MarketEvidence | None) -> str:
    """The evidence in one sentence, with its sample; a dash where nobody looked yet."""
    if evidence is None:
        return "–"
    if evidence.outcome != MarketEvidence.Outcome.FIGURES:
        return str(evidence.get_outcome_display())
    return _(
        "%(units)s sold by %(makers)s makers on %(receipts)s receipts from %(since)s to %(until)s; "
        "half of them for %(quarter)s to %(three)s"
    ) % {
        "units": pieces(evidence.units),
        "makers": number(evidence.makers),
        "receipts": number(evidence.receipts),
        "since": day(evidence.since),
        "until": day(evidence.until),
        "quarter": money(evidence.quarter_minor, evidence.currency),
        "three": money(evidence.three_quarters_minor, evidence.currency),
    }
