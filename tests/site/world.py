"""Two shops, two donors, two districts, and somebody in every role of each: who may see what."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from PIL import Image

from ayil.catalogue.actions import Words, announce
from ayil.catalogue.models import Announcement
from ayil.consignment.actions import agree, declare_note, plan_trip
from ayil.consignment.actions.ageing import ask_about
from ayil.consignment.ageing import at_hand
from ayil.consignment.car import items_for
from ayil.consignment.models import ConsignmentNote, Lot, NoteLine
from ayil.decisions.models import Assembly
from ayil.grants.actions import keep_evidence, sign_agreement
from ayil.grants.models import Agreement, EvidenceFile
from ayil.kit.clock import local_date
from ayil.lessons.actions import trigger_lessons
from ayil.members.actions import admit, affiliate, end_role, enter_party, grant_role, open_shop
from ayil.members.joining import Form, Named, apply_as_person
from ayil.members.mandates import write_mandate
from ayil.members.models import (
    Affiliation,
    Application,
    Distinction,
    Merge,
    Party,
    PartyKind,
    PartyPhoto,
    Purpose,
    Role,
    RoleGrant,
    Shop,
    User,
)
from ayil.members.photos import send_photo
from ayil.payouts.actions import (
    approve_run,
    hand_over,
    prepare_run,
    raise_dispute,
    set_sharing,
    settle,
)
from ayil.places.actions import enter_place
from ayil.places.models import Place, PlaceKind
from ayil.products.actions import ask_price
from ayil.shop.log import ingest
from ayil.shop.models import Device, FiscalRequest, Sale
from ayil.shop.money.actions import Moved, move_money
from tests.site.banking import ByBank, pay_by_bank
from tests.site.cast import AT, START, Maker, Programme, Till, person, programme
from tests.site.meeting import Meeting, meeting
from tests.site.shelves import Shelves, shelves_of

LATER = datetime(2012, 7, 1, 6, 0, tzinfo=UTC)
ENDED = date(2012, 8, 1)


@dataclass(frozen=True)
class Persona:
    """Somebody who asks for a page; `role` reaches as far as the scopes beside it.

    `party` None with a user is a sign-in that belongs to nobody; without one, a stranger.
    """

    name: str
    party: Party | None
    user: User | None
    role: Role | None = None
    shop: Shop | None = None
    donor: Party | None = None
    district: Place | None = None


@dataclass
class Half:
    """One shop with its people, one donor, one district: ours, or the others'."""

    made: Programme
    maker: Maker
    donor: Party
    agreement: Agreement
    scan: EvidenceFile
    district: Place
    lesson: int = 0
    payout: int = 0
    dispute: int = 0
    exception: int = 0
    intake: int = 0
    price_ask: int = 0
    ageing_ask: int = 0
    note: ConsignmentNote | None = None
    trip: int = 0
    fiscal_request: int = 0
    money_move: int = 0
    shelves: Shelves | None = None
    bank: ByBank = field(default_factory=ByBank)

    @property
    def shop(self) -> Shop:
        return self.made.shop


@dataclass
class World:
    ours: Half
    others: Half
    community: Party
    leader: Party
    contact: Party
    fellow: Party
    news: Announcement
    application: Application
    photo: PartyPhoto
    merge: Merge
    distinction: Distinction
    meeting: Meeting
    group_payout: int = 0
    mandate: int = 0
    personas: list[Persona] = field(default_factory=list)

    @property
    def officer(self) -> Party:
        return self.ours.made.officer

    @property
    def assembly(self) -> Assembly:
        return self.meeting.assembly


