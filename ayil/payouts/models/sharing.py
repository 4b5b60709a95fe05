"""How a community shares what it was paid: decided together, and frozen when money is handed over.

Shares are written before the rule, lines before the sheet: whoever comes last is checked against
all that it is made of, and from then on nothing is added.
"""

from django.db import models
from django.db.models import F, Q

from ayil.kit import guards
from ayil.members.models import Party
from ayil.payouts.models.paying import Handover

MOST_PARTS = 10_000


class SharingRule(models.Model):
    """From `since` on the community's money is shared by parts: `parts` is the sum of them all.

    `decided_by` says in words who decided it, `paper` where that is written; `by` typed it in.
    """

    community = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="sharing_rules")
    since = models.DateField()
    parts = models.PositiveIntegerField()
    decided_by = models.CharField(max_length=200)
    paper = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["community_id", "since", "id"]
        constraints = [
            models.CheckConstraint(
                name="sharing_rule_is_on_paper", condition=~Q(paper="") & ~Q(decided_by="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_id} since {self.since}: {self.parts} parts"


class MemberShare(models.Model):
    """One member's parts; who has none is not named."""

    rule = models.ForeignKey(SharingRule, on_delete=models.PROTECT, related_name="shares")
    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="group_shares")
    parts = models.PositiveIntegerField()

    class Meta:
        ordering = ["rule_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "person"], name="one_share_a_member"),
            models.CheckConstraint(
                name="share_in_bounds", condition=Q(parts__gt=0, parts__lte=MOST_PARTS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.parts} of {self.rule_id}"


class GroupSheet(models.Model):
    """How one payout was shared, as it stood when the money was handed over.

    Each got `amount × parts ÷ all parts`, rounded down to whole `unit_minor` (one som);
    `box_minor` remained in the group's common box.
    """

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="sheet")
    rule = models.ForeignKey(SharingRule, on_delete=models.PROTECT, related_name="sheets")
    amount_minor = models.BigIntegerField()
    unit_minor = models.PositiveIntegerField()
    parts = models.PositiveIntegerField()
    box_minor = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="box_is_a_rest",
                condition=Q(unit_minor__gt=0, box_minor__gte=0, box_minor__lte=F("amount_minor")),
            )
        ]

    def __str__(self) -> str:
        return f"sheet of {self.handover_id}"


class GroupSheetLine(models.Model):
    """What one member got of it."""

    sheet = models.ForeignKey(GroupSheet, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="sheet_lines")
    parts = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["sheet_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="one_sheet_line_a_member"),
            models.CheckConstraint(
                name="sheet_line_not_negative", condition=Q(parts__gt=0, amount_minor__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.amount_minor} of {self.sheet_id}"


guards.append_only(SharingRule, MemberShare, GroupSheet, GroupSheetLine)
guards.rule(
    "share_before_its_rule",
    MemberShare,
    broken_when="EXISTS (SELECT 1 FROM payouts_sharingrule r WHERE r.id = NEW.rule_id)",
    words="nothing is added to a rule of sharing that stands: set another one",
)
guards.rule(
    "rule_is_its_shares",
    SharingRule,
    broken_when=(
        "NEW.parts <> coalesce((SELECT sum(m.parts) FROM payouts_membershare m "
        "WHERE m.rule_id = NEW.id), 0) OR NEW.parts = 0 "
        "OR NOT EXISTS (SELECT 1 FROM members_party c WHERE c.id = NEW.community_id "
        "AND c.kind = 'community') "
        "OR EXISTS (SELECT 1 FROM payouts_membershare m WHERE m.rule_id = NEW.id "
        "AND NOT EXISTS (SELECT 1 FROM members_affiliation f WHERE f.person_id = m.person_id "
        "AND f.community_id = NEW.community_id))"
    ),
    words="a rule of sharing adds up, and names people of the community alone",
)
guards.rule(
    "sheet_line_before_its_sheet",
    GroupSheetLine,
    broken_when="EXISTS (SELECT 1 FROM payouts_groupsheet s WHERE s.id = NEW.sheet_id)",
    words="nothing is added to a group's sheet that stands",
)
guards.rule(
    "sheet_is_its_lines",
    GroupSheet,
    broken_when=(
        "NEW.amount_minor <> NEW.box_minor + coalesce((SELECT sum(l.amount_minor) "
        "FROM payouts_groupsheetline l WHERE l.sheet_id = NEW.id), 0) "
        "OR NOT EXISTS (SELECT 1 FROM payouts_sharingrule r JOIN payouts_payout p "
        "ON p.consignor_id = r.community_id JOIN payouts_handover h ON h.payout_id = p.id "
        "WHERE r.id = NEW.rule_id AND h.id = NEW.handover_id AND r.parts = NEW.parts "
        "AND p.amount_minor = NEW.amount_minor AND r.since <= h.paid_on) "
        "OR EXISTS (SELECT 1 FROM payouts_membershare m WHERE m.rule_id = NEW.rule_id "
        "AND NOT EXISTS (SELECT 1 FROM payouts_groupsheetline l WHERE l.sheet_id = NEW.id "
        "AND l.person_id = m.person_id AND l.parts = m.parts AND l.amount_minor = "
        "NEW.amount_minor * m.parts / NEW.parts / NEW.unit_minor * NEW.unit_minor))"
    ),
    words="a group's sheet gives each member their parts of exactly what was handed over",
)
