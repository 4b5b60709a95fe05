"""Consent, the night, the way that a person chose, and who is told of a community."""

from datetime import UTC, datetime, time

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction

from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate, enter_party, grant_role
from ayil.members.consents import record_consent
from ayil.members.messages.choosing import Choice, choose_way
from ayil.members.messages.queue import Silence, reach_of_party
from ayil.members.messages.sending import Sent
from ayil.members.models import (
    Affiliation,
    ChosenWay,
    Party,
    PartyKind,
    Purpose,
    Rhythm,
    Role,
    Way,
)
from tests.members.messages.telling import (
    AT,
    DAY,
    HOUR,
    Clock,
    choose,
    how,
    person,
    reach,
    say,
    tell,
)
from tests.rig.outside import Outside

pytestmark = pytest.mark.django_db


def test_nobody_is_told_without_a_standing_yes(outside: Outside) -> None:
    party = person("Асел", "+996555123456", agrees=False)
    choose(party, Way.SMS)
    assert reach_of_party(party, AT) is Silence.NO_CONSENT


def test_taking_consent_back_stops_what_waits(asel: Party, outside: Outside, clock: Clock) -> None:
    message = tell(asel)
    say(asel, given=False)
    assert clock.round() == Sent(withdrawn=1)
    assert outside.taken == []
    assert (how(message), message.end.words) == ("withdrawn", "no-consent")


def test_not_at_all_stops_what_waits(asel: Party, outside: Outside, clock: Clock) -> None:
    tell(asel)
    choose(asel, Way.SMS, Rhythm.NONE)
    assert clock.round() == Sent(withdrawn=1)
    assert reach_of_party(asel, AT) is Silence.UNWANTED


def test_by_night_it_waits_for_the_morning(asel: Party, outside: Outside, clock: Clock) -> None:
    night = AT + 12 * HOUR  # ten in the evening
    message = tell(asel, at=night)
    assert message.due_at == datetime(2012, 7, 3, 2, 0, tzinfo=UTC)
    assert clock.round(12 * HOUR) == Sent()
    assert clock.round(10 * HOUR) == Sent(delivered=1)


def test_a_longer_night_holds_for_what_waits_already(
    asel: Party, outside: Outside, clock: Clock
) -> None:
    tell(asel)
    choose(asel, Way.SMS, quiet_until=time(11))
    assert clock.round() == Sent()
    assert clock.round(HOUR) == Sent(delivered=1)


@pytest.mark.parametrize(
    ("begin", "end"), [(time(22), time(8)), (time(21), time(7)), (time(8), time(9))]
)
def test_the_night_cannot_be_made_shorter(asel: Party, begin: time, end: time) -> None:
    with pytest.raises(AyilError, match="21:00"):
        choose(asel, Way.SMS, quiet_from=begin, quiet_until=end)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChosenWay.objects.create(
            party=asel, way="sms", rhythm="evening", language="ky", quiet_from=begin,
            quiet_until=end, by=asel, at=AT,
        )  # fmt: skip


def test_a_way_must_lead_to_the_person(outside: Outside, settings: LazySettings) -> None:
    party = person("Асел")
    with pytest.raises(AyilError, match="telephone"):
        choose(party, Way.SMS)
    with pytest.raises(AyilError, match="e-mail"):
        choose(party, Way.MAIL)
    settings.AYIL_SMS_URL = ""
    with pytest.raises(AyilError, match="sends nothing"):
        choose(party, Way.SMS)
    choose(party, Way.SLIP)


def test_the_staff_types_it_from_a_paper_alone(asel: Party) -> None:
    clerk = person("Айгүл")
    choice = Choice(Way.SLIP, Rhythm.WEEKLY, "ky")
    with pytest.raises(AyilError, match="may not say"):
        choose_way(party=asel, choice=choice, by=clerk, at=AT, paper="К-7")
    grant_role(party=clerk, role=Role.OFFICER, since=DAY, by=clerk)
    with pytest.raises(AyilError, match="number of the paper"):
        choose_way(party=asel, choice=choice, by=clerk, at=AT)
    made = choose_way(party=asel, choice=choice, by=clerk, at=AT, paper="К-7")
    assert (made.by, made.paper) == (clerk, "К-7")


def test_a_community_is_told_through_who_answers_for_it(asel: Party, outside: Outside) -> None:
    felt = enter_party(kind=PartyKind.COMMUNITY, name="Ак-Сай кийиз", village=None, at=AT)
    leader = person("Бурул")
    for who, part in ((leader, "leader"), (asel, "contact"), (person("Саадат"), "member")):
        affiliate(person=who, community=felt, since=DAY, by=leader, part=Affiliation.Part(part))
    assert reach(felt).person == asel  # the leader has chosen no way
    choose(leader, Way.SLIP)
    assert reach(felt).person == leader
    record_consent(party=felt, purpose=Purpose.MESSAGES, given=False, by=leader, at=AT)
    assert reach_of_party(felt, AT) is Silence.NO_CONSENT
