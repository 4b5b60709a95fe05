"""Products enter with their owner; prices are the owner's alone."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.models import Decision
from ayil.decisions.queries import standing_decisions
from ayil.kit.errors import AyilError
from ayil.members.models import Affiliation, Party
from ayil.members.queries import affiliations_on
from ayil.members.rights import Right, require
from ayil.products.models import Price, Product, ProductKind, Variant, VillageProduct


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


def set_price(
    *,
    variant: Variant,
    amount_minor: int,
    currency: str,
    valid_from: date,
    set_by: Party,
    typed_by: Party,
    on: date,
    floor_minor: int | None = None,
) -> Price:
    """The owner's word, from a day on; never another's, never back in time (invariant 5).

    `floor_minor`: how low the shop may go with one piece; without it, it gives no discount.
    """
    owner = variant.product.owner
    if set_by != owner and not _speaks_for(set_by, owner, on):
        raise AyilError(
            _(
                "%(set_by)s cannot price %(variant)s: it belongs to %(owner)s. Ask the "
                "owner to set it."
            )
            % {"set_by": set_by, "variant": variant, "owner": owner}
        )
    if valid_from < on:
        raise AyilError(
            _(
                "A price of %(variant)s from %(valid_from)s would reach back; today is "
                "%(on)s. Give today or a later day."
            )
            % {"variant": variant, "valid_from": valid_from, "on": on}
        )
    if floor_minor is not None and not 0 <= floor_minor <= amount_minor:
        raise AyilError(
            _("The lowest price of %(variant)s must lie between nothing and its price.")
            % {"variant": variant}
        )
    later = variant.prices.filter(valid_from__gte=valid_from).first()
    if later is not None:
        raise AyilError(
            _("%(variant)s has a price from %(valid_from)s already. Give a later day.")
            % {"variant": variant, "valid_from": later.valid_from}
        )
    return Price.objects.create(
        variant=variant,
        amount_minor=amount_minor,
        floor_minor=floor_minor,
        currency=currency,
        valid_from=valid_from,
        set_on=on,
        set_by=set_by,
        typed_by=typed_by,
    )


def _speaks_for(person: Party, owner: Party, on: date) -> bool:
    return (
        affiliations_on(person, on)
        .filter(community=owner, part__in=[Affiliation.Part.LEADER, Affiliation.Part.CONTACT])
        .exists()
    )
