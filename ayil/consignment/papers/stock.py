"""Papers of the shelf: return notes, write-off acts, transfers, count sheets."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ayil.consignment.actions import owed_for
from ayil.consignment.models import (
    ActLine,
    ArrivedLine,
    Bearer,
    CountSheet,
    GoodsReturn,
    Lot,
    Shelf,
    ShopTransfer,
    TransferLine,
    WriteOffAct,
)
from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.errors import AyilError
from ayil.kit.written import day, money, number


def return_note(goods: GoodsReturn) -> Document:
    """What goes back to its owner; both sides sign, and each keeps one."""
    lines = list(
        goods.lines.select_related("movement__lot__variant__product", "movement__lot__consignor")
    )
    handover = getattr(goods, "handover", None)
    facts = [
        (_("Owner"), str(goods.consignor)),
        (_("Day"), day(goods.returned_on)),
        (_("How"), goods.get_way_display()),
    ]
    if handover:
        facts.append((_("Taken on"), day(handover.handed_on)))
    if goods.note:
        facts.append((_("Note"), goods.note))
    return Document(
        title=_("Return note %(number)s") % {"number": goods.number},
        house=goods.shop.name,
        parts=[
            Facts(facts),
            Grid(
                head=[_("Goods"), _("Label"), _("Batch"), _("Pieces")],
                numbers=[3],
                rows=[
                    [
                        str(line.movement.lot.variant),
                        line.movement.lot.label,
                        line.movement.lot.batch or "–",
                        number(line.quantity),
                    ]
                    for line in lines
                ],
                totals=[[_("Together"), "", "", number(sum(one.quantity for one in lines))]],
            ),
            Words(_("These goods are no longer on trust at the shop.")),
            Signs(
                [
                    (_("For the shop"), str(goods.by)),
                    (_("Took the goods"), str(handover.taken_by) if handover else ""),
                ]
            ),
        ],
    )


def owed_by_line(line: ActLine) -> int | None:
    """What the shop owes for a line: as booked, or for a draft by today's terms; None where there
    is no price to know it by."""
    booked = getattr(line, "write_off", None)
    if booked is not None:
        return int(booked.owed_minor)
    if line.borne_by != Bearer.SHOP:
        return 0
    try:
        return owed_for(line.lot, line.quantity, line.act.drafted_on)
    except AyilError:
        return None


def write_off_act(act: WriteOffAct, lines: Sequence[ActLine]) -> Document:
    """The act, with the lines that its reader may see."""
    signing, gone = getattr(act, "signing", None), getattr(act, "withdrawal", None)
    facts = [(_("Drafted on"), day(act.drafted_on))]
    if signing:
        facts.append((_("Signed on"), day(signing.signed_on)))
    if gone:
        facts.append((_("Withdrawn"), gone.reason))
    if act.note:
        facts.append((_("Note"), act.note))
    currency = act.shop.currency
    owed = [owed_by_line(line) for line in lines]
    words = _("What the shop bears, it owes to the owner: the price less commission and fees.")
    return Document(
        title=_("Write-off act %(number)s") % {"number": act.number},
        subtitle="" if signing else _("A draft: nothing is booked before it is signed"),
        house=act.shop.name,
        parts=[
            Facts(facts),
            Grid(
                head=[
                    _("Goods"), _("Label"), _("Owner"), _("Pieces"), _("Cause"), _("Borne by"),
                    _("Owed"),
                ],
                numbers=[3, 6],
                widths=[3, 0, 2, 0, 0, 0, 0],
                rows=[
                    [
                        str(line.lot.variant), line.lot.label, str(line.lot.consignor),
                        number(line.quantity), line.get_cause_display(),
                        line.get_borne_by_display(), money(amount, currency),
                    ]
                    for line, amount in zip(lines, owed, strict=True)
                ],
                totals=[
                    [
                        _("Together"), "", "", number(sum(line.quantity for line in lines)), "", "",
                        money(sum(amount or 0 for amount in owed), currency),
                    ]
                ],
            ),
            Words(words, small=True),
            Signs(
                [
                    (_("Drafted by"), str(act.by)),
                    (_("Signed by"), str(signing.by) if signing else ""),
                ]
            ),
        ],
    )  # fmt: skip


def transfer_note(transfer: ShopTransfer, lines: Sequence[TransferLine]) -> Document:
    """What goes to another shop; who carries it takes it along, who counts it writes beside."""
    arrival = getattr(transfer, "arrival", None)
    arrived = {one.line_id: one for one in ArrivedLine.objects.filter(line__in=lines)}
    came = [arrived[line.pk].quantity if line.pk in arrived else None for line in lines]
    facts = [
        (_("From the shop"), transfer.sender.name),
        (_("To the shop"), transfer.receiver.name),
        (_("Sent on"), day(transfer.sent_on)),
    ]
    if arrival:
        facts.append((_("Counted on"), day(arrival.arrived_on)))
    if transfer.note:
        facts.append((_("Note"), transfer.note))
    return Document(
        title=_("Transfer %(number)s") % {"number": transfer.number},
        house=transfer.sender.name,
        parts=[
            Facts(facts),
            Grid(
                head=[_("Goods"), _("Label"), _("Owner"), _("Sent"), _("Came")],
                numbers=[3, 4],
                widths=[3, 0, 2, 0, 0],
                rows=[
                    [
                        str(line.movement.lot.variant), line.movement.lot.label,
                        str(line.movement.lot.consignor), number(line.quantity),
                        "" if count is None else number(count),
                    ]
                    for line, count in zip(lines, came, strict=True)
                ],
                totals=[
                    [
                        _("Together"), "", "", number(sum(line.quantity for line in lines)),
                        number(sum(count or 0 for count in came)) if arrival else "",
                    ]
                ],
            ),
            Signs(
                [
                    (_("Sent by"), str(transfer.by)),
                    (_("Carried by"), ""),
                    (_("Counted by"), str(arrival.by) if arrival else ""),
                ]
            ),
        ],
    )  # fmt: skip


def count_paper(sheet: CountSheet, rows: Sequence[tuple[Lot, Shelf | None]]) -> Document:
    """A sheet to be filled in by hand: it does not say how many are expected."""
    return Document(
        title=_("Count sheet %(number)s") % {"number": sheet.number},
        subtitle=str(sheet.shelf) if sheet.shelf else sheet.get_reason_display(),
        house=sheet.shop.name,
        parts=[
            Facts([(_("Opened on"), day(sheet.opened_on)), (_("Opened by"), str(sheet.by))]),
            Words(_("Count what stands there, and write it down before you look anything up.")),
            Grid(
                head=[_("Goods"), _("Label"), _("Owner"), _("Shelf"), _("Counted"), _("Hour")],
                numbers=[4, 5],
                widths=[3, 0, 2, 1, 1, 1],
                rows=[
                    [str(lot.variant), lot.label, str(lot.consignor), str(shelf or ""), "", ""]
                    for lot, shelf in rows
                ],
            ),
            Signs([(_("Counted by"), ""), (_("Entered by"), "")]),
        ],
    )
