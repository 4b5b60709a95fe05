"""A mail server that says no in its own ways."""

import socketserver
import threading
from typing import ClassVar

import pytest
from django.conf import LazySettings

from ayil.members.messages.sending import Sent
from ayil.members.models import (
    User,
    Way,
)
from tests.members.messages.telling import Clock, choose, person, tell

pytestmark = pytest.mark.django_db


class _Post(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as it takes to refuse, at the place that `codes` names."""

    codes: ClassVar[dict[str, int]] = {}

    def handle(self) -> None:
        self.wfile.write(b"220 post\r\n")
        while line := self.rfile.readline():
            word = line[:4].strip().upper().decode(errors="replace")
            code = self.codes.get(word, {"DATA": 354, "QUIT": 221}.get(word, 250))
            if code == 0:
                return
            self.wfile.write(f"{code} said\r\n".encode())
            if word == "DATA" and code == 354:
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                if self.codes.get(".") == 0:
                    return
                self.wfile.write(f"{self.codes.get('.', 250)} said\r\n".encode())


@pytest.mark.parametrize(
    ("codes", "became"),
    [
        ({}, Sent(delivered=1)),
        ({"RCPT": 550}, Sent(given_up=1)),
        ({"RCPT": 451}, Sent(again=1)),
        ({"MAIL": 421}, Sent(again=1)),
        ({".": 552}, Sent(given_up=1)),
        ({".": 451}, Sent(again=1)),
        ({".": 0}, Sent(maybe=1)),
    ],
)
def test_a_mail_server_says_no_in_its_own_ways(
    settings: LazySettings, clock: Clock, codes: dict[str, int], became: Sent
) -> None:
    handler = type("Post", (_Post,), {"codes": codes})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = False
        party = person("Жылдыз")
        User.objects.create(username="jyldyz", party=party, email="jyldyz@example.org")
        choose(party, Way.MAIL)
        tell(party)
        assert clock.round() == became
        server.shutdown()
