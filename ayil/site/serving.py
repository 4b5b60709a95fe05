"""Serves Ayil with granian where it runs, with waitress on Windows."""

import socket
import sys
from typing import TYPE_CHECKING

from django.db import connections

from ayil.kit.errors import AyilError
from ayil.site.day import keep_doing_it

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler


def serve(host: str, port: int) -> int:
    """Serves until it is told to stop; says so in words where the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AyilError(
                f"Port {port} of {host} cannot be used ({error.strerror}). "
                "Another Ayil may be running; stop it or give another --port."
            ) from error
    if sys.platform == "win32":
        from waitress import serve as serve_wsgi

        serve_wsgi(worker(), host=host, port=port)
        return 0
    from granian.constants import Interfaces
    from granian.server import Server

    # The worker is forked from here. What SQLite holds of an open database goes along with a fork,
    # locks and all, and nobody there ever gives them back: nothing may be open now.
    connections.close_all()
    Server(
        "ayil.site.serving:worker",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
    ).serve()
    return 0


def worker() -> "WSGIHandler":
    """What answers requests, and beside it the day's work, what is sent to the fiscal register and
    what is told to people, in the process that does it all."""
    from ayil.shop.fiscal.sending import keep_sending
    from ayil.site.telling import keep_telling
    from ayil.site.wsgi import application

    keep_doing_it()
    keep_sending()
    keep_telling()
    return application
