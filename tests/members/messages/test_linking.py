"""Whose chat with the bot is whose."""

import pytest

from ayil.kit.errors import AyilError
from ayil.members.messages.linking import hear, invite
from ayil.members.messages.sending import Sent, listen
from ayil.members.messages.telegram import Heard
from ayil.members.models import (
    Chat,
    Party,
)
from tests.members.messages.telling import AT, HOUR, Clock, person, tell
from tests.rig.outside import Outside

pytestmark = pytest.mark.django_db


def test_a_chat_is_linked_by_who_opens_the_link_once(outside: Outside) -> None:
    party = person("Бурул")
    token = invite(party=party, by=party, at=AT).rpartition("=")[2]
    assert "https://t.me/ayil_bot?start=" in invite(party=party, by=party, at=AT)
    outside.write(99, "/start")
    outside.write(99, "/start wrong")
    outside.write(98, f"/start {token}", kind="group")
    outside.write(4815, f"/start {token}")
    outside.write(99, f"/start {token}")
    offset = listen(0, at=AT)
    assert offset == 705
    assert Chat.objects.get().number == 4815
    assert listen(0, at=AT) == 705  # heard again after a crash: nothing changes
    assert Chat.objects.count() == 1


def test_a_link_ends_within_a_day(outside: Outside) -> None:
    party = person("Бурул")
    token = invite(party=party, by=party, at=AT).rpartition("=")[2]
    assert hear([Heard(1, 4815, f"/start {token}")], at=AT + 24 * HOUR) == []


@pytest.mark.parametrize("word", ["/stop", ""])
def test_stop_and_blocking_end_the_chat(
    burul: Party, outside: Outside, clock: Clock, word: str
) -> None:
    message = tell(burul)
    outside.write(4815, word) if word else outside.block(4815)
    listen(0, at=AT)
    assert clock.round() == Sent(withdrawn=1)
    assert message.end.words == "no-address"
    assert outside.taken == []


def test_only_oneself_links_a_chat(burul: Party) -> None:
    with pytest.raises(AyilError, match="a chat of their own"):
        invite(party=burul, by=person("Асел"), at=AT)


def test_what_the_bot_does_not_understand_is_passed_by(outside: Outside) -> None:
    outside.updates = [{"update_id": "x"}, {}, {"update_id": 7, "message": "?"}]
    assert listen(0, at=AT) == 8
    assert listen(8, at=AT) == 8
