"""A link that signs in once: asked for by the page, handed out by staff, sent by two ways."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.core import mail

from ayil.kit.clock import now
from ayil.members import doors
from ayil.members.messages.at_once import Words, send
from ayil.members.models import LinkRequest, MessageOutcome, OutgoingMessage, SignInLink, Way
from tests.rig.client import Client
from tests.site.cast import AT, person
from tests.site.doors.people import People, by_name, is_in

SAID = "a link is on its way"


class Gateway(HTTPServer):
    """Stands in for the SMS gateway: keeps what it was given, answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.taken: list[dict[str, str]] = []
        self.status = 200


class Desk(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.taken.append(given | {"pass": self.headers.get("Authorization", "")})
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def gateway(settings: LazySettings) -> Iterator[Gateway]:
    with Gateway() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.AYIL_SMS_URL = f"http://ayil:se%40cret@127.0.0.1:{server.server_port}/send"
        yield server
        server.shutdown()


def ask(client: Client, reach: str) -> str:
    return client.post("/sign-in/link/", {"reach": reach}, follow=True).content.decode()


def path_in(text: str) -> str:
    return urlsplit(text[text.index("http") :].split()[0]).path


def test_a_link_comes_by_text_message_and_opens_once(
    client: Client, who: People, gateway: Gateway, settings: LazySettings
) -> None:
    settings.AYIL_ADDRESS = "https://ayil.example"
    assert SAID in ask(client, "0555 12-34-56")
    (sent,) = gateway.taken
    assert sent["to"] == "+996555123456"
    assert "Асел Иманова" in sent["text"]
    assert "https://ayil.example/link/" in sent["text"]
    assert sent["pass"] == "Basic YXlpbDpzZUBjcmV0"
    link = path_in(sent["text"])
    assert "opens once" in client.get(link).content.decode()
    assert not is_in(client), "a scanner that opens the link signs nobody in"
    assert client.post(link).headers["Location"] == "/my-sales/"
    assert is_in(client)
    late = Client()
    assert "used already" in late.get(link).content.decode()
    assert "used already" in late.post(link, follow=True).content.decode()
    assert not is_in(late)


def test_the_log_says_to_whom_and_when_and_never_the_link(
    client: Client, who: People, gateway: Gateway
) -> None:
    ask(client, "+996555123456")
    message = OutgoingMessage.objects.get()
    assert (message.party, message.way, message.what) == (who.asel, "sms", "sign-in link")
    assert message.outcome.taken
    token = path_in(gateway.taken[0]["text"]).split("/")[2]
    assert bytes(SignInLink.objects.get().token_hash) == doors.fingerprint(token)


def test_a_gateway_that_fails_is_kept_as_an_outcome(
    client: Client, who: People, gateway: Gateway
) -> None:
    gateway.status = 500
    assert SAID in ask(client, "0555123456")
    outcome = MessageOutcome.objects.get()
    assert not outcome.taken
    assert "500" in outcome.words
    assert "se@cret" not in outcome.words


def test_nobody_answers_is_an_outcome_too(who: People, settings: LazySettings) -> None:
    settings.AYIL_SMS_URL = "http://127.0.0.1:9/"
    words = Words(what="w", subject="s", text="t")
    assert not send(party=who.asel, to="1", way=Way.SMS, words=words, at=AT).taken


def test_a_link_comes_by_mail(client: Client, who: People) -> None:
    own = Client()
    by_name(own, "asel")
    assert own.post("/my-account/mail/", {"email": "no address"}).status_code == 200
    own.post("/my-account/mail/", {"email": "asel@example.org"})
    assert SAID in ask(client, "Asel@Example.org")
    (letter,) = mail.outbox
    assert letter.to == ["asel@example.org"]
    assert client.post(path_in(letter.body)).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("reach", ["0555 12-34-56", "0777 12-34-56", "who@example.org", "x"])
def test_the_page_says_the_same_whoever_asks(
    client: Client, who: People, gateway: Gateway, reach: str
) -> None:
    assert SAID in ask(client, reach)


def test_a_family_shares_a_telephone(client: Client, who: People, gateway: Gateway) -> None:
    son = person("Данияр Иманов")
    son.phone = "0555123456"
    son.save()
    doors.open_sign_in(party=son, by=who.made.officer, at=AT)
    stranger_to_us = person("Атай Иманов")
    stranger_to_us.phone = "0555123456"
    stranger_to_us.save()
    ask(client, "0555123456")
    assert sorted(sent["text"].split(":")[0] for sent in gateway.taken) == [
        "Асел Иманова",
        "Данияр Иманов",
    ]


def test_five_an_hour_for_a_person_and_twenty_for_an_address(
    client: Client, who: People, gateway: Gateway
) -> None:
    for _time in range(20):
        assert SAID in ask(client, "0555123456")
    assert len(gateway.taken) == 5
    answer = client.post("/sign-in/link/", {"reach": "0555123456"})
    assert answer.status_code == 429
    assert "in an hour" in answer.content.decode()
    elsewhere = client.post("/sign-in/link/", {"reach": "1"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    assert LinkRequest.objects.count() == 21


def test_a_house_that_sends_nothing_says_who_can_help(
    client: Client, who: People, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "sends no messages" in client.get("/sign-in/link/").content.decode()
    client.post("/sign-in/link/", {"reach": "0555123456"})
    assert not SignInLink.objects.exists()


def test_staff_hand_out_a_link_for_half_an_hour(client: Client, who: People) -> None:
    token = doors.make_link(party=who.asel, by=who.made.manager, at=now() - timedelta(minutes=29))
    assert client.post(f"/link/{token}/").status_code == 302
    assert is_in(client)
