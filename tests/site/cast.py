"""A small programme for the tests of pages, entered and sold through the same actions as in use."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ayil.consignment.actions import agree, count_jointly, declare_note
from ayil.consignment.models import Agreement, Lot, NoteLine
from ayil.members.actions import admit, enter_party, grant_role, open_shop
from ayil.members.consents import record_consent
from ayil.members.models import Party, PartyKind, Purpose, Role, Shop, User
from ayil.places.actions import enter_place
from ayil.places.models import Place, PlaceKind
from ayil.products.models import Price, Product, ProductKind, Variant
from ayil.shop.events import seal
from ayil.shop.log import ingest
from ayil.shop.models import Device

START = date(2012, 6, 5)
AT = datetime(2012, 6, 5, 6, 0, tzinfo=UTC)
NOUGHT = "0" * 64
VILLAGES = (
    ("barskoon", "Barskoon", "Барскоон", "Барскоон"),
    ("tort-kul", "Tort-Kul", "Тёрт-Куль", "Төрт-Күл"),
    ("ak-say", "Ak-Say", "Ак-Сай", "Ак-Сай"),
)
GOODS = (
    (ProductKind.CRAFT, "Felt slippers", "Войлочные тапочки", "Кийиз тапочка", 65_000),
    (ProductKind.FOOD, "Sea-buckthorn jam", "Облепиховое варенье", "Чычырканак кыямы", 15_000),
    (ProductKind.CRAFT, "Shyrdak", "Шырдак", "Шырдак", 900_000),
)


def queries_of(client: Client, address: str) -> int:
    """How many queries a page takes; a page that does not answer 200 fails the test."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def person(name: str, village: Place | None = None, language: str = "ky") -> Party:
    return enter_party(kind=PartyKind.PERSON, name=name, village=village, language=language, at=AT)


def account_of(party: Party) -> User:
    """The party's way to sign in."""
    return User.objects.create(username=f"party-{party.pk}", party=party)


def speak(client: Client, language: str) -> None:
    """The pages that follow are in this language, whoever is signed in."""
    client.cookies["django_language"] = language
    signed_in = client.session.get("_auth_user_id")
    Party.objects.filter(user__pk=signed_in).update(language=language)


@dataclass
class Till:
    """A till whose events go the way of a real one: sealed, sent, stored raw, applied."""

    shop: Shop
    device: Device
    seq: int = 0
    last: str = NOUGHT

    def send(self, on: date, payload: dict[str, Any], *, waits: bool = False) -> None:
        self.seq += 1
        raw = seal(
            {
                "v": 1,
                "nonce": uuid.uuid5(uuid.NAMESPACE_OID, f"{self.device.code}{self.seq}").hex,
                "device": self.device.code,
                "epoch": 1,
                "seq": self.seq,
                "prev": self.last,
                "shop": self.shop.code,
                "shift": f"{on}",
                "business_date": on.isoformat(),
                "cashier": "Айнура",
                "prices": 1,
                "wall": datetime.combine(on, time(10), UTC).isoformat(),
                "mono": self.seq,
                "payload": payload,
            }
        )
        answer = ingest(device=self.device, raw=[raw], at=datetime.combine(on, time(11), UTC))
        assert answer.exceptions == [] or waits or payload.get("unknown"), answer.exceptions
        self.last = answer.acknowledged[0]

    def sell(self, on: date, lot: Lot, quantity: int, price_minor: int) -> None:
        gross = quantity * price_minor
        line = {
            "label": lot.label,
            "quantity": quantity,
            "unit_price": price_minor,
            "gross": gross,
        }
        self.send(
            on,
            {
                "kind": "sale",
                "receipt": f"A-{self.seq + 1}",
                "lines": [line],
                "tenders": [{"kind": "cash", "amount": gross}],
                "rounding": 0,
                "visitor": None,
            },
        )


@dataclass
class Maker:
    """A maker in a village with one thing on the shelf."""

    party: Party
    agreement: Agreement
    lots: list[Lot] = field(default_factory=list)


@dataclass
class Programme:
    """Who and what there is."""

    villages: Sequence[Place]
    shop: Shop
    officer: Party
    manager: Party
    till: Till
    makers: list[Maker] = field(default_factory=list)

    def add_maker(self, name: str, number: int) -> Maker:
        village = self.villages[number % len(self.villages)]
        party = person(name, village)
        admit(party=party, on=START, by=self.officer, at=AT)
        record_consent(party=party, purpose=Purpose.PUBLIC_PAGE, given=True, by=party, at=AT)
        agreement = agree(
            shop=self.shop,
            consignor=party,
            number=f"Д-{number}",
            since=START,
            by=self.officer,
        )
        maker = Maker(party, agreement)
        maker.lots.append(self.deliver(maker, number, 20, START))
        self.makers.append(maker)
        return maker

    def deliver(self, maker: Maker, number: int, pieces: int, on: date) -> Lot:
        kind, en, ru, ky, price_minor = GOODS[number % len(GOODS)]
        product, _new = Product.objects.get_or_create(
            owner=maker.party, kind=kind, name_en=en, name_ru=ru, name_ky=ky
        )
        variant, is_new = Variant.objects.get_or_create(product=product, code="1")
        if is_new:
            Price.objects.create(
                variant=variant,
                amount_minor=price_minor,
                currency="KGS",
                valid_from=on,
                set_on=on,
                set_by=maker.party,
                typed_by=self.manager,
                paper=maker.agreement.number,
            )
        line = NoteLine(
            variant=variant,
            declared=pieces,
            batch="1",
            best_before=on + timedelta(days=365),
        )
        declare_note(
            agreement=maker.agreement,
            number=f"Н-{number}-{on}",
            on=on,
            by=maker.party,
            lines=[line],
        )
        lot = count_jointly(
            line=line,
            accepted=pieces,
            refused=0,
            for_shop=self.manager,
            for_consignor=maker.party,
            on=on,
            at=AT,
        )
        assert lot is not None
        return lot

    def sell(self, maker: Maker, quantity: int, on: date) -> None:
        lot = maker.lots[-1]
        price = Price.objects.get(variant=lot.variant)
        self.till.sell(on, lot, quantity, price.amount_minor)


def programme() -> Programme:
    """Two districts' worth of villages, a shop in Karakol, an officer and a manager."""
    region = enter_place(
        code="issyk-kul",
        kind=PlaceKind.REGION,
        parent=None,
        names=("Issyk-Kul", "Иссык-Куль", "Ысык-Көл"),
        source="the register",
    )
    district = enter_place(
        code="jety-oguz",
        kind=PlaceKind.DISTRICT,
        parent=region,
        names=("Jety-Oguz district", "Джеты-Огузский район", "Жети-Өгүз району"),
        source="the register",
    )
    villages = [
        enter_place(
            code=code, kind=PlaceKind.VILLAGE, parent=district, names=(en, ru, ky), source="s"
        )
        for code, en, ru, ky in VILLAGES
    ]
    shop = open_shop(code="krs", name="Каракол изилдөө дүкөнү", place=villages[0], currency="KGS")
    officer, manager = person("Айгүл Сыдыкова"), person("Бакыт Осмонов")
    grant_role(party=officer, role=Role.OFFICER, since=START, by=officer)
    grant_role(party=manager, role=Role.MANAGER, since=START, by=officer, shop=shop)
    device = Device.objects.create(
        shop=shop, code="till-1", token_hash=bytes(32), enrolled_at=AT, enrolled_by=manager
    )
    till = Till(shop, device)
    return Programme(villages=villages, shop=shop, officer=officer, manager=manager, till=till)
