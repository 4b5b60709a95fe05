"""The count: two counters enter apart, what agrees is certified, a tie goes to a public lot."""

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_bytes
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import COUNTERS, lock
from ayil.decisions.actions.complaints import after_recount
from ayil.decisions.models import (
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
    have_differed,
    question_of,
    sheet_fingerprint,
    sheets_of,
    stored_piles,
    tally_fingerprint,
)
from ayil.decisions.rules import Piles, Verdict, count, drawn_between
from ayil.decisions.voting import needs_runoff
from ayil.kit.errors import AyilError, Conflict
from ayil.members.identities import identities_of
from ayil.members.models import Party

SALT_BYTES = 16


def enter_sheet(
    *,
    poll: Poll,
    counter: Party,
    piles: Piles,
    spoiled: int,
    by: Party,
    at: datetime,
    uid: UUID | None = None,
    paper: str = "",
) -> CountSheet:
    """What one counter found in the box, in piles. The same `uid` counts once.

    `by` typed it: the counter, or somebody from the counter's signed `paper`, not the same person
    for both. The counter's last sheet holds until the other's is in; where both are in and
    differ, both enter new ones. The papers must be as many as the box holds.
    """
    with transaction.atomic():
        assembly = lock(poll.assembly)
        laid = stored_piles(piles)
        earlier = CountSheet.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            said = (earlier.poll_id, earlier.counter_id, earlier.piles, earlier.spoiled)
            if said != (poll.pk, counter.pk, laid, spoiled):
                raise Conflict(
                    _("The sheet %(uid)s was entered before with another content.") % {"uid": uid}
                )
            return earlier
        counting = counting_now(poll)
        words = _why_no_sheet(poll, counting) or _why_not_by(poll, counting, counter, by, paper)
        words = words or _why_not_these(poll, piles, spoiled)
        if words:
            raise AyilError(_("%(assembly)s: %(words)s") % {"assembly": assembly, "words": words})
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
            paper="" if by == counter else paper.strip(),
            entered_at=at,
        )


def _why_no_sheet(poll: Poll, counting: int) -> str | None:
    if not PollClosing.objects.filter(poll=poll).exists():
        return _("close the vote before its papers are counted.")
    if PollTally.objects.filter(poll=poll, counting=counting).exists():
        return _("it was counted before; a recount is a complaint's outcome.")
    sheets = sheets_of(poll, counting)
    if len(sheets) == COUNTERS and not have_differed(sheets):
        return _("both sheets are in and say the same: certify the count.")
    return None


def _why_not_by(poll: Poll, counting: int, counter: Party, by: Party, paper: str) -> str | None:
    """Why `by` may not type this counter's sheet. Merged records are one person."""
    assembly, typist = poll.assembly, identities_of(by)
    counters = assembly.offices.filter(part=Part.COUNTER)
    if not counters.filter(person=counter).exists():
        return _("%(counter)s is not one of its counters.") % {"counter": counter}
    if assembly.proposals.filter(proposer__in=typist).exists():
        return _("%(by)s proposed a product and cannot enter a count: ask another.") % {"by": by}
    others = CountSheet.objects.filter(poll=poll, counting=counting).exclude(counter=counter)
    if (
        counters.filter(person__in=typist).exclude(person=counter).exists()
        or others.filter(by__in=typist).exists()
    ):
        return _("%(by)s entered the other counter's sheet: two people enter apart.") % {"by": by}
    if by != counter and not paper.strip():
        return _("name the paper that %(counter)s signed: a number, or what it is.") % {
            "counter": counter
        }
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
        tally = _certify(poll, first, second, by, at, draw(SALT_BYTES))
        after_recount(tally=tally, by=by, at=at)
        return tally


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
        is_last = tally.counting == counting_now(tally.poll)
        if tally.verdict != Verdict.TIE.value or needs_runoff(tally) or not is_last:
            raise AyilError(
                _("%(assembly)s: a lot is drawn only after a runoff that is equal.")
                % {"assembly": assembly}
            )
        between = drawn_between(tally.leaders, tally.beside)
        if sorted(order) != between or not witnesses.strip():
            raise AyilError(
                _("%(assembly)s: the lot is between %(leaders)s, before witnesses by name.")
                % {"assembly": assembly, "leaders": between}
            )
        return LotDrawing.objects.create(
            tally=tally, order=list(order), witnesses=witnesses.strip(), by=by, drawn_at=at
        )