def world() -> World:
    """The whole of it, through the same actions as in use."""
    made = programme()
    ours = _half(made, "Гүлнара Асанова", "kumtor")
    others = _half(_second(made), "Жыпара Токтогулова", "aga-khan")
    community = enter_party(
        kind=PartyKind.COMMUNITY, name="Ак-Сай кийиз", village=made.villages[2], at=AT
    )
    people = [person(name, made.villages[2]) for name in ("Бурул", "Асел", "Кенже")]
    for member, part in zip(people, Affiliation.Part, strict=True):
        affiliate(person=member, community=community, since=START, by=made.officer, part=part)
    admit(party=community, on=START, by=made.officer, at=AT)
    group = Maker(
        community,
        agree(shop=ours.shop, consignor=community, number="Д-К", since=START, by=made.officer),
    )
    news = announce(
        on=START, issuer=ours.donor, texts={"ky": Words("Кабар", "Дүкөн ачылды.")},
        by=made.officer, at=AT,
    )  # fmt: skip
    found = World(
        ours, others, community, *people, news=news, application=_application(made.villages[2]),
        photo=_photo(ours.maker.party), meeting=meeting(made.villages[1]),
        **_looked_alike(made, people),
    )  # fmt: skip
    found.group_payout = _pay_group(ours, group, people)
    found.mandate = write_mandate(
        giver=found.fellow, holder=found.contact, since=local_date(LATER), by=found.fellow,
        at=LATER,
    ).pk  # fmt: skip
    found.personas = [*_outsiders(found), *_officials(found)]
    return found


def _photo(party: Party) -> PartyPhoto:
    """The maker's photo, who stands in public."""
    written = io.BytesIO()
    Image.new("RGB", (100, 100), "#8a5a00").save(written, "PNG")
    return send_photo(party=party, data=written.getvalue(), by=party, at=AT)


def _looked_alike(made: Programme, people: Sequence[Party]) -> dict[str, Any]:
    """A record that is Kenje's too, and one that is not."""
    double, other = (person("Кенже", made.villages[2]) for _number in range(2))
    by = made.officer
    return {
        "merge": Merge.objects.create(kept=people[2], double=double, reason="x", by=by, at=AT),
        "distinction": Distinction.objects.create(one=people[2], other=other, by=by, at=AT),
    }


def _application(village: Place) -> Application:
    """Somebody who wants to join and waits for the answer."""
    form = Form(uuid.uuid4(), Application.Way.PAGE, frozenset({Purpose.MEMBERSHIP}))
    return apply_as_person(
        applicant=Named("Айсалкын Бекова", village, "+996555123456"), form=form, by=None,
        on=START, at=AT,
    )  # fmt: skip


def _second(made: Programme) -> Programme:
    """Another shop in another district, with its own till and manager."""
    region = made.villages[0].parent.parent if made.villages[0].parent else None
    district = enter_place(
        code="ton", kind=PlaceKind.DISTRICT, parent=region, names=("Ton", "Тон", "Тоң"), source="s"
    )
    names = ("Bokonbaevo", "Боконбаево", "Бөкөнбаев")
    village = enter_place(
        code="bokonbaevo", kind=PlaceKind.VILLAGE, parent=district, names=names, source="s"
    )
    shop = open_shop(code="bokon", name="Бөкөнбаев дүкөнү", place=village, currency="KGS")
    manager = person("Нурбек Алиев", village)
    grant_role(party=manager, role=Role.MANAGER, since=START, by=made.officer, shop=shop)
    device = Device.objects.create(
        shop=shop, code="till-2", token_hash=b"2" * 32, enrolled_at=AT, enrolled_by=manager
    )
    return Programme([village], shop, made.officer, manager, Till(shop, device))


