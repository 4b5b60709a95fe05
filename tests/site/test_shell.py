"""The shell of all pages: language, refusals, policy, and what a reader aloud finds."""

import gzip
import re

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path
from django.utils import translation

from ayil.site import pages, urls

PUBLIC = ["/", "/villages/", "/goods/", "/news/"]


def breaking(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Barskoon")


def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Ask the shop.")


urlpatterns = [*urls.urlpatterns, path("breaks/", breaking), path("closed/", closed)]
handler400, handler403 = pages.bad_request, pages.forbidden
handler404, handler500 = pages.not_found, pages.broken


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_answer_with_nothing_inline(client: Client, address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert not re.search(r"<style|<script(?! src)|\sstyle=|\son\w+=|javascript:", page)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert len(gzip.compress(response.content)) < 60_000


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_pages_have_landmarks_and_one_heading(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert page.count("<h1") == page.count("<main") == 1
    assert 'href="#main"' in page
    assert page.count('aria-current="page"') == 1


@pytest.mark.django_db
def test_the_language_is_chosen_without_a_script(client: Client) -> None:
    assert f'<html lang="{settings.LANGUAGE_CODE}">' in client.get("/").content.decode()
    answer = client.post("/language/", {"language": "ru", "next": "/news/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/news/")
    assert '<html lang="ru">' in client.get("/news/").content.decode()


@pytest.mark.django_db
def test_the_language_never_leads_to_another_site(client: Client) -> None:
    answer = client.post("/language/", {"language": "ru", "next": "https://example.org/"})
    assert "example.org" not in answer.headers["Location"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.site.test_shell")
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/closed/", 403)])
def test_refusals_stand_in_the_shell(
    client: Client, language: str, address: str, status: int
) -> None:
    client.cookies["django_language"] = language
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in page
    assert "Resolver404" not in page
    assert page.count("<main") == 1


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.site.test_shell")
def test_a_refusal_says_the_words_of_its_view(client: Client) -> None:
    assert "Ask the shop." in client.get("/closed/").content.decode()


@override_settings(ROOT_URLCONF="tests.site.test_shell")
def test_a_broken_page_needs_no_database() -> None:
    client = Client(raise_request_exception=False)
    response = client.get("/breaks/")
    assert response.status_code == 500
    assert "<main" in response.content.decode()
    assert "Barskoon" not in response.content.decode()


@override_settings(ROOT_URLCONF="tests.site.test_shell")
def test_another_host_is_refused_in_words() -> None:
    response = Client(raise_request_exception=False).get("/", headers={"host": "example.org"})
    assert response.status_code == 400
    assert "<main" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.django_db
def test_a_forged_form_is_refused_in_words() -> None:
    with translation.override("en"):
        answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "ru"})
    assert answer.status_code == 403
    assert "<main" in answer.content.decode()


@pytest.mark.django_db
def test_a_forged_form_is_told_apart_from_a_closed_page() -> None:
    with translation.override("en"):
        request = RequestFactory().post("/")
        assert b"load the page again" in pages.forged(request).content


def test_the_sheet_travels_compressed(client: Client) -> None:
    whole = b"".join(client.get("/static/site/ayil.css"))
    answer = client.get("/static/site/ayil.css", headers={"accept-encoding": "gzip"})
    sent = b"".join(answer)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(sent) == whole
    assert len(sent) < len(whole) / 3
