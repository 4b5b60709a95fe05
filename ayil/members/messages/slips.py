"""Slips of paper for who has no telephone: printed by village, cut, and sent with the next car."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.document import Document, Grid, document_pdf
from ayil.kit.errors import AyilError
from ayil.kit.written import day
from ayil.members.messages.queue import How, end, open_messages
from ayil.members.models import Message, Party, Shop, Way
from ayil.members.rights import Right, require
from ayil.places.models import Place

WITH_THE_CAR = "with the car"


@dataclass(frozen=True)
class Bundle:
    """The slips of one village; None: nobody knows where the person lives."""

    village: Place | None
    slips: Sequence[Message]


def slips_waiting(shop: Shop) -> QuerySet[Message]:
    """By village and name."""
    waiting = open_messages().filter(shop=shop, way=Way.SLIP)
    return waiting.select_related("party__village", "about").order_by(
        "party__village_id", "party__sort_key", "id"
    )


def bundles(slips: Iterable[Message]) -> list[Bundle]:
    """Village by village, in the order of `slips_waiting`."""
    by_village = groupby(slips, key=lambda slip: slip.party.village)
    return [Bundle(village, list(own)) for village, own in by_village]


def slips_pdf(slips: Iterable[Message], *, at: datetime) -> bytes:
    """A sheet a village, a box a person in their own language, to be cut and folded.

    AyilError where no slip waits.
    """
    papers = [_sheet(bundle, at) for bundle in bundles(slips)]
    if not papers:
        raise AyilError(_("No slip waits to be printed. They come with the next sales."))
    return document_pdf(papers, at=at)


def _sheet(bundle: Bundle, at: datetime) -> Document:
    village = bundle.village.name if bundle.village else _("village not known")
    parts = [
        Grid(title=party.name, head=[_title(list(own))], rows=[[one.text] for one in own])
        for party, own in _by_person(bundle.slips)
    ]
    return Document(
        title=_("Slips for %(village)s") % {"village": village},
        subtitle=day(at),
        parts=parts,
        foot=_("Cut along the boxes and fold: each slip is for the person named on it alone."),
    )


def _by_person(slips: Sequence[Message]) -> list[tuple[Party, list[Message]]]:
    return [(party, list(own)) for party, own in groupby(slips, key=lambda slip: slip.party)]


def _title(slips: Sequence[Message]) -> str:
    """In the language of who reads it."""
    with translation.override(slips[0].language):
        return f"{slips[0].title}, {day(slips[-1].made_at)}"


def send_with_car(*, shop: Shop, slips: Collection[int], by: Party, at: datetime) -> int:
    """These slips were cut and given to the driver; who gave them says so. Answers how many."""
    require(by, Right.RECEIVE_GOODS, on=local_date(at, ZoneInfo(shop.time_zone)), shop=shop)
    with transaction.atomic():
        found = list(slips_waiting(shop).filter(pk__in=slips))
        for slip in found:
            end(slip, How.DELIVERED, at=at, words=WITH_THE_CAR, by=by)
    return len(found)