def _half(made: Programme, maker_name: str, donor_name: str) -> Half:
    """A maker who sold, was paid and was told a lesson; a till that was closed, and that said
    something unreadable."""
    maker = made.add_maker(maker_name, 0)
    for day in range(10):
        made.sell(maker, 1, START + timedelta(days=2 * day))
    officer, donor = made.officer, enter_party(kind=PartyKind.ENTERPRISE, name=donor_name, at=AT)
    scan = keep_evidence(
        content=f"%PDF-1.7 {donor_name}".encode(), name="memorandum.pdf",
        media_type="application/pdf", by=officer, at=AT,
    )  # fmt: skip
    agreement = sign_agreement(
        code=donor_name, donor=donor, association=person("Ассоциация"), number=f"M-{donor_name}",
        title="Village goods", signed_on=START, begins_on=START, ends_on=date(2013, 3, 31),
        currency="USD", scan=scan,
    )  # fmt: skip
    district = made.villages[0].parent
    if district is None:
        raise RuntimeError("a village of the tests lies in a district")
    half = Half(made, maker, donor, agreement, scan, district)
    made.till.send(START + timedelta(days=18), {"kind": "shift_closed", "counted": {}})
    _pay(half)
    trigger_lessons(shop=made.shop, as_of=START + timedelta(days=20), at=LATER)
    half.lesson = made.shop.lessons.get(producer=maker.party).pk
    ingest(device=made.till.device, raw=[f"not an event {made.shop.code}".encode()], at=AT)
    half.exception = made.till.device.exceptions.get().pk
    half.intake = _count_goods(half)
    _announce(half)
    _ask(half)
    sale = Sale.objects.filter(shop=made.shop).earliest("id")
    FiscalRequest.objects.create(event=sale.event, shop=made.shop, at=AT)
    half.fiscal_request = sale.event_id
    own = Moved(kind="own-in", amount_minor=500_000, paper="К-1")
    half.money_move = move_money(shop=made.shop, moved=own, by=made.manager, at=AT).pk
    half.shelves = shelves_of(made, maker)
    return half


def _ask(half: Half) -> None:
    """The shop asks the maker for another price, and what becomes of goods that stand too long."""
    lot, by = half.maker.lots[0], half.made.manager
    half.price_ask = ask_price(
        shop=half.shop, variant=lot.variant, amount_minor=60_000, reason="Көп турду", by=by,
        on=ENDED, at=LATER,
    ).pk  # fmt: skip
    lots = list(at_hand(Lot.objects.filter(pk=lot.pk)))
    stood = START + timedelta(days=150)
    half.ageing_ask = ask_about(lots=lots, by=by, on=stood, at=LATER)[0].pk


def _announce(half: Half) -> None:
    """More goods, which the car shall pick up: its list is made, and nobody counted them yet."""
    variant = half.maker.lots[0].variant
    line = NoteLine(variant=variant, declared=4, batch="2", best_before=date(2030, 1, 1))
    half.note = declare_note(
        agreement=half.maker.agreement, number=f"Н-{half.shop.code}", on=START,
        by=half.maker.party, lines=[line], comes=ConsignmentNote.Comes.CAR,
    )  # fmt: skip
    trip = plan_trip(
        shop=half.shop, items=items_for(half.shop, START), on=START, by=half.made.manager,
        today=START, at=AT,
    )  # fmt: skip
    half.trip = trip.pk


def _count_goods(half: Half) -> int:
    """Goods counted at the till by an agreement that nobody knows: they wait for a person."""
    uids = str(half.made.manager.uid), str(half.maker.party.uid)
    lot = half.maker.lots[0]
    line = {
        "line": None, "variant": lot.variant_id, "declared": 2, "accepted": 0, "refused": 2,
        "reason": "нымдуу",
    }  # fmt: skip
    half.made.till.send(
        START + timedelta(days=18),
        {
            "kind": "intake", "agreement": "Д-0", "consignor": uids[1], "note": "Н-0",
            "lines": [line], "for_shop": {"by": uids[0], "way": "drawn"},
            "for_consignor": {"by": uids[1], "way": "drawn", "strokes": [[90, 90, 400, 200]]},
        },
        waits=True,
    )  # fmt: skip
    return half.made.till.device.events.latest("id").pk


