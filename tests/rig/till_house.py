"""A shop whose server can be killed: a home of its own, a process of its own, a port that stays.

`shop_house()` makes the shop (two makers, a clerk and a manager with PINs, an enrolled till) in a
process of its own through the same actions as in use, then serves it. The server is killed with
`kill -9` as a process group and started again on the same home and port; what the database then
holds is read past all of our own code.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.rig import machine
from tests.rig.demo_house import ayil, free_port

READY_WITHIN_S = 60
CLERK_PIN, MANAGER_PIN = "4826", "7193"


@dataclass(frozen=True)
class Enrolled:
    """A till's name, and the cookie by which the server knows its browser."""

    code: str
    cookie: str
    token: str

    def cookies(self, origin: str) -> list[dict[str, Any]]:
        """As Playwright's `add_cookies` takes them, good for a year."""
        kept_until = int(time.time()) + 365 * 24 * 3600
        plain = {"name": "ayil_device", "value": self.cookie, "url": origin}
        return [plain | {"expires": kept_until, "httpOnly": True, "sameSite": "Lax"}]


@dataclass
class ShopHouse:
    """The shop's server. `shop` is what `furnish` told of it."""

    home: Path
    port: int
    database: str = ""
    shop: dict[str, Any] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AYIL_")}
        mine = {
            "AYIL_HOME": str(self.home),
            "AYIL_LANGUAGE": "ky",
            "AYIL_DATABASE_URL": self.database,
        }
        path = {"PYTHONPATH": str(machine.CHECKOUT)}  # the server's workers read tests.rig too
        return kept | mine | path | {"DJANGO_SETTINGS_MODULE": "tests.rig.till_settings"}

    def run(self, *command: str) -> str:
        """Runs a command in this home and gives what it printed; a failed one raises."""
        done = subprocess.run(
            command, env=self.environment, cwd=machine.CHECKOUT, capture_output=True, check=False
        )
        if done.returncode != 0:
            told = (done.stdout + done.stderr).decode(errors="replace")[-3000:]
            raise RuntimeError(f"{' '.join(command)[-120:]} ended with {done.returncode}: {told}")
        return done.stdout.decode()

    @property
    def programme(self) -> Path:
        """The folder of the till's programme that this server gives out after its next start."""
        return self.home / "till"

    def furnish(self, *, lots: int, pieces: int, more_lots: int = 0) -> None:
        shutil.copytree(machine.CHECKOUT / "till", self.programme)
        self.run(*ayil("migrate"))
        told = self.run(
            sys.executable, "-m", "tests.rig.furnish", *map(str, (lots, pieces, more_lots))
        )
        self.shop = json.loads(told)

    @property
    def till(self) -> Enrolled:
        return Enrolled(**self.shop["till"])

    def start(self) -> None:
        with (self.home / "server.txt").open("ab") as said:
            self._process = subprocess.Popen(
                ayil("serve", "--port", str(self.port)),
                env=self.environment,
                cwd=machine.CHECKOUT,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and self._process and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        said = (self.home / "server.txt").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"The shop's server did not answer within {READY_WITHIN_S} s: {said}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/sign-in/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """`kill -9` of the server and its workers; may be called from another thread."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=20)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the shop's database, read from outside of Ayil."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database) as connection:
                return list(connection.execute(sql.encode()).fetchall())
        with contextlib.closing(
            sqlite3.connect(self.home / "ayil.sqlite3", timeout=30)
        ) as database:
            return database.execute(sql).fetchall()

    def verify(self) -> Sequence[str]:
        """What `ayil verify` finds broken, one line each; nothing where all holds."""
        done = subprocess.run(
            ayil("verify", "--json"),
            env=self.environment,
            cwd=machine.CHECKOUT,
            capture_output=True,
            check=False,
        )
        if done.returncode not in {0, 1}:
            raise RuntimeError(f"ayil verify ended badly: {done.stderr.decode()[-2000:]}")
        return [
            str(one) for check in json.loads(done.stdout)["checks"] for one in check["breaches"]
        ]


@contextlib.contextmanager
def shop_house(
    *, lots: int = 30, pieces: int = 1000, more_lots: int = 0, port: int = 0, database: str = ""
) -> Iterator[ShopHouse]:
    """A furnished shop that is being served; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ayil-shop-", ignore_cleanup_errors=True) as home:
        house = ShopHouse(Path(home), port or free_port(), database)
        house.furnish(lots=lots, pieces=pieces, more_lots=more_lots)
        try:
            house.start()
            yield house
        finally:
            house.stop()
