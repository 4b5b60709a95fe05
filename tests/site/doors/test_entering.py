"""The doors: where each role's day begins, and what is said when one stays shut."""

import re

import pytest
from django.conf import LazySettings

from ayil.members.actions import grant_role, open_shop, record_simulation
from ayil.members.doors_rules import in_groups
from ayil.members.models import CardTry, Role, User
from ayil.members.signin import sign_in_path
from ayil.shop.devices import end_device, enrol_device
from ayil.shop.models import Device
from tests.rig.client import Client
from tests.site.cast import AT, START, account_of, person, programme
from tests.site.doors.people import PIN, People, by_card, is_in, sign_as_device

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (None, "/my-sales/"),
        (Role.MANAGER, "/desk/"),
        (Role.ACCOUNTANT, "/desk/"),
        (Role.OFFICER, "/desk/"),
        (Role.ADMINISTRATION, "/programme/"),
        (Role.DONOR, "/grant/"),
        (Role.CLERK, "/desk/"),
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


def test_a_card_typed_or_scanned_opens_ones_own_pages(client: Client, who: People) -> None:
    assert by_card(client, in_groups(who.card.number)).headers["Location"] == "/my-sales/"
    assert is_in(client)
    other = Client()
    scanned = f"/card/{who.code}/"
    page = other.get(scanned).content.decode()
    assert "Асел" not in page
    assert who.card.number not in page
    answer = other.post(scanned, {"pin": PIN})
    assert answer.headers["Location"] == "/my-sales/"


def test_a_code_that_no_card_bears_is_asked_for_its_pin_as_well(
    client: Client, who: People
) -> None:
    def shown(code: str) -> str:
        return client.get(f"/card/{code}/").content.decode().replace(code, "")

    csrf = re.compile(r'value="[A-Za-z0-9]{64}"')
    assert csrf.sub("", shown(who.code)) == csrf.sub("", shown("nothing-of-ours"))
    wrong = client.post("/card/nothing-of-ours/", {"pin": "4444"})
    assert "do not belong together" in wrong.content.decode()


def test_a_mistyped_number_is_said_to_be_one(client: Client, who: People) -> None:
    number = who.card.number
    mistyped = number[:-1] + str((int(number[-1]) + 1) % 10)
    page = by_card(client, mistyped).content.decode()
    assert "a digit is wrong" in page
    assert not CardTry.objects.exists(), "it is no try"


def test_a_clerks_card_opens_the_office_on_the_shops_devices_alone(
    client: Client, who: People
) -> None:
    card = who.card_of(who.clerk)
    assert by_card(client, card.number).headers["Location"] == "/my-sales/"
    assert "office opens on the shop" in client.get("/my-account/").content.decode()
    assert client.get("/desk/").status_code == 403

    shops = Client()
    sign_as_device(shops, who.device())
    by_card(shops, card.number)
    assert shops.get("/desk/").status_code == 200


def test_another_shops_device_is_not_ones_own(client: Client, who: People) -> None:
    other = open_shop(code="other", name="Башка дүкөн", place=None, currency="KGS")
    token = enrol_device(shop=other, code="other-1", by=who.made.officer, at=AT)[1]
    sign_as_device(client, token)
    by_card(client, who.card_of(who.clerk).number)
    assert client.get("/desk/").status_code == 403


def test_a_device_that_was_ended_opens_no_office(client: Client, who: People) -> None:
    sign_as_device(client, who.device())
    by_card(client, who.card_of(who.clerk).number)
    assert client.get("/desk/").status_code == 200
    end_device(device=Device.objects.get(code="krs-1"), by=who.made.manager, at=AT)
    assert client.get("/desk/").status_code == 403


@pytest.mark.parametrize(("own", "days"), [("on", 30), ("", 0)])
def test_ones_own_phone_remembers_and_a_shared_one_forgets(
    client: Client, who: People, own: str, days: int
) -> None:
    by_card(client, who.card.number, **({"own": own} if own else {}))
    cookie = client.cookies["sessionid"]
    assert round((cookie["max-age"] or 0) / 86400, 3) == days
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_page_works_without_scripts_and_without_passkeys(client: Client, who: People) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "data-passkey hidden" in page
    assert "<script>" not in page
