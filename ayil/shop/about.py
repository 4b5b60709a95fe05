"""What a till is told of itself and of its shop each time the two speak."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from msgspec import Struct

from ayil.kit.clock import local_date
from ayil.members.models import Party, Pin, RoleGrant, Shop
from ayil.members.rights import Right, held
from ayil.shop.models import Device, DeviceStart, TillEvent
from ayil.shop.terms import terms_of


class Head(Struct):
    """The last number that came in an epoch, and the hash of its event."""

    seq: int
    hash: str


class Epochs(Struct):
    """`last`: the newest epoch that this till was given or heard in, 0 before the first."""

    last: int
    heads: dict[str, Head]


class Cashier(Struct):
    """Who may stand at this till. `manager`: may sign what is above a limit; `pin`: has one."""

    uid: str
    name: str
    manager: bool
    pin: bool


class Terms(Struct):
    refund_limit: int
    fiscal: str


class ShopOfTill(Struct):
    code: str
    name: str


class About(Struct):
    """`last_date`: the business date of the newest shift that was opened at this till, or empty.
    `receipt_keys`: base64 of the raw point by "<device>-<epoch>", of all tills of the shop."""

    device: str
    shop: ShopOfTill
    currency: str
    time_zone: str
    server_time: str
    epoch: Epochs
    cashiers: Sequence[Cashier]
    terms: Terms
    sealing_key: str
    receipt_keys: dict[str, str]
    last_date: str
    version: str


def about(device: Device, *, version: str, sealing_key: bytes, at: datetime) -> About:
    """`sealing_key`: DER of the key (SPKI) for which a till seals what only the server may read."""
    shop = device.shop
    terms = terms_of(shop)
    return About(
        device=device.code,
        shop=ShopOfTill(code=shop.code, name=shop.name),
        currency=shop.currency,
        time_zone=shop.time_zone,
        server_time=at.isoformat(timespec="milliseconds"),
        epoch=epochs_of(device),
        cashiers=cashiers_of(shop, at),
        terms=Terms(refund_limit=terms.refund_limit_minor, fiscal=terms.fiscal),
        sealing_key=b64encode(sealing_key).decode(),
        receipt_keys=_receipt_keys(shop),
        last_date=_last_date(device),
        version=version,
    )


def epochs_of(device: Device) -> Epochs:
    """A head for each epoch that was begun here, and for the newest one that was heard."""
    of_epoch = TillEvent.objects.filter(device=device, epoch=OuterRef("epoch"))
    head = of_epoch.order_by("-seq", "-id")
    rows = list(
        device.starts.order_by("epoch")
        .annotate(seq=Subquery(head.values("seq")[:1]), head=Subquery(head.values("hash")[:1]))
        .values_list("epoch", "seq", "head")
    )
    newest = (
        TillEvent.objects.filter(device=device)
        .order_by("-epoch", "-seq", "-id")
        .values_list("epoch", "seq", "hash")
        .first()
    )
    rows += [newest] if newest else []
    heads = {str(epoch): Head(seq, bytes(hash_).hex()) for epoch, seq, hash_ in rows if seq}
    return Epochs(last=max([epoch for epoch, _seq, _hash in rows], default=0), heads=heads)


def cashiers_of(shop: Shop, at: datetime) -> list[Cashier]:
    """Who may take goods and money in this shop, by name."""
    day = local_date(at, ZoneInfo(shop.time_zone))
    here = RoleGrant.objects.filter(
        Q(end__isnull=True) | Q(end__on__gt=day), party=OuterRef("pk"), since__lte=day, shop=shop
    )
    people = Party.objects.filter(Exists(held(here, Right.RECEIVE_GOODS))).annotate(
        is_manager=Exists(held(here, Right.CLEAR_EXCEPTION)),
        has_pin=Exists(Pin.objects.filter(party=OuterRef("pk"))),
    )
    return [
        Cashier(str(person.uid), person.name, person.is_manager, person.has_pin)
        for person in people.order_by("name", "pk")
    ]


def _last_date(device: Device) -> str:
    newest = device.openings.aggregate(date=Max("date"))["date"]
    return newest.isoformat() if newest else ""


def _receipt_keys(shop: Shop) -> dict[str, str]:
    starts = DeviceStart.objects.filter(device__shop=shop).order_by("device_id", "epoch")
    return {
        f"{code}-{epoch}": b64encode(bytes(key)).decode()
        for code, epoch, key in starts.values_list("device__code", "epoch", "public_key")
        if key
    }
