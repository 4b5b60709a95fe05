"""The vote: the list shortened by hands, opened on a quorum, closed with its papers counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import Assembly, HandCount, Poll, PollClosing
from ayil.decisions.proposals import incomplete
from ayil.decisions.queries import counting_now, last_poll, tally_of
from ayil.decisions.rules import MOST_OPTIONS, shortlist
from ayil.decisions.voting import hands_asked, needs_runoff, paper_now
from ayil.kit.errors import AyilError
from ayil.members.models import Party


def raise_hands(
    *,
    assembly: Assembly,
    hands: Mapping[int, int],
    by: Party,
    at: datetime,
    anew: bool = False,
) -> HandCount:
    """A show of hands that shortens the list to what fits on the paper: hands by proposal number.

    Where the last count left some equal at the cut, hands are raised again between them alone;
    `anew` begins with all proposals. Nothing is decided by it but who stands on the paper.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        asked, kept = hands_asked(assembly, anew=anew)
        words = _why_no_hands(assembly, asked, hands)
        if words:
            raise AyilError(_("%(assembly)s: %(words)s") % {"assembly": assembly, "words": words})
        more, tied = shortlist(hands, MOST_OPTIONS - len(kept))
        return HandCount.objects.create(
            assembly=assembly,
            hands=[list(pair) for pair in sorted(hands.items())],
            kept=sorted([*kept, *more]),
            tied=list(tied),
            by=by,
            counted_at=at,
        )


def _why_no_hands(assembly: Assembly, asked: Sequence[int], hands: Mapping[int, int]) -> str | None:
    quorum = assembly.quorum_counts.last()
    if last_poll(assembly) is not None:
        return _("the vote is open, and the paper stands.")
    if quorum is None or not quorum.is_met:
        return _("there is no quorum: count who is there before hands are raised.")
    if not asked:
        return _("all proposals fit on the paper: no hands are needed.")
    if set(hands) != set(asked):
        return _("hands are counted for each of %(asked)s and for no other.") % {
            "asked": ", ".join(map(str, asked))
        }
    beyond = [number for number, raised in hands.items() if not 0 <= raised <= quorum.present]
    if beyond:
        return _("%(hands)s hands for number %(number)s: %(present)s people are present.") % {
            "hands": hands[beyond[0]],
            "number": beyond[0],
            "present": quorum.present,
        }
    return None


def open_poll(*, assembly: Assembly, by: Party, at: datetime) -> Poll:
    """The next round, on the last count of who is present, which must be a quorum.

    The paper of the first round takes every proposal that stands, or what the show of hands kept
    where these are more than six; a runoff takes those that the first round sent to it.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        quorum = assembly.quorum_counts.last()
        if quorum is None or not quorum.is_met:
            counted = (
                _("%(present)d of %(needed)d")
                % {"present": quorum.present, "needed": quorum.needed}
                if quorum
                else _("nobody was counted")
            )
            raise AyilError(
                _("%(assembly)s has no quorum: %(counted)s. Count again, or call another assembly.")
                % {"assembly": assembly, "counted": counted}
            )
        earlier = last_poll(assembly)
        options = _first_paper(assembly) if earlier is None else _runoff_paper(earlier)
        return Poll.objects.create(
            assembly=assembly,
            round=1 if earlier is None else 2,
            paper=options,
            quorum=quorum,
            by=by,
            opened_at=at,
        )


def _first_paper(assembly: Assembly) -> list[int]:
    paper = paper_now(assembly)
    if not paper.numbers:
        raise AyilError(
            _("%(assembly)s has more than %(fit)s proposals. Shorten the list by show of hands.")
            % {"assembly": assembly, "fit": MOST_OPTIONS}
            if paper.tied or paper.is_too_long
            else _("Nothing was proposed to %(assembly)s: there is nothing to vote on.")
            % {"assembly": assembly}
        )
    unsaid = [one for one in incomplete(assembly) if one.proposal.number in paper.numbers]
    if unsaid:
        raise AyilError(
            _(
                "%(proposal)s cannot stand on the paper yet: it does not say %(lacks)s. Complete "
                "it, or withdraw it."
            )
            % {"proposal": unsaid[0].proposal, "lacks": ", ".join(unsaid[0].lacks)}
        )
    return paper.numbers


def _runoff_paper(earlier: Poll) -> list[int]:
    tally = tally_of(earlier)
    if tally is not None and tally.counting != counting_now(earlier):
        tally = None
    if earlier.round == 2 or tally is None or not needs_runoff(tally):
        verdict = tally.get_verdict_display() if tally else _("not counted yet")
        raise AyilError(
            _("%(assembly)s has no runoff to hold: %(verdict)s.")
            % {"assembly": earlier.assembly, "verdict": verdict}
        )
    return sorted(tally.leaders)


def close_poll(
    *, poll: Poll, issued: int, unused: int, by: Party, at: datetime, exchanged: int = 0
) -> PollClosing:
    """The box is shut: papers given out, handed back unused, and spoiled ones exchanged."""
    with transaction.atomic():
        assembly = lock(poll.assembly)
        present = poll.quorum.present
        fits = unused >= 0 and exchanged >= 0 and unused + exchanged <= issued
        if not fits or issued - exchanged > present:
            raise AyilError(
                _(
                    "%(assembly)s: %(issued)s papers given out, %(exchanged)s exchanged and "
                    "%(unused)s unused do not fit %(present)s people present. Count them again."
                )
                % {
                    "assembly": assembly,
                    "issued": issued,
                    "exchanged": exchanged,
                    "unused": unused,
                    "present": present,
                }
            )
        if PollClosing.objects.filter(poll=poll).exists():
            raise AyilError(
                _("The vote of %(assembly)s is closed already.") % {"assembly": assembly}
            )
        return PollClosing.objects.create(
            poll=poll, issued=issued, exchanged=exchanged, unused=unused, by=by, closed_at=at
        )
