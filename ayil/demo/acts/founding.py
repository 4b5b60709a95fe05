"""Places, people, communities, the association with its posts, the shop, and who signs in."""

from datetime import date, datetime, timedelta

from ayil.demo.acts.stage import CURRENCY, Stage, moment
from ayil.demo.programme import geography, notices
from ayil.demo.programme.grant import SUPPLIERS
from ayil.demo.programme.records import Community, Person
from ayil.members.actions import (
    admit,
    affiliate,
    enter_party,
    give_mandate,
    grant_role,
    open_shop,
)
from ayil.members.consents import record_consent
from ayil.members.doors import open_sign_in
from ayil.members.models import Affiliation, Party, PartyKind, Purpose, Role, Sex
from ayil.places.actions import enter_place
from ayil.places.models import PlaceKind
from ayil.shop.money.actions import Moved, move_money

FOUNDED = date(2012, 4, 2)
SHOP_CODE, SHOP_NAME = "karakol", "Karakol Research Shop"
OPENING_CASH_MINOR = 1_000_000
AT_THE_SHOP = {Role.MANAGER, Role.CLERK}
# The user's name by the role that the demo's page shows it under.
SIGN_IN = {
    "producer": "jyldyz-mamyrova",
    "community leader": "ak-say-kiyiz-1",
    "manager": "manager",
    "clerk": "clerk",
    "officer": "officer",
    "accountant": "accountant",
    "donor's officer": "donor",
    "auditor": "auditor",
    "administration": "administration",
}


def found(stage: Stage) -> None:
    """All that stands before the first tranche comes."""
    at = moment(FOUNDED, 9)
    _enter_places(stage)
    _enter_people(stage, at)
    _give_posts(stage)
    for community in stage.plan.cast.communities:
        _found_community(stage, community)
    for key, joined in stage.plan.cast.sole_makers.items():
        if joined:
            on = FOUNDED + timedelta(days=20)
            admit(party=stage.parties[key], on=on, by=stage.parties["officer"], at=moment(on, 11))
    _collectors(stage)
    _open_shop(stage, at)
    for name, key in SIGN_IN.items():
        if key in stage.parties:
            open_sign_in(
                party=stage.parties[key], by=stage.parties["officer"], at=at,
                username=user_name(name),
            )  # fmt: skip


def _enter_places(stage: Stage) -> None:
    def enter(code: str, kind: PlaceKind, above: str, names: tuple[str, str, str]) -> None:
        stage.places[code] = enter_place(
            code=code, kind=kind, parent=stage.places.get(above), names=names, source=sources[code]
        )

    villages = stage.plan.cast.villages
    sources = {village.code: village.note for village in villages}
    sources |= dict.fromkeys([geography.REGION[0], *geography.DISTRICTS], "аты: ачык булак")
    code, names = geography.REGION
    enter(code, PlaceKind.REGION, "", names)
    for code, names in geography.DISTRICTS.items():
        enter(code, PlaceKind.DISTRICT, geography.REGION[0], names)
    for village in villages:
        enter(village.code, PlaceKind.VILLAGE, village.district, village.names)


def _enter_people(stage: Stage, at: datetime) -> None:
    cast = stage.plan.cast
    _enter(stage, "association", PartyKind.ENTERPRISE, "One Village One Product Association", at)
    _enter(stage, notices.DONOR, PartyKind.ENTERPRISE, "Kumtor Operating Company", at)
    for supplier in SUPPLIERS:
        _enter(stage, supplier.key, PartyKind.ENTERPRISE, supplier.name, at)
    for person in (*cast.staff, *cast.makers):
        stage.parties[person.key] = enter_person(stage, person, at)


def _enter(
    stage: Stage, key: str, kind: PartyKind, name: str, at: datetime, village: str = ""
) -> Party:
    stage.parties[key] = party = enter_party(
        kind=kind, name=name, at=at, village=stage.places.get(village), uid=stage.uid("party", key)
    )
    return party


