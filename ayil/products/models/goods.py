"""Products, their variants, their photos, and whose village's name they carry."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models import Decision
from ayil.decisions.models.outcomes import stands_in_sql
from ayil.kit import guards
from ayil.kit.names import NamedInLanguages
from ayil.members.models import Party, PartyPhoto


class ProductKind(models.TextChoices):
    CRAFT = "craft", _("craft")
    FOOD = "food", _("processed food")
    RAW = "raw", _("raw produce")
    OTHER = "other", _("other goods")


class Product(NamedInLanguages):
    """What an owner makes; names stay empty in a language until somebody gives them."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="products")
    kind = models.CharField(max_length=5, choices=ProductKind)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="product_has_a_name",
                condition=~Q(name_en="") | ~Q(name_ru="") | ~Q(name_ky=""),
            )
        ]


class Variant(models.Model):
    """One form of a product that is priced and counted: a size, a colour, a jar."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    code = models.CharField(max_length=60)
    form = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="one_variant_a_code")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.product.name}, {self.form}" if self.form else self.product.name


class ProductPhoto(models.Model):
    """A photo of these goods, sent by who makes them; the last one that stands is shown.

    It goes with its photo, which an erasure deletes.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(PartyPhoto, on_delete=models.CASCADE, related_name="of_product")

    class Meta:
        ordering = ["product_id", "-id"]

    def __str__(self) -> str:
        return f"photo of {self.product_id}"


class VillageProduct(models.Model):
    """A product carries its village's name, because the village decided so (invariant 6)."""

    product = models.OneToOneField(
        Product, on_delete=models.PROTECT, related_name="village_product"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="village_products"
    )
    on = models.DateField()
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.product_id} by decision {self.decision_id}"


guards.append_only(ProductPhoto, delete=False)
guards.append_only(VillageProduct)
# Invariant 6: no village product without a standing decision of that village's own members.
guards.rule(
    "village_product_is_decided",
    VillageProduct,
    broken_when=(
        f"NOT {stands_in_sql('NEW.decision_id')} OR NOT EXISTS "  # noqa: S608 - our own names
        "(SELECT 1 FROM decisions_decision d JOIN members_party o ON o.village_id = d.village_id "
        "JOIN products_product p ON p.owner_id = o.id "
        "WHERE d.id = NEW.decision_id AND p.id = NEW.product_id)"
    ),
    words="a village product needs a standing decision of its own village",
)
