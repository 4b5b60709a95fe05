"""What the shop's own sales of like goods say of a proposal, frozen as they were read."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models.polls import Poll
from ayil.decisions.models.proposals import Proposal, vote_opened
from ayil.kit import guards
from ayil.members.models import Party, Shop

# Invariant 12: figures of fewer makers are not shown, and not kept either.
FEWEST_MAKERS = 5


class GoodsKind(models.TextChoices):
    """The kinds of goods that a shop knows, as `products` names them (which stands above)."""

    CRAFT = "craft", _("craft")
    FOOD = "food", _("processed food")
    RAW = "raw", _("raw produce")
    OTHER = "other", _("other goods")


class MarketEvidence(models.Model):
    """One look into the sales: what was asked, and what was found.

    Asked: goods of `kind` whose name has these `words` (any, if empty), in `shop` (in all of them,
    if none), sold from `since` to `until`. `products` are the keys of the goods that this met on
    that day, `upto` the last sale line that was read: so the same answer can be found again,
    whatever was sold or renamed since.

    Found: units net of what came back, receipts, makers, price of a piece at the first quarter,
    the middle and the third quarter of the units, and `months`: [year, month, units] with none for
    units where fewer than five makers sold. Nothing of it where fewer than five makers sold at all.
    """

    class Outcome(models.TextChoices):
        FIGURES = "figures", _("figures")
        FEW = "few", _("sold by fewer than 5 makers: figures are not shown")
        NONE = "none", _("no evidence: such goods were not sold")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="evidence")
    outcome = models.CharField(max_length=7, choices=Outcome)
    kind = models.CharField(max_length=5, choices=GoodsKind)
    words = models.CharField(max_length=60, blank=True)
    shop = models.ForeignKey(
        Shop, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField()
    until = models.DateField()
    products = models.JSONField()
    upto = models.BigIntegerField()
    units = models.BigIntegerField(null=True, blank=True)
    receipts = models.PositiveIntegerField(null=True, blank=True)
    makers = models.PositiveIntegerField(null=True, blank=True)
    quarter_minor = models.BigIntegerField(null=True, blank=True)
    middle_minor = models.BigIntegerField(null=True, blank=True)
    three_quarters_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="KGS")
    months = models.JSONField(default=list)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["proposal_id", "-id"]
        verbose_name_plural = "market evidence"
        constraints = [
            models.CheckConstraint(name="evidence_of_a_span", condition=Q(since__lte=F("until"))),
            models.CheckConstraint(
                name="invariant_12_evidence_of_five_makers",
                condition=Q(
                    outcome="figures",
                    makers__gte=FEWEST_MAKERS,
                    units__isnull=False,
                    receipts__isnull=False,
                    quarter_minor__isnull=False,
                    middle_minor__isnull=False,
                    three_quarters_minor__isnull=False,
                )
                | Q(
                    outcome__in=("few", "none"),
                    makers__isnull=True,
                    units__isnull=True,
                    receipts__isnull=True,
                    quarter_minor__isnull=True,
                    middle_minor__isnull=True,
                    three_quarters_minor__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.outcome}"

    @property
    def by_month(self) -> list[tuple[date, int]]:
        """The first of each month and its units, nought where they are not shown."""
        return [(date(year, month, 1), units or 0) for year, month, units in self.months]

    @property
    def hidden_months(self) -> int:
        """In how many months fewer than five makers sold."""
        return sum(units is None for _year, _month, units in self.months)


guards.append_only(MarketEvidence)
guards.rule(
    "evidence_before_the_vote",
    MarketEvidence,
    broken_when=vote_opened("NEW.proposal_id"),
    words="the evidence of a proposal is gathered before the vote begins",
)

# What `decisions.rules.completeness` asks for. In a runoff a maker may have thought better of it.
_WORDS = ("name_ky", "name_ru", "name_en", "skills", "risk_health", "risk_land")
_FIGURES = (
    "resource_id", "resource_milli", "piece_cost_minor", "start_cost_minor", "pieces_a_month",
)  # fmt: skip
_UNSAID = " OR ".join(
    [*(f"r.{name} = ''" for name in _WORDS), *(f"r.{name} IS NULL" for name in _FIGURES)]
)
_INCOMPLETE = (
    "NEW.round = 1 AND EXISTS (SELECT 1 FROM {each} JOIN decisions_proposal r "  # noqa: S608 - ours
    "ON r.number = {number} WHERE r.assembly_id = NEW.assembly_id AND ("
    f"{_UNSAID} "
    "OR NOT EXISTS (SELECT 1 FROM decisions_marketevidence e WHERE e.proposal_id = r.id) "
    "OR NOT EXISTS (SELECT 1 FROM decisions_willingmaker w LEFT JOIN decisions_willingmakerend x "
    "ON x.maker_id = w.id WHERE w.proposal_id = r.id AND x.id IS NULL)))"
)
guards.rule(
    "paper_of_complete_proposals",
    Poll,
    broken_when=_INCOMPLETE.format(each="json_each(NEW.paper) j", number="j.value"),
    postgresql=_INCOMPLETE.format(
        each="jsonb_array_elements_text(NEW.paper) AS j(value)", number="j.value::int"
    ),
    words="on the paper stand proposals that say all that is asked",
)
