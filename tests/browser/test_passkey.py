"""A passkey, made and used in a real browser with an authenticator that Chromium plays itself."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ayil.members import doors
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from tests.browser.test_walk import speak
from tests.site.cast import AT, START, person, programme

pytestmark = pytest.mark.browser
PASSWORD = "nine winters of felt"


def authenticator(page: Page) -> Any:
    """A phone with a screen lock, which keeps keys and says yes."""
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable", {"enableUI": False})
    phone.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return phone


def accountant() -> Party:
    made = programme()
    party = person("Эсепчи Жылдыз", language="en")
    doors.open_sign_in(party=party, by=made.officer, at=AT, username="jyldyz", password=PASSWORD)
    grant_role(party=party, role=Role.ACCOUNTANT, since=START, by=made.officer)
    return party


def by_name(page: Page) -> None:
    form = page.get_by_role("region", name="With name and password")
    form.get_by_role("textbox", name="Name").fill("jyldyz")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button").click()


def test_an_accountant_makes_a_passkey_and_signs_in_with_it(
    page: Page, live_server: LiveServer
) -> None:
    accountant()
    authenticator(page)
    speak(page, live_server, "en")
    page.goto(live_server.url + "/sign-in/?next=/today/")
    by_name(page)
    expect(page.get_by_text("Your office touches other people")).to_be_visible()
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Codes to write down")).to_be_visible()
    expect(page.locator("main code")).to_have_count(10)
    page.goto(live_server.url + "/today/")
    expect(page).to_have_url(live_server.url + "/today/")

    page.get_by_role("button", name="Sign out").click()
    page.goto(live_server.url + "/today/")
    page.get_by_role("button", name="Use the passkey").click()
    expect(page).to_have_url(live_server.url + "/today/")


def test_a_passkey_is_the_second_step_after_a_password(page: Page, live_server: LiveServer) -> None:
    accountant()
    authenticator(page)
    speak(page, live_server, "en")

    page.goto(live_server.url + "/sign-in/")
    by_name(page)
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Codes to write down")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(live_server.url + "/sign-in/")
    by_name(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use the passkey").click()
    expect(page).to_have_url(live_server.url + "/desk/")


def test_a_key_that_does_not_answer_is_said_so(page: Page, live_server: LiveServer) -> None:
    """No key is here: the browser refuses, and the page says what to do instead."""
    programme()
    phone = authenticator(page)
    speak(page, live_server, "en")
    page.goto(live_server.url + "/sign-in/")
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_text("The key did not answer")).to_be_visible()
    phone.send("WebAuthn.disable")
