"""A language is a person's, else this device's last choice; never a browser's guess."""

import pytest

from ayil.kit.errors import AyilError
from ayil.members.language import choose_language
from ayil.members.models import Party
from tests.rig.client import Client
from tests.site.cast import AT, account_of, person

pytestmark = pytest.mark.django_db


def language_of_page(client: Client, **headers: str) -> str:
    page = client.get("/villages/", headers=headers).content.decode()
    return page.split('<html lang="')[1][:2]


def signed_in(client: Client, party: Party) -> None:
    client.force_login(account_of(party), backend="django.contrib.auth.backends.ModelBackend")


def test_a_browsers_guess_counts_for_nothing(client: Client) -> None:
    assert language_of_page(client, accept_language="ru-RU,ru;q=0.9") == "en"  # the house's


def test_a_device_keeps_its_last_choice(client: Client) -> None:
    client.post("/language/", {"language": "ru", "next": "/villages/"})
    assert language_of_page(client) == "ru"
    client.post("/language/", {"language": "ky", "next": "/villages/"})
    assert language_of_page(client) == "ky"


def test_a_persons_choice_is_theirs_on_every_device(client: Client) -> None:
    burul = person("Бурул Садыкова")
    signed_in(client, burul)
    assert language_of_page(client) == "ky"
    client.post("/language/", {"language": "ru", "next": "/villages/"})
    burul.refresh_from_db()
    assert burul.language == "ru"
    other_phone = Client()
    other_phone.force_login(burul.user)
    assert language_of_page(other_phone) == "ru"


def test_a_shared_phone_hands_no_language_on(client: Client) -> None:
    """The phone was set to Russian; Burul reads Kyrgyz on it; afterwards it is Russian again."""
    client.post("/language/", {"language": "ru", "next": "/"})
    burul, jyldyz = person("Бурул Садыкова"), person("Жылдыз Мамырова", language="en")
    signed_in(client, burul)
    assert language_of_page(client) == "ky"
    client.post("/language/", {"language": "ky", "next": "/"})  # changes nothing of the phone
    client.post("/sign-out/")
    assert language_of_page(client) == "ru"
    signed_in(client, jyldyz)
    assert language_of_page(client) == "en"


def test_a_cookie_that_names_no_language_is_the_houses(client: Client) -> None:
    client.cookies["django_language"] = "../ru"
    assert language_of_page(client) == "en"
    assert client.post("/language/", {"language": "tlh"}).headers["Location"] == "/"
    assert language_of_page(client) == "en"


def test_looking_at_the_address_changes_nothing(client: Client) -> None:
    assert client.get("/language/?language=ru").status_code == 405


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "https:example.org", "javascript:1"]
)
def test_the_way_back_is_never_another_site(client: Client, elsewhere: str) -> None:
    answer = client.post("/language/", {"language": "ru", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_the_former_language_stays_on_record() -> None:
    burul = person("Бурул Садыкова")
    choose_language(party=burul, language="ru", by=burul, at=AT)
    choose_language(party=burul, language="ru", by=burul, at=AT)  # nothing new, nothing kept
    assert [row.language for row in burul.history.order_by("history_id")] == ["ky", "ru"]
    with pytest.raises(AyilError, match="no language of ours"):
        choose_language(party=burul, language="tlh", by=burul, at=AT)
