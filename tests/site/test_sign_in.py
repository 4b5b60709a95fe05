"""The door: where each role's day begins, and what is said when it stays shut."""

import pytest
from django.conf import LazySettings
from django.test import Client

from ayil.members.actions import grant_role, record_simulation
from ayil.members.models import Role, User
from ayil.members.signin import sign_in_path
from tests.site.cast import AT, START, account_of, person, programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (None, "/my-sales/"),
        (Role.MANAGER, "/today/"),
        (Role.ACCOUNTANT, "/today/"),
        (Role.OFFICER, "/programme/"),
        (Role.ADMINISTRATION, "/programme/"),
        (Role.DONOR, "/grant/"),
        (Role.CLERK, "/"),
    ],
)
def test_the_day_begins_at_ones_own_page(
    client: Client, settings: LazySettings, role: Role | None, first: str
) -> None:
    settings.AYIL_DEMO = True
    record_simulation(seed=1, at=AT)
    made, who = programme(), person("Асел Иманова")
    if role:
        grant_role(
            party=who,
            role=role,
            donor=made.officer if role == Role.DONOR else None,
            district=made.villages[0].parent if role == Role.ADMINISTRATION else None,
            since=START,
            by=made.officer,
        )
    answer = client.get(sign_in_path(account_of(who)), follow=True)
    assert answer.redirect_chain == [(first, 302)]
    assert answer.status_code == 200
    assert "Асел Иманова" in answer.content.decode()


def test_the_demos_link_opens_nothing_elsewhere(client: Client, settings: LazySettings) -> None:
    settings.AYIL_DEMO = False
    link = sign_in_path(account_of(person("Асел")))
    assert client.get(link).status_code == 404
    settings.AYIL_DEMO = True
    assert client.get(link).status_code == 404, "real records have no such door"


def test_name_and_password(client: Client) -> None:
    User.objects.create_user("asel", password="a felt rug of nine winters", party=person("Асел"))
    wrong = client.post("/sign-in/", {"username": "asel", "password": "silk"})
    assert "do not belong together" in wrong.content.decode()
    right = client.post("/sign-in/", {"username": "asel", "password": "a felt rug of nine winters"})
    assert right.headers["Location"] == "/my-sales/"


def test_after_signing_in_one_is_where_one_wanted(client: Client) -> None:
    User.objects.create_user("asel", password="a felt rug of nine winters", party=person("Асел"))
    data = {"username": "asel", "password": "a felt rug of nine winters", "next": "/news/"}
    assert client.post("/sign-in/", data).headers["Location"] == "/news/"
    client.logout()
    data["next"] = "https://example.org/"
    assert client.post("/sign-in/", data).headers["Location"] == "/my-sales/"


def test_signing_out_takes_a_form(client: Client) -> None:
    client.force_login(account_of(person("Асел")))
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/my-sales/").status_code == 302
