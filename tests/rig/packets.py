"""A line that loses packets: two networks of our own, and between them 64 kbit/s with 30 % loss.

TCP itself meets the loss here, with its own resends and pauses: what comes to 127.0.0.1 is carried
by a connection inside the one network to the other, over two TUN devices, and this process hands
their packets over, late, at the line's rate, and not all of them. Needs root and /dev/net/tun and
no kernel module; `impossible()` says why where a machine has them not.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import fcntl
import os
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from tests.rig import network

T = TypeVar("T")
CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
SIOCSIFADDR, SIOCSIFNETMASK, SIOCSIFFLAGS, IFF_UP = 0x8916, 0x891C, 0x8914, 0x1
NEAR, FAR, DOOR = "10.77.0.1", "10.77.0.2", 80
LINE = b"line0"
# What waits at the mouth of a slow line, in packets; the rest is dropped, as a modem does.
WAITING_PACKETS = 12
# A sender must feel the line at once, not when megabytes wait in its own kernel.
SEND_BUFFER_BYTES = 16 * 1024


def impossible() -> str | None:
    """Why this machine cannot lose packets; None where it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root may make a network of its own"
    if not os.path.exists("/dev/net/tun"):  # noqa: PTH110 - a device, not a file of ours
        return "there is no /dev/net/tun"
    try:
        Net().close()
    except OSError as error:
        return f"a network of our own was refused: {error}"
    return None


class Net:
    """A network namespace with one TUN device; whatever is made by `within` belongs to it."""

    def __init__(self, address: str = NEAR) -> None:
        self._asked: deque[tuple[Callable[[], object], threading.Event, list[object]]] = deque()
        self._wake = threading.Semaphore(0)
        self._open = True
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()
        try:
            self.tun = self.within(lambda: _enter(address))
        except OSError:
            self._end()
            raise

    def within(self, make: Callable[[], T]) -> T:
        """Calls it in this network and gives what it made, or raises what it raised."""
        done, answer = threading.Event(), list[object]()
        self._asked.append((make, done, answer))
        self._wake.release()
        done.wait()
        if isinstance(answer[0], OSError):
            raise answer[0]
        return answer[0]  # type: ignore[return-value] # what `make` gave

    def close(self) -> None:
        os.close(self.tun)
        self._end()

    def _end(self) -> None:
        self._open = False
        self._wake.release()
        self._thread.join(5)

    def _live(self) -> None:
        while True:
            self._wake.acquire()
            if not self._open:
                return
            make, done, answer = self._asked.popleft()
            try:
                answer.append(make())
            except OSError as error:
                answer.append(error)
            done.set()


