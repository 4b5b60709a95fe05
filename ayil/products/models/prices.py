"""The owner's dated price, and what a shop asks of it: the shop may ask, never set."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayil.kit import guards
from ayil.members.models import Party, Shop
from ayil.products.models.goods import Variant


class Price(models.Model):
    """What the owner asks from a day on (invariant 5): never set by another, never reaching back.

    `set_by` is the owner, or a leader or contact of the community that owns the product.
    `floor_minor` is how low the shop may go with one piece; without it there is no discount.
    Who else typed it, typed it from a `paper` that the owner signed, and names its number.
    """

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="prices")
    amount_minor = models.BigIntegerField()
    floor_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    set_on = models.DateField()
    set_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    typed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["variant_id", "valid_from"]
        constraints = [
            models.CheckConstraint(name="price_not_negative", condition=Q(amount_minor__gte=0)),
            models.CheckConstraint(
                name="floor_within_price",
                condition=Q(floor_minor__isnull=True)
                | Q(floor_minor__gte=0, floor_minor__lte=F("amount_minor")),
            ),
            models.CheckConstraint(
                name="price_never_reaches_back", condition=Q(valid_from__gte=F("set_on"))
            ),
            models.CheckConstraint(
                name="price_typed_by_another_has_paper",
                condition=Q(typed_by=F("set_by")) | ~Q(paper=""),
            ),
            models.UniqueConstraint(fields=["variant", "valid_from"], name="one_price_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.amount_minor} {self.currency} from {self.valid_from}"


class PriceAsk(models.Model):
    """A shop asks an owner for another price, and says why; nothing changes by it.

    `shelf_days` and `sold_lately` are what the shop's books said of the last four weeks on that
    day: how long the oldest piece had stood, and how many were sold. Empty where not known.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="price_asks")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="price_asks")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=300)
    shelf_days = models.PositiveIntegerField(null=True, blank=True)
    sold_lately = models.IntegerField(null=True, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="asked_price_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(name="asked_price_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} asks {self.amount_minor} for {self.variant_id}"


class PriceAnswer(models.Model):
    """What the owner said to it: yes or another price (which they set by it), or no."""

    class Said(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        OTHER = "other", _("another price")

    ask = models.OneToOneField(PriceAsk, on_delete=models.PROTECT, related_name="answer")
    said = models.CharField(max_length=5, choices=Said)
    price = models.ForeignKey(
        Price, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    typed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=40, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answer_with_a_price_unless_no",
                condition=Q(said="no", price__isnull=True)
                | Q(said__in=["yes", "other"], price__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_typed_by_another_has_paper",
                condition=Q(typed_by=F("by")) | ~Q(paper=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id}: {self.said}"


guards.append_only(Price, PriceAsk, PriceAnswer)


def owner_speaks(variant: str, person: str) -> str:
    """SQL: this person owns the variant's product, or speaks for the community that does."""
    return (
        "EXISTS (SELECT 1 FROM products_variant v "  # noqa: S608 - our own names
        "JOIN products_product p ON p.id = v.product_id "
        f"WHERE v.id = {variant} AND (p.owner_id = {person} OR EXISTS "
        "(SELECT 1 FROM members_affiliation a WHERE a.community_id = p.owner_id "
        f"AND a.person_id = {person} AND a.part IN ('leader', 'contact') AND NOT EXISTS "
        "(SELECT 1 FROM members_affiliationend e WHERE e.affiliation_id = a.id))))"
    )


guards.rule(
    "price_set_by_owner",
    Price,
    broken_when=f"NOT {owner_speaks('NEW.variant_id', 'NEW.set_by_id')}",
    words="only the owner sets a price",
)
guards.rule(
    "price_in_order",
    Price,
    broken_when=(
        "EXISTS (SELECT 1 FROM products_price p WHERE p.variant_id = NEW.variant_id "
        "AND p.valid_from >= NEW.valid_from)"
    ),
    words="a price change never reaches back: a later price stands already",
)
guards.rule(
    "one_open_price_ask",
    PriceAsk,
    broken_when=(
        "EXISTS (SELECT 1 FROM products_priceask k WHERE k.variant_id = NEW.variant_id "
        "AND k.shop_id = NEW.shop_id AND NOT EXISTS "
        "(SELECT 1 FROM products_priceanswer r WHERE r.ask_id = k.id))"
    ),
    words="the shop asks once, and waits for the owner's answer",
)
guards.rule(
    "price_ask_answered_by_owner",
    PriceAnswer,
    broken_when=(
        "NOT EXISTS (SELECT 1 FROM products_priceask k WHERE k.id = NEW.ask_id AND "  # noqa: S608
        f"{owner_speaks('k.variant_id', 'NEW.by_id')}) OR (NEW.price_id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM products_price c JOIN products_priceask k "
        "ON k.variant_id = c.variant_id WHERE c.id = NEW.price_id AND k.id = NEW.ask_id))"
    ),
    words="the owner answers what a shop asks of a price, by a price of the same goods",
)
