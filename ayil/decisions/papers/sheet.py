"""The counting sheet: one for each counter, by piles and by fives, with the sum of all papers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from ayil.decisions.models import Poll, Rule
from ayil.decisions.papers.ballot import options_of
from ayil.kit.paper import set_paper
from ayil.kit.written import day, language
from ayil.members.models import Party

TEMPLATE = Path(__file__).parent / "sheet.typ"
PILE_ROWS = 21
MOST_GROUPS = 20  # of five boxes each, for one option: as many as a page holds


def sheets_pdf(poll: Poll, counters: Sequence[Party]) -> bytes:
    """Two pages in the reader's language for each of these counters to fill in and to sign."""
    assembly = poll.assembly
    told = {
        "title": _("Counting sheet"),
        "language": language(),
        "facts": [
            [_("Assembly"), f"{assembly.village.name}, {day(assembly.held_on)}"],
            [_("Vote"), _("The runoff") if poll.round > 1 else _("The secret vote")],
        ],
        "counter": _("Counter"),
        "counters": [
            {"name": person.name, "signs": _("%(name)s, counter") % {"name": person.name}}
            for person in counters
        ],
        **_told_of_rows(poll),
    }
    return set_paper(TEMPLATE, told, at=datetime(*assembly.held_on.timetuple()[:3], tzinfo=UTC))


def _told_of_rows(poll: Poll) -> dict[str, object]:
    """What stands on every counter's sheet alike."""
    assembly, ranked = poll.assembly, poll.assembly.rule == Rule.SCHULZE
    return {
        "foot": _("Each counter counts alone and does not look at the other's sheet."),
        "options": [
            {"name": option.proposal.name, "symbol": option.symbol, "colour": option.colour}
            for option in options_of(assembly, poll.paper)
        ],
        "how-piles": _(
            "Lay papers that say the same into one pile. Write each pile as one row: the places "
            "that the papers give, and how many papers they are."
        )
        if ranked
        else _(
            "Lay papers that are marked alike into one pile. Write each pile as one row: a cross "
            "under every product that is marked, and how many papers they are."
        ),
        "how-many": _("papers"),
        "pile-rows": PILE_ROWS,
        "how-fives": _(
            "To check: take the papers one by one and tick one box for each product that is "
            "marked. The sums must be those of the piles."
        ),
        "groups": min(MOST_GROUPS, -(-poll.quorum.present // 5)),
        "in-all": _("in all"),
        "more": [_("None of them"), _("Valid in all"), _("Spoiled, in the box")],
        "how-sum": _("All papers: given out = in the box + exchanged + handed back unused."),
        "sum": [_("given out"), _("in the box"), _("exchanged"), _("unused")],
        "when": _("Day and hour"),
    }