def _enter(address: str) -> int:
    """This thread goes into a new network with a TUN device that is up; its file descriptor."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", LINE, IFF_TUN | IFF_NO_PI))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for request, number in ((SIOCSIFADDR, address), (SIOCSIFNETMASK, "255.255.255.0")):
            raw = struct.pack("16sH2s4s8x", LINE, socket.AF_INET, b"", socket.inet_aton(number))
            fcntl.ioctl(control, request, raw)
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH14x", LINE, IFF_UP))
    return tun


@dataclass
class Way:
    """One direction of the line, and what became of its packets."""

    rate_bytes_s: float
    loss: float
    delay_s: float
    random: Random
    free_at: float = 0.0
    waiting: int = 0
    taken_bytes: int = 0
    carried_bytes: int = 0
    carried: int = 0
    lost: int = 0
    turned_away: int = 0

    def take(self, packet: bytes, onto: int, loop: asyncio.AbstractEventLoop) -> None:
        if self.waiting >= WAITING_PACKETS:
            self.turned_away += 1
            return
        now = loop.time()
        self.free_at = max(now, self.free_at) + len(packet) / self.rate_bytes_s
        self.waiting += 1
        self.taken_bytes += len(packet)
        loop.call_at(self.free_at, self._leave, packet, onto, loop)

    def _leave(self, packet: bytes, onto: int, loop: asyncio.AbstractEventLoop) -> None:
        self.waiting -= 1
        if self.random.random() < self.loss:  # it took its time on the line all the same
            self.lost += 1
            return
        self.carried += 1
        self.carried_bytes += len(packet)
        loop.call_later(self.delay_s, _write, onto, packet)


@dataclass
class LossyLine:
    """The line while it stands: `port` of 127.0.0.1 leads over it to the server."""

    server_port: int
    up: Way
    down: Way
    port: int = 0
    _nets: list[Net] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        near, far = Net(NEAR), Net(FAR)
        self._nets = [near, far]
        outer = socket.create_server(("127.0.0.1", self.port))
        self.port = int(outer.getsockname()[1])
        inner = far.within(lambda: socket.create_server((FAR, DOOR)))
        self._thread = threading.Thread(target=self._run, args=(outer, inner), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        for net in self._nets:
            net.close()

    def _run(self, outer: socket.socket, inner: socket.socket) -> None:
        loop, (near, far) = self._loop, self._nets
        asyncio.set_event_loop(loop)
        loop.add_reader(near.tun, self._hand_over, near.tun, far.tun, self.up)
        loop.add_reader(far.tun, self._hand_over, far.tun, near.tun, self.down)
        servers = [
            loop.run_until_complete(asyncio.start_server(self._enter_line, sock=outer)),
            loop.run_until_complete(asyncio.start_server(self._leave_line, sock=inner)),
        ]
        loop.run_forever()
        loop.remove_reader(near.tun)
        loop.remove_reader(far.tun)
        for server in servers:
            server.close()
        for task in (tasks := asyncio.all_tasks(loop)):
            task.cancel()
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.run_until_complete(asyncio.sleep(0.05))  # until the last sockets are closed
        loop.close()

    def _hand_over(self, tun: int, onto: int, way: Way) -> None:
        with contextlib.suppress(BlockingIOError):
            packet = os.read(tun, 65536)
            if packet[0] >> 4 == 4:
                way.take(packet, onto, self._loop)

    async def _enter_line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """From the browser into the line: the connection is made within the near network."""
        inside = self._nets[0].within(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        inside.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        inside.setblocking(False)
        try:
            await self._loop.sock_connect(inside, (FAR, DOOR))
            there, back = await asyncio.open_connection(sock=inside)
        except OSError:
            inside.close()
            writer.close()
            return
        await _both_ways(reader, writer, there, back)

    async def _leave_line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Out of the line, to the server: the connection is made in the network of us all."""
        writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES
        )
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.server_port)
        except OSError:
            writer.close()
            return
        await _both_ways(reader, writer, there, back)


async def _both_ways(
    near_reader: asyncio.StreamReader,
    near_writer: asyncio.StreamWriter,
    far_reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
) -> None:
    near_writer.transport.set_write_buffer_limits(high=4096)
    far_writer.transport.set_write_buffer_limits(high=4096)
    try:
        await asyncio.gather(_pour(near_reader, far_writer), _pour(far_reader, near_writer))
    except asyncio.CancelledError:  # the line itself is being closed
        near_writer.transport.abort()
        far_writer.transport.abort()
    finally:
        near_writer.close()
        far_writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(4096):
            writer.write(piece)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
        return
    writer.transport.abort()


def _write(tun: int, packet: bytes) -> None:
    with contextlib.suppress(OSError):
        os.write(tun, packet)


@contextlib.contextmanager
def lossy_line(
    server_port: int,
    *,
    rate_bit_s: float,
    loss: float,
    seed: int,
    delay_s: float = 0.1,
    port: int = 0,
) -> Iterator[LossyLine]:
    """The line from `port` (a free one for 0) to a server's; `delay_s` is a packet's way."""
    ways = [Way(rate_bit_s / 8, loss, delay_s, Random(seed + way)) for way in (0, 1)]
    line = LossyLine(server_port, up=ways[0], down=ways[1], port=port)
    network.RIGS_OWN.add(FAR)
    try:
        line.open()
        yield line
    finally:
        line.close()
        network.RIGS_OWN.discard(FAR)
