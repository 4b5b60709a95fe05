"""Photos of people and goods: sent by whom they belong to, shown while they agree."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from ayil.members.consents import record_consent
from ayil.members.models import (
    Party,
    PartyPhoto,
    Purpose,
    Role,
)
from ayil.members.photos import erase_photos, folder, send_photo, standing_photos
from ayil.products.photos import send_goods_photo
from tests.rig.client import Client
from tests.site.cast import AT, Programme, account_of, person
from tests.site.office import address, staff, words

pytestmark = pytest.mark.django_db
Callbacks = Callable[..., AbstractContextManager[object]]


def jpeg(colour: str = "#8a5a00") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(written, "JPEG")
    return written.getvalue()


def sent(client: Client, party: Party, data: bytes, name: str = "photo.jpg") -> object:
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return client.post(address("photo-send", party), {"photo": file, "words": "Кийиз"})


def test_a_photo_is_sent_by_its_owner_and_shown_while_they_agree(
    trade: Programme, client: Client
) -> None:
    maker = trade.makers[0].party
    client.force_login(account_of(maker))
    assert sent(client, maker, jpeg()).status_code == 302  # type: ignore[attr-defined]
    photo = PartyPhoto.objects.get()
    page = reverse("photo", args=[photo.uid])
    anybody = type(client)()
    for given, status, cache in ((True, 200, "public"), (False, 404, None), (True, 200, "public")):
        record_consent(party=maker, purpose=Purpose.PUBLIC_PAGE, given=given, by=maker, at=AT)
        answer = anybody.get(page)
        assert answer.status_code == status
        if cache:
            assert answer["Cache-Control"] == "public, max-age=300, immutable"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Content-Disposition"] == 'inline; filename="photo.jpg"'
            assert answer["Content-Type"] == "image/jpeg"
    record_consent(party=maker, purpose=Purpose.PUBLIC_PAGE, given=False, by=maker, at=AT)
    own = client.get(page)
    assert (own.status_code, own["Cache-Control"]) == (200, "private, no-store")


def test_others_send_and_see_no_photo_that_is_not_public(trade: Programme, client: Client) -> None:
    maker, other = trade.makers[0].party, person("Башка", trade.villages[1])
    photo = send_photo(party=maker, data=jpeg(), by=maker, at=AT)
    record_consent(party=maker, purpose=Purpose.PUBLIC_PAGE, given=False, by=maker, at=AT)
    client.force_login(account_of(other))
    assert client.get(reverse("photo", args=[photo.uid])).status_code == 404
    assert sent(client, maker, jpeg()).status_code == 403  # type: ignore[attr-defined]
    assert client.post(address("photo-away", maker)).status_code == 403
    client.force_login(staff(trade, Role.AUDITOR))
    assert client.get(reverse("photo", args=[photo.uid])).status_code == 200


def test_goods_have_a_photo_of_their_own_while_their_owner_agrees(
    trade: Programme, client: Client, django_capture_on_commit_callbacks: Callbacks
) -> None:
    maker, product = trade.makers[0].party, trade.makers[0].lots[0].variant.product
    portrait = send_photo(party=maker, data=jpeg(), by=maker, at=AT)
    client.force_login(account_of(maker))
    page, public = reverse("goods-photo", args=[product.pk]), f"/goods/{product.pk}/"
    shown_to_owner = words(client.get(public))
    assert str(portrait.uid) in shown_to_owner
    assert page in shown_to_owner
    for colour in ("#111", "#eee"):
        file = SimpleUploadedFile("x.jpg", jpeg(colour))
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(page, {"photo": file, "words": "Тапочка"}).status_code == 302
    (shown,) = PartyPhoto.objects.filter(subject="goods", end__isnull=True)
    assert len([path for path in folder().rglob("*") if path.is_file()]) == 2
    assert standing_photos(maker).get() == portrait
    anybody = type(client)()
    shown_to_all = words(anybody.get(public))
    assert str(shown.uid) in shown_to_all
    assert page not in shown_to_all
    assert anybody.get(reverse("photo", args=[shown.uid])).status_code == 200
    record_consent(party=maker, purpose=Purpose.PUBLIC_PAGE, given=False, by=maker, at=AT)
    assert anybody.get(reverse("photo", args=[shown.uid])).status_code == 404
    client.post(page, {"away": "yes"})
    assert not PartyPhoto.objects.filter(subject="goods", end__isnull=True).exists()
    send_goods_photo(product=product, data=jpeg(), by=maker, at=AT)
    erase_photos(party=maker)
    assert not PartyPhoto.objects.exists()


def test_nobody_sends_a_photo_of_anothers_goods(trade: Programme, client: Client) -> None:
    product = trade.makers[0].lots[0].variant.product
    client.force_login(account_of(person("Башка", trade.villages[1])))
    page = reverse("goods-photo", args=[product.pk])
    file = SimpleUploadedFile("x.jpg", jpeg())
    assert client.post(page, {"photo": file}).status_code == 404
    assert client.post(page, {"away": "yes"}).status_code == 404
    assert not PartyPhoto.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../settings.py", "x.php", "photo.jpg\x00.php", "/etc/passwd", "con.jpg"]
)
def test_a_files_name_leads_nowhere(trade: Programme, officer: Client, name: str) -> None:
    sent(officer, trade.makers[0].party, jpeg(), name)
    kept = [path for path in folder().rglob("*") if path.is_file()]
    assert [re.fullmatch(r"[0-9a-f]{64}\.jpg", path.name) is not None for path in kept] == [True]
    assert all(path.is_relative_to(folder()) for path in kept)


@pytest.mark.parametrize("data", [b"MZ" + b"\0" * 300, b"<svg onload=alert(1)>", jpeg()[:200]])
def test_a_program_is_refused_in_words(trade: Programme, officer: Client, data: bytes) -> None:
    answer = sent(officer, trade.makers[0].party, data)
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert "errorlist" in words(answer)
    assert not folder().exists()
    assert not PartyPhoto.objects.exists()
