"""Plays steps through the product's own actions and its sync, and tells the oracle the same."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial, singledispatchmethod
from typing import Any

import pytest
from django.db.models import Model

from ayil.consignment.actions import agree, count_stock, return_goods, write_off
from ayil.consignment.models import Cause, Lot, Movement, WriteOff
from ayil.kit.errors import AyilError
from ayil.ledger.models import Transfer
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from ayil.payouts.models import Statement
from ayil.products.actions import enter_product, set_price
from ayil.products.models import ProductKind, Variant
from ayil.shop.events import GENESIS
from ayil.shop.log import Answer
from ayil.shop.models import Device, Sale, SaleLine, TillTerms
from tests.cast import AT, DAY, Cast, Till, assemble, hash_of, person
from tests.histories import payday, steps
from tests.histories.oracle import Oracle, Shelf

# What the agreements of the tests say, in basis points. Rates that do not divide well, so that
# every rounding shows; a maker who is no member pays 500 more.
RATES_BP = {"craft": 1_775, "food": 2_000, "raw": 1_333, "other": 2_000}
UNKNOWN_LABEL = "2000000000992"
REFUND_LIMIT = 50_000  # minor units: some of a history's refunds are above it


@dataclass
class Steady(Till):
    """A till whose nonces are counted, so that a history comes again with the same hashes."""

    def write(self, payload: dict[str, Any], **changed: Any) -> bytes:
        nonce = f"{self.device.pk:08x}{len(self.sent):024x}"
        return super().write(payload, **({"nonce": nonce} | changed))


@dataclass
class Goods:
    """A variant on the tests' side: its maker, who speaks for it, the shop's part, its prices."""

    variant: Variant
    maker: Party
    speaker: Party
    rate_bp: int
    prices: list[tuple[date, int]]
    fees_bp: int = 0

    def price_on(self, day: date) -> int:
        return [amount for since, amount in self.prices if since <= day][-1]


@dataclass
class Sold:
    """One line of a sale as a till wrote it, sent or not."""

    hash: str
    number: int
    lot: Lot
    unit_price: int


def posted() -> dict[tuple[str, int], tuple[Any, ...]]:
    """Every posted row by table and number, as it reads now."""
    tables: tuple[type[Model], ...] = (Transfer, Statement, Sale, SaleLine, Movement)
    return {
        (model.__name__, row[0]): row
        for model in tables
        for row in model._default_manager.values_list()
    }


@dataclass(repr=False)
class Stage:
    """What stands before a history begins: the cast, three tills, three makers' goods."""

    cast: Cast
    devices: list[Device]
    goods: list[Goods]


def set_the_stage() -> Stage:
    """Felt by Burul's community, jam by Jyldyz, both members; mint by Asel, who is none."""
    cast = assemble()
    for party, role in (
        (cast.aigul, Role.ACCOUNTANT), (cast.aigul, Role.PAYMASTER), (cast.officer, Role.MANAGER),
    ):  # fmt: skip
        grant_role(party=party, role=role, since=DAY, by=cast.officer, shop=cast.shop)
    asel = person("Asel Toktogulova", cast.tamga)
    agree(
        shop=cast.shop, consignor=asel, number="A-asel", since=DAY, by=cast.officer,
        rates_bp=RATES_BP, fees_bp={"carriage": 177, "payment": 90},
    )  # fmt: skip
    product = enter_product(
        owner=asel, kind=ProductKind.RAW, names=("Wild mint", "Дикая мята", "Жалбыз"),
        forms=[("50g", "50 g")],
    )  # fmt: skip
    mint = product.variants.get()
    set_price(
        variant=mint, amount_minor=5_555, currency="KGS", valid_from=DAY, set_by=asel,
        typed_by=cast.officer, paper="A-asel", on=DAY,
    )  # fmt: skip
    goods = [
        Goods(cast.slippers, cast.community, cast.burul, 2_000, [(DAY, 45_000)]),
        Goods(cast.jam, cast.jyldyz, cast.jyldyz, 2_000, [(DAY, 12_000)]),
        Goods(mint, asel, asel, 1_833, [(DAY, 5_555)], 267),
    ]
    TillTerms.objects.create(
        shop=cast.shop, refund_limit_minor=REFUND_LIMIT, at=AT, by=cast.officer
    )
    devices = [cast.till.device, *(cast.second_till(f"karakol-{n}").device for n in (2, 3))]
    return Stage(cast, devices, goods)


