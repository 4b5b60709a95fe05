"""What the next car picks up from the villages and brings to them.

Each field that has something for the car adds a source to SOURCES when it is made ready; a source
tells its lines in the language that is active.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from ayil.consignment.models import CarLine, ConsignmentNote, GoodsReturn
from ayil.consignment.queries import open_notes
from ayil.consignment.stock_queries import returns_waiting
from ayil.kit.written import pieces
from ayil.members.models import Party, Shop
from ayil.places.models import Place


@dataclass(frozen=True)
class Item:
    """One thing for one party: `words` say what, `document` is the number of its paper."""

    way: CarLine.Way
    party: Party
    words: str
    document: str = ""


@dataclass(frozen=True)
class Stop:
    """A village of the route with what is to be done there; None: nobody knows where."""

    village: Place | None
    pick_up: Sequence[Item | CarLine]
    bring: Sequence[Item | CarLine]


Source = Callable[[Shop, date], Iterable[Item]]


def announced_goods(shop: Shop, day: date) -> Iterator[Item]:
    """Goods that the car shall pick up, by their notes."""
    notes = open_notes(shop).filter(comes=ConsignmentNote.Comes.CAR)
    found = notes.select_related("agreement__consignor__village__parent")
    for note in found.annotate(pieces=Sum("lines__declared")):
        yield Item(CarLine.Way.PICK_UP, note.agreement.consignor, pieces(note.pieces), note.number)


def goods_going_back(shop: Shop, day: date) -> Iterator[Item]:
    """Goods that are packed for their owner and go with the car, by their return notes."""
    going = returns_waiting(shop).filter(way=GoodsReturn.Way.CAR)
    found = going.select_related("consignor__village__parent")
    for goods in found.annotate(pieces=Sum("lines__movement__quantity")):
        words = _("%(pieces)s back to the owner") % {"pieces": pieces(-goods.pieces)}
        yield Item(CarLine.Way.BRING, goods.consignor, words, f"{goods.number}")


SOURCES: list[Source] = [announced_goods, goods_going_back]


def items_for(shop: Shop, day: date) -> list[Item]:
    """Everything that waits for the next car of the shop."""
    return [item for source in SOURCES for item in source(shop, day)]


def route(lines: Iterable[Item | CarLine]) -> list[Stop]:
    """By village, district after district, as a car goes; parties by name."""
    stops: dict[Place | None, list[Item | CarLine]] = {}
    for line in lines:
        stops.setdefault(line.party.village, []).append(line)
    return [
        Stop(village, _of(found, CarLine.Way.PICK_UP), _of(found, CarLine.Way.BRING))
        for village, found in sorted(stops.items(), key=lambda one: _order(one[0]))
    ]


def _order(village: Place | None) -> tuple[bool, str, str, str]:
    if village is None:
        return (True, "", "", "")
    district = village.parent
    return (False, district.sort_key_ky if district else "", village.sort_key_ky, village.code)


def _of(lines: Iterable[Item | CarLine], way: CarLine.Way) -> list[Item | CarLine]:
    return sorted((line for line in lines if line.way == way), key=lambda line: line.party.sort_key)
