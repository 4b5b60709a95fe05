"""A person's name goes; accounts, votes and every chain stay as they were."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from ayil.consignment.actions import write_off
from ayil.consignment.models import Cause, WriteOff
from ayil.decisions.models import Decision, RollEntry, RollFreezing
from ayil.kit.errors import AyilError
from ayil.kit.invariants import collected
from ayil.kit.photos import path_of
from ayil.ledger.models import Transfer
from ayil.members.actions import affiliate, give_mandate, grant_role, record_membership
from ayil.members.consents import record_consent
from ayil.members.doubles import merge
from ayil.members.erasure import (
    PSEUDONYM,
    ask_for_erasure,
    erase,
    obstacles,
    open_request_of,
    open_requests,
    plan_erasure,
    take_back_request,
)
from ayil.members.models import (
    Affiliation,
    ConsentEvent,
    MembershipStep,
    Party,
    PartyKind,
    Purpose,
    Role,
    Sex,
    User,
)
from ayil.members.photos import folder, send_photo
from ayil.members.queries import is_member_on
from tests.site.cast import START, Programme, account_of, person, programme
from tests.site.village import village

pytestmark = pytest.mark.django_db
AT = datetime(2013, 5, 2, 6, 0, tzinfo=UTC)
DAY = AT.date()
NAME = "Гүлнара Асанова"


@pytest.fixture
def made() -> Programme:
    return programme()


def gone(party: Party, made: Programme) -> None:
    erase(party=party, reason="Asked on 1 May", by=made.officer, at=AT)


def where(*words: str) -> list[str]:
    """Every column of the whole database in which one of the words still stands."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            for field in model._meta.local_concrete_fields:
                column = connection.ops.quote_name(str(field.column))
                for word in words:
                    cursor.execute(
                        f"SELECT count(*) FROM {table} "  # noqa: S608 - our own names
                        f"WHERE CAST({column} AS TEXT) LIKE %s",
                        [f"%{word}%"],
                    )
                    if cursor.fetchone()[0]:
                        found.append(f"{table}.{field.column}")
    return found


def seals() -> list[bytes]:
    """Every fingerprint that was made before: ledger, rolls, tallies and minutes."""
    return [
        bytes(value)
        for rows in (
            Transfer.objects.order_by("fund_id", "seq").values_list("hash", flat=True),
            RollFreezing.objects.order_by("pk").values_list("sha256", flat=True),
            RollEntry.objects.order_by("pk").values_list("leaf", flat=True),
            Decision.objects.order_by("pk").values_list("sha256", flat=True),
            Decision.objects.order_by("pk").values_list("tally__sha256", flat=True),
        )
        for value in rows
    ]


def breaches() -> list[str]:
    return [line for check in collected() for line in check.find()]


def settled_maker(made: Programme) -> Party:
    """Somebody whose goods were all written off before any was sold: nobody owes them anything."""
    maker = made.add_maker(NAME, 0)
    lot = maker.lots[0]
    write_off(
        lot=lot,
        quantity=20,
        cause=Cause.DAMAGED,
        borne_by=WriteOff.Bearer.OWNER,
        first=made.manager,
        second=made.officer,
        on=START,
        at=AT,
        document="act 1",
    )
    Party.objects.filter(pk=maker.party.pk).update(
        phone="+996700123456", born_year=1970, sex=Sex.WOMAN
    )
    maker.party.refresh_from_db()
    maker.party.save()
    return maker.party


