"""Who belongs to which community, in which part."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models.membership import MembershipEvent
from ayil.members.models.party import Party


class Affiliation(models.Model):
    """A person belongs to a community, from a day on."""

    class Part(models.TextChoices):
        LEADER = "leader", _("leader")
        CONTACT = "contact", _("contact")
        MEMBER = "member", _("member")

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="affiliations")
    community = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="affiliates")
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)
    since = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["community_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_belongs_to_oneself", condition=~Q(person=F("community"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.part} of {self.community_id}"


class AffiliationEnd(models.Model):
    affiliation = models.OneToOneField(Affiliation, on_delete=models.PROTECT, related_name="end")
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.affiliation_id} ended {self.on}"


# Those of a community whom others may turn to, and how many persons they are. Rows that stand
# have no end; one person may for a moment stand in two parts, while the part changes.
_STANDS = (
    "{0}.part IN ('leader', 'contact') AND NOT EXISTS ("
    "SELECT 1 FROM members_affiliationend ended WHERE ended.affiliation_id = {0}.id)"
)

guards.append_only(Affiliation, AffiliationEnd)
guards.rule(
    "members_affiliation_stands_once",
    Affiliation,
    broken_when=(
        "EXISTS (SELECT 1 FROM members_affiliation other WHERE other.person_id = NEW.person_id"
        " AND other.community_id = NEW.community_id AND other.part = NEW.part AND NOT EXISTS ("
        "SELECT 1 FROM members_affiliationend ended WHERE ended.affiliation_id = other.id))"
    ),
    words="this person has this part in the community already",
)
guards.rule(
    "members_community_keeps_a_leader",
    AffiliationEnd,
    broken_when=(
        "EXISTS (SELECT 1 FROM members_affiliation gone WHERE gone.id = NEW.affiliation_id"
        " AND gone.part = 'leader' AND NOT EXISTS ("
        "SELECT 1 FROM members_affiliation other WHERE other.community_id = gone.community_id"
        " AND other.part = 'leader' AND other.id <> gone.id AND other.since <= NEW.\"on\""
        " AND NOT EXISTS ("
        "SELECT 1 FROM members_affiliationend ended WHERE ended.affiliation_id = other.id)))"
    ),
    words="a community never loses its last leader: name another one first",
)
# Two ends in two open transactions do not see each other: the actions lock the community first.
guards.rule(
    "members_community_keeps_two_contacts",
    AffiliationEnd,
    broken_when=(
        "EXISTS (SELECT 1 FROM members_affiliation gone WHERE gone.id = NEW.affiliation_id"  # noqa: S608
        " AND gone.part IN ('leader', 'contact')"
        " AND coalesce((SELECT e.step FROM members_membershipevent e"
        " WHERE e.party_id = gone.community_id ORDER BY e.id DESC LIMIT 1), '')"
        " IN ('admitted', 'active', 'dormant')"
        " AND (SELECT count(DISTINCT other.person_id) FROM members_affiliation other"
        " WHERE other.community_id = gone.community_id AND other.id <> gone.id AND "
        + _STANDS.format("other")
        + ") < 2)"
    ),
    words="a community that is a member keeps at least two contacts: name another one first",
)
guards.rule(
    "members_community_has_two_contacts",
    MembershipEvent,
    broken_when=(
        "NEW.step = 'admitted' AND EXISTS ("  # noqa: S608
        "SELECT 1 FROM members_party p WHERE p.id = NEW.party_id AND p.kind = 'community')"
        " AND (SELECT count(DISTINCT other.person_id) FROM members_affiliation other"
        " WHERE other.community_id = NEW.party_id AND " + _STANDS.format("other") + ") < 2"
    ),
    words="a community is admitted with at least two contacts: name them first",
)
