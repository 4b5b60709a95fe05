"""The vote: opened on a quorum, closed, its papers entered shuffled, counted."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import (
    Assembly,
    Ballot,
    LotDrawing,
    Poll,
    PollClosing,
    PollTally,
)
from ayil.decisions.queries import last_poll, tally_fingerprint
from ayil.decisions.rules import MOST_OPTIONS, RULES, Tally, Verdict, count_approvals
from ayil.decisions.rules import Ballot as Paper
from ayil.kit.errors import AyilError
from ayil.members.models import Party


def open_poll(*, assembly: Assembly, by: Party, at: datetime, paper: Sequence[int] = ()) -> Poll:
    """The next round, on the last count of who is present, which must be a quorum.

    `paper` is the short list of proposal numbers (all, if empty; at most six). A runoff takes
    those that the first round sent to it.
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
        options = _first_paper(assembly, paper) if earlier is None else _runoff_paper(earlier)
        return Poll.objects.create(
            assembly=assembly,
            round=1 if earlier is None else 2,
            paper=options,
            quorum=quorum,
            by=by,
            opened_at=at,
        )


def _first_paper(assembly: Assembly, paper: Sequence[int]) -> list[int]:
    known = set(assembly.proposals.values_list("number", flat=True))
    options = sorted(set(paper) or known)
    if not options or len(options) > MOST_OPTIONS or not set(options) <= known:
        raise AyilError(
            _(
                "The paper of %(assembly)s would have the numbers %(options)s; it takes 1 "
                "to %(fit)s of the proposals %(known)s. Shorten the list by show of hands."
            )
            % {
                "assembly": assembly,
                "options": options,
                "fit": MOST_OPTIONS,
                "known": sorted(known),
            }
        )
    return options


def _runoff_paper(earlier: Poll) -> list[int]:
    tally = PollTally.objects.filter(poll=earlier).first()
    sent_on = {Verdict.RUNOFF.value, Verdict.TIE.value}
    if earlier.round == 2 or tally is None or tally.verdict not in sent_on:
        verdict = tally.get_verdict_display() if tally else _("not counted yet")
        raise AyilError(
            _("%(assembly)s has no runoff to hold: %(verdict)s.")
            % {"assembly": earlier.assembly, "verdict": verdict}
        )
    return sorted(tally.leaders)


def close_poll(*, poll: Poll, issued: int, unused: int, by: Party, at: datetime) -> PollClosing:
    """The box is shut: papers given out, and papers handed back unused."""
    with transaction.atomic():
        assembly = lock(poll.assembly)
        present = poll.quorum.present
        if not 0 <= unused <= issued <= present:
            raise AyilError(
                _(
                    "%(assembly)s: %(issued)s papers given out and %(unused)s unused do "
                    "not fit %(present)s people present. Count them again."
                )
                % {"assembly": assembly, "issued": issued, "unused": unused, "present": present}
            )
        if PollClosing.objects.filter(poll=poll).exists():
            raise AyilError(
                _("The vote of %(assembly)s is closed already.") % {"assembly": assembly}
            )
        return PollClosing.objects.create(
            poll=poll, issued=issued, unused=unused, by=by, closed_at=at
        )


def enter_ballots(*, poll: Poll, papers: Sequence[Paper]) -> int:
    """Enters all papers of the box at once, shuffled: each the numbers it approves, an empty one
    for "none", None for a spoiled one. Their number must fit issued less unused.

    Takes no person and no time: neither may be matched with a ballot.
    """
    with transaction.atomic():
        assembly = lock(poll.assembly)
        closing = PollClosing.objects.filter(poll=poll).first()
        if closing is None:
            raise AyilError(
                _("Close the vote of %(assembly)s before its ballots are entered.")
                % {"assembly": assembly}
            )
        if Ballot.objects.filter(poll=poll).exists():
            raise AyilError(
                _("The ballots of %(assembly)s were entered before; a sheet counts once.")
                % {"assembly": assembly}
            )
        if len(papers) != closing.used:
            raise AyilError(
                _(
                    "%(assembly)s: %(papers)s papers from the box, but %(issued)s given "
                    "out and %(unused)s unused leave %(used)s. Count them again."
                )
                % {
                    "assembly": assembly,
                    "papers": len(papers),
                    "issued": closing.issued,
                    "unused": closing.unused,
                    "used": closing.used,
                }
            )
        strange = {mark for paper in papers for mark in paper or ()} - set(poll.paper)
        if strange:
            raise AyilError(
                _("%(assembly)s: %(option)s is not on the paper %(paper)s.")
                % {"assembly": assembly, "option": min(strange), "paper": poll.paper}
            )
        ballots = [
            Ballot(poll=poll, marks=sorted(set(paper or ())), spoiled=paper is None)
            for paper in papers
        ]
        secrets.SystemRandom().shuffle(ballots)
        return len(Ballot.objects.bulk_create(ballots))


def count_poll(*, poll: Poll, by: Party, at: datetime) -> PollTally:
    """Counts by the rule that was frozen with the roll; a tie is reported, never broken."""
    with transaction.atomic():
        assembly = lock(poll.assembly)
        if PollTally.objects.filter(poll=poll).exists():
            raise AyilError(
                _("%(assembly)s was counted before; a recount is a complaint's outcome.")
                % {"assembly": assembly}
            )
        if not PollClosing.objects.filter(poll=poll).exists():
            raise AyilError(
                _("Close the vote of %(assembly)s before it is counted.") % {"assembly": assembly}
            )
        if assembly.proposals.filter(proposer=by).exists():
            raise AyilError(
                _("%(by)s proposed a product and cannot count: ask another.") % {"by": by}
            )
        tally = count_approvals(poll.paper, _papers(poll))
        if tally.used != poll.closing.used:
            raise AyilError(
                _("%(assembly)s: enter the %(used)s papers of the box first.")
                % {"assembly": assembly, "used": poll.closing.used}
            )
        return _store(poll, tally, by, at)


def _papers(poll: Poll) -> list[Paper]:
    rows = Ballot.objects.filter(poll=poll).values_list("marks", "spoiled")
    return [None if spoiled else marks for marks, spoiled in rows]


def _store(poll: Poll, tally: Tally, by: Party, at: datetime) -> PollTally:
    outcome = RULES[poll.assembly.freezing.rule](tally, final=poll.round == 2)
    row = PollTally(
        poll=poll,
        approvals=[list(pair) for pair in tally.approvals],
        valid=tally.valid,
        none=tally.none,
        spoiled=tally.spoiled,
        verdict=outcome.verdict.value,
        leaders=list(outcome.leaders),
        by=by,
        counted_at=at,
    )
    row.sha256 = tally_fingerprint(row)
    row.save(force_insert=True)
    return row


def draw_lot(
    *, tally: PollTally, number: int, witnesses: str, by: Party, at: datetime
) -> LotDrawing:
    """What the public lot came to, drawn by hand before witnesses, after an equal runoff."""
    with transaction.atomic():
        assembly = lock(tally.poll.assembly)
        if tally.verdict != Verdict.TIE.value or tally.poll.round != 2:
            raise AyilError(
                _("%(assembly)s: a lot is drawn only after a runoff that is equal.")
                % {"assembly": assembly}
            )
        if number not in tally.leaders or not witnesses.strip():
            raise AyilError(
                _("%(assembly)s: the lot is between %(leaders)s, before witnesses by name.")
                % {"assembly": assembly, "leaders": tally.leaders}
            )
        return LotDrawing.objects.create(
            tally=tally, number=number, witnesses=witnesses.strip(), by=by, drawn_at=at
        )
