"""The secret vote: the short list, the paper, the box that is opened and shut, a recount."""

from django.db import models
from django.db.models import F, Q

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


guards.append_only(HandCount, Poll, PollClosing, Recount)
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
