"""The secret vote: papers in, totals out, and nothing that leads from one to the other."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.assemblies import Assembly, QuorumCount
from ayil.kit import guards
from ayil.members.models import Party


class Poll(models.Model):
    """One round of voting: `paper` is the list of proposal numbers on the ballot paper.

    Round 1 is the vote, round 2 a runoff. It opens on a quorum counted anew.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="polls")
    round = models.PositiveSmallIntegerField()
    paper = models.JSONField()
    quorum = models.ForeignKey(QuorumCount, on_delete=models.PROTECT, related_name="polls")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "round"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "round"], name="one_poll_a_round"),
            models.CheckConstraint(name="poll_round_1_or_2", condition=Q(round__in=(1, 2))),
        ]

    def __str__(self) -> str:
        return f"{self.assembly_id}/{self.round}"


class PollClosing(models.Model):
    """The box is closed: how many papers were given out, how many came back unused."""

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="closing")
    issued = models.PositiveIntegerField()
    unused = models.PositiveIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="unused_among_issued", condition=Q(unused__lte=F("issued")))
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.issued} issued"

    @property
    def used(self) -> int:
        return self.issued - self.unused


class Ballot(models.Model):
    """One paper from the box. It has no voter, no time, no device and no order: its key is drawn
    at random, and all papers of a poll are entered at once, shuffled, after it is closed.

    `marks` is the sorted list of proposal numbers it approves; empty is "none of them".
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ballots")
    marks = models.JSONField()
    spoiled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "spoiled" if self.spoiled else str(self.marks)


class PollTally(models.Model):
    """What the count came to; `approvals` is a list of [proposal number, ballots]."""

    class Verdict(models.TextChoices):
        CHOSEN = "chosen", _("chosen")
        RUNOFF = "runoff", _("runoff of two")
        TIE = "tie", _("tie")
        NONE = "none", _("none of them")

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="tally")
    approvals = models.JSONField()
    valid = models.PositiveIntegerField()
    none = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    leaders = models.JSONField()
    sha256 = models.BinaryField(max_length=32)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="none_among_valid", condition=Q(none__lte=F("valid")))
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.verdict} {self.leaders}"


class LotDrawing(models.Model):
    """A tie was broken by a public lot, drawn by hand before witnesses."""

    tally = models.OneToOneField(PollTally, on_delete=models.PROTECT, related_name="lot")
    number = models.PositiveSmallIntegerField()
    witnesses = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="lot_has_witnesses", condition=~Q(witnesses=""))]

    def __str__(self) -> str:
        return f"{self.tally_id}: {self.number} by lot"


guards.append_only(Poll, PollClosing, Ballot, PollTally, LotDrawing)
guards.rule(
    "poll_opens_on_a_quorum",
    Poll,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_quorumcount q WHERE q.id = NEW.quorum_id "
        "AND q.assembly_id = NEW.assembly_id AND q.present >= q.needed) "
        "OR EXISTS (SELECT 1 FROM decisions_quorumcount q "
        "WHERE q.assembly_id = NEW.assembly_id AND q.id > NEW.quorum_id)"
    ),
    words="a vote opens on the last count of the people present, and that count is a quorum",
)
guards.rule(
    "runoff_after_a_count",
    Poll,
    broken_when=(
        "NEW.round = 2 AND NOT EXISTS (SELECT 1 FROM decisions_polltally t JOIN decisions_poll p "
        "ON p.id = t.poll_id WHERE p.assembly_id = NEW.assembly_id AND p.round = 1 "
        "AND t.verdict IN ('runoff', 'tie'))"
    ),
    words="a runoff follows a first round that chose nothing",
)
guards.rule(
    "no_more_papers_than_people",
    PollClosing,
    broken_when=(
        "NEW.issued > (SELECT count(*) FROM decisions_attendancemark m "
        "JOIN decisions_rollentry r ON r.id = m.entry_id JOIN decisions_poll p "
        "ON p.assembly_id = r.assembly_id WHERE p.id = NEW.poll_id)"
    ),
    words="no more ballot papers are given out than people are ticked on the roll",
)
guards.rule(
    "ballots_after_closing",
    Ballot,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_pollclosing c WHERE c.poll_id = NEW.poll_id) "
        "OR EXISTS (SELECT 1 FROM decisions_polltally t WHERE t.poll_id = NEW.poll_id)"
    ),
    words="ballots are entered after the box is closed and before they are counted",
)
guards.rule(
    "tally_counts_every_paper",
    PollTally,
    broken_when=(
        "(SELECT count(*) FROM decisions_ballot b WHERE b.poll_id = NEW.poll_id) "
        "<> NEW.valid + NEW.spoiled "
        "OR NOT EXISTS (SELECT 1 FROM decisions_pollclosing c WHERE c.poll_id = NEW.poll_id "
        "AND c.issued - c.unused = NEW.valid + NEW.spoiled)"
    ),
    words="a tally counts every paper: issued = used + spoiled + unused",
)
guards.rule(
    "lot_breaks_a_tie",
    LotDrawing,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_polltally t JOIN decisions_poll p "
        "ON p.id = t.poll_id WHERE t.id = NEW.tally_id AND t.verdict = 'tie' AND p.round = 2)"
    ),
    words="a lot is drawn where the runoff is equal and nowhere else",
)