@dataclass
class Story:
    """One history on one stage; the stage stays as it was when the database is rolled back."""

    stage: Stage
    oracle: Oracle = field(default_factory=lambda: Oracle(refund_limit=REFUND_LIMIT))
    day: date = DAY
    at: datetime = AT
    lots: list[Lot] = field(default_factory=list)
    sold: list[Sold] = field(default_factory=list)
    closed: int = 0
    seen: dict[tuple[str, int], tuple[Any, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cast = self.stage.cast
        self.cast.shop.fund.refresh_from_db()
        self.cast.numbers = 0
        self.goods = [
            Goods(g.variant, g.maker, g.speaker, g.rate_bp, list(g.prices), g.fees_bp)
            for g in self.stage.goods
        ]
        self.tills = [Steady(device, prev=GENESIS) for device in self.stage.devices]
        for index in range(len(self.goods)):
            self.play(steps.Deliver(index, 12))

    @singledispatchmethod
    def play(self, step: Any) -> None:
        raise TypeError(f"{step} is no step of a history")

    # What the tills write.

    @play.register
    def _(self, step: steps.Sell) -> None:
        chosen = []
        for which, units, off in step.lines:
            lot = self.lots[which % len(self.lots)]
            chosen.append((lot, units, max(1, self._goods_of(lot).price_on(self.day) + off)))
        gross = sum(units * price for _lot, units, price in chosen)
        raw = self.tills[step.till].sale(
            *chosen, tender=steps.TENDERS[step.tender], rounding=max(step.rounding, -gross)
        )
        self.sold += [
            Sold(hash_of(raw), number, lot, price)
            for number, (lot, _units, price) in enumerate(chosen, 1)
        ]

    @play.register
    def _(self, step: steps.Refund) -> None:
        if not self.sold:
            return
        lines = []
        for which, units, tenths in step.parts:
            sold = self.sold[which % len(self.sold)]
            lines.append(
                {
                    "label": sold.lot.label,
                    "quantity": units,
                    "unit_price": sold.unit_price,
                    "gross": max(1, sold.unit_price * units * tenths // 10),
                    "sale": sold.hash if step.linked else None,
                    "line": sold.number if step.linked else None,
                }
            )
        self._write_refund(step.till, lines)

    def _write_refund(self, till: int, lines: list[dict[str, Any]], short: int = 0) -> None:
        paid = sum(line["gross"] for line in lines) - short
        self.tills[till].write(
            {
                "kind": "refund",
                "receipt": f"{self.tills[till].device.code}-{self.tills[till].seq + 1}",
                "lines": lines,
                "tenders": [{"kind": "cash", "amount": paid}],
                "rounding": 0,
                "reason": "brought back",
            }
        )

    @play.register
    def _(self, step: steps.Oddity) -> None:
        lot = self.lots[0]
        line = {
            "label": lot.label, "quantity": 1, "unit_price": 900, "gross": 900,
            "sale": None, "line": None,
        }  # fmt: skip
        if step.kind == 0:
            self._write_refund(step.till, [line | {"label": UNKNOWN_LABEL}])
        elif step.kind == 1:
            self._write_refund(step.till, [line | {"sale": "ab" * 32, "line": 1}])
        elif step.kind == 2:
            self._write_refund(step.till, [line], short=1)
        elif self.sold:
            sold = self.sold[-1]
            wrong = (
                {"label": sold.lot.label, "line": 2_000}
                if step.kind == 3
                else {"label": self.lots[(self.lots.index(sold.lot) + 1) % len(self.lots)].label}
            )
            named = {"sale": sold.hash, "line": sold.number}
            self._write_refund(step.till, [line | named | wrong])

    @play.register
    def _(self, step: steps.Open) -> None:
        self.tills[step.till].write({"kind": "shift_opened", "float": step.float_som * 100})

    @play.register
    def _(self, step: steps.Cash) -> None:
        self.tills[step.till].write(
            {"kind": "cash_moved", "amount": step.amount_minor, "reason": "bread for the shop"}
        )

    @play.register
    def _(self, step: steps.Close) -> None:
        """After a closing, the till goes on in a new shift."""
        till = self.tills[step.till]
        notes = {"10000": 3 + step.off, "1": 7 * step.till}
        till.write({"kind": "shift_closed", "counted": notes})
        if step.after_minor:
            self.play(steps.Cash(step.till, step.after_minor))
        self.closed += 1
        till.shift = f"{self.day.isoformat()}/{self.closed + 1}"

    @play.register
    def _(self, step: steps.NextDay) -> None:
        self.day += timedelta(days=step.days)
        self.at += timedelta(days=step.days)
        for till in self.tills:
            till.day = self.day

    # What the tills send.

    @play.register
    def _(self, step: steps.Send) -> None:
        till, dice = self.tills[step.till], random.Random(step.seed)
        batch = dice.sample(till.sent, min(step.count, len(till.sent)))
        self.send(till, batch + (batch if step.twice else []))

    def send(self, till: Till, batch: list[bytes]) -> Answer:
        """Sends a batch; every event in it is acknowledged, whatever becomes of it."""
        self.at += timedelta(minutes=1)
        answer = till.send(*batch, at=self.at)
        assert answer.acknowledged == [hash_of(raw) for raw in batch]
        self.oracle.hear(batch)
        return answer

    def send_all(self) -> None:
        for till in self.tills:
            if till.sent:
                self.send(till, till.sent)

    # What the office does.

    @play.register
    def _(self, step: steps.Deliver) -> None:
        goods = self.goods[step.variant % len(self.goods)]
        lot = self.cast.deliver(goods.variant, step.units, on=self.day)
        assert (lot.commission_bp, lot.fees_bp) == (goods.rate_bp, goods.fees_bp)
        shelf = Shelf(goods.variant.pk, str(goods.maker.uid), goods.rate_bp, goods.fees_bp)
        self.oracle.accept(lot.label, shelf, step.units)
        self.lots.append(lot)

    @play.register
    def _(self, step: steps.GiveBack) -> None:
        lot = self.lots[step.lot % len(self.lots)]
        return_goods(lot=lot, quantity=step.units, on=self.day, document="return:1")
        self.oracle.give_back(lot.label, step.units)

    @play.register
    def _(self, step: steps.WriteOff) -> None:
        lot = self.lots[step.lot % len(self.lots)]
        write_off(
            lot=lot, quantity=step.units, cause=Cause.DAMAGED,
            borne_by=WriteOff.Bearer.SHOP if step.by_shop else WriteOff.Bearer.OWNER,
            first=self.cast.aigul, second=self.cast.officer, on=self.day, at=self.at,
            document=f"act:{self.day}",
        )  # fmt: skip
        price = self._goods_of(lot).price_on(self.day)
        self.oracle.write_off(lot.label, step.units, price if step.by_shop else None)

    @play.register
    def _(self, step: steps.Count) -> None:
        lot = self.lots[step.lot % len(self.lots)]
        counted = max(0, self.oracle.shelves[lot.label].on_shelf + step.off)
        count_stock(lot=lot, counted=counted, by=self.cast.aigul, on=self.day, at=self.at)
        self.oracle.count(lot.label, counted)

    @play.register
    def _(self, step: steps.Price) -> None:
        """Another's word is refused first; then the owner's holds from the next free day."""
        goods = self.goods[step.variant % len(self.goods)]
        since = max(self.day, goods.prices[-1][0] + timedelta(days=1))
        ask = partial(
            set_price, variant=goods.variant, amount_minor=step.amount_minor, currency="KGS",
            typed_by=self.cast.officer, paper="P-1", on=self.day,
        )  # fmt: skip
        with pytest.raises(AyilError, match="belongs to"):
            ask(set_by=self.cast.officer, valid_from=since)
        with pytest.raises(AyilError, match=r"later day|reach back"):
            ask(set_by=goods.speaker, valid_from=goods.prices[-1][0])
        ask(set_by=goods.speaker, valid_from=since)
        goods.prices.append((since, step.amount_minor))

    # The makers' money.

    @play.register
    def _(self, step: steps.Settle) -> None:
        payday.close_statements(self)
        self.remember()

    @play.register
    def _(self, step: steps.Pay) -> None:
        payday.pay_out(self, step)

    @play.register
    def _(self, step: steps.Dispute) -> None:
        payday.dispute(self, step)

    def remember(self) -> None:
        """What is posted by now; it has to read the same whenever it is looked at again."""
        self.seen |= posted()

    def _goods_of(self, lot: Lot) -> Goods:
        return next(g for g in self.goods if g.variant.pk == lot.variant_id)
