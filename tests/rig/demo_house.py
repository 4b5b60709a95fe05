"""A small demo that is really served: a home of its own, a process of its own, a port of its own.

Browser tests and `python -m tests.rig.pictures` look at the same house. It runs on SQLite,
whatever database the tests themselves are on.
"""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import urllib.response
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.rig import machine

READY_WITHIN_S = 60
NOBODY = "nobody"
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What a page answered; `address` is where the redirects ended, without the origin."""

    address: str
    status: int
    kind: str  # the media type
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Visitor:
    """One reader with cookies of their own, and no browser."""

    origin: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(cookies)

    def get(self, address: str) -> Answer:
        return self._open(urllib.request.Request(self.origin + address))  # noqa: S310 - our own

    def post(self, address: str, typed: Mapping[str, str], *, form_on: str = "/") -> Answer:
        """Sends a form with the token of the page that it stands on."""
        token = _CSRF.search(self.get(form_on).text)
        body = {"csrfmiddlewaretoken": token[1] if token else "", **typed}
        request = urllib.request.Request(  # noqa: S310 - our own
            self.origin + address, urllib.parse.urlencode(body).encode()
        )
        request.add_header("Referer", self.origin + form_on)
        return self._open(request)

    def speak(self, language: str) -> None:
        self.post("/language/", {"language": language, "next": "/"})

    def cookies(self) -> list[dict[str, str]]:
        """As Playwright's `add_cookies` takes them."""
        return [
            {"name": one.name, "value": one.value or "", "url": self.origin} for one in self.jar
        ]

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return self._answer(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return self._answer(refused)

    def _answer(self, answer: urllib.response.addinfourl) -> Answer:
        return Answer(
            address=answer.url.removeprefix(self.origin),
            status=answer.status or 0,
            kind=answer.headers.get_content_type(),
            body=answer.read(),
        )


@dataclass(frozen=True)
class House:
    """A running server and the demo's personas with the path that signs each of them in."""

    origin: str
    home: str
    doors: Mapping[str, str]

    def visitor(self, persona: str = NOBODY) -> Visitor:
        visitor = Visitor(self.origin)
        if persona != NOBODY:
            entered = visitor.get(self.doors[persona])
            if entered.status != 200:
                raise RuntimeError(f"{persona} cannot enter: {entered.status}")
        return visitor


def ayil(*words: str) -> tuple[str, ...]:
    """The command, run by this Python."""
    return (sys.executable, "-c", "import sys; from ayil.cli import main; sys.exit(main())", *words)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def demo_house(*, small: bool = True, port: int = 0) -> Iterator[House]:
    """Loads the demo (20 s when small), serves it, yields the house, and ends it."""
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="ayil-demo-", ignore_cleanup_errors=True) as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AYIL_")}
        environment = kept | {"AYIL_HOME": home, "AYIL_DEMO": "1", "AYIL_LANGUAGE": "ky"}
        words = ("demo", "--no-serve", "--json", *(("--small",) if small else ()))
        loaded = subprocess.run(
            ayil(*words), env=environment, cwd=machine.CHECKOUT, capture_output=True, check=False
        )
        if loaded.returncode != 0:
            raise RuntimeError(f"The demo did not load: {loaded.stderr.decode()[-2000:]}")
        doors = {
            persona: urllib.parse.urlsplit(address).path
            for persona, address in json.loads(loaded.stdout)["links"].items()
        }
        process = subprocess.Popen(
            ayil("serve", "--port", str(port)),
            env=environment,
            cwd=machine.CHECKOUT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            origin = f"http://127.0.0.1:{port}"
            _wait_for(origin, process)
            yield House(origin, home, doors)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(origin: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            if Visitor(origin).get("/").status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The demo's server did not answer within {READY_WITHIN_S} s.")
