"""Where one is signed in, how it is ended, and when it ends by itself."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession

from ayil.kit.clock import now
from ayil.members import doors
from ayil.site.doors import sessions
from ayil.site.doors.devices_words import device_in_words
from tests.rig.client import Client
from tests.site.cast import AT, queries_of
from tests.site.doors.people import PASSWORD, PIN, People, by_card, by_name, is_in

PHONE = (
    "Mozilla/5.0 (Linux; Android 5.1; SM-J120) AppleWebKit/537.36 Chrome/44.0 Mobile Safari/537.36"
)


def signed_in(who: People, *, agent: str = PHONE) -> Client:
    browser = Client(headers={"User-Agent": agent})
    by_name(browser, "asel")
    assert is_in(browser)
    return browser


def aged(browser: Client, by: timedelta) -> None:
    session = browser.session
    session[sessions.SINCE] = (now() - by).isoformat()
    session.save()


def test_one_sees_and_ends_what_is_open(who: People) -> None:
    here, there = signed_in(who), signed_in(who, agent="Mozilla/5.0 (Windows NT) Firefox/99")
    page = here.get("/my-account/sessions/").content.decode()
    assert "Telephone: Android, Chrome" in page
    assert "Computer: Windows, Firefox" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post("/my-account/sessions/", {"end": other.pk})
    assert (is_in(here), is_in(there)) == (True, False)


def test_one_ends_all_others_or_this_one(who: People) -> None:
    here, others = signed_in(who), [signed_in(who), signed_in(who)]
    here.post("/my-account/sessions/")
    assert [is_in(browser) for browser in (here, *others)] == [True, False, False]
    own = UserSession.objects.get(session_key=here.session.session_key)
    here.post("/my-account/sessions/", {"end": own.pk})
    assert not is_in(here)


@pytest.mark.parametrize("end", ["0", "9" * 30, "-1", "x", "١"])
def test_nobody_ends_what_is_not_theirs(who: People, end: str) -> None:
    who.name(who.clerk, "nurgul")
    clerk = Client()
    by_name(clerk, "nurgul")
    theirs = UserSession.objects.get(session_key=clerk.session.session_key)
    for chosen in (end, str(theirs.pk)):
        answer = signed_in(who).post("/my-account/sessions/", {"end": chosen})
        assert answer.status_code == 404
    assert is_in(clerk)


def test_the_list_costs_the_same_for_one_and_for_four(who: People) -> None:
    here = signed_in(who)
    one = queries_of(here, "/my-account/sessions/")
    for _more in range(3):
        signed_in(who)
    assert queries_of(here, "/my-account/sessions/") == one


def test_a_new_password_ends_the_others(who: People) -> None:
    here, there = signed_in(who), signed_in(who)
    new = "ten winters of felt"
    given = {"username": "asel-i", "new_password1": new, "new_password2": new}
    answer = here.post("/my-account/password/", given)
    assert answer.headers["Location"] == "/my-account/"
    assert (is_in(here), is_in(there)) == (True, False)
    assert UserSession.objects.get(user=who.user).session_key == here.session.session_key
    assert by_name(Client(), "asel").status_code == 200
    assert by_name(Client(), "asel-i", password=new).status_code == 302


def test_a_new_password_is_asked_for_the_old_one_some_time_later(who: People) -> None:
    here = signed_in(who)
    session = here.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = here.get("/my-account/password/")
    assert answer.headers["Location"].startswith("/my-account/again/")
    assert "style" not in here.get(answer.headers["Location"]).content.decode().split("<main")[1]
    again = here.post(answer.headers["Location"], {"password": PASSWORD})
    assert again.headers["Location"] == "/my-account/password/"
    assert here.get("/my-account/password/").status_code == 200


@pytest.mark.parametrize("given", ["short", "password"])
def test_passwords_that_are_refused(who: People, given: str) -> None:
    here = signed_in(who)
    data = {"username": "asel", "new_password1": given, "new_password2": given}
    assert here.post("/my-account/password/", data).status_code == 200
    assert who.user.check_password(PASSWORD)


def test_nobody_takes_anothers_name(who: People) -> None:
    who.name(who.clerk, "nurgul")
    data = {"username": "nurgul", "new_password1": PASSWORD, "new_password2": PASSWORD}
    page = signed_in(who).post("/my-account/password/", data)
    assert "somebody else" in page.content.decode()


def test_a_new_pin_needs_the_old_and_ends_the_others(who: People) -> None:
    here, there = signed_in(who), Client()
    by_card(there, who.card.number)
    wrong = {"current": "0000", "pin": "9027", "again": "9027"}
    assert "not your PIN" in here.post("/my-account/pin/", wrong).content.decode()
    for pin, again in (("9027", "9028"), ("1234", "1234"), ("12", "12")):
        given = {"current": PIN, "pin": pin, "again": again}
        assert here.post("/my-account/pin/", given).status_code == 200
    assert is_in(there)
    here.post("/my-account/pin/", {"current": PIN, "pin": "9027", "again": "9027"})
    assert (is_in(here), is_in(there)) == (True, False)
    assert by_card(Client(), who.card.number, "9027").status_code == 302


def test_a_lost_card_is_ended_in_one_tap(who: People) -> None:
    here, thief = signed_in(who), Client()
    by_card(thief, who.card.number)
    assert is_in(thief)
    here.post(f"/my-account/cards/{who.card.uid}/end/")
    assert (is_in(here), is_in(thief)) == (True, False)
    assert "do not belong together" in by_card(thief, who.card.number).content.decode()


def test_nobody_ends_anothers_card_here(who: People) -> None:
    other = who.card_of(who.clerk)
    assert signed_in(who).post(f"/my-account/cards/{other.uid}/end/").status_code == 404
    other.refresh_from_db()
    assert not hasattr(other, "end")


def test_staff_end_a_card_with_all_that_it_opened(who: People) -> None:
    thief = Client()
    by_card(thief, who.card.number)
    doors.end_card(card=who.card, by=who.clerk, at=AT)
    assert not is_in(thief)
    assert not UserSession.objects.filter(user=who.user).exists()


def test_a_session_ends_by_itself(who: People) -> None:
    shared, own = signed_in(who), Client()
    by_name(own, "asel", own="on")
    for browser in (shared, own):
        aged(browser, timedelta(hours=13))
    assert (is_in(shared), is_in(own)) == (False, True)
    aged(own, timedelta(days=31))
    assert not is_in(own)


def test_who_touches_money_stays_for_half_a_day_wherever(client: Client, who: People) -> None:
    user = who.name(who.made.manager, "bakyt")
    client.force_login(user)
    session = client.session
    session[sessions.OWN] = True
    session.save()
    assert client.get("/today/").status_code == 200
    aged(client, timedelta(hours=12, minutes=1))
    assert client.get("/today/").status_code == 302


def test_a_session_that_began_at_no_door_is_over(client: Client, who: People) -> None:
    client.force_login(who.user)
    session = client.session
    del session[sessions.SINCE]
    session.save()
    assert not is_in(client)


def test_last_used_is_kept_to_ten_minutes(who: People) -> None:
    here = signed_in(who)
    row = UserSession.objects.filter(session_key=here.session.session_key)
    here.get("/my-account/")
    row.update(last_seen_at=now() - timedelta(days=2))
    here.get("/my-account/")
    assert row.get().last_seen_at < now() - timedelta(days=1), "a page costs no write each time"
    session = here.session
    session[sessions.SEEN] = (now() - timedelta(minutes=11)).isoformat()
    session.save()
    here.get("/my-account/")
    assert row.get().last_seen_at > now() - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Telephone: Android, Chrome"),
        ("Mozilla/5.0 (iPhone; CPU OS) Version/9 Mobile Safari", "Telephone: iPhone, Safari"),
        ("Mozilla/5.0 (iPad; CPU OS) Version/9 Safari", "Tablet: iPad, Safari"),
        ("Mozilla/5.0 (Linux; Android 4.4; GT) Chrome/40 Safari", "Tablet: Android, Chrome"),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7)", "Telephone: Opera Mini"),
        ("", "A device that does not say what it is"),
    ],
)  # fmt: skip
def test_a_device_is_called_as_its_owner_calls_it(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
