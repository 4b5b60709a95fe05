"""The list for the car: village by village, what to pick up and what to bring."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from ayil.consignment.car import Item, Stop, route
from ayil.consignment.models import CarLine, CarTrip
from ayil.kit.document import Document, Facts, Grid, Signs, document_pdf
from ayil.kit.written import day


def trip_pdf(trip: CarTrip, *, code: str, at: datetime) -> bytes:
    """In the reader's language: the driver's, who stands beside them."""
    lines = trip.lines.select_related("party__village__parent")
    parts: list[Facts | Grid | Signs] = [Facts([(_("Day"), day(trip.on))])]
    parts += [grid for stop in route(lines) for grid in _grids(stop)]
    parts.append(Signs([(_("Driver"), ""), (_("For the shop"), trip.by.name)]))
    paper = Document(
        title=_("List for the car"),
        subtitle=day(trip.on),
        house=trip.shop.name,
        code=code,
        parts=parts,
    )
    return document_pdf([paper], at=at)


def _grids(stop: Stop) -> Iterable[Grid]:
    place = stop.village.name if stop.village else _("Village not known")
    for words, lines in ((_("pick up"), stop.pick_up), (_("bring"), stop.bring)):
        if lines:
            yield Grid(
                [_("With whom"), _("Phone"), _("What"), _("Paper"), _("Done")],
                [_row(line) for line in lines],
                title=f"{place}: {words}",
                widths=[2, 0, 2, 0, 0],
            )


def _row(line: Item | CarLine) -> list[str]:
    return [line.party.name, line.party.phone, line.words, line.document, "____"]
