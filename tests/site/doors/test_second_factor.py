"""Who touches money shows two things; whatever is not named as open stays shut until then."""

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from ayil.kit.clock import now
from ayil.members import doors
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role, User
from ayil.members.rights import TOUCHES_MONEY
from ayil.site.doors.guard import MACHINES
from tests.rig.client import Client
from tests.site.cast import AT, START, person
from tests.site.doors.people import People, by_card, by_name, code_now, second_factor

OPEN_TO_NOBODY_YET = {
    "/my-account/", "/my-account/app/", "/my-account/keys/add/", "/my-account/again/",
}  # fmt: skip


def holder(who: People, role: Role) -> User:
    party = person("Акча кармаган", language="en")
    grant_role(party=party, role=role, since=START, by=who.made.officer)
    return who.name(party, "holder")


def plain_addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> set[str]:
    """Every address without an argument."""
    found: set[str] = set()
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= plain_addresses(pattern.url_patterns, here)
        elif "<" not in here:
            found.add(here)
    return found


@pytest.mark.parametrize("role", sorted(TOUCHES_MONEY))
def test_every_page_is_shut_until_a_second_factor_is_made(
    client: Client, who: People, role: Role
) -> None:
    holder(who, role)
    assert by_name(client, "holder").status_code == 302
    addresses = plain_addresses(get_resolver().url_patterns) - {"/sign-out/", "/language/"}
    assert len(addresses) > 20
    machines = {address for address in addresses if address.startswith(MACHINES)}
    assert {"/till/", "/sync/v1/events"} <= machines
    for address in sorted(addresses - OPEN_TO_NOBODY_YET - machines):
        for answer in (client.get(address), client.post(address)):
            assert answer.headers.get("Location") == "/my-account/", address
    for address in OPEN_TO_NOBODY_YET:
        assert client.get(address).headers.get("Location", "") != "/my-account/"
    assert "Your office touches" in client.get("/my-account/").content.decode()


def test_a_till_speaks_for_itself_whoever_is_signed_in_beside_it(
    client: Client, who: People
) -> None:
    """The manager whose second factor is not shown may hold the till's page; what the till asks
    is answered by its own cookie or not at all, and keeps no session awake."""
    holder(who, Role.MANAGER)
    by_name(client, "holder")
    seen = client.session.get("door.seen")
    assert client.get("/till/").status_code == 200
    assert client.post("/sync/v1/events").status_code == 401
    assert client.session.get("door.seen") == seen


def test_whoever_touches_no_money_is_asked_for_nothing(client: Client, who: People) -> None:
    grant_role(party=who.asel, role=Role.TRAINER, since=START, by=who.made.officer)
    assert by_name(client, "asel").headers["Location"] != "/my-account/"
    assert client.get("/my-sales/").status_code == 200


def test_an_app_is_set_up_and_opens_the_office(client: Client, who: People) -> None:
    holder(who, Role.ACCOUNTANT)
    by_name(client, "holder")
    page = client.get("/my-account/app/")
    assert page.status_code == 200, "signing in by password counts as having just shown it"
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    wrong = client.post("/my-account/app/", {"code": "000000"})
    assert wrong.status_code == 200
    right = client.post("/my-account/app/", {"code": code_now(secret)})
    assert right.headers["Location"] == "/my-account/codes/"
    assert client.get("/my-account/codes/").content.decode().count("<code>") == 10
    assert client.get("/today/").status_code == 200


def test_the_next_sign_in_asks_for_the_code(client: Client, who: People) -> None:
    user = holder(who, Role.ACCOUNTANT)
    secret = second_factor(user)
    answer = by_name(client, "holder", next="/grant/")
    assert answer.headers["Location"] == "/sign-in/second/"
    assert client.get("/grant/").headers["Location"] == "/sign-in/?next=/grant/"
    assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 200
    right = client.post("/sign-in/second/", {"code": code_now(secret)})
    assert right.headers["Location"] == "/grant/"
    assert client.get("/grant/").status_code == 200


def test_a_code_opens_once(client: Client, who: People) -> None:
    secret = second_factor(holder(who, Role.ACCOUNTANT))
    code = code_now(secret)
    for browser, opens in ((client, True), (Client(), False)):
        by_name(browser, "holder")
        answer = browser.post("/sign-in/second/", {"code": code})
        assert (answer.status_code == 302) is opens
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM site_cache WHERE cache_key LIKE %s", ["%totp%"])
        assert cursor.fetchone()[0] > 0, "another process must know of it"


def test_a_code_on_paper_opens_once(client: Client, who: People) -> None:
    user = holder(who, Role.ACCOUNTANT)
    by_name(client, "holder")
    client.get("/my-account/app/")
    secret = client.session["mfa.totp.secret"]
    client.post("/my-account/app/", {"code": code_now(secret)})
    page = client.get("/my-account/codes/").content.decode()
    on_paper = page.split("<code>")[1].split("</code>")[0]
    for opens in (True, False):
        browser = Client()
        by_name(browser, user.username)
        answer = browser.post("/sign-in/second/", {"code": on_paper})
        assert (answer.status_code == 302) is opens


def test_a_session_from_before_the_second_factor_is_asked_for_it(
    client: Client, who: People
) -> None:
    """A role that came later, or an app set up elsewhere, opens nothing in an old session; and
    who has only the password may not add a key of their own."""
    user = holder(who, Role.MANAGER)
    client.force_login(user, second_factor=False)
    secret = second_factor(user)
    answer = client.get("/today/")
    assert answer.headers["Location"] == "/my-account/again/code/?next=%2Ftoday%2F"
    for shut in ("/my-account/app/", "/my-account/keys/add/", "/my-account/again/"):
        assert client.get(shut).headers["Location"].startswith("/my-account/again/code/")
    shown = client.post(answer.headers["Location"], {"code": code_now(secret)})
    assert shown.headers["Location"] == "/today/"
    assert client.get("/today/").status_code == 200


def test_cards_and_links_ask_for_the_code_too(client: Client, who: People) -> None:
    second_factor(who.user)
    assert by_card(client, who.card.number).headers["Location"] == "/sign-in/second/"
    token = doors.make_link(party=who.asel, by=None, at=now())
    other = Client()
    assert other.post(f"/link/{token}/").headers["Location"] == "/sign-in/second/"
    assert client.get("/my-sales/").status_code == other.get("/my-sales/").status_code == 302


def test_an_officer_resets_what_was_lost_but_never_their_own(client: Client, who: People) -> None:
    user = holder(who, Role.ACCOUNTANT)
    second_factor(user)
    client.force_login(user)
    assert client.get("/today/").status_code == 200
    party = Party.objects.get(user=user)
    doors.reset_second_factor(party=party, by=who.made.officer, at=AT)
    assert client.get("/today/").status_code == 302
    assert by_name(client, "holder").status_code == 302
    assert client.get("/today/").headers["Location"] == "/my-account/"
    with pytest.raises(doors.AyilError, match="another officer"):
        doors.reset_second_factor(party=who.made.officer, by=who.made.officer, at=AT)


def test_taking_the_last_key_away_shuts_the_office_again(client: Client, who: People) -> None:
    user = holder(who, Role.ACCOUNTANT)
    secret = second_factor(user)
    by_name(client, "holder")
    client.post("/sign-in/second/", {"code": code_now(secret)})
    answer = client.post("/my-account/app/remove/")
    assert answer.headers["Location"] == "/my-account/"
    browser = Client()
    by_name(browser, "holder")
    assert browser.get("/today/").headers["Location"] == "/my-account/"
