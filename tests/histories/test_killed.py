"""A server killed in the middle: what it acknowledged is there, what is sent again counts once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from ayil.shop.models import TillEvent
from tests.cast import hash_of
from tests.histories import steps
from tests.histories.compare import differences
from tests.histories.story import Steady, Story, set_the_stage
from tests.rig.machine import CHECKOUT
from tests.rig.threads import shared_file

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 10
SALES = 160
BATCH = 4
DICE = random.Random(7)


@pytest.fixture
def story() -> Story:
    """A long day at one till: sales, refunds of them, a shift that opens and closes."""
    told = Story(set_the_stage())
    told.play(steps.Open(0, 500))
    for number in range(SALES):
        told.play(steps.Sell(0, ((number, 1 + number % 3, 0), (number + 1, 1, 1)), number % 5))
        if number % 4 == 0:
            told.play(steps.Refund(0, ((number, 1, 10),)))
    told.play(steps.Close(0, 1))
    return told


def serve(till: Steady, unsent: list[bytes], folder: Path, batches: int | None) -> set[str]:
    """Starts a server on what is unsent and kills it in the batch after so many (None: never);
    the hashes that it acknowledged."""
    file = folder / "events"
    file.write_bytes(b"\n".join(unsent))
    name = str(connection.settings_dict["NAME"])
    words = [sys.executable, "-m", "tests.histories.sender", name, till.device.code, str(file)]
    with subprocess.Popen(
        [*words, str(BATCH)],
        cwd=CHECKOUT,
        env=os.environ | {"AYIL_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "ayil.site.settings"},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        said = ""
        if batches is not None:
            began = time.monotonic()
            said = "".join(server.stdout.readline() for _ in range(batches))
            one_takes_s = (time.monotonic() - began) / batches
            time.sleep(one_takes_s * DICE.random())
            server.kill()
        said += server.stdout.read()
    assert server.returncode == (0 if batches is None else -signal.SIGKILL)
    whole_lines = said[: said.rfind("\n") + 1]
    return set(whole_lines.split())


def test_a_server_killed_ten_times_loses_nothing_and_counts_nothing_twice(
    story: Story, tmp_path: Path
) -> None:
    till = story.tills[0]
    acknowledged: set[str] = set()
    with shared_file():
        for _ in range(KILLS):
            unsent = [raw for raw in till.sent if hash_of(raw) not in acknowledged]
            # A till that was cut off does not know what arrived: some of it comes once more.
            again = DICE.sample(till.sent, 5)
            acknowledged |= serve(till, again + unsent, tmp_path, DICE.randint(1, 3))
            kept = {bytes(h).hex() for h in TillEvent.objects.values_list("hash", flat=True)}
            assert acknowledged <= kept
        serve(till, till.sent, tmp_path, None)
        story.oracle.hear(till.sent)
        assert differences(story) == []
        connection.close()
