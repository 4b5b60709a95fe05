"""Goods as lists name them: found among what an owner makes, by number, name, code and form."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.lists import Reader, same_words, written
from ayil.kit.lists.columns import Names
from ayil.kit.names import LANGUAGES_IN_TURN
from ayil.kit.spelling import alike
from ayil.members.models import Party
from ayil.products.models import Product, Variant

LONGEST_NAME, LONGEST_CODE, LONGEST_FORM = 120, 60, 60
ONLY_FORM = "1"  # the code of goods that come in one form without a name
# How a list of prices or lots names the goods that a row is about.
NAMING_COLUMNS: Mapping[str, Names] = {
    "goods": {
        "ky": ("буюму", "товары", "аталышы"),
        "ru": ("изделие", "товар", "название"),
        "en": ("goods", "product", "name"),
    },
    "form": {
        "ky": ("түрү-өлчөмү", "өлчөмү"),
        "ru": ("вид, размер", "размер", "фасовка"),
        "en": ("form", "size"),
    },
    "code": {"ky": ("коду", "код"), "ru": ("код", "артикул"), "en": ("code", "sku")},
    "number": {
        "ky": ("буюмдун номери",),
        "ru": ("номер изделия", "номер товара"),
        "en": ("number of the goods", "goods number"),
    },
}
NAMING_ABOUT: Mapping[str, str] = {
    "goods": gettext_noop("The name of the goods in any of the three languages."),
    "form": gettext_noop("The size, colour or jar, where the goods come in several."),
    "code": gettext_noop("The code of this form, where it has one."),
    "number": gettext_noop("Stands in lists that came from here; may be empty."),
}


@dataclass(frozen=True)
class Goods:
    """A product with its forms, as it stands in the records."""

    product: Product
    forms: Sequence[Variant]

    def is_called(self, name: str) -> bool:
        return any(same_words(name, one) for one in self.product.names.values() if one)

    def named(self, code: str, form: str) -> Variant | None:
        """The form of that code, or where there is no code, of those words; None for a new one."""
        if code:
            return self._of_code(code, form)
        found = [one for one in self.forms if same_words(one.form, form)]
        if not found and not form and len(self.forms) == 1:
            return self.forms[0]
        return found[0] if len(found) == 1 else self._of_code(form or ONLY_FORM, form)

    def _of_code(self, code: str, form: str) -> Variant | None:
        found = [one for one in self.forms if written(one.code) == code]
        found = found or [one for one in self.forms if alike(written(one.code)) == alike(code)]
        if len(found) > 1:
            found = [one for one in found if same_words(one.form, form)]
        return found[0] if len(found) == 1 else None


@dataclass
class Shelf:
    """What the owners of a list make. Two queries."""

    of_owner: dict[int, list[Goods]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, Goods] = field(default_factory=dict)

    @classmethod
    def of(cls, owners: QuerySet[Party]) -> "Shelf":
        shelf, whose = cls(), owners.order_by().values("pk")
        forms: dict[int, list[Variant]] = defaultdict(list)
        variants = Variant.objects.filter(product__owner__in=whose).order_by("id")
        for variant in variants.iterator(chunk_size=5000):
            forms[variant.product_id].append(variant)
        products = Product.objects.filter(owner__in=whose).order_by("id")
        for product in products.iterator(chunk_size=5000):
            goods = Goods(product, forms[product.pk])
            for variant in goods.forms:
                variant.product = product
            shelf.of_owner[product.owner_id].append(goods)
            shelf.by_number[str(product.pk)] = goods
        return shelf

    def goods(self, owner: Party, number: str, names: Iterable[str]) -> Goods | None:
        """What the owner makes under this number or any of the names; None for nothing such.

        AyilError where the number is another's, or several are called so.
        """
        if number:
            found = self.by_number.get(number)
            if found is None or found.product.owner_id != owner.pk:
                raise AyilError(
                    _("%(owner)s has no goods of the number %(number)s. Leave it empty.")
                    % {"owner": owner, "number": number}
                )
            return found
        given = [name for name in names if name]
        called = [one for one in self.of_owner[owner.pk] if any(map(one.is_called, given))]
        if len(called) > 1:
            called = [one for one in called if all(map(one.is_called, given))] or called
        if len(called) > 1:
            raise AyilError(
                _("%(owner)s has several goods called «%(name)s». Give the number of the goods.")
                % {"owner": owner, "name": given[0]}
            )
        return called[0] if called else None

    def variant(self, reader: Reader, owner: Party) -> Variant | None:
        """The form that a row of prices or lots is about; None with a fault where there is none."""
        name = reader.text("goods", LONGEST_NAME)
        number, code = reader.text("number", 20), reader.text("code", LONGEST_CODE)
        form = reader.text("form", LONGEST_FORM)
        try:
            goods = self.goods(owner, number, [name])
        except AyilError as error:
            reader.fault("number" if number else "goods", str(error))
            return None
        if goods is None or (name and not goods.is_called(name)):
            reader.fault("goods", self._what_there_is(owner, name))
            return None
        variant = goods.named(code, form)
        if variant is None:
            known = ", ".join(f"{one.code} ({one.form})" if one.form else one.code
                              for one in goods.forms)  # fmt: skip
            words = _("%(goods)s comes in: %(known)s. Write the code of one.")
            reader.fault("code", words % {"goods": goods.product, "known": known})
        elif form and not same_words(form, variant.form):
            words = _("The form of the code %(code)s is «%(form)s». Mend one of the two.")
            reader.fault("form", words % {"code": variant.code, "form": variant.form})
        return variant

    def _what_there_is(self, owner: Party, name: str) -> str:
        made = [one.product.name for one in self.of_owner[owner.pk]][:5]
        if not made:
            return _("%(owner)s has no goods in the records. Import the list of goods first.") % {
                "owner": owner
            }
        return _("%(owner)s has no goods called «%(name)s». There are: %(made)s.") % {
            "owner": owner,
            "name": name,
            "made": ", ".join(made),
        }


def naming_cells(variant: Variant) -> dict[str, str]:
    """The columns that name these goods when a list is given out."""
    return {
        "goods": variant.product.name,
        "form": variant.form,
        "code": variant.code,
        "number": str(variant.product_id),
    }


def with_goods(variants: QuerySet[Variant]) -> QuerySet[Variant]:
    """In the order in which lists are given out: by owner, goods, form."""
    return variants.select_related("product__owner").order_by(
        "product__owner__sort_key", "product__owner_id", "product_id", "id"
    )


NAME_COLUMNS = tuple(f"name_{language}" for language in LANGUAGES_IN_TURN)
