"""What may be produced here, from what is there: a draft until the vote, and fixed from then on."""

import uuid

from django.db import models
from django.db.models import F, Q

from ayil.decisions.models.assemblies import Assembly
from ayil.decisions.models.resources import LocalResource
from ayil.decisions.rules import BARRED_ROLES
from ayil.decisions.symbols import SYMBOLS
from ayil.kit import guards
from ayil.kit.names import Named
from ayil.members.models import Party, PartyPhoto


class Proposal(Named):
    """A product put before the assembly; money is in whole minor units of `currency`.

    It may be completed until the vote opens: each change raises `revision` and is kept with it.
    `resource_milli` is how many thousandths of the resource's unit a piece takes; `by` typed it,
    from a `paper` where that is not the proposer.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="proposals")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=0)
    name_en = models.CharField(max_length=120, blank=True)
    name_ru = models.CharField(max_length=120, blank=True)
    name_ky = models.CharField(max_length=120, blank=True)
    symbol = models.SlugField(max_length=30)
    proposer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="proposals")
    resource = models.ForeignKey(
        LocalResource,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    resource_milli = models.PositiveIntegerField(null=True, blank=True)
    skills = models.CharField(max_length=300, blank=True)
    piece_cost_minor = models.BigIntegerField(null=True, blank=True)
    start_cost_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="KGS")
    pieces_a_month = models.PositiveIntegerField(null=True, blank=True)
    risk_health = models.CharField(max_length=300, blank=True)
    risk_land = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "number"], name="one_proposal_a_number"),
            models.UniqueConstraint(fields=["assembly", "symbol"], name="one_proposal_a_symbol"),
            models.CheckConstraint(
                name="proposal_has_a_name",
                condition=~Q(name_en="") | ~Q(name_ru="") | ~Q(name_ky=""),
            ),
            models.CheckConstraint(
                name="proposal_symbol_is_drawn", condition=Q(symbol__in=sorted(SYMBOLS))
            ),
            models.CheckConstraint(
                name="proposal_typed_by_another_has_paper",
                condition=Q(by=F("proposer")) | ~Q(paper=""),
            ),
            models.CheckConstraint(
                name="proposal_costs_not_below_zero",
                condition=(Q(piece_cost_minor__isnull=True) | Q(piece_cost_minor__gte=0))
                & (Q(start_cost_minor__isnull=True) | Q(start_cost_minor__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class ProposalChange(models.Model):
    """One change before the vote: `changes` is {field: [what it was, what it became]}."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    changes = models.JSONField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["proposal_id", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "revision"], name="one_change_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: change {self.revision}"


class ProposalWithdrawal(models.Model):
    """The proposer took it back before the vote; its number and its symbol stay its own."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="proposal_withdrawal_has_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} withdrawn"


class ProposalPhoto(models.Model):
    """A photo of the thing that is proposed; the last one that stands is shown.

    It goes with its photo, which an erasure of the proposer deletes.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(PartyPhoto, on_delete=models.CASCADE, related_name="of_proposal")

    class Meta:
        ordering = ["proposal_id", "-id"]

    def __str__(self) -> str:
        return f"photo of {self.proposal_id}"


_VOTE_OPENED = "EXISTS (SELECT 1 FROM decisions_poll p WHERE p.assembly_id = {assembly})"
_BARRED = ", ".join(f"'{role}'" for role in sorted(BARRED_ROLES))
_FROM_THE_VILLAGE = (
    "NOT EXISTS (SELECT 1 FROM decisions_assembly a JOIN members_party p "
    "ON p.village_id = a.village_id WHERE a.id = NEW.assembly_id AND p.id = NEW.proposer_id "
    "AND p.kind = 'person')"
)
_OF_THE_VILLAGE = (
    "NEW.resource_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_assembly a "
    "JOIN decisions_localresource r ON r.village_id = a.village_id "
    "WHERE a.id = NEW.assembly_id AND r.id = NEW.resource_id)"
)


def vote_opened(proposal: str) -> str:
    """SQL: the vote has begun on the assembly of the proposal of that id (an expression)."""
    return (
        "EXISTS (SELECT 1 FROM decisions_poll p JOIN decisions_proposal r "  # noqa: S608 - ours
        f"ON r.assembly_id = p.assembly_id WHERE r.id = {proposal})"
    )


guards.append_only(Proposal, update=False)
guards.append_only(ProposalChange, ProposalWithdrawal)
guards.append_only(ProposalPhoto, delete=False)
guards.fixed(
    Proposal, "id", "assembly", "uid", "number", "proposer", "currency", "by", "paper",
    "recorded_at",
)  # fmt: skip
guards.rule(
    "proposal_from_the_village",
    Proposal,
    broken_when=f"({_FROM_THE_VILLAGE}) OR ({_OF_THE_VILLAGE})",
    words="a proposal comes from someone of the village and rests on what the village has",
)
guards.rule(
    "proposal_changed_to_what_is_there",
    Proposal,
    on="update",
    broken_when=_OF_THE_VILLAGE,
    words="a proposal rests on what the village has",
)
guards.rule(
    "proposal_before_the_vote",
    Proposal,
    broken_when=_VOTE_OPENED.format(assembly="NEW.assembly_id"),
    words="proposals are made before the vote begins",
)
guards.rule(
    "proposal_fixed_by_the_vote",
    Proposal,
    on="update",
    broken_when=_VOTE_OPENED.format(assembly="NEW.assembly_id"),
    words="from the opening of the vote on a proposal stands as it is",
)
guards.rule(
    "proposal_change_is_kept",
    Proposal,
    on="update",
    broken_when=(
        "NEW.revision <> OLD.revision + 1 OR NOT EXISTS (SELECT 1 FROM decisions_proposalchange c "
        "WHERE c.proposal_id = NEW.id AND c.revision = NEW.revision)"
    ),
    words="a change of a proposal is kept: who made it, when, and what it was before",
)
# Invariant 6: the villagers decide, and so they propose too.
guards.rule(
    "proposal_without_donor_and_staff",
    Proposal,
    broken_when=f"""EXISTS (SELECT 1 FROM members_rolegrant g
        JOIN decisions_assembly a ON a.id = NEW.assembly_id
        LEFT JOIN members_roleend e ON e.grant_id = g.id
        WHERE g.party_id = NEW.proposer_id AND g.since <= a.held_on
        AND (e.id IS NULL OR e."on" > a.held_on) AND g.role IN ({_BARRED}))""",  # noqa: S608 - ours
    words="donor, administration and staff propose nothing to a village",
)
guards.rule(
    "proposer_neither_counts_nor_registers",
    Proposal,
    broken_when=(
        "EXISTS (SELECT 1 FROM decisions_assemblyoffice o WHERE o.assembly_id = NEW.assembly_id "
        "AND o.person_id = NEW.proposer_id AND o.part <> 'chair')"
    ),
    words="who keeps the roll or counts the ballots proposes nothing in that assembly",
)
guards.rule(
    "withdrawn_before_the_vote",
    ProposalWithdrawal,
    broken_when=vote_opened("NEW.proposal_id"),
    words="a proposal is withdrawn before the vote begins",
)
