"""The product's books against the oracle's: each difference is one line that names what broke."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, F, Sum

from ayil.consignment.models import ConsignorAccount, LotBalance, Movement
from ayil.figures.models import DailySale, OpenDay
from ayil.kit.invariants import collected
from ayil.ledger.models import Account, AccountKind
from ayil.members.models import Shop
from ayil.payouts.models import Handover, Statement
from ayil.products.models import Price
from ayil.products.queries import price_on
from ayil.shop.models import EventException, Sale, SaleKind, SaleLine, TillEvent
from ayil.shop.today import trust
from ayil.shop.trust.days import by_day, last_day
from tests.cast import DAY
from tests.histories.oracle import Oracle
from tests.histories.story import Story, posted
from tests.payouts.plain_books import plain_books
from tests.payouts.plain_books import shown as evenings


def breaches() -> list[str]:
    """What the product's own checks find, each with its number and title."""
    return [
        f"invariant {check.number}: {check.title}: {line}"
        for check in collected()
        for line in check.find()
    ]


def differences(story: Story) -> list[str]:
    """Where the database says another thing than the oracle, or than the product's checks."""
    shop, oracle = story.cast.shop, story.oracle
    return [
        *_lots(oracle),
        *_splits(oracle),
        *_money(shop, oracle),
        *_posted_stays(story),
        *_statements(oracle),
        *_prices(story),
        *_three_people(),
        *_figures(shop, oracle),
        *_events(oracle),
        *_flags(oracle),
        *breaches(),
    ]


def everything(shop: Shop) -> dict[str, Any]:
    """All that must not depend on the order of posting: stock, money, figures, who was heard."""
    tables = {
        "lots": LotBalance.objects.values_list(
            "lot__label", "accepted", "sold", "on_shelf", "returned", "written_off"
        ),
        "accounts": Account.objects.filter(fund=shop.fund)
        .exclude(balance_minor=0)
        .values_list("code", "balance_minor"),
        "variants' days": DailySale.objects.values_list(
            "variant", "date", "units", "gross_minor", "refunded_units", "refunded_minor", "lines"
        ),
        "variants' shares": DailySale.objects.order_by("variant")
        .values_list("variant")
        .annotate(Sum("share_minor"), Sum("commission_minor")),
        "open days": OpenDay.objects.values_list("date", "receipts", "gross_minor"),
    }  # fmt: skip
    heard = TillEvent.objects.filter(application__isnull=False).values_list("hash", flat=True)
    return {name: sorted(rows, key=repr) for name, rows in tables.items()} | {
        "events": sorted(bytes(hash_).hex() for hash_ in heard)
    }


