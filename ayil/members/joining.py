"""Applying: any interested person or community may join, by the page, on paper or at the shop."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate, enter_party, record_membership
from ayil.members.applications import lacks_contacts, standing_affiliations
from ayil.members.consents import record_consent
from ayil.members.models import (
    Affiliation,
    Application,
    MembershipStep,
    Party,
    PartyKind,
    Purpose,
)
from ayil.members.rights import Right, require
from ayil.members.rules import (
    FEWEST_CONTACTS,
    MOST_APPLICATIONS_AN_HOUR,
    code_of,
)
from ayil.places.models import Place

Part = Affiliation.Part


@dataclass(frozen=True)
class Named:
    """Somebody as a form names them; `record` where they are in our records already."""

    name: str
    village: Place | None = None
    phone: str = ""
    language: str = "ky"
    record: Party | None = None


@dataclass(frozen=True)
class Form:
    """What came with an application beside the names.

    `uid` is made by whoever fills it in, so that a form sent twice is one application. `origin`
    stands for the connection that a page's form came over (see `origin_of`).
    """

    uid: UUID
    way: Application.Way
    consents: frozenset[Purpose]
    language: str = "ky"
    paper: str = ""
    words: str = ""
    origin: str = ""
    witness: Named | None = None


def origin_of(address: str, on: date) -> str:
    """What is kept of an internet address: 16 hexadecimal digits that differ every day.

    Without this server's key nobody tells the address from them, and with it only by trying all.
    An IPv6 connection counts by its network, since a telephone changes the rest at will.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    network = ipaddress.ip_network(f"{found}/{64 if found.version == 6 else 32}", strict=False)
    return salted_hmac(f"ayil.members.joining {on}", str(network)).hexdigest()[:16]


def apply_as_person(
    *, applicant: Named, form: Form, by: Party | None, on: date, at: datetime
) -> Application:
    """`by` is None where the applicant sends the form; another needs the right to enter it."""
    with transaction.atomic():
        if sent := _sent_before(form):
            return sent
        _refuse_to_take(form, by=by, own=[applicant.record], on=on)
        _refuse_flood(form, at=at)
        party = entered(applicant, at=at)
        return _file(party=party, form=form, by=by or party, on=on, at=at)


def apply_as_community(
    *,
    community: Named,
    contacts: Sequence[tuple[Named, Affiliation.Part]],
    form: Form,
    by: Party | None,
    on: date,
    at: datetime,
) -> Application:
    """A community with two people or more to turn to, one of them its leader.

    One that has left and applies again (`community.record`) keeps those that it has.
    """
    with transaction.atomic():
        if sent := _sent_before(form):
            return sent
        own = [named.record for named, part in contacts if part == Part.LEADER]
        _refuse_to_take(form, by=by, own=own, on=on)
        _refuse_flood(form, at=at)
        party = entered(community, at=at, kind=PartyKind.COMMUNITY)
        people = [(entered(named, at=at), part) for named, part in contacts]
        leader = next(person for person, part in people if part == Part.LEADER)
        known = set(standing_affiliations(on).filter(community=party).values_list("person", "part"))
        for person, part in people:
            if (person.pk, part) not in known:
                affiliate(person=person, community=party, since=on, by=by or leader, part=part)
        refuse_few_contacts(party, on)
        return _file(party=party, form=form, by=by or leader, on=on, at=at)


def _sent_before(form: Form) -> Application | None:
    return Application.objects.filter(uid=form.uid).first()


def _refuse_to_take(form: Form, *, by: Party | None, own: Sequence[Party | None], on: date) -> None:
    if Purpose.MEMBERSHIP not in form.consents:
        raise AyilError(
            _("Without the consent to keep the name there is no list to stand on. Tick that box.")
        )
    if by is None or by in own:
        return
    require(by, Right.TAKE_APPLICATION, on=on)
    if form.way == Application.Way.PAPER and not form.paper.strip():
        raise AyilError(_("An application from paper needs the number of its paper."))


def _refuse_flood(form: Form, *, at: datetime) -> None:
    if not form.origin:
        return
    lately = Application.objects.filter(
        origin=form.origin, event__recorded_at__gt=at - timedelta(hours=1)
    )
    if lately.count() >= MOST_APPLICATIONS_AN_HOUR:
        raise AyilError(
            _(
                "Very many applications came over this connection within an hour. Try again in an "
                "hour, or apply at the shop."
            )
        )


def refuse_few_contacts(community: Party, on: date) -> None:
    if lacks_contacts(community, on):
        raise AyilError(
            ngettext(
                "%(community)s needs at least %(fewest)s person to turn to. "
                "Name another one first.",
                "%(community)s needs at least %(fewest)s people to turn to. "
                "Name another one first.",
                FEWEST_CONTACTS,
            )
            % {"community": community, "fewest": FEWEST_CONTACTS}
        )


def entered(named: Named, *, at: datetime, kind: PartyKind = PartyKind.PERSON) -> Party:
    """Their record, made where there is none."""
    if named.record is not None:
        return named.record
    return enter_party(
        kind=kind,
        name=named.name,
        village=named.village,
        phone=named.phone,
        language=named.language,
        at=at,
    )


def _file(*, party: Party, form: Form, by: Party, on: date, at: datetime) -> Application:
    """The step, the application behind it, and a consent for each box that was ticked."""
    event = record_membership(party=party, step=MembershipStep.APPLIED, on=on, by=by, at=at)
    witness = entered(form.witness, at=at) if form.witness else None
    for purpose in Purpose:
        if purpose in form.consents:
            record_consent(
                party=party,
                purpose=purpose,
                given=True,
                by=by,
                at=at,
                language=form.language,
                witness=witness,
                paper=form.paper,
            )
    return Application.objects.create(
        event=event,
        uid=form.uid,
        code=code_of(form.uid),
        way=form.way,
        paper=form.paper.strip(),
        words=form.words.strip(),
        origin=form.origin,
    )
