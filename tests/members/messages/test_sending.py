"""Messages on their way: against a Telegram and a gateway that are none."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import IntegrityError, transaction

from ayil.members.messages.log import at_hand, entries
from ayil.members.messages.queue import Silence, reach_of_party
from ayil.members.messages.rules import MOST_TRIES, SENDING_TAKES
from ayil.members.messages.sending import MOST_A_MINUTE, Sent, send_due
from ayil.members.models import (
    Chat,
    Message,
    MessageAttempt,
    MessageEnd,
    Party,
    User,
    Way,
)
from tests.members.messages.telling import AT, HOUR, MINUTE, Clock, choose, how, person, tell
from tests.rig.outside import Outside
from tests.rig.threads import all_at_once, shared_file

pytestmark = pytest.mark.django_db


def test_a_text_message_arrives_once(asel: Party, outside: Outside, clock: Clock) -> None:
    message = tell(asel)
    assert clock.round() == Sent(delivered=1)
    assert clock.round(HOUR) == Sent()
    (taken,) = outside.taken
    assert taken == {
        "to": "+996555123456", "text": "3 чокой сатылды", "pass": "Basic YXlpbDpzZUBjcmV0"
    }  # fmt: skip
    assert how(message) == "delivered"


def test_telegram_is_told_in_the_chat_that_was_linked(
    burul: Party, outside: Outside, clock: Clock
) -> None:
    tell(burul)
    assert clock.round() == Sent(delivered=1)
    assert outside.taken == [{"to": "4815", "text": "3 чокой сатылды"}]


def test_a_letter_arrives_by_django(clock: Clock) -> None:
    party = person("Жылдыз")
    User.objects.create(username="jyldyz", party=party, email="jyldyz@example.org")
    choose(party, Way.MAIL)
    tell(party)
    assert clock.round() == Sent(delivered=1)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (
        ["jyldyz@example.org"], "Сатылды", "3 чокой сатылды"
    )  # fmt: skip


def test_the_same_content_is_made_once(asel: Party, outside: Outside, clock: Clock) -> None:
    assert tell(asel) == tell(asel, text="another text under the same key")
    clock.round()
    assert outside.texts() == ["3 чокой сатылды"]


@pytest.mark.parametrize("manner", ["busy", "broken", "locked"])
def test_what_certainly_did_not_arrive_is_sent_again(
    asel: Party, burul: Party, outside: Outside, clock: Clock, manner: str
) -> None:
    outside.manner = manner
    messages = [tell(asel, "a"), tell(burul, "b")]
    assert clock.round() == Sent(again=2)
    assert clock.round(timedelta(seconds=30)) == Sent()  # not before the pause is over
    outside.manner = "answers"
    assert clock.round(MINUTE) == Sent(delivered=2)
    assert [how(message) for message in messages] == ["delivered"] * 2
    assert len(outside.taken) == 2


@pytest.mark.parametrize("manner", ["slow", "loses", "cuts", "babbles", "proxy", "drips"])
def test_what_may_have_arrived_is_never_sent_again(
    burul: Party, outside: Outside, clock: Clock, manner: str
) -> None:
    outside.manner = manner
    message = tell(burul)
    assert clock.round() == Sent(maybe=1)
    outside.manner = "answers"
    assert clock.round(6 * HOUR) == Sent()
    assert how(message) == "maybe"
    assert len(outside.taken) == 1


@pytest.mark.parametrize("manner", ["slow", "loses", "proxy"])
def test_a_gateway_that_loses_answers_is_not_fed_everybody(
    outside: Outside, clock: Clock, manner: str
) -> None:
    outside.manner = manner
    for number in range(4):
        party = person(f"Киши {number}", f"+99655500000{number}")
        choose(party, Way.SMS)
        tell(party, f"k{number}")
    assert clock.round() == Sent(maybe=1)
    assert clock.round(timedelta(seconds=5)) == Sent()
    assert clock.round(MINUTE) == Sent(maybe=1)
    assert clock.round(MINUTE) == Sent()  # the second silence doubles the pause
    outside.manner = "answers"
    assert clock.round(MINUTE) == Sent(delivered=2)


def test_nobody_listens_and_nothing_is_lost(
    asel: Party, outside: Outside, clock: Clock, settings: LazySettings
) -> None:
    settings.AYIL_SMS_URL = "http://127.0.0.1:9/"
    tell(asel)
    assert clock.round() == Sent(again=1)
    settings.AYIL_SMS_URL = outside.gateway
    assert clock.round(MINUTE) == Sent(delivered=1)


def test_who_asks_to_wait_is_obeyed_for_everybody(
    asel: Party, outside: Outside, clock: Clock
) -> None:
    other = person("Жылдыз", "+996555654321")
    choose(other, Way.SMS)
    outside.manner = "busy"
    tell(asel, "a"), tell(other, "b")
    clock.round()
    outside.manner = "answers"
    assert MessageAttempt.objects.get(outcome="not-yet").again_at == AT + timedelta(seconds=37)
    assert clock.round(timedelta(seconds=36)) == Sent()
    assert clock.round(timedelta(seconds=30)).delivered == 2


def test_it_is_given_up_in_the_end_and_says_why(
    asel: Party, outside: Outside, clock: Clock
) -> None:
    outside.manner = "broken"
    message = tell(asel)
    total = Sent()
    for _round in range(MOST_TRIES * 2):
        found = clock.round(2 * HOUR if clock.at.hour < 12 else 20 * HOUR)
        total.again, total.given_up = total.again + found.again, total.given_up + found.given_up
    assert total.given_up == 1
    assert how(message) == "given-up"
    assert "500" in message.end.words


@pytest.mark.parametrize(("manner", "ended"), [("blocked", True), ("unknown", True)])
def test_who_blocked_the_bot_is_written_to_no_more(
    burul: Party, outside: Outside, clock: Clock, manner: str, ended: bool
) -> None:
    outside.manner = manner
    message = tell(burul)
    assert clock.round() == Sent(given_up=1)
    assert how(message) == "given-up"
    assert Chat.objects.get().end.reason == "blocked"
    assert reach_of_party(burul, AT) is Silence.NO_ADDRESS


def test_a_stopped_process_leaves_it_unsure(asel: Party, outside: Outside, clock: Clock) -> None:
    message = tell(asel)
    MessageAttempt.objects.create(message=message, outcome="sent", at=AT)
    assert clock.round(MINUTE) == Sent()
    assert clock.round(SENDING_TAKES) == Sent(maybe=1)
    assert outside.taken == []


def test_no_more_goes_out_than_a_way_takes(outside: Outside, clock: Clock) -> None:
    party = person("Асел", "+996555123456")
    choose(party, Way.SMS)
    limit = MOST_A_MINUTE["sms"]
    for number in range(limit + 5):
        tell(party, f"k{number}")
    assert clock.round().delivered == limit
    assert clock.round(timedelta(seconds=30)).delivered == 0
    assert clock.round(timedelta(seconds=31)).delivered == 5


def test_the_log_masks_and_says_what_became_of_it(
    asel: Party, burul: Party, outside: Outside, clock: Clock
) -> None:
    tell(asel, "a"), tell(burul, "b")
    clock.round()
    told = entries(at_hand(Message.objects.order_by("id")), AT)
    assert [(one.address, one.tone) for one in told] == [("+996 … 56", "yes"), ("", "yes")]


def test_what_has_ended_is_sent_no_more_by_anybody(asel: Party, clock: Clock) -> None:
    message = tell(asel)
    clock.round()
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageAttempt.objects.create(message=message, outcome="sent", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(text="another")


@pytest.mark.django_db(transaction=True)
def test_two_processes_send_it_once(outside: Outside) -> None:
    with shared_file():
        party = person("Асел", "+996555123456")
        choose(party, Way.SMS)
        for number in range(6):
            tell(party, f"k{number}")
        rounds = all_at_once(3, lambda _n: send_due(clock=lambda: AT, patience_s=5))
        assert [one for one in rounds if isinstance(one, Exception)] == []
        assert sum(one.delivered for one in rounds) == len(outside.taken) == 6
        assert MessageEnd.objects.filter(how="delivered").count() == 6
