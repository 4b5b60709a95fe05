"""Products enter with their owner, get names, and carry their village's name."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.models import Decision
from ayil.decisions.queries import standing_decisions
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.rights import Right, require
from ayil.products.models import Product, ProductKind, Variant, VillageProduct


def enter_product(
    *,
    owner: Party,
    kind: ProductKind,
    names: tuple[str, str, str],
    forms: list[tuple[str, str]],
) -> Product:
    """`names` in English, Russian, Kyrgyz (empty where not translated yet); `forms` are pairs of
    a code and a form ("80g", "jar 250 g"), one variant each."""
    if not any(name.strip() for name in names):
        raise AyilError(
            _("A product of %(owner)s needs a name in at least one language.") % {"owner": owner}
        )
    if not forms:
        raise AyilError(
            _("%(name)s needs at least one form that is priced.") % {"name": names[0] or names[2]}
        )
    with transaction.atomic():
        product = Product.objects.create(
            owner=owner, kind=kind, name_en=names[0], name_ru=names[1], name_ky=names[2]
        )
        for code, form in forms:
            Variant.objects.create(product=product, code=code, form=form)
    return product


def give_name(*, product: Product, language: str, name: str, by: Party, on: date) -> Product:
    """Fills in a language that has no name yet; a name that stands is the owner's to change."""
    require(by, Right.GIVE_WORDS, on=on)
    words = " ".join(name.split())
    longest = Product._meta.get_field("name_ky").max_length or 0
    if not words or len(words) > longest:
        raise AyilError(
            _("A name has between 1 and %(longest)s letters. Write it again.")
            % {"longest": longest}
        )
    with transaction.atomic():
        fresh = Product.objects.select_for_update().get(pk=product.pk)
        if language not in fresh.lacks:
            raise AyilError(
                _("%(product)s has a name in this language already; nothing was changed.")
                % {"product": fresh}
            )
        setattr(fresh, f"name_{language}", words)
        fresh.save()
    return fresh


def name_village_product(
    *, product: Product, decision: Decision, on: date, by: Party
) -> VillageProduct:
    """The product carries its village's name from a day on (invariant 6)."""
    standing = standing_decisions(on).filter(pk=decision.pk).exists()
    if not standing or product.owner.village_id != decision.village_id:
        village = product.owner.village or _("its village")
        raise AyilError(
            _(
                "%(product)s cannot be a village product: no standing decision of "
                "%(village)s says so. The assembly has to decide first."
            )
            % {"product": product, "village": village}
        )
    return VillageProduct.objects.create(product=product, decision=decision, on=on, by=by)
