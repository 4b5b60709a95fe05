"""The secret vote: piles of papers in, totals out, and nothing that leads to a voter.

No row is a single paper. What two counters lay into piles is entered after the box is closed: so
many papers say this, so many say that. A mark on the roll and a paper share no key, no time, no
device and no order, since a paper has none.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.assemblies import Assembly
from ayil.decisions.models.roll import QuorumCount
from ayil.decisions.rules import MOST_OPTIONS
from ayil.kit import guards
from ayil.members.models import Party


class HandCount(models.Model):
    """A show of hands that shortened the list to those on the ballot paper; it decides no more.

    `hands` is a list of [proposal number, hands], `kept` the numbers that go on the paper, those
    of earlier counts among them; between the `tied` hands are raised again.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="hand_counts")
    hands = models.JSONField()
    kept = models.JSONField()
    tied = models.JSONField(default=list)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "id"]

    def __str__(self) -> str:
        return f"{self.assembly_id}: {self.kept}"


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
    """The box is closed: papers given out, spoiled ones that were exchanged, unused ones back."""

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="closing")
    issued = models.PositiveIntegerField()
    exchanged = models.PositiveIntegerField(default=0)
    unused = models.PositiveIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="unused_among_issued", condition=Q(issued__gte=F("unused") + F("exchanged"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.issued} issued"

    @property
    def used(self) -> int:
        """Papers in the box, spoiled ones among them."""
        return self.issued - self.unused - self.exchanged


class Recount(models.Model):
    """The papers of a round are counted again, by two counters who enter new sheets.

    `number` is the counting's: 2 for the first recount.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="recounts")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["poll_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="one_recount_a_number"),
            models.CheckConstraint(name="recount_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="recount_after_the_first", condition=Q(number__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}, counting {self.number}"


class CountSheet(models.Model):
    """What one counter found in the box: `piles` is a sorted list of [marks, papers].

    `marks` is the sorted list of proposal numbers that these papers approve (in a ranking: best
    first); empty is "none of them". The same sheet (`uid`) counts once; a corrected one is a new
    sheet, and once both are in and differ, both counters enter new ones. `by` typed it: the
    counter, or somebody from the counter's signed `paper`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="sheets")
    counting = models.PositiveSmallIntegerField(default=1)
    counter = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="count_sheets")
    piles = models.JSONField()
    papers = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=60, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["poll_id", "counting", "id"]
        constraints = [
            models.CheckConstraint(
                name="sheet_typed_by_another_has_paper",
                condition=Q(by=F("counter")) | ~Q(paper=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}, counting {self.counting}, by {self.counter_id}"


class PollTally(models.Model):
    """What a counting came to, on two counters' sheets that say the same.

    `approvals` is a list of [proposal number, ballots]; `beside` what the count says besides, as
    `Counted` in the rules describes it.
    `commitment` is the SHA-256 of 16 random bytes (`salt`) and the piles: it binds the tally to
    them where they cannot be published.
    """

    class Verdict(models.TextChoices):
        CHOSEN = "chosen", _("chosen")
        RUNOFF = "runoff", _("runoff of two")
        TIE = "tie", _("tie")
        NONE = "none", _("none of them")

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="tallies")
    counting = models.PositiveSmallIntegerField(default=1)
    first = models.OneToOneField(CountSheet, on_delete=models.PROTECT, related_name="+")
    second = models.OneToOneField(CountSheet, on_delete=models.PROTECT, related_name="+")
    approvals = models.JSONField()
    valid = models.PositiveIntegerField()
    none = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    leaders = models.JSONField()
    beside = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16)
    commitment = models.BinaryField(max_length=32)
    sha256 = models.BinaryField(max_length=32)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["poll_id", "counting"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "counting"], name="one_tally_a_counting"),
            models.CheckConstraint(name="none_among_valid", condition=Q(none__lte=F("valid"))),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.verdict} {self.leaders}"


class LotDrawing(models.Model):
    """A tie was broken by a public lot, drawn by hand before witnesses: `order` as drawn."""

    tally = models.OneToOneField(PollTally, on_delete=models.PROTECT, related_name="lot")
    order = models.JSONField()
    witnesses = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="lot_has_witnesses", condition=~Q(witnesses=""))]

    def __str__(self) -> str:
        return f"{self.tally_id}: {self.order} by lot"


