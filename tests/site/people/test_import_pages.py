"""Importing a list by the page: shown first, done just so, its owner's alone."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ayil.kit.tables import write_csv
from ayil.members.actions import grant_role
from ayil.members.models import (
    Party,
    Role,
)
from tests.rig.client import Client
from tests.site.cast import START, Programme, account_of, person
from tests.site.office import words

pytestmark = pytest.mark.django_db


def listed(*names: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", write_csv(("Аты", "Айылы"), [(n, "") for n in names]))


def test_a_list_is_shown_first_and_then_done_just_so(officer: Client) -> None:
    page = words(officer.post("/people/import/", {"list": listed("Асел Бекова")}))
    assert "Асел Бекова" in page
    assert not Party.objects.filter(name="Асел Бекова").exists()
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found
    assert officer.post("/people/import/", {"digest": "0" * 64}).status_code == 200
    assert not Party.objects.filter(name="Асел Бекова").exists()
    assert officer.post("/people/import/", {"digest": found[1]}).status_code == 302
    assert Party.objects.filter(name="Асел Бекова").count() == 1
    assert "Choose the file again" in words(officer.post("/people/import/", {"digest": found[1]}))


def test_a_list_with_errors_has_no_button(officer: Client) -> None:
    page = words(officer.post("/people/import/", {"list": listed("Асел", "Асел")}))
    assert "to be mended" in page
    assert 'name="digest"' not in page


def test_what_is_no_list_is_refused_in_words(officer: Client) -> None:
    file = SimpleUploadedFile("x.csv", b"%PDF-1.7")
    assert "PDF" in words(officer.post("/people/import/", {"list": file}))


def test_a_kept_list_is_its_owners_alone(trade: Programme, officer: Client) -> None:
    page = words(officer.post("/people/import/", {"list": listed("Асел Бекова")}))
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found
    other = type(officer)()
    second = person("Экинчи", trade.villages[0], language="en")
    grant_role(party=second, role=Role.OFFICER, since=START, by=trade.officer)
    other.force_login(account_of(second))
    assert "Choose the file again" in words(other.post("/people/import/", {"digest": found[1]}))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_to_fill_in_is_there_in_three_languages(
    officer: Client, language: str, kind: str
) -> None:
    answer = officer.get(f"/people/import/{language}.{kind}")
    assert answer.status_code == 200
    assert f'filename="ayil-people-{language}.{kind}"' in answer["Content-Disposition"]
    assert officer.get("/people/import/de.csv").status_code == 404
