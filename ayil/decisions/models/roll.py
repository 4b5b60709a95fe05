"""The roll of an assembly, who came, and how many were in the room.

A tick is never taken back: two tablets that were without a network send theirs later, and what
one of them took back the other would bring again. Where a tick is wrong, the heads in the room are
counted, and that count is written (`QuorumCount.present` may be less than the ticks).
"""

from django.db import models
from django.db.models import F, Q

from ayil.decisions.models.assemblies import Assembly
from ayil.decisions.rules import BARRED_ROLES
from ayil.kit import guards
from ayil.members.models import Party, Sex


class RollEntry(models.Model):
    """One adult resident, as the posted roll has them: number, name, year of birth, sex.

    `leaf` is the SHA-256 of these and of 16 random bytes; the roll's fingerprint is taken over
    the leaves. Where the person is erased, name, year and the random bytes go and the leaf stays:
    the fingerprint holds, and nobody can guess a name back from it (docs/decisions/0006).

    `provisional`: added after the freezing, by signatures of registrar and chair; such an entry is
    in a fingerprint of its own. `again` counts the person's earlier entries, all struck: an entry
    whose name was written wrong is struck and made anew.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="roll")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="roll_entries")
    name = models.CharField(max_length=160)
    born_year = models.SmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=5, choices=Sex, blank=True)
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)
    provisional = models.BooleanField(default=False)
    again = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["assembly_id", "number"]
        verbose_name_plural = "roll entries"
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "person", "again"], name="one_entry_a_person"
            ),
            models.UniqueConstraint(fields=["assembly", "number"], name="one_entry_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


# Entries that count: not struck; the roll itself is what was frozen, without later additions.
MAY_VOTE = Q(striking__isnull=True)
ON_ROLL = MAY_VOTE & Q(provisional=False)


class RollFreezing(models.Model):
    """From here on the roll and the rules of the vote stand; `sha256` is read aloud.

    The quorum is a share of the roll, as two whole numbers; `ties` says what breaks a tie.
    """

    assembly = models.OneToOneField(Assembly, on_delete=models.PROTECT, related_name="freezing")
    roll_size = models.PositiveIntegerField()
    quorum_numerator = models.PositiveSmallIntegerField()
    quorum_denominator = models.PositiveSmallIntegerField()
    ties = models.CharField(max_length=60)
    sha256 = models.BinaryField(max_length=32)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="roll_not_empty", condition=Q(roll_size__gt=0)),
            models.CheckConstraint(
                name="quorum_is_a_share",
                condition=Q(quorum_numerator__gt=0, quorum_numerator__lte=F("quorum_denominator")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly_id}: {bytes(self.sha256).hex()[:12]}"


class AttendanceMark(models.Model):
    """Someone on the roll came. No time, no order and nothing that a ballot could be matched by:
    the row's key is the roll's own."""

    entry = models.OneToOneField(
        RollEntry, primary_key=True, on_delete=models.PROTECT, related_name="mark"
    )

    def __str__(self) -> str:
        return str(self.entry_id)


class QuorumCount(models.Model):
    """A count of who is in the room: at the opening, and again before a vote."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="quorum_counts")
    present = models.PositiveIntegerField()
    women = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "id"]
        constraints = [
            models.CheckConstraint(name="women_among_present", condition=Q(women__lte=F("present")))
        ]

    def __str__(self) -> str:
        return f"{self.present} of {self.needed}"

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed


_BARRED = ", ".join(f"'{role}'" for role in sorted(BARRED_ROLES))

