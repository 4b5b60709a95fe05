"""The standing cast of tests: a shop in Karakol, villages, makers, and a till that speaks."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from ayil.consignment.actions import agree, count_jointly, declare_note
from ayil.consignment.models import Lot, NoteLine
from ayil.members.actions import admit, affiliate, enter_party, open_shop
from ayil.members.models import Affiliation, Party, PartyKind, Shop
from ayil.places.actions import enter_place
from ayil.places.models import Place, PlaceKind
from ayil.products.actions import enter_product, set_price
from ayil.products.models import ProductKind, Variant
from ayil.shop.devices import enrol_device
from ayil.shop.events import GENESIS, event_hash, seal
from ayil.shop.log import Answer, ingest
from ayil.shop.models import Device

DAY = date(2012, 7, 2)
AT = datetime(2012, 7, 2, 4, 0, tzinfo=UTC)


def person(name: str, village: Place | None = None) -> Party:
    return enter_party(kind=PartyKind.PERSON, name=name, village=village, at=AT)


@dataclass
class Till:
    """Writes a log as a till does: numbered, chained, sealed."""

    device: Device
    shift: str = "2012-07-02/1"
    day: date = DAY
    cashier: str = "aigul"
    seq: int = 0
    prev: str = GENESIS
    sent: list[bytes] = field(default_factory=list)
    epoch: int = 1
    prices: int = 1  # the number of the newest price that it knows

    def begin(self, epoch: int) -> None:
        """The numbers start at 1 again."""
        self.epoch, self.seq, self.prev = epoch, 0, GENESIS

    def write(self, payload: dict[str, Any], **changed: Any) -> bytes:
        self.seq += 1
        content = {
            "v": 1,
            "nonce": secrets.token_hex(16),
            "device": self.device.code,
            "epoch": self.epoch,
            "seq": self.seq,
            "prev": self.prev,
            "shop": self.device.shop.code,
            "shift": self.shift,
            "business_date": self.day.isoformat(),
            "cashier": self.cashier,
            "prices": self.prices,
            "wall": f"{self.day.isoformat()}T12:00:00+06:00",
            "mono": self.seq * 1000,
            "payload": payload,
        } | changed
        self.prev = event_hash(content)
        raw = seal(content)
        self.sent.append(raw)
        return raw

    def sale(self, *lines: tuple[Lot, int, int], tender: str = "cash", rounding: int = 0) -> bytes:
        """Lines are (lot, quantity, price of one in minor units)."""
        gross = sum(quantity * price for _lot, quantity, price in lines)
        return self.write(
            {
                "kind": "sale",
                "receipt": f"{self.device.code}-{self.epoch}-{self.seq + 1}",
                "lines": [
                    {
                        "label": lot.label,
                        "quantity": quantity,
                        "unit_price": price,
                        "gross": quantity * price,
                    }
                    for lot, quantity, price in lines
                ],
                "tenders": [{"kind": tender, "amount": gross + rounding}],
                "rounding": rounding,
                "visitor": None,
            }
        )

    def refund(
        self, lot: Lot, quantity: int, gross: int, *, of: str | None = None, line: int | None = 1
    ) -> bytes:
        return self.write(
            {
                "kind": "refund",
                "receipt": f"{self.device.code}-{self.epoch}-{self.seq + 1}",
                "lines": [
                    {
                        "label": lot.label,
                        "quantity": quantity,
                        "unit_price": gross // quantity,
                        "gross": gross,
                        "sale": of,
                        "line": line if of else None,
                    }
                ],
                "tenders": [{"kind": "cash", "amount": gross}],
                "rounding": 0,
                "reason": "brought back",
            }
        )

    def send(self, *raw: bytes, at: datetime = AT) -> Answer:
        return ingest(device=self.device, raw=list(raw), at=at)


@dataclass
class Cast:
    """Aigul keeps the counter in Karakol; Burul of Ak-Say makes felt, Jyldyz of Tamga jam."""

    shop: Shop
    till: Till
    aksay: Place
    tamga: Place
    aigul: Party
    officer: Party
    burul: Party
    jyldyz: Party
    community: Party
    slippers: Variant
    jam: Variant
    numbers: int = 0

    def deliver(self, variant: Variant, quantity: int, *, on: date = DAY, **line: Any) -> Lot:
        """A note of `quantity`, counted jointly and accepted whole."""
        self.numbers += 1
        owner = variant.product.owner
        agreement = owner.agreements.get(shop=self.shop)
        if variant.product.kind == ProductKind.FOOD:
            line = {"batch": "2012-06", "best_before": date(2013, 6, 1)} | line
        note = declare_note(
            agreement=agreement,
            number=f"N{self.numbers}",
            on=on,
            by=owner,
            lines=[NoteLine(variant=variant, declared=quantity, **line)],
        )
        lot = count_jointly(
            line=note.lines.get(),
            accepted=quantity,
            refused=0,
            for_shop=self.aigul,
            for_consignor=owner if owner.kind == PartyKind.PERSON else self.burul,
            on=on,
            at=AT,
        )
        if lot is None:
            raise RuntimeError("accepted goods make a lot")
        return lot

    def second_till(self, code: str = "karakol-2") -> Till:
        device, _token = enrol_device(shop=self.shop, code=code, by=self.officer, at=AT)
        return Till(device)


def assemble() -> Cast:
    """The whole cast in the current database."""
    region = enter_place(
        code="KG-Y", kind=PlaceKind.REGION, parent=None, source="test",
        names=("Issyk-Kul", "Иссык-Куль", "Ысык-Көл"),
    )  # fmt: skip
    district = enter_place(
        code="ton", kind=PlaceKind.DISTRICT, parent=region, source="test",
        names=("Ton", "Тон", "Тоң"),
    )  # fmt: skip
    aksay, tamga = (  # the two villages of the tests
        enter_place(
            code=f"ton-{names[0].lower()}",
            kind=PlaceKind.VILLAGE,
            parent=district,
            source="test",
            names=names,
        )
        for names in (("Ak-Say", "Ак-Сай", "Ак-Сай"), ("Tamga", "Тамга", "Тамга"))
    )
    shop = open_shop(code="karakol", name="Karakol Research Shop", place=None, currency="KGS")
    aigul, officer = person("Aigul Asanova"), person("Nurlan Osmonov")
    burul, jyldyz = person("Burul Sadykova", aksay), person("Jyldyz Mamyrova", tamga)
    community = enter_party(kind=PartyKind.COMMUNITY, name="Ak-Say Kiyiz", village=aksay, at=AT)
    for member, part in (
        (burul, Affiliation.Part.LEADER),
        (person("Saadat Esenova", aksay), Affiliation.Part.CONTACT),
    ):
        affiliate(person=member, community=community, since=DAY, by=officer, part=part)
    for party in (community, jyldyz):
        admit(party=party, on=DAY, by=officer, at=AT)
    variants = []
    for owner, kind, names, price, speaker in (
        (community, ProductKind.CRAFT, ("Felt slippers", "Войлочные тапочки", "Кийиз чокой"),
         45_000, burul),
        (jyldyz, ProductKind.FOOD, ("Apricot jam", "Абрикосовое варенье", "Өрүк кыямы"),
         12_000, jyldyz),
    ):  # fmt: skip
        agree(shop=shop, consignor=owner, number=f"A-{owner.pk}", since=DAY, by=officer)
        product = enter_product(owner=owner, kind=kind, names=names, forms=[("std", "")])
        variant = product.variants.get()
        set_price(
            variant=variant, amount_minor=price, currency="KGS", valid_from=DAY,
            set_by=speaker, typed_by=officer, paper=f"A-{owner.pk}", on=DAY,
        )  # fmt: skip
        variants.append(variant)
    device, _token = enrol_device(shop=shop, code="karakol-1", by=officer, at=AT)
    return Cast(
        shop=shop, till=Till(device), aksay=aksay, tamga=tamga, aigul=aigul, officer=officer,
        burul=burul, jyldyz=jyldyz, community=community, slippers=variants[0], jam=variants[1],
    )  # fmt: skip


def hash_of(raw: bytes) -> str:
    """The hash that an event says it has, read without our own decoder."""
    return raw.decode().rsplit('"hash":"', 1)[1][:64]


def fingerprint(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
