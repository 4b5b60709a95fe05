"""What the walk asks every route for: an object of ours, one of the others', and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ayil.shop.programme import programme
from tests.site.sample import Sample, Samples
from tests.site.village_samples import OF_VILLAGES
from tests.site.world import Half, World

OUR_MAKER, THEIR_MAKER = frozenset({"maker"}), frozenset({"another maker"})
SPEAK = frozenset({"leader", "contact"})


def _halves(make: Callable[[Half, frozenset[str]], Sample]) -> Samples:
    return lambda world: [make(world.ours, OUR_MAKER), make(world.others, THEIR_MAKER)]


def _statement(half: Half, owners: frozenset[str]) -> Sample:
    parts = {"shop": half.shop.code, "uid": half.maker.party.uid, "number": 1}
    return Sample(parts, owners, shop=half.shop, form={"words": "Бир буюм жок"})


def _dispute(half: Half, owners: frozenset[str]) -> Sample:
    form = {"do": "dismiss", "reason": "Эки жолу саналды"}
    return Sample({"pk": half.dispute}, owners, shop=half.shop, form=form)


def _sheet(world: World) -> Sequence[Sample]:
    parts = {"pk": world.group_payout}
    return [Sample(parts, frozenset({"leader", "contact", "fellow"}), shop=world.ours.shop)]


def _list(**form: str) -> Samples:
    return _halves(
        lambda half, _owners: Sample({"pk": half.bank.payout_list}, shop=half.shop, form=form)
    )


def _account(**form: str) -> Samples:
    """The maker's, confirmed already; those who keep accounts keep all of them."""
    return lambda world: [Sample({"pk": world.ours.bank.account}, form=form)]


def _mandate(world: World) -> Sequence[Sample]:
    owners = frozenset({"fellow", "contact"})
    return [Sample({"pk": world.mandate}, owners, form={"reason": "Өзүм алам"})]


def _sales(world: World) -> Sequence[Sample]:
    return [
        *_halves(
            lambda half, owners: Sample(
                {"shop": half.shop.code, "uid": half.maker.party.uid}, owners, shop=half.shop
            )
        )(world),
        Sample(
            {"shop": world.ours.shop.code, "uid": world.community.uid}, SPEAK, shop=world.ours.shop
        ),
    ]


def _one(**parts: Callable[[World], object]) -> Samples:
    return lambda world: [Sample({name: make(world) for name, make in parts.items()})]


def _belonging(name: str, *owners: str, **form: str) -> Samples:
    """The affiliation of one of the community's people."""

    def make(world: World) -> Sequence[Sample]:
        person = {"leader": world.leader, "contact": world.contact, "fellow": world.fellow}[name]
        pk = world.community.affiliates.get(person=person).pk
        return [Sample({"uid": world.community.uid, "pk": pk}, frozenset(owners), form=form)]

    return make


def _community(*owners: str, **form: str) -> Samples:
    return lambda world: [Sample({"uid": world.community.uid}, frozenset(owners), form=form)]


def _application(**form: str) -> Samples:
    return lambda world: [Sample({"uid": world.application.uid}, form=form)]


def _person(*owners: str, **form: str) -> Samples:
    """The record of the community's third one."""
    return lambda world: [Sample({"uid": world.fellow.uid}, frozenset(owners), form=form)]


def _role(world: World) -> Sequence[Sample]:
    grant = world.ours.made.manager.roles.get()
    return [Sample({"uid": grant.party.uid, "grant": grant.pk})]


def _card(world: World) -> Sequence[Sample]:
    """Nobody has a card: its place in the address is one that a stranger guessed."""
    return [Sample({"uid": world.fellow.uid, "card": world.fellow.uid}, is_there=False)]


def _own_consent(world: World) -> Sequence[Sample]:
    parts = {"uid": world.fellow.uid, "purpose": "research"}
    return [Sample(parts, frozenset({"fellow"}), form={"given": "yes"})]


def _agreement(**form: str) -> Samples:
    return _halves(
        lambda half, owners: Sample(
            {"uid": half.maker.agreement.uid}, owners, shop=half.shop, form=form
        )
    )


def _note(**form: str) -> Samples:
    """The maker's note that nobody counted yet."""
    return _halves(
        lambda half, owners: Sample(
            {"uid": half.note.uid if half.note else None}, owners, shop=half.shop, form=form
        )
    )


def _trip(half: Half, _owners: frozenset[str]) -> Sample:
    return Sample({"pk": half.trip}, shop=half.shop)


def _shelf(what: str, *, own: bool = False, **form: str) -> Samples:
    """A paper of the shelf, by the name of its address in `Shelves`."""

    def sample(half: Half, owners: frozenset[str]) -> Sample:
        assert half.shelves is not None
        came = half.shelves.came if what == "arriving" else {}
        return Sample(
            {"uid": getattr(half.shelves, what)}, owners if own else frozenset(),
            shop=half.shop, form={**form, **came},
        )  # fmt: skip

    return _halves(sample)


