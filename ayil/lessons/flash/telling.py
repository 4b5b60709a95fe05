"""Makes the flashes of a shop: one pass a slot, one flash a maker, each sale line in exactly one.

A pass reads what was posted since the last one, by posting order and never by the clock, so that
a till's late sales come with the next flash. The flash and its message are written together, in
one transaction; whatever becomes of the message later changes no flash.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils import translation

from ayil.consignment.models import ConsignorAccount, Lot
from ayil.kit.clock import local_date
from ayil.ledger.models import Fund
from ayil.lessons.flash import words
from ayil.lessons.flash.rules import Content, Due, Line, Slot, content_of, slots_upto
from ayil.lessons.models import Flash, FlashPass
from ayil.members.messages.queue import Reach, Silence, Telling, make_message, reach_of_party
from ayil.members.models import ChosenWay, Message, Party, Rhythm, Shop, Way
from ayil.members.own import parties_spoken_for
from ayil.products.models import Variant
from ayil.shop.models import SaleLine

GOOD_FOR = timedelta(hours=24)
_TOLD, _SILENT, _LATER = "told", "silent", "later"


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass came to."""

    shop: Shop
    told: int
    silent: int
    later: int


class _Mark(NamedTuple):
    """How far a maker was told: the last flash's number and cut, and its day."""

    number: int
    seq_to: int
    on: date


def flash_due(*, at: datetime, shops: Iterable[Shop] | None = None) -> list[Passed]:
    """A pass for every shop in which a slot's time has come since its last one."""
    found = []
    for shop in Shop.objects.order_by("pk") if shops is None else shops:
        last = FlashPass.objects.filter(shop=shop).order_by("-number").first()
        due = slots_upto(last.at if last else None, at, ZoneInfo(shop.time_zone))
        if due and (passed := flash(shop=shop, due=due, at=at)):
            found.append(passed)
    return found


def flash(*, shop: Shop, due: Sequence[Due], at: datetime) -> Passed | None:
    """One pass; None where another process has made the same one."""
    try:
        with transaction.atomic():
            return _pass(shop, due, at)
    except IntegrityError:
        if FlashPass.objects.filter(shop=shop, at__gte=at - timedelta(minutes=5)).exists():
            return None
        raise


def _pass(shop: Shop, due: Sequence[Due], at: datetime) -> Passed:
    # Holds back whoever posts while it is read: below the cut nothing can be added any more.
    cut = Fund.objects.select_for_update().get(pk=shop.fund_id).last_seq
    passes = FlashPass.objects.filter(shop=shop)
    first, last = passes.order_by("number").first(), passes.order_by("-number").first()
    if first is None or last is None:
        FlashPass.objects.create(shop=shop, number=1, seq_to=cut, open_from=cut, at=at)
        return Passed(shop, 0, 0, 0)
    done: Counter[str] = Counter()
    lines = _lines_between(shop, last.open_from, cut)
    begun = _Mark(0, first.seq_to, local_date(first.at, ZoneInfo(shop.time_zone)))
    open_from = cut
    producers = Party.objects.in_bulk(lines)
    for pk, mark in sorted(_marks(shop, lines, begun).items()):
        own = [line for seq, line in lines[pk] if seq > mark.seq_to]
        content = content_of(own, mark.on)
        if content is None:
            continue
        became = _flash_one(shop, producers[pk], mark, cut, content, due, at)
        done[became] += 1
        if became == _LATER:
            open_from = min(open_from, mark.seq_to)
    if any(one.slot == Slot.EVENING for one in due):
        done[_TOLD] += _tell_of_nothing(shop, lines, at)
    FlashPass.objects.create(
        shop=shop, number=last.number + 1, seq_to=cut, open_from=open_from, at=at
    )
    return Passed(shop, done[_TOLD], done[_SILENT], done[_LATER])


def _flash_one(
    shop: Shop, producer: Party, mark: _Mark, cut: int, content: Content, due: Sequence[Due],
    at: datetime,
) -> str:  # fmt: skip
    """What became of one maker's lines: told, laid by in silence, or left for a later slot."""
    reach = reach_of_party(producer, at)
    if not _is_due(reach, due):
        return _LATER
    made = Flash.objects.create(
        shop=shop,
        producer=producer,
        number=mark.number + 1,
        seq_from=mark.seq_to,
        seq_to=cut,
        sale_lines=content.lines,
        units=content.units,
        share_minor=content.share_minor,
        silence=reach.value if isinstance(reach, Silence) else "",
        made_at=at,
    )
    if isinstance(reach, Silence):
        return _SILENT
    _tell(made, producer, content, reach, at)
    return _TOLD


