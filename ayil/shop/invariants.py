"""What must hold between the raw log and everything derived from it (invariants 1, 2 and 10)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Sum

from ayil.consignment.models import ConsignorAccount, Lot
from ayil.kit.invariants import Check, by_query, lines
from ayil.ledger.models import AccountKind, Transfer
from ayil.members.models import Shop
from ayil.shop.events import Event, Unreadable, read_event
from ayil.shop.fiscal.checks import CHECKS as FISCAL_CHECKS
from ayil.shop.intake.checks import CHECKS as INTAKE_CHECKS
from ayil.shop.models import LabelMeant, Sale, SaleLine, TillEvent
from ayil.shop.money.checks import CHECKS as MONEY_CHECKS
from ayil.shop.replay import LotTerms, Rebuilt, rebuild
from ayil.shop.zreport import breaches as broken_zreports

SALE_TRANSFERS = (
    "sale-share", "sale-commission", "sale-fees", "over-refund", "rounding", "tender",
)  # fmt: skip


def _events_of(shop: Shop) -> Iterator[Event]:
    """The shop's applied events, last first: another order than they were posted in."""
    bodies = (
        TillEvent.objects.filter(device__shop=shop, application__isnull=False)
        .order_by("-id")
        .values_list("body", flat=True)
    )
    for body in bodies.iterator(chunk_size=500):
        yield read_event(bytes(body))


def _stored_events_are_themselves() -> Iterable[str]:
    columns = ("id", "device__code", "epoch", "seq", "prev_hash", "hash", "business_date", "body")
    for row in TillEvent.objects.values_list(*columns).iterator(chunk_size=500):
        id_, device, epoch, seq, prev, hash_, business_date, body = row
        name = f"event {id_} ({device}-{epoch}-{seq})"
        try:
            event = read_event(bytes(body))
        except Unreadable as error:
            yield f"{name} is not what was sent: {error}"
            continue
        said = (event.device, event.epoch, event.seq, event.prev, event.hash, event.business_date)
        kept = (device, epoch, seq, bytes(prev).hex(), bytes(hash_).hex(), business_date)
        if said != kept:
            yield f"{name}: its row says {kept}, its body says {said}"


def _tills_chain() -> Iterable[str]:
    return lines(
        "SELECT e.id, e.epoch, e.seq FROM shop_tillevent e WHERE e.seq > 1 AND EXISTS "
        "(SELECT 1 FROM shop_tillevent p WHERE p.device_id = e.device_id AND p.epoch = e.epoch "
        "AND p.seq = e.seq - 1) AND NOT EXISTS "
        "(SELECT 1 FROM shop_tillevent p WHERE p.device_id = e.device_id AND p.epoch = e.epoch "
        "AND p.seq = e.seq - 1 AND p.hash = e.prev_hash)",
        "event {0} ({1}-{2}) does not follow the one before it in its till's log",
    )


def _log_rebuilds() -> Iterable[str]:
    for shop in Shop.objects.select_related("fund"):
        payable = dict(
            ConsignorAccount.objects.filter(shop=shop).values_list("consignor_id", "account__code")
        )
        kept = Lot.objects.filter(shop=shop)
        frozen = ("label", "id", "consignor_id", "commission_bp", "fees_bp")
        lots = {
            label: LotTerms(lot_id, payable[consignor_id], rate, fees)
            for label, lot_id, consignor_id, rate, fees in kept.values_list(*frozen)
            if consignor_id in payable  # a lot without an account cannot be replayed, below
        }
        try:
            rebuilt = rebuild(_events_of(shop), lots, _meant(shop, lots))
        except (Unreadable, KeyError) as error:
            yield f"{shop.code}: the raw log cannot be replayed: {error}"
            continue
        yield from _differences(shop, rebuilt)


def _meant(shop: Shop, lots: Mapping[str, LotTerms]) -> dict[tuple[str, str], LotTerms]:
    """What a person said of labels that no lot had, by event and label."""
    said = LabelMeant.objects.filter(event__device__shop=shop)
    return {
        (bytes(hash_).hex(), label): lots[of]
        for hash_, label, of in said.values_list("event__hash", "label", "lot__label")
        if of in lots
    }


def _differences(shop: Shop, rebuilt: Rebuilt) -> Iterator[str]:
    sales = Sale.objects.filter(shop=shop).order_by()
    units = dict(
        SaleLine.objects.filter(sale__shop=shop)
        .order_by()
        .values_list("lot_id")
        .annotate(Sum("quantity"))
    )
    gross = {
        day.isoformat(): total
        for day, total in sales.values_list("date").annotate(Sum("gross_minor"))
    }
    receipts = Counter(
        day.isoformat() for day in sales.filter(kind="sale").values_list("date", flat=True)
    )
    yield from _unequal(shop, "units of lot", units, rebuilt.units)
    yield from _unequal(shop, "gross of", gross, rebuilt.gross)
    yield from _unequal(shop, "receipts of", receipts, rebuilt.receipts)
    yield from _unequal(shop, "money by sales on", _posted_by_sales(shop), rebuilt.money)