guards.append_only(RollFreezing, AttendanceMark, QuorumCount)
guards.append_only(RollEntry, update=False)
guards.fixed(
    RollEntry, "id", "assembly", "number", "person", "sex", "leaf", "provisional", "again", "by"
)
guards.rule(
    "roll_changes_by_erasure_alone",
    RollEntry,
    on="update",
    broken_when=(
        "length(NEW.salt) <> 0 OR NEW.born_year IS NOT NULL OR NOT EXISTS ("
        "SELECT 1 FROM members_erasure e JOIN members_party p ON p.id = e.party_id "
        "WHERE p.id = NEW.person_id AND p.name = NEW.name)"
    ),
    words="a roll's entry changes only where the person is erased, into their pseudonym",
)
guards.rule(
    "roll_is_open",
    RollEntry,
    broken_when=(
        "NOT NEW.provisional AND EXISTS (SELECT 1 FROM decisions_rollfreezing f "
        "WHERE f.assembly_id = NEW.assembly_id)"
    ),
    words="the roll is frozen: nobody is added or taken off before the vote",
)
guards.rule(
    "provisional_between_freezing_and_vote",
    RollEntry,
    broken_when=(
        "NEW.provisional AND (NOT EXISTS (SELECT 1 FROM decisions_rollfreezing f "
        "WHERE f.assembly_id = NEW.assembly_id) OR EXISTS (SELECT 1 FROM decisions_poll p "
        "WHERE p.assembly_id = NEW.assembly_id))"
    ),
    words="the provisional list is open from the freezing of the roll to the opening of the vote",
)
guards.rule(
    "posted_roll_grows_by_objection",
    RollEntry,
    broken_when=(
        "NOT NEW.provisional AND EXISTS (SELECT 1 FROM decisions_rollposting p "
        "WHERE p.assembly_id = NEW.assembly_id) AND NOT EXISTS (SELECT 1 FROM "
        "decisions_rollfreezing f WHERE f.assembly_id = NEW.assembly_id) AND NOT EXISTS ("
        "SELECT 1 FROM decisions_rollobjectionanswer w JOIN decisions_rollobjection o "
        "ON o.id = w.objection_id WHERE o.assembly_id = NEW.assembly_id AND w.upheld "
        "AND w.person_id = NEW.person_id)"
    ),
    words="the roll hangs: whoever is missing is added by an objection that was upheld",
)
guards.rule(
    "entered_again_once_struck",
    RollEntry,
    broken_when=(
        "NEW.again <> (SELECT count(*) FROM decisions_rollentry r "
        "WHERE r.assembly_id = NEW.assembly_id AND r.person_id = NEW.person_id) "
        "OR EXISTS (SELECT 1 FROM decisions_rollentry r WHERE r.assembly_id = NEW.assembly_id "
        "AND r.person_id = NEW.person_id AND NOT EXISTS ("
        "SELECT 1 FROM decisions_rollstriking s WHERE s.entry_id = r.id))"
    ),
    words="one entry a person: another is made only where the earlier one is struck",
)
guards.rule(
    "roll_of_residents",
    RollEntry,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM members_party p JOIN decisions_assembly a "
        "ON a.village_id = p.village_id WHERE p.id = NEW.person_id AND a.id = NEW.assembly_id "
        "AND p.kind = 'person')"
    ),
    words="the roll has people who live in this village and nobody else",
)
# Invariant 6: donor and administration never vote, nor does the association's staff.
guards.rule(
    "roll_without_donor_and_staff",
    RollEntry,
    broken_when=f"""EXISTS (SELECT 1 FROM members_rolegrant g
        JOIN decisions_assembly a ON a.id = NEW.assembly_id
        LEFT JOIN members_roleend e ON e.grant_id = g.id
        WHERE g.party_id = NEW.person_id AND g.since <= a.held_on
        AND (e.id IS NULL OR e."on" > a.held_on) AND g.role IN ({_BARRED}))""",  # noqa: S608 - ours
    words="donor, administration and staff have no vote in a village's assembly",
)
guards.rule(
    "marked_on_frozen_roll",
    AttendanceMark,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM decisions_rollentry r JOIN decisions_rollfreezing f "
        "ON f.assembly_id = r.assembly_id WHERE r.id = NEW.entry_id) "
        "OR EXISTS (SELECT 1 FROM decisions_rollstriking s WHERE s.entry_id = NEW.entry_id)"
    ),
    words="attendance is ticked on a roll that is frozen, and nobody who was struck off it",
)
guards.rule(
    "marked_before_the_minutes",
    AttendanceMark,
    broken_when=(
        "EXISTS (SELECT 1 FROM decisions_rollentry r JOIN decisions_decision d "
        "ON d.assembly_id = r.assembly_id WHERE r.id = NEW.entry_id)"
    ),
    words="the minutes are written: nobody is ticked any more",
)
guards.rule(
    "present_are_marked",
    QuorumCount,
    broken_when=(
        "NEW.present > (SELECT count(*) FROM decisions_attendancemark m "
        "JOIN decisions_rollentry r ON r.id = m.entry_id WHERE r.assembly_id = NEW.assembly_id) "
        "OR NEW.needed < (SELECT max(((f.roll_size + (SELECT count(*) FROM decisions_rollentry v "
        "WHERE v.assembly_id = f.assembly_id AND v.provisional)) * f.quorum_numerator "
        "+ f.quorum_denominator - 1) / f.quorum_denominator) FROM decisions_rollfreezing f "
        "WHERE f.assembly_id = NEW.assembly_id)"
    ),
    words="a quorum counts people who are ticked on the roll, by the share that was frozen",
)
