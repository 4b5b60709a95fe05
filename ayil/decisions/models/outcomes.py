"""The decision that stands: minuted, signed by three, reviewed, superseded."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ayil.decisions.models.assemblies import Assembly, Part
from ayil.decisions.models.counts import LotDrawing, PollTally
from ayil.decisions.models.papers import DecisionPaper
from ayil.decisions.models.proposals import Proposal
from ayil.kit import guards
from ayil.members.models import Party
from ayil.places.models import Place


class Decision(models.Model):
    """The village's own choice, as its minutes say; `sha256` is the minutes' fingerprint.

    It allows a village product once chair, registrar and counter have signed (invariant 6).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="decisions")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="decisions")
    tally = models.OneToOneField(PollTally, on_delete=models.PROTECT, related_name="decision")
    lot = models.OneToOneField(
        LotDrawing, null=True, blank=True, on_delete=models.PROTECT, related_name="decision"
    )
    on = models.DateField()
    minutes = models.JSONField()
    sha256 = models.BinaryField(max_length=32)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["village_id", "on", "id"]

    def __str__(self) -> str:
        return f"{self.village}: {self.name} ({self.on})"

    @property
    def proposals(self) -> list[Proposal]:
        """What was chosen, in the order of the paper."""
        return [choice.proposal for choice in self.choices.all()]

    @property
    def name(self) -> str:
        """What was chosen, in the reader's language; or that it was none of them."""
        return ", ".join(proposal.name for proposal in self.proposals) or _("none of them")


class DecisionChoice(models.Model):
    """One product that the village chose; `granted_minor` is its part of the village's budget."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="choices")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="chosen")
    granted_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["decision_id", "proposal__number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="one_choice_a_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.proposal_id}"


class DecisionSigning(models.Model):
    """One of the three signed the minutes; three parts, three people.

    Each signs in their own sign-in (`by` is the signer), or by hand: then `by` typed it from the
    protocol whose photo is `paper`.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="signings")
    part = models.CharField(max_length=10, choices=Part)
    signer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(
        DecisionPaper, null=True, blank=True, on_delete=models.PROTECT, related_name="signings"
    )
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["decision_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "part"], name="one_signing_a_part"),
            models.UniqueConstraint(fields=["decision", "signer"], name="one_signing_a_person"),
            models.CheckConstraint(name="signing_part_known", condition=Q(part__in=Part.values)),
            models.CheckConstraint(
                name="signed_by_hand_is_photographed",
                condition=Q(by=F("signer")) | Q(paper__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.part}"


class DecisionReview(models.Model):
    """The yearly look at a decision; `keeps` says whether the village stays with it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    finding = models.CharField(max_length=500)
    keeps = models.BooleanField(default=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["decision_id", "on", "id"]

    def __str__(self) -> str:
        return f"{self.decision_id} reviewed {self.on}"


class DecisionSuperseding(models.Model):
    """A decision stands no longer: by a newer one, or by the village's word alone."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="superseding")
    newer = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="superseding_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} superseded {self.on}"


def signed_in_sql(decision: str) -> str:
    """SQL that is true where the decision of that id (an expression) is signed by all three.

    For the rules of fields above, such as a product that must rest on a signed decision.
    """
    return (
        "(SELECT count(*) FROM decisions_decisionsigning sg "  # noqa: S608 - our own names
        f"WHERE sg.decision_id = {decision}) = {len(Part)}"
    )


def stands_in_sql(decision: str) -> str:
    """SQL that is true where the decision of that id (an expression) chose something, is signed by
    all three, and neither annulled nor superseded."""
    return (
        f"({signed_in_sql(decision)} "  # noqa: S608 - our own names
        f"AND EXISTS (SELECT 1 FROM decisions_decisionchoice ch WHERE ch.decision_id = {decision}) "
        "AND NOT EXISTS (SELECT 1 FROM decisions_decisionannulment an "
        f"WHERE an.decision_id = {decision}) "
        "AND NOT EXISTS (SELECT 1 FROM decisions_decisionsuperseding su "
        f"WHERE su.decision_id = {decision}))"
    )


guards.append_only(Decision, DecisionChoice, DecisionSigning, DecisionReview, DecisionSuperseding)
guards.rule(
    "decision_rests_on_its_count",
    Decision,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_polltally t JOIN decisions_poll p "
        "ON p.id = t.poll_id JOIN decisions_assembly a ON a.id = p.assembly_id "
        "LEFT JOIN decisions_lotdrawing l ON l.tally_id = t.id AND l.id = NEW.lot_id "
        "WHERE t.id = NEW.tally_id AND a.id = NEW.assembly_id AND a.village_id = NEW.village_id "
        "AND (t.verdict IN ('chosen', 'none') OR (t.verdict = 'tie' AND l.id IS NOT NULL)))"
    ),
    words="a decision rests on the count of its own assembly, or on the lot after it",
)
_CHOSEN = (
    "NOT EXISTS (SELECT 1 FROM decisions_decision d JOIN decisions_polltally t "
    "ON t.id = d.tally_id JOIN decisions_proposal r ON r.assembly_id = d.assembly_id "
    "WHERE d.id = NEW.decision_id AND r.id = NEW.proposal_id AND {})"
)
guards.rule(
    "chosen_by_its_count",
    DecisionChoice,
    broken_when=_CHOSEN.format(
        "(EXISTS (SELECT 1 FROM json_each(t.leaders) j WHERE j.value = r.number) "
        "OR EXISTS (SELECT 1 FROM json_each(t.beside, '$.certain') j WHERE j.value = r.number))"
    ),
    # Where several are chosen and some are equal, `certain` are those that no lot touches.
    postgresql=_CHOSEN.format(
        "(t.leaders @> to_jsonb(r.number) "
        "OR coalesce(t.beside->'certain' @> to_jsonb(r.number), false))"
    ),
    words="a decision chooses what its count chose, or the lot between equals",
)
# Invariant 6: no signature without a tally and the quorum that it was taken on.
guards.rule(
    "signed_on_tally_and_quorum",
    DecisionSigning,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_decision d JOIN decisions_polltally t "
        "ON t.id = d.tally_id JOIN decisions_poll p ON p.id = t.poll_id "
        "JOIN decisions_quorumcount q ON q.id = p.quorum_id "
        "WHERE d.id = NEW.decision_id AND q.present >= q.needed)"
    ),
    words="a decision is signed on a tally that was taken with a quorum",
)
guards.rule(
    "proposer_does_not_count",
    DecisionSigning,
    broken_when=(
        "NEW.part <> 'chair' AND EXISTS (SELECT 1 FROM decisions_proposal r "
        "JOIN decisions_decision d ON d.assembly_id = r.assembly_id "
        "WHERE d.id = NEW.decision_id AND r.proposer_id = NEW.signer_id)"
    ),
    words="who proposed a product neither keeps the roll nor counts the ballots",
)