def test_no_column_of_the_database_holds_the_name_afterwards(
    made: Programme,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    party = settled_maker(made)
    account_of(party)
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(picture, "JPEG")
    photo = send_photo(party=party, data=picture.getvalue(), by=party, at=AT, words=NAME)
    assert path_of(folder(), photo.file).exists()
    barskoon = village(made.villages[0])
    barskoon.people[4] = party
    barskoon.sign(barskoon.decide())
    before = seals()
    assert where("Асанова", "700123456")
    with django_capture_on_commit_callbacks(execute=True):
        gone(party, made)
    assert not path_of(folder(), photo.file).exists()
    assert party.name.startswith(f"{PSEUDONYM} ")
    assert (party.phone, party.born_year, party.sex) == ("", None, "")
    assert where("Асанова", "асанов", "asanov", "700123456") == []
    entry = RollEntry.objects.get(person=party)
    assert (entry.name, entry.born_year, bytes(entry.salt)) == (party.name, None, b"")
    assert seals() == before
    assert breaches() == []


def test_who_is_not_erased_stays_on_the_roll_as_entered(made: Programme) -> None:
    barskoon = village(made.villages[0])
    barskoon.meet()
    entry = RollEntry.objects.get(person=barskoon.people[4])
    for change in ({"name": "Катышуучу 0000"}, {"salt": b""}, {"born_year": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RollEntry.objects.filter(pk=entry.pk).update(**change)


def test_an_erased_person_signs_in_nowhere(made: Programme, client: Client) -> None:
    party = settled_maker(made)
    user = account_of(party)
    user.set_password("a long password of hers")
    user.save()
    client.force_login(user)
    gone(party, made)
    user = User.objects.get(pk=user.pk)
    assert not user.is_active
    assert not user.has_usable_password()
    assert user.username.startswith("erased-")
    assert client.get("/my-sales/").status_code == 302


def test_consents_and_membership_end_with_the_name(made: Programme) -> None:
    party = settled_maker(made)
    gone(party, made)
    last = ConsentEvent.objects.filter(party=party, purpose=Purpose.PUBLIC_PAGE).last()
    assert last is not None
    assert (last.given, last.by) == (False, made.officer)
    assert not is_member_on(party, DAY)


def test_texts_that_speak_of_the_person_are_listed_without_the_name(made: Programme) -> None:
    party = settled_maker(made)
    asel = person("Асел Токтосунова", made.villages[0])
    record_membership(
        party=asel, step=MembershipStep.APPLIED, on=DAY, by=made.officer, at=AT,
        reason="Асанова Гүлнара brought her",
    )  # fmt: skip
    found = plan_erasure(party, DAY).mentions
    assert [(one.table, one.column) for one in found] == [("members_membershipevent", "reason")]
    assert "brought her" in found[0].text
    gone(party, made)
    kept = party.erasure.mentions.get()
    assert (kept.table, kept.row) == ("members_membershipevent", found[0].row)


def test_money_owed_keeps_the_name(made: Programme) -> None:
    maker = made.add_maker(NAME, 0)
    made.sell(maker, 3, START)
    why = obstacles(maker.party, DAY)
    assert any("(17)" in words for words in why)
    assert any("not settled" in words for words in why)
    with pytest.raises(AyilError, match="pay out what is owed"):
        gone(maker.party, made)
    maker.party.refresh_from_db()
    assert maker.party.name == NAME


def test_an_office_a_community_and_a_mandate_keep_the_name(made: Programme) -> None:
    party, other = settled_maker(made), person("Асел Токтосунова", made.villages[0])
    assert obstacles(party, DAY) == []
    grant_role(party=party, role=Role.TRAINER, since=START, by=made.officer)
    community = Party.objects.create(
        kind=PartyKind.COMMUNITY, name="Ак-Сай кийиз", village=made.villages[2], entered_at=AT
    )
    affiliate(
        person=party, community=community, since=START, by=made.officer,
        part=Affiliation.Part.LEADER,
    )  # fmt: skip
    give_mandate(giver=other, holder=party, since=START, paper="note 7", by=other)
    why = " ".join(obstacles(party, DAY))
    for words in ("trainer", "last leader of Ак-Сай кийиз", "two contacts", "Асел Токтосунова"):
        assert words in why


def test_who_may_erase_and_why(made: Programme) -> None:
    party = settled_maker(made)
    with pytest.raises(AyilError, match="may not do this"):
        erase(party=party, reason="r", by=made.manager, at=AT)
    with pytest.raises(AyilError, match="Nobody erases themselves"):
        gone(made.officer, made)
    with pytest.raises(AyilError, match="reason"):
        erase(party=party, reason="  ", by=made.officer, at=AT)
    gone(party, made)
    with pytest.raises(AyilError, match="erased before"):
        gone(party, made)


def test_a_wish_is_a_row_that_can_be_taken_back(made: Programme) -> None:
    party = settled_maker(made)
    first = ask_for_erasure(party=party, by=party, at=AT)
    assert ask_for_erasure(party=party, by=party, at=AT + timedelta(days=1)) == first
    assert list(open_requests()) == [first]
    with pytest.raises(AyilError):
        ask_for_erasure(party=party, by=made.manager, at=AT)
    take_back_request(request=first, by=party, at=AT)
    assert open_request_of(party) is None
    second = ask_for_erasure(party=party, by=party, at=AT)
    gone(party, made)
    assert party.erasure.request == second
    assert not open_requests().exists()


def test_every_record_of_a_merged_person_is_erased(made: Programme) -> None:
    party = settled_maker(made)
    double = person("Gulnara Asanova", made.villages[0])
    record_consent(
        party=double, purpose=Purpose.MESSAGES, given=True, by=double, at=AT - timedelta(days=1)
    )
    merge(kept=party, double=double, reason="same phone", by=made.officer, at=AT)
    gone(party, made)
    double.refresh_from_db()
    assert double.name == party.name
    assert where("Asanova", "Асанова") == []
