"""The list of what stands too long, by village: to be signed in the car, or used for calls."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from ayil.consignment.ageing import Look, OfOwner
from ayil.kit.document import Document, Facts, Grid, Words
from ayil.kit.written import day, money, number
from ayil.members.models import Shop
from ayil.places.models import Place


def list_number(shop: Shop, on: date) -> str:
    """The number that stands on the paper, and that whoever types a choice from it names."""
    return f"C-{on:%y%m%d}-{shop.code}"


def ageing_list(
    shop: Shop, owners: Sequence[OfOwner], on: date, *, with_phones: bool = False
) -> Document:
    """In the order in which a car goes: district by district, village by village."""
    return Document(
        title=_("Goods that stand too long"),
        subtitle=_("List %(number)s") % {"number": list_number(shop, on)},
        house=shop.name,
        is_wide=True,
        parts=[
            Facts([(_("Printed on"), day(on))]),
            Words(
                _(
                    "The owner chooses, the shop does nothing without them: 1 lower the price, "
                    "2 send it back with the car, 3 give it away, 4 come and take it home, "
                    "5 leave it on the shelf. Write the number, and the new price beside 1."
                )
            ),
            *(_village(village, some, with_phones) for village, some in _by_village(owners)),
            *([] if owners else [Words(_("Nothing stands too long."))]),
        ],
        foot=list_number(shop, on),
    )


def _by_village(owners: Sequence[OfOwner]) -> list[tuple[Place | None, list[OfOwner]]]:
    found: dict[Place | None, list[OfOwner]] = {}
    for one in owners:
        found.setdefault(one.owner.village, []).append(one)
    return sorted(found.items(), key=lambda item: _order(item[0]))


def _order(village: Place | None) -> tuple[bool, str, str, str]:
    if village is None:
        return (True, "", "", "")
    district = village.parent
    return (False, district.sort_key_ky if district else "", village.sort_key_ky, village.code)


def _village(village: Place | None, owners: Sequence[OfOwner], with_phones: bool) -> Grid:
    return Grid(
        title=village.name if village else _("Village not known"),
        head=[
            _("Owner"), _("Goods"), _("Why"), _("Days"), _("Pieces"), _("Sold in 4 weeks"),
            _("Price"), _("Choice 1–5"), _("New price"), _("Signature"),
        ],
        rows=[_row(one, look, with_phones) for one in owners for look in one.looks],
        numbers=[3, 4, 5, 6],
        widths=[4, 4, 3, 1, 1, 2, 2, 2, 2, 3],
    )  # fmt: skip


def _row(one: OfOwner, look: Look, with_phones: bool) -> list[str]:
    price = look.price
    phone = one.owner.phone if with_phones else ""
    who = f"{one.owner.name}\n{phone}" if phone else one.owner.name
    return [
        who, look.lot.variant.name, look.why_words, number(look.days),
        number(look.lot.balance.on_shelf), number(look.sold_lately),
        money(price.amount_minor, price.currency) if price else "–", "", "", "",
    ]  # fmt: skip
