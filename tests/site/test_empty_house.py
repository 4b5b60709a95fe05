"""On the first day there is one officer and nothing else: every page opens, with a next step."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ayil.kit.clock import now
from ayil.members.founding import found
from ayil.members.models import User
from ayil.site.routes import ROUTES
from tests.browser.crawl import routes
from tests.site.doors.people import code_now, second_factor

pytestmark = pytest.mark.django_db
PLAIN = sorted(
    {
        one.name: one.address
        for one in routes()
        if not one.parts and one.name in ROUTES and "GET" in ROUTES[one.name].methods
    }.items()
)


@pytest.fixture
def officer() -> Client:
    """The association's first officer, signed in; nobody and nothing else is entered."""
    party, token = found(
        association="Бир айыл – бир буюм", officer="Айгүл Асанова", language="ky", at=now()
    )
    user, _made = User.objects.get_or_create(party=party, defaults={"username": "first"})
    secret = second_factor(user)
    client = Client()
    client.post(reverse("use-link", args=[token]))
    client.post("/sign-in/second/", {"code": code_now(secret)})
    return client


def inside(page: str) -> str:
    """What stands in the middle of the page."""
    return page.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.parametrize(("name", "address"), PLAIN)
def test_every_page_opens_on_the_first_day(officer: Client, name: str, address: str) -> None:
    response = officer.get(address, follow=True)
    assert response.status_code in {200, 401, 403, 404}
    if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
        main = inside(response.content.decode())
        # Words for who looks at nothing yet, a way on, or something to fill in; the till's page is
        # drawn by its own programme.
        assert name == "till" or any(
            one in main for one in ('class="empty"', "<a ", "<form", "<button")
        )


@pytest.mark.parametrize("name", ["home", "desk", "people", "applications", "catalogue:goods"])
def test_who_comes_first_is_let_in(officer: Client, name: str) -> None:
    assert officer.get(reverse(name)).status_code == 200