guards.append_only(HandCount, Poll, PollClosing, Recount, CountSheet, PollTally, LotDrawing)
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
_STRANGE = (
    "SELECT 1 FROM {each} WHERE NOT EXISTS (SELECT 1 FROM decisions_proposal r "
    "LEFT JOIN decisions_proposalwithdrawal w ON w.proposal_id = r.id "
    "WHERE r.assembly_id = NEW.assembly_id AND r.number = {number} AND w.id IS NULL)"
)
_ON_SQLITE = _STRANGE.format(each="json_each(NEW.paper) j", number="j.value")
_ON_POSTGRESQL = _STRANGE.format(
    each="jsonb_array_elements_text(NEW.paper) AS j(value)", number="j.value::int"
)
guards.rule(
    "paper_of_standing_proposals",
    Poll,
    broken_when=(
        f"json_array_length(NEW.paper) NOT BETWEEN 1 AND {MOST_OPTIONS} OR EXISTS ({_ON_SQLITE})"
    ),
    postgresql=(
        f"jsonb_array_length(NEW.paper) NOT BETWEEN 1 AND {MOST_OPTIONS} "
        f"OR EXISTS ({_ON_POSTGRESQL})"
    ),
    words="a ballot paper has one to six of the assembly's proposals that were not withdrawn",
)
guards.rule(
    "hands_before_the_vote",
    HandCount,
    broken_when="EXISTS (SELECT 1 FROM decisions_poll p WHERE p.assembly_id = NEW.assembly_id)",
    words="hands are raised to shorten the list before the vote is opened",
)
guards.rule(
    "runoff_after_a_count",
    Poll,
    broken_when=(
        "NEW.round = 2 AND NOT EXISTS (SELECT 1 FROM decisions_polltally t JOIN decisions_poll p "
        "ON p.id = t.poll_id JOIN decisions_assembly a ON a.id = p.assembly_id "
        "WHERE p.assembly_id = NEW.assembly_id AND p.round = 1 AND a.rule = 'approval' "
        "AND t.verdict IN ('runoff', 'tie') AND t.leaders = NEW.paper "
        "AND t.counting = (SELECT 1 + count(*) FROM decisions_recount c WHERE c.poll_id = p.id))"
    ),
    words="a runoff is between those whom the first round's last count sent to it",
)
guards.rule(
    "no_more_papers_than_people",
    PollClosing,
    broken_when=(
        "NEW.issued - NEW.exchanged > (SELECT count(*) FROM decisions_attendancemark m "
        "JOIN decisions_rollentry r ON r.id = m.entry_id JOIN decisions_poll p "
        "ON p.assembly_id = r.assembly_id WHERE p.id = NEW.poll_id)"
    ),
    words="no more ballot papers are given out than people are ticked on the roll",
)
guards.rule(
    "sheets_after_closing",
    CountSheet,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_pollclosing c WHERE c.poll_id = NEW.poll_id "
        "AND c.issued - c.unused - c.exchanged = NEW.papers + NEW.spoiled) "
        "OR NEW.counting <> 1 + (SELECT count(*) FROM decisions_recount r "
        "WHERE r.poll_id = NEW.poll_id) "
        "OR EXISTS (SELECT 1 FROM decisions_polltally t "
        "WHERE t.poll_id = NEW.poll_id AND t.counting = NEW.counting)"
    ),
    words="a sheet counts every paper of a closed box, before its counting is certified",
)
guards.rule(
    "counted_by_its_counters",
    CountSheet,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_assemblyoffice o JOIN decisions_poll p "
        "ON p.assembly_id = o.assembly_id WHERE p.id = NEW.poll_id "
        "AND o.person_id = NEW.counter_id AND o.part = 'counter') "
        "OR EXISTS (SELECT 1 FROM decisions_proposal r JOIN decisions_poll p "
        "ON p.assembly_id = r.assembly_id WHERE p.id = NEW.poll_id AND r.proposer_id = NEW.by_id) "
        "OR (NEW.by_id <> NEW.counter_id AND EXISTS (SELECT 1 FROM decisions_assemblyoffice o "
        "JOIN decisions_poll p ON p.assembly_id = o.assembly_id WHERE p.id = NEW.poll_id "
        "AND o.person_id = NEW.by_id AND o.part = 'counter')) "
        "OR EXISTS (SELECT 1 FROM decisions_countsheet s WHERE s.poll_id = NEW.poll_id "
        "AND s.counting = NEW.counting AND s.counter_id <> NEW.counter_id AND s.by_id = NEW.by_id)"
    ),
    words="the two counters enter apart, and who proposed a product enters no sheet",
)
guards.rule(
    "two_sheets_say_the_same",
    PollTally,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_countsheet a JOIN decisions_countsheet b "
        "ON b.poll_id = a.poll_id AND b.counting = a.counting AND b.sha256 = a.sha256 "
        "AND b.counter_id <> a.counter_id WHERE a.id = NEW.first_id AND b.id = NEW.second_id "
        "AND a.poll_id = NEW.poll_id AND a.counting = NEW.counting "
        "AND a.papers = NEW.valid AND a.spoiled = NEW.spoiled)"
    ),
    words="a tally rests on two counters' sheets that say the same, and counts every paper",
)
guards.rule(
    "lot_breaks_a_tie",
    LotDrawing,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_polltally t JOIN decisions_poll p "
        "ON p.id = t.poll_id WHERE t.id = NEW.tally_id AND t.verdict = 'tie' "
        "AND (p.round = 2 OR EXISTS (SELECT 1 FROM decisions_assembly a "
        "WHERE a.id = p.assembly_id AND a.rule <> 'approval')))"
    ),
    words="a lot is drawn where the runoff is equal and nowhere else",
)
