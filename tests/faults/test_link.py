"""The link cuts where it says it does: a rig that lets everything through would prove nothing."""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.rig.cut import Asked, Fate, Link, link, lossy

BODY = b"x" * 100_000


class Shopkeeper(BaseHTTPRequestHandler):
    """Counts the bodies that came whole, and answers as many bytes."""

    taken: list[int]

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size)
        if len(body) == size:
            self.taken.append(size)
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Nothing is written on the tests' screen."""


@pytest.fixture
def taken() -> list[int]:
    return []


@pytest.fixture
def line(taken: list[int]) -> Iterator[Link]:
    handler = type("OneTest", (Shopkeeper,), {"taken": taken})
    server = HTTPServer(("127.0.0.1", 0), handler)
    # One that hangs on a cut connection must not hold up the next request.
    server.timeout = 5
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with link(server.server_port) as made:
        yield made
    server.shutdown()
    server.server_close()


def send(line: Link) -> int | None:
    """How many bytes came back; None where the connection was cut."""
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=20)
    try:
        connection.request("POST", "/sync/v1/events", BODY)
        return len(connection.getresponse().read())
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("fate", "comes_back", "arrives"),
    [
        (Fate.PASS, True, True),
        (Fate.REFUSE, False, False),
        (Fate.CUT_BODY, False, False),
        (Fate.CUT_ANSWER, False, True),
        (Fate.CUT_IN_ANSWER, False, True),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_each_fate(
    line: Link, taken: list[int], fate: Fate, *, comes_back: bool, arrives: bool
) -> None:
    line.plan = lambda _asked: fate
    assert (send(line) == len(BODY)) is comes_back
    assert (taken == [len(BODY)]) is arrives
    assert line.largest_body_bytes == len(BODY)
    line.plan = lambda _asked: Fate.PASS
    assert send(line) == len(BODY)


def test_what_happens_at_the_door_is_told_in_time(line: Link, taken: list[int]) -> None:
    seen: list[str] = []
    line.on_asked = lambda _asked: seen.append("asked")
    line.on_answered = lambda _asked: seen.append(f"answered after {len(taken)}")
    send(line)
    assert seen == ["asked", "answered after 1"]


def test_loss_cuts_its_share_and_the_same_one_again() -> None:
    asked = Asked(0, "POST", "/sync/v1/events", 10)
    fates = [[plan(asked) for _turn in range(2000)] for plan in (lossy(0.3, 7), lossy(0.3, 7))]
    assert fates[0] == fates[1]
    share = 1 - Counter(fates[0])[Fate.PASS] / 2000
    assert 0.27 < share < 0.33
    assert set(fates[0]) == set(Fate)