def _posted_by_sales(shop: Shop) -> Counter[str]:
    """Credits less debits by account code, over the transfers that sales made."""
    moved: Counter[str] = Counter()
    transfers = Transfer.objects.filter(fund=shop.fund, kind__in=SALE_TRANSFERS).order_by()
    for side, sign in (("credit__code", 1), ("debit__code", -1)):
        for code, amount in transfers.values_list(side).annotate(Sum("amount_minor")):
            moved[code] += sign * amount
    return moved


def _unequal(
    shop: Shop, what: str, kept: Mapping[Any, int], log: Mapping[Any, int]
) -> Iterator[str]:
    for key in sorted({*kept, *log}, key=str):
        if kept.get(key, 0) != log.get(key, 0):
            yield (
                f"{shop.code}: {what} {key} is {kept.get(key, 0)}, "
                f"but the raw log comes to {log.get(key, 0)}"
            )


CHECKS = [
    *INTAKE_CHECKS,
    *MONEY_CHECKS,
    *FISCAL_CHECKS,
    Check(10, "every stored event is what was sent", _stored_events_are_themselves),
    Check(10, "every till's log is one chain", _tills_chain),
    by_query(
        10,
        "every event is applied, or waits in the exceptions",
        "SELECT e.id FROM shop_tillevent e LEFT JOIN shop_application a ON a.event_id = e.id "
        "WHERE a.event_id IS NULL AND NOT EXISTS (SELECT 1 FROM shop_eventexception x "
        "WHERE x.event_id = e.id AND NOT x.applied)",
        "event {0} was stored and is neither applied nor among the exceptions",
    ),
    by_query(
        10,
        "every sale applied is there once",
        "SELECT e.id, count(s.id) FROM shop_tillevent e "
        "JOIN shop_application a ON a.event_id = e.id LEFT JOIN shop_sale s ON s.event_id = e.id "
        "WHERE e.kind IN ('sale', 'refund') GROUP BY e.id HAVING count(s.id) <> 1",
        "event {0} was applied and has {1} sales",
    ),
    Check(10, "the raw log, replayed backwards, comes to the same", _log_rebuilds),
    Check(10, "every Z-report is what its shift's log comes to", broken_zreports),
    by_query(
        2,
        "every line: gross = share + commission + fees, and what the shop lost",
        "SELECT id, gross_minor, share_minor, commission_minor, fees_minor, loss_minor "
        "FROM shop_saleline "
        "WHERE gross_minor <> share_minor + commission_minor + fees_minor + loss_minor",
        "sale line {0}: {1} is not {2} + {3} + {4} + {5}",
    ),
    by_query(
        2,
        "every sale: its lines and rounding are what was paid",
        "SELECT s.id, s.gross_minor, s.rounding_minor, "
        "(SELECT coalesce(sum(l.gross_minor), 0) FROM shop_saleline l WHERE l.sale_id = s.id), "
        "(SELECT coalesce(sum(t.amount_minor), 0) FROM shop_tender t WHERE t.sale_id = s.id) "
        "FROM shop_sale s WHERE s.gross_minor <> (SELECT coalesce(sum(l.gross_minor), 0) "
        "FROM shop_saleline l WHERE l.sale_id = s.id) OR s.gross_minor + s.rounding_minor <> "
        "(SELECT coalesce(sum(t.amount_minor), 0) FROM shop_tender t WHERE t.sale_id = s.id)",
        "sale {0}: gross {1}, rounding {2}, lines {3}, paid {4}",
    ),
    by_query(
        2,
        "nothing stays on the clearing account",
        f"SELECT f.code, a.balance_minor FROM ledger_account a JOIN ledger_fund f "  # noqa: S608
        f"ON f.id = a.fund_id WHERE a.code = 'clearing' AND a.kind = '{AccountKind.ASSET}' "
        "AND a.balance_minor <> 0",
        "{0}: {1} stays on the clearing account",
    ),
    by_query(
        1,
        "every sale line moved its lot",
        "SELECT l.lot_id, l.units, coalesce(m.moved, 0) FROM "
        "(SELECT lot_id, sum(quantity) AS units FROM shop_saleline GROUP BY lot_id) l "
        "LEFT JOIN (SELECT lot_id, -sum(quantity) AS moved FROM consignment_movement "
        "WHERE kind IN ('sold', 'refunded') GROUP BY lot_id) m "
        "ON m.lot_id = l.lot_id WHERE l.units <> coalesce(m.moved, 0)",
        "lot {0}: its sale lines come to {1} units, its movements to {2}",
    ),
]