def unequal(name: str, ours: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> Iterator[str]:
    """One line for each key on which the database and the oracle differ."""
    for key in sorted({*ours, *theirs}, key=str):
        if ours.get(key) != theirs.get(key):
            yield f"{name}: {key}: the books say {ours.get(key)}, the oracle {theirs.get(key)}"


def _lots(oracle: Oracle) -> Iterator[str]:
    """Invariant 1: accepted = sold + on the shelf + returned + written off, lot by lot."""
    kept = ("accepted", "sold", "on_shelf", "returned", "written_off")
    balances = {
        row.pop("lot__label"): row for row in LotBalance.objects.values("lot__label", *kept)
    }
    expected = {
        label: {name: getattr(shelf, name) for name in kept}
        for label, shelf in oracle.shelves.items()
    }
    yield from unequal("invariant 1: the balance of a lot", balances, expected)
    moved = Movement.objects.values_list("lot__label").annotate(Sum("quantity"))
    shelves = {label: shelf.on_shelf for label, shelf in oracle.shelves.items()}
    yield from unequal("invariant 1: the movements of a lot", dict(moved), shelves)


def _splits(oracle: Oracle) -> Iterator[str]:
    """Invariant 2: line by line where it was sold, and in sum where it came back."""
    given: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    expected, found = {}, {}
    lines = SaleLine.objects.select_related("sale__event", "refund_of__sale__event")
    for line in lines:
        money = (line.gross_minor, line.share_minor, line.commission_minor, line.fees_minor)
        if line.gross_minor != (
            line.share_minor + line.commission_minor + line.fees_minor + line.loss_minor
        ):
            yield f"invariant 2: {line}: {line.gross_minor} is not its parts"
        if line.sale.kind == SaleKind.SALE:
            found[_key(line)] = money
        elif line.refund_of is not None:
            sums = given[_key(line.refund_of)]
            for place, amount in enumerate((line.quantity, line.gross_minor, line.share_minor)):
                sums[place] -= amount
    for key, sold in oracle.lines.items():
        expected[key] = (
            sold.gross_minor, sold.share_minor, sold.commission_minor, sold.fees_minor,
        )  # fmt: skip
    yield from unequal("invariant 2: the split of a sale's line", found, expected)
    back = {
        key: [sold.back_units, sold.back_minor, sold.share_back()]
        for key, sold in oracle.lines.items()
        if sold.back_units
    }
    yield from unequal("invariant 2: what came back of a sale's line", given, back)


def _key(line: SaleLine) -> tuple[str, int]:
    return bytes(line.sale.event.hash).hex(), line.number


def _money(shop: Shop, oracle: Oracle) -> Iterator[str]:
    """Invariant 3: what is owed is a liability of its own, and the trust-money meter is right."""
    found = {
        account.code: account.balance_minor
        for account in Account.objects.filter(fund=shop.fund)
        if account.balance_minor
    }
    expected = oracle.balances()
    yield from unequal("invariant 3: the balance of an account", found, expected)
    for account in ConsignorAccount.objects.filter(shop=shop).select_related("account"):
        if account.account.kind != AccountKind.LIABILITY:
            yield f"invariant 3: {account} as {account.account.kind}, which is no liability"
    meter = trust(shop)
    places = ("drawer:", "safe", "bank", "tender:")
    held = {
        "owed": sum(max(0, b) for code, b in expected.items() if code.startswith("payable:")),
        "held": sum(b for code, b in expected.items() if code.startswith(places)),
    }
    shown = {"owed": meter.owed_minor, "held": meter.held_minor + meter.under_way_minor}
    yield from unequal("invariant 3: the trust-money meter", shown, held)
    last = last_day(shop)
    if last is not None:
        ends = by_day([shop], since=DAY, until=last)[shop.pk]
        told = {on: sums for on, *sums in plain_books(shop, [end.on for end in ends])}
        series = {on: sums for on, *sums in evenings(ends)}
        yield from unequal("invariant 3: the trust-money meter of a day", series, told)


def _posted_stays(story: Story) -> Iterator[str]:
    """Invariant 4: what was posted once reads the same ever after."""
    now = posted()
    yield from unequal(
        "invariant 4: a posted row", {key: now.get(key) for key in story.seen}, story.seen
    )


def _statements(oracle: Oracle) -> Iterator[str]:
    """Invariant 4: a closed statement says what it said; what came late is in the next one."""
    kept = ("opening", "sold", "refunded", "other", "paid", "closing")
    found = {
        (str(row.consignor.uid), row.number): {
            **{name: getattr(row, f"{name}_minor") for name in kept},
            "units": row.units,
            "lines": row.lines,
        }
        for row in Statement.objects.select_related("consignor")
    }
    told = {
        (consignor, number): statement
        for consignor, statements in oracle.closed.items()
        for number, statement in enumerate(statements, 1)
    }
    yield from unequal("invariant 4: a statement", found, told)


def _three_people() -> Iterator[str]:
    """Invariant 7: who receives, who pays and who approves."""
    for handover in Handover.objects.select_related("payout__run__approval"):
        approved_by = handover.payout.run.approval.by_id
        people = {handover.payee_id, handover.paid_by_id, approved_by}
        if len(people) != 3 or approved_by != handover.approved_by_id:
            yield f"invariant 7: handover {handover.pk} is not of three people: {people}"


def _prices(story: Story) -> Iterator[str]:
    """Invariant 5: the owner's price of every day, as it was told, and no other."""
    for goods in story.goods:
        days = {since for since, _amount in goods.prices} | {story.day}
        shown = {day: getattr(price_on(goods.variant, day), "amount_minor", None) for day in days}
        told = {day: goods.price_on(day) for day in days}
        yield from unequal(f"invariant 5: the price of {goods.variant}", shown, told)
    for price in Price.objects.filter(valid_from__lt=F("set_on")):
        yield f"invariant 5: price {price} reaches back"


def _figures(shop: Shop, oracle: Oracle) -> Iterator[str]:
    """Units and takings day by day; shares in sum over the days.

    Which of two refunds of one line took back its last tyiyn depends on which was heard first,
    and with it the day on which that tyiyn stands.
    """
    kept = ("units", "gross_minor", "refunded_units", "refunded_minor", "lines")
    rows = list(DailySale.objects.filter(shop=shop))
    days = {
        (row.variant_id, row.date.isoformat()): [getattr(row, name) for name in kept]
        for row in rows
    }
    told = {day: [row[0], row[1], *row[4:]] for day, row in oracle.days.items()}
    yield from unequal("figures: a variant's day", days, told)
    shares: Counter[tuple[int, str]] = Counter()
    for row in rows:
        shares[row.variant_id, "share"] += row.share_minor
        shares[row.variant_id, "commission"] += row.commission_minor
    for (variant, _day), sums in oracle.days.items():
        shares[variant, "share"] -= sums[2]
        shares[variant, "commission"] -= sums[3]
    yield from (f"figures: {key} is off by {off}" for key, off in shares.items() if off)
    receipts = {
        row.date.isoformat(): [row.receipts, row.gross_minor]
        for row in OpenDay.objects.filter(shop=shop)
    }
    yield from unequal("figures: the shop's day", receipts, oracle.receipts)


def _events(oracle: Oracle) -> Iterator[str]:
    """Invariant 10: stored once each; applied once each, or on the list of exceptions."""
    stored = Counter(bytes(h).hex() for h in TillEvent.objects.values_list("hash", flat=True))
    yield from unequal("invariant 10: an event in the log", stored, Counter(list(oracle.heard)))
    applied = Counter(
        bytes(h).hex()
        for h in TillEvent.objects.filter(application__isnull=False).values_list("hash", flat=True)
    )
    yield from unequal("invariant 10: an event applied", applied, Counter(oracle.applied))
    trades = Counter(
        hash_ for hash_ in oracle.applied
        if oracle.heard[hash_]["payload"]["kind"] in {"sale", "refund"}
    )  # fmt: skip
    sales = Sale.objects.values_list("event__hash").annotate(Count("pk"))
    posted = {bytes(hash_).hex(): count for hash_, count in sales}
    yield from unequal("invariant 10: a sale posted", posted, trades)
    waiting = EventException.objects.filter(applied=False, clearing=None)
    shown = {bytes(h).hex() for h in waiting.values_list("event__hash", flat=True)}
    held = set(oracle.heard) - oracle.applied
    yield from unequal(
        "invariant 10: an exception that stands", dict.fromkeys(shown, 1), dict.fromkeys(held, 1)
    )


def _flags(oracle: Oracle) -> Iterator[str]:
    """What a person is told of: each refund above the limit, and each line of which more came
    back than was sold, in whatever order two tills were heard; nothing else of the kind."""
    told = Counter(
        bytes(hash_).hex()
        for hash_ in EventException.objects.filter(code="over-limit").values_list(
            "event__hash", flat=True
        )
    )
    yield from unequal("a refund above the limit", told, Counter(oracle.above_limit()))
    over = {key for key, sold in oracle.lines.items() if sold.is_over}
    seen = set()
    for flag in EventException.objects.filter(code="over-refund").select_related("event"):
        lines = SaleLine.objects.filter(sale__event=flag.event, refund_of__isnull=False)
        named = {_key(line.refund_of) for line in lines if line.refund_of} & over
        seen |= named
        if not named:
            yield f"over-refund: {flag.event} is flagged and brought back no more than was sold"
    yield from (f"over-refund: of {key} more came back than was sold" for key in over - seen)
