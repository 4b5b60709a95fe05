"""Photos: drawn anew without what hid beside them; what is no photo is refused, nothing kept."""

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from ayil.kit import photos as kit
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.consents import record_consent
from ayil.members.models import PartyPhoto, PartyPhotoEnd, Purpose, Role
from ayil.members.photos import (
    erase_photos,
    folder,
    public_photos,
    send_photo,
    standing_photos,
    take_away,
)
from tests.cast import AT, DAY, Cast, assemble

GPS = 0x8825


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (1600, 900), colour: str = "#8a5a00"
) -> bytes:
    written = io.BytesIO()
    image = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[0x010E] = "House of Burul"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(GPS)[1] = "N"
    image.save(written, kind, exif=exif, **({"comment": "secret"} if kind == "JPEG" else {}))
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says how large it would be."""

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(name + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + name + body + crc

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    rows = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("../../x.php", "<?php ?>")
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_anew_small_upright_and_silent(kind: str) -> None:
    photo = kit.redrawn(picture(kind))
    with Image.open(io.BytesIO(photo.jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (photo.width_px, photo.height_px))
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                   "progressive", "progression"}  # fmt: skip
    assert b"Burul" not in photo.jpeg
    assert b"secret" not in photo.jpeg
    assert max(photo.width_px, photo.height_px) <= kit.LONGEST_SIDE_PX
    assert photo.height_px > photo.width_px


def test_what_is_see_through_stands_on_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(written, "PNG")
    with Image.open(io.BytesIO(kit.redrawn(written.getvalue()).jpeg)) as image:
        assert image.getpixel((50, 50)) == (255, 255, 255)


ATTACKS = {
    "a program named photo.jpg": (b"MZ\x90\x00" + b"\x00" * 4000, "more than a picture"),
    "another program": (b"\x7fELF" + b"\x00" * 4000, "more than a picture"),
    "a shell script": (b"#!/bin/sh\nrm -r /\n", "more than a picture"),
    "a page": (b"<html><script>alert(1)</script></html>", "more than a picture"),
    "a drawing with a script": (b"<?xml version='1.0'?><svg onload='x'/>", "more than a picture"),
    "a photo with a page behind it": (picture() + b"<HTML><ScRiPt>x</script>", "more than"),
    "a photo with PHP in its comment": (
        picture().replace(b"secret", b"<?php "), "more than a picture"),
    "a photo that is an archive too": (picture() + archive(), "more than a picture"),
    "an archive": (archive(), "more than a picture"),
    "a bomb of 50,000 × 50,000": (bomb(50_000, 50_000), "60 million"),
    "a bomb that the decoder only warns of": (bomb(10_000, 10_000), "60 million"),
    "a bomb that the decoder lets pass": (bomb(8_000, 8_000), "60 million"),
    "a bomb under the limit that ends at once": (bomb(7_000, 8_000), "read to its end"),
    "a truncated photo": (picture()[:3000], "read to its end"),
    "a truncated PNG": (picture("PNG")[:-40], "read to its end"),
    "a GIF": (b"GIF89a" + b"\x00" * 100, "read to its end"),
    "nothing": (b"", "read to its end"),
    "a file of 9 MB": (b"\xff\xd8\xff" + b"\x00" * (9 << 20), "8 MB"),
    "a single point": (picture("PNG", (1, 1)), "too small"),
}  # fmt: skip


@pytest.fixture
def cast(db: None, settings: object, tmp_path: Path) -> Cast:
    settings.AYIL_HOME = tmp_path  # type: ignore[attr-defined]
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    return made


def files() -> list[Path]:
    return sorted(path for path in folder().rglob("*") if path.is_file())


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(cast: Cast, attack: str) -> None:
    data, words = ATTACKS[attack]
    with pytest.raises(AyilError, match=words):
        send_photo(party=cast.burul, data=data, by=cast.burul, at=AT)
    assert files() == []
    assert not PartyPhoto.objects.exists()


def test_a_new_photo_takes_the_place_of_the_old_one(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        first = send_photo(party=cast.burul, data=picture(), by=cast.burul, at=AT)
    assert [path.name for path in files()] == [f"{first.file}.jpg"]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        second = send_photo(
            party=cast.burul, data=picture(colour="#111"), by=cast.officer, at=AT, words=" felt "
        )
    assert [path.name for path in files()] == [f"{second.file}.jpg"]
    assert list(standing_photos(cast.burul)) == [second]
    assert second.words == "felt"


def test_a_photo_of_two_stays_until_both_are_gone(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        hers = send_photo(party=cast.burul, data=picture(), by=cast.burul, at=AT)
        theirs = send_photo(party=cast.community, data=picture(), by=cast.burul, at=AT)
    assert hers.file == theirs.file
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take_away(photo=hers, by=cast.burul, at=AT)
        take_away(photo=hers, by=cast.burul, at=AT)
    assert PartyPhotoEnd.objects.count() == 1
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert erase_photos(party=cast.community) == 1
    assert files() == []
    assert not PartyPhoto.objects.filter(party=cast.community).exists()


def test_nobody_sends_anothers_photo(cast: Cast) -> None:
    for party in (cast.burul, cast.community):
        with pytest.raises(AyilError, match="may not do this"):
            send_photo(party=party, data=picture(), by=cast.jyldyz, at=AT)
    photo = send_photo(party=cast.community, data=picture(), by=cast.burul, at=AT)
    with pytest.raises(AyilError, match="may not do this"):
        take_away(photo=photo, by=cast.jyldyz, at=AT)


def test_a_photo_stands_in_public_while_its_owner_agrees(cast: Cast) -> None:
    photo = send_photo(party=cast.burul, data=picture(), by=cast.burul, at=AT)
    shown = []
    for given in (True, False, True):
        record_consent(
            party=cast.burul, purpose=Purpose.PUBLIC_PAGE, given=given, by=cast.burul, at=AT
        )
        shown.append(public_photos([cast.burul.pk, cast.jyldyz.pk]))
    assert shown == [{cast.burul.pk: photo}, {}, {cast.burul.pk: photo}]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "/x", ""])
def test_a_picture_is_found_by_its_hash_and_nothing_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        kit.path_of(tmp_path, name)