def enter_person(stage: Stage, person: Person, at: datetime) -> Party:
    return enter_party(
        kind=PartyKind.PERSON,
        name=person.name,
        at=at,
        village=stage.places.get(person.village or ""),
        language=person.language,
        born_year=person.born_year,
        sex=Sex.WOMAN if person.is_woman else Sex.MAN,
        uid=stage.uid("party", person.key),
    )


def _give_posts(stage: Stage) -> None:
    chair = stage.parties["chair"]
    for person in stage.plan.cast.staff:
        role = Role(person.post)
        if role not in AT_THE_SHOP:
            grant_role(
                party=stage.parties[person.key], role=role, since=FOUNDED, by=chair,
                donor=stage.parties[notices.DONOR] if role == Role.DONOR else None,
                district=stage.places["jety-oguz"] if role == Role.ADMINISTRATION else None,
            )  # fmt: skip


def _found_community(stage: Stage, community: Community) -> None:
    """Entered, its people affiliated, admitted; most let their name stand in public."""
    officer, chance = stage.parties["officer"], stage.chance("community", community.key)
    on = FOUNDED + timedelta(days=chance.randint(3, 40))
    at = moment(on, 12)
    party = _enter(stage, community.key, PartyKind.COMMUNITY, community.name, at, community.village)
    parts = (Affiliation.Part.LEADER, Affiliation.Part.CONTACT)
    for number, key in enumerate(community.people):
        part = parts[number] if number < len(parts) else Affiliation.Part.MEMBER
        person = stage.parties[key]
        affiliate(person=person, community=party, since=on, by=officer, part=part)
        record_consent(party=person, purpose=Purpose.MEMBERSHIP, given=True, by=person, at=at)
    admit(party=party, on=on, by=officer, at=at)
    leader = stage.parties[community.leader]
    for purpose in (Purpose.MEMBERSHIP, Purpose.PUBLIC_PAGE, Purpose.MESSAGES):
        record_consent(
            party=party, purpose=purpose, given=purpose != Purpose.PUBLIC_PAGE
            or chance.random() < 0.9, by=leader, at=at,
        )  # fmt: skip


def _collectors(stage: Stage) -> None:
    """Makers who have not joined let the neighbouring leader collect their money."""
    cast = stage.plan.cast
    for key, joined in cast.sole_makers.items():
        giver, village = stage.parties[key], cast.village_of[key]
        for purpose in (Purpose.MEMBERSHIP, Purpose.PUBLIC_PAGE):
            record_consent(
                party=giver, purpose=purpose, given=True, by=giver, at=moment(FOUNDED, 15)
            )
        if not joined:
            leader = next(c.leader for c in cast.communities if c.village == village)
            give_mandate(
                giver=giver, holder=stage.parties[leader], since=FOUNDED + timedelta(days=50),
                paper=f"{giver.name}: кол менен жазылган ишеним кат", by=giver,
            )  # fmt: skip


def _open_shop(stage: Stage, at: datetime) -> None:
    region = stage.places[geography.REGION[0]]
    stage.shops.append(open_shop(code=SHOP_CODE, name=SHOP_NAME, place=region, currency=CURRENCY))
    for person in stage.plan.cast.staff:
        if Role(person.post) in AT_THE_SHOP:
            grant_role(
                party=stage.parties[person.key], role=Role(person.post), since=FOUNDED,
                by=stage.parties["chair"], shop=stage.shop,
            )  # fmt: skip
    _put_opening_cash(stage, at)


def _put_opening_cash(stage: Stage, at: datetime) -> None:
    """The association's own money in the safe, from which the tills get their floats."""
    own = Moved("own-in", OPENING_CASH_MINOR, paper="КО-1", words="Ассоциациянын майда акчасы")
    move_money(shop=stage.shop, moved=own, by=stage.parties["accountant"], at=at)


def user_name(role: str) -> str:
    return role.replace(" ", "-").replace("'", "")
