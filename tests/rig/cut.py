"""A link that can be cut: a proxy between a browser and a server, in the test's own hands.

It passes one HTTP request a connection. `plan` says what becomes of each request: passed, refused,
cut in the middle of its body, or cut when the server has answered (so: after its commit) and before
a byte of the answer is back. `rate_bytes_s` is shared by all connections, as a village's line is.

A lost packet is not a lost connection: what loss does to TCP itself is measured over real packets
(`tests/rig/packets.py`). Here, `lossy` cuts whole requests, which is harder on the till.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from random import Random

PIECE_BYTES = 1400  # what one packet carries
ANSWER_WITHIN_S = 60
SYNC = "/sync/v1/"


class Fate(Enum):
    PASS = "passed"
    REFUSE = "refused before a byte was read"
    CUT_BODY = "cut in the middle of the request's body"
    CUT_ANSWER = "cut after the server's commit, before the answer"
    CUT_IN_ANSWER = "cut in the middle of the answer"


CUTS = (Fate.REFUSE, Fate.CUT_BODY, Fate.CUT_ANSWER, Fate.CUT_IN_ANSWER)


@dataclass(frozen=True)
class Asked:
    """One request as it came; `body_bytes` is what it says of itself."""

    number: int
    method: str
    path: str
    body_bytes: int

    @property
    def sends_events(self) -> bool:
        return self.method == "POST" and self.path.startswith(SYNC + "events")


Plan = Callable[[Asked], Fate]


def pass_all(_asked: Asked) -> Fate:
    return Fate.PASS


def refuse_all(_asked: Asked) -> Fate:
    return Fate.REFUSE


def lossy(share: float, seed: int) -> Plan:
    """Cuts this share of all requests, each somewhere else; the same ones for the same seed."""
    random = Random(seed)  # the same cuts in every run

    def plan(_asked: Asked) -> Fate:
        return random.choice(CUTS) if random.random() < share else Fate.PASS

    return plan


class Line:
    """What a line lets through in one direction: bytes wait until those before them are over."""

    def __init__(self) -> None:
        self.free_at = 0.0

    async def carry(self, size: int, rate_bytes_s: float | None) -> None:
        if rate_bytes_s is None:
            return
        now = asyncio.get_running_loop().time()
        self.free_at = max(now, self.free_at) + size / rate_bytes_s
        await asyncio.sleep(self.free_at - now)


class Link:
    """The proxy, running in a thread of its own until it is closed."""

    def __init__(self, server_port: int, port: int = 0) -> None:
        self.server_port = server_port
        self.plan: Plan = pass_all
        self.rate_bytes_s: float | None = None
        self.asked: list[Asked] = []
        self.fates: list[tuple[Asked, Fate]] = []
        # Called in the proxy's thread: when a request stands at the server's door, when the server
        # has answered and nothing has gone back yet.
        self.on_asked: Callable[[Asked], None] = lambda _asked: None
        self.on_answered: Callable[[Asked], None] = lambda _asked: None
        self._lines = {"up": Line(), "down": Line()}
        self._ready = threading.Event()
        self._listening = socket.socket()
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listening.bind(("127.0.0.1", port))
        self.port = int(self._listening.getsockname()[1])
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def largest_body_bytes(self) -> int:
        return max((one.body_bytes for one in self.asked if one.sends_events), default=0)

    def close(self) -> None:
        """Ends it and frees its port; a second time changes nothing."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        listening = asyncio.start_server(self._connection, sock=self._listening)
        server = self._loop.run_until_complete(listening)
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in (tasks := asyncio.all_tasks(self._loop)):
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0.05))  # until the last sockets are closed
        self._loop.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            asked = self._heard(head)
            fate = self.plan(asked)
            self.fates.append((asked, fate))
            await self._carry(asked, fate, head, reader, writer)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, asyncio.CancelledError):
            _reset(writer)  # a broken server, a broken browser, or the link being closed
        finally:
            writer.close()

    def _heard(self, head: bytes) -> Asked:
        method, path = head.decode("latin-1").split(" ", 2)[:2]
        size = _header(head, "content-length")
        asked = Asked(len(self.asked), method, path, int(size or 0))
        self.asked.append(asked)
        return asked

    async def _carry(
        self,
        asked: Asked,
        fate: Fate,
        head: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        if fate is Fate.REFUSE:
            return _reset(writer)
        upstream, server = await asyncio.open_connection("127.0.0.1", self.server_port)
        try:
            passes = asked.body_bytes // 2 if fate is Fate.CUT_BODY else asked.body_bytes
            server.write(_closing(head))
            for size in _pieces(passes):
                server.write(await reader.readexactly(size))
                await self._lines["up"].carry(size, self.rate_bytes_s)
                await server.drain()
            if fate is Fate.CUT_BODY:
                _reset(server)
                return _reset(writer)
            self.on_asked(asked)
            return await self._bring_back(asked, fate, upstream, writer)
        finally:
            server.close()

    async def _bring_back(
        self, asked: Asked, fate: Fate, upstream: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        piece = await asyncio.wait_for(upstream.read(PIECE_BYTES), ANSWER_WITHIN_S)
        self.on_answered(asked)
        if fate is Fate.CUT_ANSWER:
            return _reset(writer)
        while piece:
            if fate is Fate.CUT_IN_ANSWER:
                writer.write(piece[: len(piece) // 2])
                await writer.drain()
                return _reset(writer)
            await self._lines["down"].carry(len(piece), self.rate_bytes_s)
            writer.write(piece)
            await writer.drain()
            piece = await asyncio.wait_for(upstream.read(PIECE_BYTES), ANSWER_WITHIN_S)
        return None


@contextlib.contextmanager
def link(server_port: int, port: int = 0) -> Iterator[Link]:
    made = Link(server_port, port)
    try:
        yield made
    finally:
        made.close()


def _header(head: bytes, name: str) -> str | None:
    for line in head.decode("latin-1").split("\r\n")[1:]:
        key, _colon, value = line.partition(":")
        if key.strip().lower() == name:
            return value.strip()
    return None


def _closing(head: bytes) -> bytes:
    """The same request, after whose answer the server hangs up: so its end is seen."""
    lines = head[:-4].split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith((b"connection:", b"keep-alive:"))]
    return b"\r\n".join([*kept, b"Connection: close"]) + b"\r\n\r\n"


def _pieces(size: int) -> Iterator[int]:
    while size > 0:
        yield min(size, PIECE_BYTES)
        size -= PIECE_BYTES


def _reset(writer: asyncio.StreamWriter) -> None:
    """Hangs up as a broken line does: the other side sees a reset, not an end."""
    if (sock := writer.get_extra_info("socket")) is not None and sock.fileno() >= 0:
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
