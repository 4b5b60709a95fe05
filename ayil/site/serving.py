"""Serves Ayil with granian where it runs, with waitress on Windows."""

import socket
import sys

from ayil.kit.errors import AyilError
from ayil.site.day import keep_doing_it


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
    keep_doing_it()
    if sys.platform == "win32":
        from waitress import serve as serve_wsgi

        from ayil.site.wsgi import application

        serve_wsgi(application, host=host, port=port)
        return 0
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "ayil.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
    ).serve()
    return 0
