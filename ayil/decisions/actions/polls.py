"""The vote: opened on a quorum, closed, counted by two apart, certified where they agree."""

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_bytes
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import COUNTERS, lock
from ayil.decisions.models import (
    Assembly,
    CountSheet,
    LotDrawing,
    Part,
    Poll,
    PollClosing,
    PollTally,
    Rule,
)
from ayil.decisions.queries import (
    commitment_to,
    counting_now,
    last_poll,
    question_of,
    sheet_fingerprint,
    sheets_of,
    stored_piles,
    tally_fingerprint,
    tally_of,
)
from ayil.decisions.rules import MOST_OPTIONS, Piles, Verdict, count
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
    tally = tally_of(earlier)
    sent_on = {Verdict.RUNOFF.value, Verdict.TIE.value}
    if earlier.round == 2 or tally is None or tally.verdict not in sent_on:
        verdict = tally.get_verdict_display() if tally else _("not counted yet")
        raise AyilError(
            _("%(assembly)s has no runoff to hold: %(verdict)s.")
            % {"assembly": earlier.assembly, "verdict": verdict}
        )
    return sorted(tally.leaders)


SALT_BYTES = 16


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


def enter_sheet(
    *,
    poll: Poll,
    counter: Party,
    piles: Piles,
    spoiled: int,
    by: Party,
    at: datetime,
    uid: UUID | None = None,
) -> CountSheet:
    """What one counter found in the box, in piles; `by` typed it. The same `uid` counts once.

    The counter's last sheet of a counting holds. Their papers must fit what the box holds.
    """
    with transaction.atomic():
        assembly = lock(poll.assembly)
        earlier = CountSheet.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            return earlier
        counting = counting_now(poll)
        words = _why_no_sheet(poll, counting, counter, by) or _why_not_these(poll, piles, spoiled)
        if words:
            raise AyilError(f"{assembly}: {words}")
        laid = stored_piles(piles)
        return CountSheet.objects.create(
            uid=uid or uuid4(),
            poll=poll,
            counting=counting,
            counter=counter,
            piles=laid,
            papers=sum(papers for _marks, papers in laid),
            spoiled=spoiled,
            sha256=sheet_fingerprint(poll, counting, laid, spoiled),
            by=by,
            entered_at=at,
        )


def _why_no_sheet(poll: Poll, counting: int, counter: Party, by: Party) -> str | None:
    assembly = poll.assembly
    if not PollClosing.objects.filter(poll=poll).exists():
        return _("close the vote before its papers are counted.")
    if PollTally.objects.filter(poll=poll, counting=counting).exists():
        return _("it was counted before; a recount is a complaint's outcome.")
    if not assembly.offices.filter(part=Part.COUNTER, person=counter).exists():
        return _("%(counter)s is not one of its counters.") % {"counter": counter}
    if assembly.proposals.filter(proposer=by).exists():
        return _("%(by)s proposed a product and cannot enter a count: ask another.") % {"by": by}
    others = CountSheet.objects.filter(poll=poll, counting=counting, by=by)
    if others.exclude(counter=counter).exists():
        return _("%(by)s entered the other counter's sheet: two people enter apart.") % {"by": by}
    return None


def _why_not_these(poll: Poll, piles: Piles, spoiled: int) -> str | None:
    ranked = poll.assembly.rule == Rule.SCHULZE
    for marks, papers in piles:
        strange = set(marks) - set(poll.paper)
        if strange:
            return _("%(option)s is not on the paper %(paper)s.") % {
                "option": min(strange),
                "paper": poll.paper,
            }
        if (
            papers < 0
            or len(set(marks)) < len(marks)
            or (not ranked and list(marks) != sorted(marks))
        ):
            return _("the pile %(marks)s with %(papers)s papers cannot be.") % {
                "marks": list(marks),
                "papers": papers,
            }
    found = sum(papers for _marks, papers in piles)
    closing = poll.closing
    if spoiled < 0 or found + spoiled != closing.used:
        return _(
            "%(papers)s papers from the box, but %(issued)s given out, %(exchanged)s exchanged and "
            "%(unused)s unused leave %(used)s. Count them again."
        ) % {
            "papers": found + spoiled,
            "issued": closing.issued,
            "exchanged": closing.exchanged,
            "unused": closing.unused,
            "used": closing.used,
        }
    return None


def count_poll(
    *, poll: Poll, by: Party, at: datetime, draw: Callable[[int], bytes] = token_bytes
) -> PollTally:
    """Certifies the counting where both counters' sheets say the same, by the frozen rule.

    A tie is reported, never broken. `draw` gives so many bytes by lot, which seal the papers.
    """
    with transaction.atomic():
        assembly = lock(poll.assembly)
        counting = counting_now(poll)
        if PollTally.objects.filter(poll=poll, counting=counting).exists():
            raise AyilError(
                _("%(assembly)s was counted before; a recount is a complaint's outcome.")
                % {"assembly": assembly}
            )
        sheets = sheets_of(poll, counting)
        if len(sheets) < COUNTERS:
            raise AyilError(
                _("%(assembly)s: both counters enter their sheets first; %(sheets)s of 2 is there.")
                % {"assembly": assembly, "sheets": len(sheets)}
            )
        first, second = sheets
        if bytes(first.sha256) != bytes(second.sha256):
            raise AyilError(
                _("%(assembly)s: the two sheets differ. Both count the papers again.")
                % {"assembly": assembly}
            )
        return _certify(poll, first, second, by, at, draw(SALT_BYTES))


def _certify(
    poll: Poll, first: CountSheet, second: CountSheet, by: Party, at: datetime, salt: bytes
) -> PollTally:
    piles = tuple((tuple(marks), papers) for marks, papers in first.piles)
    counted = count(question_of(poll), piles)
    row = PollTally(
        poll=poll,
        counting=first.counting,
        first=first,
        second=second,
        approvals=[list(pair) for pair in counted.approvals],
        valid=counted.valid,
        none=counted.none,
        spoiled=first.spoiled,
        verdict=counted.verdict.value,
        leaders=list(counted.leaders),
        beside=dict(counted.beside),
        salt=salt,
        commitment=commitment_to(first.piles, salt),
        by=by,
        counted_at=at,
    )
    row.sha256 = tally_fingerprint(row)
    row.save(force_insert=True)
    return row


def draw_lot(
    *, tally: PollTally, order: Sequence[int], witnesses: str, by: Party, at: datetime
) -> LotDrawing:
    """The order that a public lot gave those who are equal, drawn by hand before witnesses."""
    with transaction.atomic():
        assembly = lock(tally.poll.assembly)
        runoff_first = assembly.rule == Rule.APPROVAL and tally.poll.round == 1
        if tally.verdict != Verdict.TIE.value or runoff_first:
            raise AyilError(
                _("%(assembly)s: a lot is drawn only after a runoff that is equal.")
                % {"assembly": assembly}
            )
        if sorted(order) != sorted(tally.leaders) or not witnesses.strip():
            raise AyilError(
                _("%(assembly)s: the lot is between %(leaders)s, before witnesses by name.")
                % {"assembly": assembly, "leaders": tally.leaders}
            )
        return LotDrawing.objects.create(
            tally=tally, order=list(order), witnesses=witnesses.strip(), by=by, drawn_at=at
        )
