"""Refuses every connection and every name look-up that would leave this machine.

It stands on the interpreter's audit events, so that it also sees libraries that kept their own
reference to the socket functions.
"""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

LOCAL_NAMES = frozenset({"", "localhost", "ip6-localhost"})
# Addresses of networks that a rig has made on this machine, for as long as they stand.
RIGS_OWN: set[str] = set()


class LeftTheMachine(AssertionError):
    """A test tried to reach something other than this machine."""


def is_local(host: object) -> bool:
    """Whether a host as the socket functions take it (name, number or None) is this machine."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name in LOCAL_NAMES or name in RIGS_OWN:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def watch(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: raises LeftTheMachine for a connection or look-up beyond loopback."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        # A Unix socket's address is a path; only internet addresses are tuples.
        if isinstance(address, tuple) and not is_local(address[0]):
            refuse(address[0])
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"} and not is_local(args[0]):
        refuse(args[0])


def refuse(host: object) -> None:
    """Say what was tried and what to do about it."""
    raise LeftTheMachine(
        f"A test tried to reach {host!r}. Tests stay on this machine: start what they need on "
        "127.0.0.1 or on a Unix socket."
    )


def stay_on_this_machine() -> None:
    """Start watching; it lasts until the process ends, since audit hooks cannot be taken out."""
    sys.addaudithook(watch)
