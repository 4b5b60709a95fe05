"""The one file that is published beside each bundle: everything that counts it again, in a zip that
any Python of 3.11 or later runs. It is made from our own source, and the same source makes the same
bytes, so that its fingerprint can be compared.
"""

import hashlib
import io
import zipfile
from functools import cache
from pathlib import Path

from ayil.decisions import recount, rules
from ayil.kit import canonical

NAME = "recount.pyz"
HOUSE = Path(canonical.__file__).parent.parent
FOLDERS = (Path(recount.__file__).parent, Path(rules.__file__).parent)
ALONE = (
    HOUSE / "__init__.py",
    HOUSE / "kit" / "__init__.py",
    HOUSE / "kit" / "canonical.py",
    HOUSE / "decisions" / "__init__.py",
)
START = """import sys

from ayil.decisions.recount.__main__ import main

sys.exit(main())
"""
FIRST_LINE = b"#!/usr/bin/env python3\n"
WHEN = (2012, 6, 5, 0, 0, 0)  # the same for every file: a time of making would change the bytes


@cache
def recount_file() -> bytes:
    """The zip, with the line at its head by which a shell starts it."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "__main__.py", START.encode())
        for path in sorted({*ALONE, *_sources()}):
            _put(packed, f"ayil/{path.relative_to(HOUSE).as_posix()}", path.read_bytes())
    return FIRST_LINE + told.getvalue()


def recount_file_sha256() -> str:
    return hashlib.sha256(recount_file()).hexdigest()


def _sources() -> list[Path]:
    return [path for folder in FOLDERS for path in folder.glob("*.py")]


def _put(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content)
