"""The guard that keeps every test on this machine."""

from __future__ import annotations

import socket

import pytest

from tests.rig.network import LeftTheMachine, is_local


@pytest.mark.parametrize("host", [None, "", "localhost", "127.0.0.1", "127.9.9.9", "::1", b"::1"])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "0.0.0.0", "shop.example", "fe80::1"])  # noqa: S104
def test_other_machines_are_not(host: str) -> None:
    assert not is_local(host)


def test_a_connection_elsewhere_is_refused_before_it_leaves() -> None:
    with socket.socket() as line, pytest.raises(LeftTheMachine, match=r"192\.0\.2\.1"):
        line.connect(("192.0.2.1", 80))


def test_a_name_elsewhere_is_not_even_looked_up() -> None:
    with pytest.raises(LeftTheMachine, match=r"shop\.example"):
        socket.getaddrinfo("shop.example", 80)


def test_loopback_still_works() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as line,
    ):
        assert line.getpeername() == server.getsockname()
