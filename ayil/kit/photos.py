"""A photo that somebody sends becomes a small plain JPEG, or is refused in words. No Django.

The picture is decoded and drawn anew: what hid beside it (the place of a house in the EXIF, a
program behind the last byte) does not come along. Decoders have had holes, so only three formats
are tried, the size is read before anything is unpacked, and files that are two things at once
are not even decoded.
"""

import contextlib
import hashlib
import io
import os
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from ayil.kit.errors import AyilError, gettext_noop

FORMATS = ("JPEG", "PNG", "WEBP")
BIGGEST_FILE = 8 << 20  # bytes
MOST_PIXELS = 60_000_000
LONGEST_SIDE_PX = 1200
SMALLEST_SIDE_PX = 64
QUALITY = 82
_WHITE = (255, 255, 255)
# What a browser or a server could be led to run. Of ten thousand honest photos one may hold such
# letters by chance; saved anew it does not.
_PROGRAM = re.compile(rb"<script|<\?php|<html|<svg|<!doctype|^#!|^MZ|^\x7fELF", re.IGNORECASE)


@dataclass(frozen=True)
class Photo:
    """A JPEG of ours: small, and no word beside the picture."""

    jpeg: bytes
    width_px: int
    height_px: int

    @property
    def name(self) -> str:
        """The SHA-256 of its bytes, hex: under it the picture lies."""
        return hashlib.sha256(self.jpeg).hexdigest()


def redrawn(data: bytes, *, longest_px: int = LONGEST_SIDE_PX) -> Photo:
    """The picture of a JPEG, PNG or WebP file, upright and small; raises AyilError for others.

    The file's name plays no part: what it is shows in its bytes. A paper that must stay readable
    is given a longer side.
    """
    if len(data) > BIGGEST_FILE:
        raise AyilError(
            gettext_noop("The photo is larger than 8 MB. Send a smaller one, or a part of it.")
        )
    if _PROGRAM.search(data) or zipfile.is_zipfile(io.BytesIO(data)):
        raise AyilError(
            gettext_noop("This file holds more than a picture. Take the photo again and send it.")
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _refuse_size(*image.size)
            return _drawn(image, longest_px)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise AyilError(
            gettext_noop(
                "This is no photo that can be read to its end. Send a JPEG, a PNG or a WebP, "
                "as the phone or the camera has made it."
            )
        ) from error


def _refuse_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_large()
    if min(width, height) < SMALLEST_SIDE_PX:
        raise AyilError(gettext_noop("The photo is too small to show anything. Send a larger one."))


def _too_large() -> AyilError:
    return AyilError(gettext_noop("The photo has more than 60 million points. Send a smaller one."))


def _drawn(image: Image.Image, longest_px: int) -> Photo:
    image.draft("RGB", (longest_px, longest_px))  # a JPEG is unpacked small at once
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    layer = upright.convert("RGBA")
    # A new picture knows nothing of the old one: no EXIF, no comment, no colour profile.
    paper = Image.new("RGB", layer.size, _WHITE)
    paper.paste(layer, mask=layer.getchannel("A"))
    written = io.BytesIO()
    paper.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Photo(written.getvalue(), *paper.size)


def keep(folder: Path, photo: Photo) -> None:
    """Lays the picture down under its name, whole or not at all; the same one lies once."""
    path = path_of(folder, photo.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(photo.jpeg)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def discard(folder: Path, name: str) -> None:
    """The picture is gone; one that is not there is no error."""
    with contextlib.suppress(FileNotFoundError):
        path_of(folder, name).unlink()


def path_of(folder: Path, name: str) -> Path:
    """Where a picture lies, by its name; anything but a SHA-256 in hex raises ValueError."""
    if not re.fullmatch(r"[0-9a-f]{64}", name):
        raise ValueError(f"{name!r} is no name of a picture")
    return folder / name[:2] / f"{name}.jpg"