# Routes without parts need no line here.
SAMPLES: Mapping[str, Samples] = {
    **OF_VILLAGES,
    "agreement": _agreement(),
    "agreement-end": _agreement(on="2100-01-01", reason="x"),
    "agreement-paper": _agreement(),
    "agreement-renew": _agreement(),
    "announce": _agreement(),
    "application": _application(),
    "application-admit": _application(),
    "application-answer": _application(words="Ооба", admits="yes"),
    "application-appeal": _application(words="Кайра карап көргүлө"),
    "application-paper-appeal": _application(words="Кайра карап көргүлө", paper="А-1"),
    "application-refuse": _application(words="Сатып алып сатат"),
    "application-state": _application(),
    "community": _community("leader", "contact", "fellow"),
    "community-add": _community("leader", name="Айша", part="member"),
    "community-end": _belonging("fellow", "leader", "fellow"),
    "community-hand-over": _belonging("leader", "leader"),
    "community-part": _belonging("fellow", "leader", part="contact"),
    "membership-step": _community("leader", step="dormant"),
    "enter": lambda _world: [Sample({"token": "x"}, is_there=False)],
    "card": lambda _world: [Sample({"code": "x"})],
    "use-link": lambda _world: [Sample({"token": "x"})],
    "end-my-card": lambda world: [Sample({"uid": world.fellow.uid}, is_there=False)],
    "mfa_remove_webauthn": lambda _world: [Sample({"pk": 1})],
    "mfa_deactivate_totp": lambda _world: [Sample(is_there=False)],
    "mfa_view_recovery_codes": lambda _world: [Sample(is_there=False)],
    "devices": lambda _world: [Sample(is_there=None)],
    "end-device": _halves(
        lambda half, _owners: Sample({"code": half.made.till.device.code}, shop=half.shop)
    ),
    "fiscal": _halves(lambda half, _owners: Sample({"shop": half.shop.code}, shop=half.shop)),
    "fiscal-say": _halves(
        lambda half, _owners: Sample(
            {"pk": half.fiscal_request}, shop=half.shop, form={"what": "again"}
        )
    ),
    "till-file": lambda _world: [Sample({"version": programme().version, "name": "main.js"})],
    "till-terms": _halves(
        lambda half, _owners: Sample(
            {"shop": half.shop.code}, shop=half.shop, form={"refund_limit": "500", "fiscal": "none"}
        )
    ),
    "me-consent": _own_consent,
    "person-erase": _person(reason="x"),
    "assess": _halves(
        lambda half, _owners: Sample({"pk": half.maker.lots[0].count_id}, shop=half.shop)
    ),
    "car-paper": _halves(_trip),
    "car-trip": _halves(_trip),
    "catalogue:announcement": _one(uid=lambda world: world.news.uid),
    "catalogue:good": _one(pk=lambda world: world.ours.maker.lots[0].variant.product_id),
    "catalogue:village": _one(code=lambda world: world.ours.made.villages[0].code),
    "dispute": _halves(_statement),
    "dispute-case": _halves(_dispute),
    "dispute-decide": _halves(lambda half, _owners: _dispute(half, frozenset())),
    "dispute-paper": _halves(_dispute),
    "sharing": _community("leader", "contact", "fellow"),
    "sharing-set": _community("leader", since="2012-07-02"),
    "sheet": _sheet,
    "sheet-paper": _sheet,
    "statement": _halves(_statement),
    "statement-lines": _halves(_statement),
    "statement-paper": _halves(_statement),
    "sales-of": _sales,
    "owed": _halves(lambda half, _owners: Sample({"shop": half.shop.code}, shop=half.shop)),
    "payout-received": _halves(
        lambda half, owners: Sample({"pk": half.payout}, owners, shop=half.shop)
    ),
    **{
        name: _list(**form)
        for name, form in {
            "bank-file-make": {"template": "1"},
            "payout-list": {},
            "payout-list-approve": {},
            "payout-list-evidence": {},
            "payout-list-paper": {},
            "payout-list-signed": {"how": "signature"},
        }.items()
    },
    **{
        name: _halves(
            lambda half, _owners: Sample(
                {"pk": half.payout}, shop=half.shop, form={"reason": "Келген жок"}
            )
        )
        for name in ("payout-back", "payout-cancel", "payout-hand-over")
    },
    "bank-file": _halves(lambda half, _owners: Sample({"pk": half.bank.file}, shop=half.shop)),
    "bank-file-done": _halves(lambda half, _owners: Sample({"pk": half.bank.file}, shop=half.shop)),
    "payout-paper": _halves(lambda half, _owners: Sample({"pk": half.bank.paper}, shop=half.shop)),
    "payee-account-confirm": _account(number="1240010000001234"),
    "payee-account-end": _account(reason="Жабылды"),
    "mandate-end": _mandate,
    "mandate-paper": _mandate,
    "promise": _halves(lambda half, owners: Sample({"pk": half.lesson}, owners, shop=half.shop)),
    "clear-exception": _halves(
        lambda half, _owners: Sample({"pk": half.exception}, shop=half.shop, form={"note": "x"})
    ),
    "money-confirm": _halves(lambda half, _owners: Sample({"pk": half.money_move}, shop=half.shop)),
    "money-move": _halves(lambda half, _owners: Sample({"pk": half.money_move}, shop=half.shop)),
    "money-new": lambda _world: [Sample({"kind": "to-bank"})],
    "money-slip": _halves(lambda half, _owners: Sample({"pk": half.money_move}, shop=half.shop)),
    "money-undo": _halves(
        lambda half, _owners: Sample({"pk": half.money_move}, shop=half.shop, form={"reason": "x"})
    ),
    "intake": _halves(lambda half, _owners: Sample({"pk": half.intake}, shop=half.shop)),
    "intake-decide": _halves(
        lambda half, _owners: Sample(
            {"pk": half.intake}, shop=half.shop, form={"do": "aside", "note": "Үйүнө кетти"}
        )
    ),
    "list": lambda _world: [Sample({"kind": "goods"})],
    "list-empty": lambda _world: [Sample({"kind": "lots", "language": "ky", "form": "csv"})],
    "list-whole": lambda _world: [Sample({"kind": "lots", "form": "csv"})],
    "lot": _halves(
        lambda half, owners: Sample({"pk": half.maker.lots[0].pk}, owners, shop=half.shop)
    ),
    "note": _note(),
    "note-count": _note(),
    "note-paper": _note(),
    "note-withdraw": _note(reason="x"),
    "z-report": _halves(
        lambda half, _owners: Sample(
            {"pk": half.made.till.device.closings.get().pk}, shop=half.shop
        )
    ),
    "act": _shelf("act", own=True),
    "act-paper": _shelf("act", own=True),
    "act-sign": _shelf("draft"),
    "act-withdraw": _shelf("draft", reason="Табылды"),
    "count": _shelf("sheet"),
    "count-act": _shelf("closed"),
    "count-add": _shelf("sheet", label="0000"),
    "count-close": _shelf("sheet"),
    "count-paper": _shelf("sheet"),
    "return": _shelf("goods_return", own=True),
    "return-hand-over": _shelf("goods_return"),
    "return-paper": _shelf("goods_return", own=True),
    "transfer": _shelf("transfer", own=True),
    "transfer-count": _shelf("arriving"),
    "transfer-missing": _shelf("transfer"),
    "transfer-paper": _shelf("transfer", own=True),
    "evidence": _halves(
        lambda half, _owners: Sample({"sha256": half.scan.sha256}, donor=half.donor)
    ),
    "grant-of": _halves(
        lambda half, _owners: Sample({"code": half.agreement.code}, donor=half.donor)
    ),
    "distinction-end": _one(distinction=lambda world: world.distinction.pk),
    "ageing-ask": _halves(
        lambda half, _owners: Sample(
            {"uid": half.maker.party.uid}, shop=half.shop, form={"shop": half.shop.code}
        )
    ),
    "ageing-say": _halves(
        lambda half, _owners: Sample({"pk": half.ageing_ask}, shop=half.shop, form={"way": "keep"})
    ),
    "my-ageing": _halves(
        lambda half, owners: Sample({"pk": half.ageing_ask}, owners, form={"way": "keep"})
    ),
    "my-price": _halves(
        lambda half, owners: Sample(
            {"pk": half.maker.lots[0].variant_id}, owners, form={"amount": "x"}
        )
    ),
    "my-price-answer": _halves(
        lambda half, owners: Sample({"pk": half.price_ask}, owners, form={"say": "no"})
    ),
    "my-price-sheet": _halves(lambda half, owners: Sample({"uid": half.maker.party.uid}, owners)),
    "price": _halves(
        lambda half, _owners: Sample({"pk": half.maker.lots[0].variant_id}, shop=half.shop)
    ),
    "price-sheet": _halves(
        lambda half, _owners: Sample({"pk": half.maker.lots[0].variant_id}, shop=half.shop)
    ),
    "goods-photo": _halves(
        lambda half, owners: Sample({"pk": half.maker.lots[0].variant.product_id}, owners)
    ),
    "merge-end": _one(merge=lambda world: world.merge.pk),
    "people-export": lambda _world: [Sample({"form": "csv"})],
    "people-import-template": lambda _world: [Sample({"language": "ky", "kind": "csv"})],
    "person": _person(),
    "person-card": _person(),
    "person-card-end": _card,
    "person-change": _person(name="Башка", language="ky"),
    "person-consent": _person(purpose="research", given="no"),
    "person-link": _person(),
    "person-messages": _person(
        way="slip",
        rhythm="evening",
        language="ky",
        quiet_from="21:00",
        quiet_until="08:00",
        paper="К-7",
    ),
    "person-pin": _person(pin="4917", again="4917"),
    "person-role": _person(role="trainer"),
    "person-second-factor": _person(),
    "photo": _one(uid=lambda world: world.photo.uid),
    "photo-away": _person("fellow"),
    "photo-send": _person("fellow"),
    "role-end": _role,
}
