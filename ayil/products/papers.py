"""An owner's prices on paper: what I ask for what, to be signed where there is no phone."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.written import day, money, numeric_day
from ayil.members.models import Party
from ayil.products.priced import Priced


def sheet_number(owner: Party, on: date) -> str:
    """The number that stands on the paper, and that whoever types it in names."""
    return f"P-{on:%y%m%d}-{owner.pk}"


def price_sheet(owner: Party, goods: Sequence[Priced], on: date) -> Document:
    """What holds now, with room for the new price, its day and how low the shop may go."""
    village = owner.village
    return Document(
        title=_("What I ask for my goods"),
        subtitle=_("Price sheet %(number)s") % {"number": sheet_number(owner, on)},
        parts=[
            Facts(
                [
                    (_("Owner"), owner.name),
                    (_("Village"), village.name if village else "–"),
                    (_("Printed on"), day(on)),
                ]
            ),
            Words(
                _(
                    "The price belongs to the owner alone. Write a new price only where it "
                    "changes; it holds from the day that you write, never from an earlier one."
                )
            ),
            Grid(
                head=[
                    _("Goods"),
                    _("Price now"),
                    _("Lowest now"),
                    _("New price"),
                    _("Lowest"),
                    _("From the day"),
                ],
                rows=[_row(one) for one in goods],
                numbers=[1, 2],
                widths=[3, 2, 2, 2, 2, 2],
            ),
            Words(
                _(
                    "Lowest: how low the shop may go with one piece. Where nothing is written, the "
                    "shop gives no discount."
                ),
                small=True,
            ),
            Signs([(_("Owner"), owner.name), (_("Written into the books by"), "")]),
        ],
        foot=sheet_number(owner, on),
    )


def _row(one: Priced) -> list[str]:
    price = one.now
    coming = "".join(
        f"\n{money(next_one.amount_minor, next_one.currency)}: {numeric_day(next_one.valid_from)}"
        for next_one in one.coming
    )
    return [
        one.variant.name,
        (money(price.amount_minor, price.currency) if price else "–") + coming,
        money(price.floor_minor, price.currency) if price and price.floor_minor else "–",
        "",
        "",
        "",
    ]
