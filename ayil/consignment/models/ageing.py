"""What stands too long or expires soon: the shop asks its owner, the owner chooses what to do."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.consignment.models.deliveries import Lot
from ayil.kit import guards
from ayil.members.models import Party
from ayil.products.models import Price


class AgeingAsk(models.Model):
    """The shop asks an owner what shall become of a lot; nothing is done without the answer.

    What its books said on that day stands beside it: pieces on the shelf, days there, pieces sold
    in the last four weeks. After `answer_by` the desk reminds the shop; that is all that happens.
    """

    class Why(models.TextChoices):
        STANDS = "stands", _("it stands too long")
        EXPIRES = "expires", _("it expires soon")
        EXPIRED = "expired", _("its date is past")

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="ageing_asks")
    why = models.CharField(max_length=7, choices=Why)
    on_shelf = models.PositiveIntegerField()
    shelf_days = models.PositiveIntegerField()
    sold_lately = models.IntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    answer_by = models.DateField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="ageing_answer_after_ask", condition=Q(answer_by__gt=F("on"))
            ),
            models.CheckConstraint(name="ageing_of_what_is_there", condition=Q(on_shelf__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.why}"


class AgeingChoice(models.Model):
    """What the owner chose; the price is theirs, set by the same answer.

    `after_movement` is the lot's last movement at that moment: what came later, came of it.
    """

    class Way(models.TextChoices):
        PRICE = "price", _("lower the price")
        CAR = "car", _("send it back with the car")
        GIVE = "give", _("give it away")
        TAKE = "take", _("come and take it home")
        KEEP = "keep", _("leave it on the shelf")

    ask = models.OneToOneField(AgeingAsk, on_delete=models.PROTECT, related_name="choice")
    way = models.CharField(max_length=5, choices=Way)
    price = models.ForeignKey(
        Price, null=True, blank=True, on_delete=models.PROTECT, related_name="ageing_choices"
    )
    words = models.CharField(max_length=300, blank=True)
    after_movement = models.BigIntegerField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    typed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="only_a_lower_price_has_one",
                condition=Q(way="price", price__isnull=False)
                | (~Q(way="price") & Q(price__isnull=True)),
            ),
            models.CheckConstraint(
                name="choice_typed_by_another_has_paper",
                condition=Q(typed_by=F("by")) | ~Q(paper=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id}: {self.way}"


guards.append_only(AgeingAsk, AgeingChoice)
guards.rule(
    "one_open_ageing_ask",
    AgeingAsk,
    broken_when=(
        "EXISTS (SELECT 1 FROM consignment_ageingask k WHERE k.lot_id = NEW.lot_id AND NOT EXISTS "
        "(SELECT 1 FROM consignment_ageingchoice c WHERE c.ask_id = k.id))"
    ),
    words="the owner was asked about this lot already, and has not answered",
)
guards.rule(
    "ageing_is_the_owners_choice",
    AgeingChoice,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM consignment_ageingask k "
        "JOIN consignment_lot l ON l.id = k.lot_id WHERE k.id = NEW.ask_id "
        "AND (l.consignor_id = NEW.by_id OR EXISTS (SELECT 1 FROM members_affiliation a "
        "WHERE a.community_id = l.consignor_id AND a.person_id = NEW.by_id "
        "AND a.part IN ('leader', 'contact') AND NOT EXISTS (SELECT 1 FROM members_affiliationend "
        "e WHERE e.affiliation_id = a.id)))) OR (NEW.price_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM products_price p JOIN consignment_lot l ON l.variant_id = p.variant_id "
        "JOIN consignment_ageingask k ON k.lot_id = l.id "
        "WHERE p.id = NEW.price_id AND k.id = NEW.ask_id))"
    ),
    words="only the owner chooses what becomes of their goods",
)
