"""What somebody tries who wants in and may not."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern

from ayil.kit.addresses import NOWHERE, address_of
from ayil.kit.clock import now
from ayil.members import doors
from ayil.members.doors_rules import card_number
from ayil.members.models import CardTry, LinkRequest, SignInLink
from ayil.site.doors import urls
from ayil.site.doors.views.entering import ask_link
from tests.rig.client import Client
from tests.rig.hashing import COUNTING, CountingArgon2
from tests.site.cast import AT
from tests.site.doors.people import (
    PASSWORD,
    PIN,
    People,
    by_card,
    by_name,
    code_now,
    is_in,
    second_factor,
)

ADDRESSES = tuple(f"192.0.2.{number}" for number in range(1, 255))


def later(minutes: int) -> None:
    """Moves every counted try into the past."""
    for attempt in AccessAttempt.objects.all():
        then = attempt.attempt_time - timedelta(minutes=minutes)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=then)


# Brute force


def test_a_password_is_guessed_five_times_in_a_quarter_of_an_hour(who: People) -> None:
    """From as many addresses as one likes, in as many browsers."""
    for address in ADDRESSES[:5]:
        by_name(Client(REMOTE_ADDR=address), "asel", password="wrong")
    for address in ADDRESSES[5:8]:
        browser = Client(REMOTE_ADDR=address)
        answer = by_name(browser, "asel")
        assert answer.status_code == 429, "even the right one"
        assert "It opens again in 15 minutes" in answer.content.decode()
        assert not is_in(browser)
    later(14)
    assert "in 1 minute." in by_name(Client(), "asel").content.decode()
    later(2)
    assert by_name(Client(), "asel").status_code == 302


def test_a_pin_is_guessed_five_times_in_a_quarter_of_an_hour(who: People) -> None:
    """By number and by scan together."""
    ways: Iterator[bool] = itertools.cycle((True, False))
    for address, typed in zip(ADDRESSES[:5], ways, strict=False):
        browser = Client(REMOTE_ADDR=address)
        if typed:
            by_card(browser, who.card.number, "4444")
        else:
            browser.post(f"/card/{who.code}/", {"pin": "4444"})
    assert by_card(Client(), who.card.number).status_code == 429
    assert Client().post(f"/card/{who.code}/", {"pin": PIN}).status_code == 429
    assert by_name(Client(), "asel").status_code == 302, "the name is another door"


def test_a_card_ends_after_twenty_wrong_pins_however_slowly(who: People) -> None:
    for _round in range(5):
        for _try in range(4):
            by_card(Client(), who.card.number, "4444")
        later(16)
    assert by_card(Client(), who.card.number).status_code == 200
    who.card.refresh_from_db()
    assert who.card.end.by is None


def test_while_a_door_is_locked_nothing_is_even_tried(who: People) -> None:
    for _try in range(12):
        by_card(Client(), who.card.number, "4444")
    assert CardTry.objects.count() == 5


def test_one_address_may_not_try_many_names(who: People) -> None:
    for number in range(50):
        by_name(Client(), f"nobody-{number}")
    answer = by_name(Client(), "asel")
    assert answer.status_code == 429
    assert by_name(Client(REMOTE_ADDR="192.0.2.9"), "asel").status_code == 302


def test_a_right_try_does_not_wash_the_address_clean(who: People) -> None:
    """Else whoever has one good account may guess at all the others for ever."""
    for number in range(45):
        by_name(Client(), f"nobody-{number}")
    assert by_name(Client(), "asel").status_code == 302
    for number in range(45, 50):
        by_name(Client(), f"nobody-{number}")
    assert by_name(Client(), "asel").status_code == 429


def test_a_right_try_forgets_ones_own_mistakes(who: People) -> None:
    for _round in range(3):
        for _try in range(4):
            by_name(Client(), "asel", password="wrong")
            by_card(Client(), who.card.number, "4444")
        assert by_name(Client(), "asel").status_code == 302
        assert by_card(Client(), who.card.number).status_code == 302


def test_a_code_of_the_second_step_is_guessed_five_times(who: People) -> None:
    secret = second_factor(who.user)
    browser = Client()
    by_name(browser, "asel")
    for _try in range(4):
        assert browser.post("/sign-in/second/", {"code": "000000"}).status_code == 200
    assert browser.post("/sign-in/second/", {"code": "000000"}).status_code == 429
    fresh = Client()
    by_name(fresh, "asel")
    assert fresh.post("/sign-in/second/", {"code": code_now(secret)}).status_code == 429
    assert not is_in(fresh)


def test_links_are_not_guessed(who: People) -> None:
    token = doors.make_link(party=who.asel, by=None, at=now())
    for number in range(5):
        Client().post(f"/link/guess-{number}/")
    assert Client().post(f"/link/{token}/").status_code == 429
    assert len(token) >= 22, "128 bits"
    assert Client(REMOTE_ADDR="192.0.2.3").post(f"/link/{token}/").status_code == 302


def test_what_was_typed_is_not_kept_with_the_try(who: People) -> None:
    by_name(Client(), "asel", password="my other secret")
    by_card(Client(), who.card.number, "4447")
    kept = "".join(str(vars(attempt)) for attempt in AccessAttempt.objects.all())
    assert "my other secret" not in kept
    assert "4447" not in kept.replace(who.card.number, "")


def test_an_address_is_not_whatever_the_header_says(settings: LazySettings) -> None:
    forged = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.7"
    )
    assert address_of(forged) == "192.0.2.1"
    settings.AYIL_HTTPS = True
    assert address_of(forged) == "198.51.100.7", "the last is what our own proxy wrote"
    nonsense = RequestFactory().get("/", REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="<b>")
    assert address_of(nonsense) == NOWHERE


# Who is there?


def test_a_name_that_is_not_there_costs_the_same(who: People, settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = COUNTING
    hashed = CountingArgon2.hashed
    doors.open_sign_in(party=who.clerk, by=who.made.officer, at=AT, username="nurgul")
    seen = set()
    for username in ("asel", "nurgul", "nobody"):
        hashed.clear()
        with CaptureQueriesContext(connection) as captured:
            answer = by_name(Client(), username, password="wrong")
        page = answer.content.decode().replace(username, "")
        words = page[page.index("<main") : page.index("csrfmiddlewaretoken")]
        seen.add((len(hashed), len(captured), answer.status_code, words))
    assert len(seen) == 1, [row[:3] for row in seen]


def test_a_card_that_is_not_there_answers_as_one_that_is(who: People) -> None:
    seen = set()
    for number in (who.card.number, card_number("987654321")):
        with CaptureQueriesContext(connection) as captured:
            answer = by_card(Client(), number, "4444")
        seen.add((len(captured), answer.status_code, "do not belong" in answer.content.decode()))
    assert len(seen) == 1, seen


def test_asking_for_a_link_costs_the_same_before_the_answer(
    who: People, settings: LazySettings
) -> None:
    """The link is made and sent after the answer has gone."""
    settings.AYIL_SMS_URL = "http://127.0.0.1:9/"
    seen = set()
    for reach in ("0555123456", "0777123456"):
        request = RequestFactory().post("/sign-in/link/", {"reach": reach})
        request._messages = type("Kept", (), {"add": lambda *_words: None})()
        with CaptureQueriesContext(connection) as captured:
            answer = ask_link(request)
        seen.add((len(captured), answer.status_code, answer.headers["Location"]))
    assert len(seen) == 1, seen
    assert (LinkRequest.objects.count(), SignInLink.objects.count()) == (2, 0)


# The session


def test_a_session_that_somebody_planted_is_not_the_one_that_is_signed_in(who: People) -> None:
    browser = Client()
    browser.get("/sign-in/")
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies["sessionid"] = session.session_key
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    by_name(browser, "asel")
    assert is_in(browser)
    assert browser.cookies["sessionid"].value != session.session_key
    assert not is_in(thief)


def test_the_second_step_changes_the_session_too(who: People) -> None:
    secret = second_factor(who.user)
    browser = Client()
    by_name(browser, "asel")
    before = browser.cookies["sessionid"].value
    browser.post("/sign-in/second/", {"code": code_now(secret)})
    assert browser.cookies["sessionid"].value != before
    assert is_in(browser)


def test_signing_out_leaves_nothing_behind(who: People) -> None:
    browser = Client()
    by_name(browser, "asel")
    kept = browser.cookies["sessionid"].value
    browser.post("/sign-out/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not is_in(thief)


def test_a_person_who_may_no_longer_sign_in_is_out_at_once(who: People) -> None:
    browser = Client()
    by_name(browser, "asel")
    user = who.user
    user.is_active = False
    user.save()
    assert not is_in(browser)
    assert by_name(Client(), "asel").status_code == 200
    assert by_card(Client(), who.card.number).status_code == 200
    token = SignInLink.objects.create(
        party=who.asel, token_hash=doors.fingerprint("t"), made_at=now(),
        ends_at=now() + timedelta(minutes=5),
    )  # fmt: skip
    assert Client().post("/link/t/").headers["Location"] == "/sign-in/link/"
    assert not hasattr(token, "use")


# Forms that are not ours


def routes() -> list[str]:
    given = {
        "str:code": "abc", "slug:code": "krs-1", "slug:shop": "krs", "str:token": "abc",
        "int:pk": "1",
        "uuid:uid": "00000000-0000-4000-8000-000000000000",
    }  # fmt: skip
    found = []
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        address = "/" + str(pattern.pattern)
        for hole, value in given.items():
            address = address.replace(f"<{hole}>", value)
        assert "<" not in address
        found.append(address)
    return sorted(set(found))


@pytest.mark.parametrize("address", routes())
def test_no_form_of_the_doors_is_taken_from_elsewhere(who: People, address: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    for sign_in in (False, True):
        if sign_in:
            browser.force_login(who.user)
        assert browser.post(address, {"username": "asel", "password": PASSWORD}).status_code == 403


# Where to go afterwards


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example", "https:evil.example", "https://evil.example/", "\\\\evil.example",
        "/\\evil.example", "javascript:alert(1)", "///evil.example", "http:///evil.example",
        "evil.example", " //evil.example", "\x08//evil.example",
        "https://testserver/news/", "/\t/evil.example", "data:text/html,x",
    ],
)  # fmt: skip
def test_nobody_is_led_away(who: People, to: str) -> None:
    token = doors.make_link(party=who.asel, by=None, at=now())
    for enter in (
        lambda browser: by_name(browser, "asel", next=to),
        lambda browser: by_card(browser, who.card.number, next=to),
        lambda browser: browser.post(f"/card/{who.code}/", {"pin": PIN, "next": to}),
        lambda browser: browser.post(f"/link/{token}/", {"next": to}),
    ):
        browser = Client()
        where = enter(browser).headers["Location"]
        assert where in {"/my-sales/", "/sign-in/link/"}, where
        assert browser.get("/sign-in/", {"next": to}).headers["Location"].startswith("/")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a@b", "evil:80"])
def test_a_forged_host_is_refused(client: Client, who: People, host: str) -> None:
    for address in ("/sign-in/", "/sign-in/link/", f"/card/{who.code}/"):
        assert client.get(address, headers={"host": host}).status_code == 400
        assert client.post(address, {"reach": "0555123456"}, HTTP_HOST=host).status_code == 400
    assert not SignInLink.objects.exists()


# Pages that stay shut


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/signup/", "/signup/", "/sign-up/", "/accounts/email/", "/my-account/email/",
        "/accounts/login/", "/accounts/password/reset/", "/my-account/inactive/", "/admin/",
    ],
)  # fmt: skip
def test_what_the_library_has_more_of_is_not_here(
    client: Client, who: People, address: str
) -> None:
    assert client.get(address).status_code == 404
    client.force_login(who.user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "credential",
    ["", "x", "{}", "[]", "null", "1", '{"response": 1}', '{"response": {"userHandle": "MQ"}}',
     ('{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30",'
      '"authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}')],
)  # fmt: skip
def test_what_is_no_passkey_opens_nothing(client: Client, who: People, credential: str) -> None:
    client.get("/sign-in/passkey/", headers={"accept": "application/json"})
    answer = client.post("/sign-in/passkey/", {"credential": credential}, follow=True)
    assert answer.status_code == 200
    assert not is_in(client)