def _is_due(reach: Reach | Silence, due: Sequence[Due]) -> bool:
    """Who is told nothing has their lines laid by in the evening, so that what was sold before
    they say yes does not come all at once."""
    rhythm = reach.choice.rhythm if isinstance(reach, Reach) else Rhythm.EVENING.value
    return any(one.is_for(rhythm) for one in due)


def _lines_between(shop: Shop, after: int, upto: int) -> dict[int, list[tuple[int, Line]]]:
    """Each maker's lines with their posting sequence."""
    found: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    rows = SaleLine.objects.filter(
        sale__shop=shop, sale__seq__gt=after, sale__seq__lte=upto
    ).order_by("sale__seq", "id")
    for seq, consignor, variant, day, quantity, share in rows.values_list(
        "sale__seq", "lot__consignor", "lot__variant", "sale__date", "quantity", "share_minor"
    ):
        found[consignor].append((seq, Line(variant, day, quantity, share)))
    return found


def _marks(shop: Shop, producers: Iterable[int], begun: _Mark) -> dict[int, _Mark]:
    zone = ZoneInfo(shop.time_zone)
    last = Flash.objects.filter(shop=shop, producer__in=list(producers)).values_list(
        "producer"
    ).annotate(number=Max("number"), seq=Max("seq_to"), at=Max("made_at"))  # fmt: skip
    known = {pk: _Mark(number, seq, local_date(at, zone)) for pk, number, seq, at in last}
    return {pk: known.get(pk, begun) for pk in producers}


def _tell(made: Flash, producer: Party, content: Content, reach: Reach, at: datetime) -> Message:
    with translation.override(reach.choice.language):
        known = _known(made.shop, producer, [thing.thing for thing in content.things])
        is_short = reach.choice.way == Way.SMS
        telling = Telling(
            key=made.key,
            kind=Message.Kind.FLASH,
            title=words.title(known),
            text=(words.short_text if is_short else words.long_text)(content, known),
            spoken=words.spoken_text(content, known),
            good_for=GOOD_FOR,
        )
    return make_message(telling=telling, reach=reach, about=producer, shop=made.shop, at=at)


def _known(shop: Shop, producer: Party, variants: Sequence[int]) -> words.Known:
    """Names in the active language."""
    found = Variant.objects.select_related("product").in_bulk(variants)
    return words.Known(
        whose=producer.name,
        shop=shop.name,
        currency=shop.currency,
        names={pk: one.name for pk, one in found.items()},
        on_shelf=_on_shelf(shop, producer, variants),
    )


def _on_shelf(shop: Shop, producer: Party, variants: Sequence[int]) -> Mapping[int, int]:
    counted = Lot.objects.filter(
        shop=shop, consignor=producer, variant__in=variants, count__isnull=False
    )
    sums = counted.values_list("variant").annotate(pieces=Sum("balance__on_shelf"))
    return {pk: pieces for pk, pieces in sums if pieces is not None}


def _tell_of_nothing(shop: Shop, sold: Iterable[int], at: datetime) -> int:
    """To who asked for that: their goods stood on the shelf, and none was sold."""
    day = local_date(at, ZoneInfo(shop.time_zone))
    asked = ChosenWay.objects.filter(says_nothing_sold=True).values("party").distinct()
    told = 0
    for person in Party.objects.filter(pk__in=asked):
        own = parties_spoken_for(person, day).exclude(pk__in=list(sold))
        for account in ConsignorAccount.objects.filter(shop=shop, consignor__in=own).select_related(
            "consignor"
        ):
            told += _say_nothing_sold(shop, account.consignor, person, day, at)
    return told


def _say_nothing_sold(shop: Shop, producer: Party, person: Party, day: date, at: datetime) -> bool:
    reach = reach_of_party(producer, at)
    if not isinstance(reach, Reach) or reach.person != person or not reach.choice.says_nothing_sold:
        return False
    lots = Lot.objects.filter(shop=shop, consignor=producer, count__isnull=False)
    left = lots.aggregate(pieces=Sum("balance__on_shelf"))["pieces"] or 0
    if left <= 0 or not Due(day, Slot.EVENING).is_for(reach.choice.rhythm):
        return False
    with translation.override(reach.choice.language):
        known = words.Known(producer.name, shop.name, shop.currency, {}, {})
        telling = Telling(
            key=f"flash/{shop.pk}/{producer.pk}/none/{day.isoformat()}",
            kind=Message.Kind.FLASH,
            title=words.title(known),
            text=words.nothing_sold(known, left),
            spoken=words.nothing_sold(known, left),
            good_for=GOOD_FOR,
        )
    make_message(telling=telling, reach=reach, about=producer, shop=shop, at=at)
    return True
