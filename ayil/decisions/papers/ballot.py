"""Ballot papers: drawing, colour, photo and name, and nothing that tells one paper from another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from ayil.decisions.models import Assembly, Poll, Proposal, Rule
from ayil.decisions.reading import standing_photos
from ayil.decisions.symbols import symbol_svg
from ayil.kit.paper import set_paper
from ayil.kit.photos import path_of, redrawn
from ayil.kit.written import money, numeric_day
from ayil.members.photos import folder

TEMPLATE = Path(__file__).parent / "ballot.typ"
# From dark to light, so that a printer without colour tells them apart too.
COLOURS = ("#14284b", "#8f1d1d", "#2f7d4f", "#d9822b", "#8cc6e8", "#f7e27a")
PHOTO_PX = 320
MOST_SHEETS = 200
LARGE_UP_TO = 2  # options with which a paper is a quarter of a sheet


@dataclass(frozen=True)
class Option:
    """One line of a paper; `cost` in words where projects share a budget."""

    proposal: Proposal
    colour: str
    symbol: str
    cost: str = ""


def options_of(assembly: Assembly, numbers: Sequence[int]) -> list[Option]:
    """The lines in the order of the proposals' numbers, each in the colour that it has on the
    first paper: in a runoff it keeps it."""
    first = Poll.objects.filter(assembly=assembly, round=1).values_list("paper", flat=True).first()
    order = first or sorted(numbers)
    return [
        Option(
            proposal=proposal,
            colour=COLOURS[order.index(proposal.number) % len(COLOURS)],
            symbol=symbol_svg(proposal.symbol),
            cost=money(proposal.start_cost_minor or 0, proposal.currency)
            if assembly.rule == Rule.BUDGET
            else "",
        )
        for proposal in assembly.proposals.filter(number__in=numbers).order_by("number")
    ]


def asks(rule: str) -> str:
    """What the paper asks, in the language that is active."""
    if rule == Rule.BUDGET:
        return _("Mark every project that the village's money should pay for.")
    if rule == Rule.SCHULZE:
        return _(
            "Write 1 beside what you want most, 2 beside the next, and so on. Leave out what you "
            "are not willing to make."
        )
    return _("Mark every product that you are willing to make.")


def papers_a_sheet(numbers: Sequence[int]) -> int:
    return 4 if len(numbers) <= LARGE_UP_TO else 2


def ballot_pdf(assembly: Assembly, numbers: Sequence[int], *, sheets: int, runoff: bool) -> bytes:
    """So many A4 sheets of papers with these proposals, in Kyrgyz and Russian.

    All papers are alike, and so are all files: the same bytes whenever they are printed.
    ValueError for fewer than one sheet or more than 200.
    """
    if not 1 <= sheets <= MOST_SHEETS:
        raise ValueError(f"{sheets} sheets cannot be printed at once")
    words = {}
    for language in ("ky", "ru"):
        with override(language):
            words[f"ask-{language}"] = asks(assembly.rule)
            words[f"none-{language}"] = _("None of them")
    with override("ky"):
        heading = _("The runoff") if runoff else _("Ballot paper")
        options = options_of(assembly, numbers)
    photos = standing_photos([option.proposal.pk for option in options])
    told = {
        "title": heading,
        "heading": heading,
        "place": f"{assembly.village.name_ky or assembly.village.name}, "
        f"{numeric_day(assembly.held_on)}",
        "sheets": sheets,
        "options": [
            {
                "ky": option.proposal.name_ky or option.proposal.name,
                "ru": option.proposal.name_ru,
                "colour": option.colour,
                "symbol": option.symbol,
                "cost": option.cost,
                "photo": _jpeg(photos[option.proposal.pk].file)
                if option.proposal.pk in photos
                else [],
            }
            for option in options
        ],
        **words,
    }
    # Not the moment of printing: two files would differ by it.
    return set_paper(TEMPLATE, told, at=datetime(*assembly.held_on.timetuple()[:3], tzinfo=UTC))


def _jpeg(name: str) -> list[int]:
    """The photo's bytes, small, as the template takes them; nothing where the file is gone."""
    path = path_of(folder(), name)
    return list(redrawn(path.read_bytes(), longest_px=PHOTO_PX).jpeg) if path.is_file() else []
