"""The count: piles of papers in, totals out, and nothing that leads to a voter.

No row is a single paper. What two counters lay into piles is entered after the box is closed: so
many papers say this, so many say that. A mark on the roll and a paper share no key, no time, no
device and no order, since a paper has none.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.polls import Poll
from ayil.kit import guards
from ayil.members.models import Party


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


guards.append_only(CountSheet, PollTally, LotDrawing)
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
