"""Planned goods are entered: products and forms in a few statements, however many they are."""

from collections.abc import Sequence

from ayil.kit import search
from ayil.products.lists.goods_plan import NewGoods, PlannedForm
from ayil.products.models import Product, Variant

_AT_ONCE = 500
_SORTED = ("sort_key_en", "sort_key_ru", "sort_key_ky")


def enter_goods(planned: Sequence[PlannedForm]) -> None:
    """Call inside a transaction, with what was planned in it."""
    new = {id(one.goods): one.goods for one in planned if isinstance(one.goods, NewGoods)}
    made = [Product(owner=one.owner, kind=one.kind, **one.names) for one in new.values()]
    Product.objects.bulk_create(made, batch_size=_AT_ONCE)
    search.remember_many(Product, {one.pk: list(one.names.values()) for one in made})
    product_of = dict(zip(new, made, strict=True))
    forms = [
        Variant(
            product=product_of[id(one.goods)]
            if isinstance(one.goods, NewGoods)
            else one.goods.product,
            code=one.code,
            form=one.form,
        )
        for one in planned
        if one.variant is None
    ]
    Variant.objects.bulk_create(forms, batch_size=_AT_ONCE)
    _change_forms(planned)
    _fill_names(planned)


def _change_forms(planned: Sequence[PlannedForm]) -> None:
    changed = []
    for one in planned:
        if one.variant is not None and one.new_form is not None:
            one.variant.form = one.new_form
            changed.append(one.variant)
    Variant.objects.bulk_update(changed, ["form"], batch_size=_AT_ONCE)


def _fill_names(planned: Sequence[PlannedForm]) -> None:
    """Gaps only: the words of a name that stood stay, so that new ones are added to them."""
    filled: dict[int, Product] = {}
    for one in planned:
        if not isinstance(one.goods, NewGoods) and one.fills:
            product = filled.setdefault(one.goods.product.pk, one.goods.product)
            for column, name in one.fills.items():
                setattr(product, column, name)
    fields = [field for field in Product._meta.concrete_fields if field.name in _SORTED]
    for product in filled.values():
        for field in fields:
            field.pre_save(product, False)
    Product.objects.bulk_update(
        filled.values(), ["name_ky", "name_ru", "name_en", *_SORTED], batch_size=_AT_ONCE
    )
    search.remember_many(Product, {pk: list(one.names.values()) for pk, one in filled.items()})
