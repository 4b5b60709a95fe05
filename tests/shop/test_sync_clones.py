"""One till's records in two places: a profile that was copied, a disk that was set back."""

from copy import copy, deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.shop.log import clear_exception
from ayil.shop.models import EventException, Sale, TillEvent
from tests.cast import AT, DAY, Cast, Till, assemble, hash_of
from tests.shop.test_sync_till import batch, begin, enrolled, key, send, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def till_and_client(cast: Cast) -> tuple[Till, Client]:
    return enrolled(cast)


def sell(cast: Cast, till: Till, pieces: int) -> list[bytes]:
    lot = cast.deliver(cast.slippers, pieces)
    return [till.sale((lot, 1, 45_000)) for _ in range(pieces)]


def sent(client: Client, raw: list[bytes]) -> dict[str, Any]:
    status, answer = send(client, batch(*raw))
    assert status == 200
    assert answer["acknowledged"] == [hash_of(one) for one in raw]
    return answer


def receipts() -> list[str]:
    return sorted(Sale.objects.values_list("receipt", flat=True))


def test_a_cloned_profile_keeps_every_sale_and_parts_from_its_twin(
    cast: Cast, till_and_client: tuple[Till, Client]
) -> None:
    till, client = till_and_client
    assert sent(client, sell(cast, till, 3))["new_epoch"] is False
    twin = copy(till)
    assert sent(client, sell(cast, till, 4))["new_epoch"] is False
    clash = sent(client, sell(cast, twin, 2))
    assert clash["new_epoch"] is True
    assert [fault["code"] for fault in clash["exceptions"]] == ["number-clash"] * 2
    assert Sale.objects.count() == 9
    # Each of the two is told, whichever speaks next, and each gets numbers of its own.
    assert sent(client, sell(cast, till, 1))["new_epoch"] is True
    for one in (till, twin):
        one.begin(begin(client, key())[1]["epoch"])
    assert (till.epoch, twin.epoch) == (2, 3)
    for one in (till, twin):
        assert sent(client, sell(cast, one, 2))["new_epoch"] is False
    assert len(set(receipts())) == 14 - 2  # the two numbers that were used twice
    assert Sale.objects.count() == 14


def test_a_disk_that_was_set_back_is_noticed_before_it_writes_and_after(
    cast: Cast, till_and_client: tuple[Till, Client]
) -> None:
    till, client = till_and_client
    sent(client, sell(cast, till, 5))
    image = deepcopy(till)
    sent(client, sell(cast, till, 5))
    head = told(client)["epoch"]["heads"]["1"]
    assert (head["seq"], image.seq) == (10, 5)  # by this the till itself can tell
    again = sent(client, image.sent[:5])
    assert again["new_epoch"] is False  # what it sends again it may well have sent before
    later = sell(cast, image, 7)
    answer = sent(client, later)
    assert answer["new_epoch"] is True
    assert [fault["index"] for fault in answer["exceptions"]] == [0, 1, 2, 3, 4]
    assert Sale.objects.count() == 17
    # The answer may get lost: asked again, it says the same.
    assert sent(client, later)["new_epoch"] is True
    assert Sale.objects.count() == 17
    assert EventException.objects.count() == 5


def test_two_twins_in_one_batch_after_the_other_out_of_order(
    cast: Cast, till_and_client: tuple[Till, Client]
) -> None:
    """Whatever comes first: every event is there once, each clash is flagged once."""
    till, client = till_and_client
    sent(client, sell(cast, till, 2))
    twin = copy(till)
    one, two = sell(cast, till, 3), sell(cast, twin, 3)
    sent(client, [one[2], two[0], one[0]])
    sent(client, [two[1], one[1], two[2], one[2]])
    numbers = list(TillEvent.objects.values_list("epoch", "seq"))
    assert sorted(numbers) == sorted([(1, n) for n in (1, 2)] + [(1, n) for n in (3, 4, 5)] * 2)
    assert EventException.objects.filter(code="number-clash").count() == 3
    assert Sale.objects.count() == 8


def test_a_clash_is_cleared_by_a_person_and_the_till_still_parts(
    cast: Cast, till_and_client: tuple[Till, Client]
) -> None:
    till, client = till_and_client
    twin = copy(till)
    sent(client, sell(cast, till, 1))
    sent(client, sell(cast, twin, 1))
    grant_role(party=cast.aigul, role=Role.MANAGER, since=DAY, by=cast.officer, shop=cast.shop)
    exception = EventException.objects.get()
    assert exception.applied
    clear_exception(
        exception=exception, by=cast.aigul, note="one phone too many", at=AT + timedelta(days=1)
    )
    assert sent(client, sell(cast, twin, 1))["new_epoch"] is True