def _pay(half: Half) -> None:
    made, shop = half.made, half.shop
    settle(shop=shop, by=made.manager, at=LATER)
    pays, lists = person("Эркин Жумабаев"), person("Салтанат Орозова")
    for party, role in ((pays, Role.PAYMASTER), (lists, Role.ACCOUNTANT)):
        grant_role(party=party, role=role, since=START, by=made.officer, shop=shop)
    run = prepare_run(shop=shop, by=lists, at=LATER)
    approve_run(run=run, by=made.manager, at=LATER)
    payout = run.payouts.get()
    half.bank = pay_by_bank(payout, lists=lists, checks=made.officer, pays=pays)
    half.payout = payout.pk
    half.dispute = raise_dispute(
        statement=payout.statement, words="Бир буюм жок", by=half.maker.party, at=LATER
    ).pk


def _pay_group(half: Half, group: Maker, people: Sequence[Party]) -> int:
    """The community sold one piece, shares by parts, and was paid."""
    made, shop, leader = half.made, half.shop, people[0]
    group.lots.append(made.deliver(group, 1, 5, START))
    made.sell(group, 1, START + timedelta(days=2))
    set_sharing(
        community=group.party, parts={leader: 3, people[1]: 2, people[2]: 1},
        since=local_date(LATER), decided_by="Жыйын", paper="Токтом 1", by=leader, at=LATER,
    )  # fmt: skip
    settle(shop=shop, by=made.manager, at=LATER)
    lists, pays = (
        RoleGrant.objects.filter(shop=shop, role=role).earliest("id").party
        for role in (Role.ACCOUNTANT, Role.PAYMASTER)
    )
    run = prepare_run(shop=shop, by=lists, at=LATER)
    approve_run(run=run, by=made.manager, at=LATER)
    payout = run.payouts.get(consignor=group.party)
    hand_over(payout=payout, payee=leader, by=pays, at=LATER)
    return payout.pk


def _user(party: Party | None, name: str) -> User:
    return User.objects.create(username=name.replace(" ", "-"), party=party)


def _outsiders(found: World) -> Iterator[Persona]:
    yield Persona("nobody", None, None)
    yield Persona("a sign-in without a person", None, _user(None, "no person"))
    for name, party in (
        ("maker", found.ours.maker.party),
        ("another maker", found.others.maker.party),
        ("leader", found.leader),
        ("contact", found.contact),
        ("fellow", found.fellow),
        ("villager", found.meeting.villager),
    ):
        yield Persona(name, party, _user(party, name))
    former = person("Талант", found.ours.made.villages[0])
    grant = grant_role(party=former, role=Role.OFFICER, since=START, by=found.officer)
    end_role(grant=grant, on=ENDED, by=found.officer)
    yield Persona("former officer", former, _user(former, "former officer"))


def _officials(found: World) -> Iterator[Persona]:
    """Every role: for the whole association, or one of ours and one of the others'."""
    for role in Role:
        if role in {Role.DONOR, Role.ADMINISTRATION, Role.MANAGER, Role.CLERK}:
            continue
        yield _official(found, f"{role}", role)
    for whose, half in (("our", found.ours), ("their", found.others)):
        yield _official(found, f"{whose} manager", Role.MANAGER, shop=half.shop)
        yield _official(found, f"{whose} clerk", Role.CLERK, shop=half.shop)
        yield _official(found, f"{whose} accountant", Role.ACCOUNTANT, shop=half.shop)
        yield _official(found, f"{whose} donor", Role.DONOR, donor=half.donor)
        yield _official(
            found, f"{whose} administration", Role.ADMINISTRATION, district=half.district
        )


def _official(
    found: World,
    name: str,
    role: Role,
    *,
    shop: Shop | None = None,
    donor: Party | None = None,
    district: Place | None = None,
) -> Persona:
    party = person(f"Кызматкер {name}", found.ours.made.villages[0])
    grant_role(
        party=party, role=role, since=START, by=found.officer, shop=shop, donor=donor,
        district=district,
    )  # fmt: skip
    return Persona(name, party, _user(party, name), role, shop, donor, district)
