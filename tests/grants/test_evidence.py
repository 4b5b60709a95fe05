"""Papers are kept under their own hash, and found out when they change."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from ayil.grants.actions import keep_evidence, read_evidence
from ayil.grants.models import EvidenceFile
from ayil.kit.errors import AyilError
from tests.grants.kumtor import AT, breaches, person

pytestmark = pytest.mark.django_db
BILL = b"%PDF-1.4 bill of the felt workshop"


def keep(content: bytes = BILL, name: str = "bill.pdf", kind: str = "application/pdf",
         sha256: str = "") -> EvidenceFile:  # fmt: skip
    return keep_evidence(
        content=content, name=name, media_type=kind, by=person("Nurlan"), at=AT, sha256=sha256
    )


def test_a_paper_is_kept_once_outside_of_the_web_root() -> None:
    kept = keep()
    assert kept.sha256 == hashlib.sha256(BILL).hexdigest()
    assert kept.path == Path(settings.AYIL_HOME) / "evidence" / kept.sha256
    assert not kept.path.is_relative_to(settings.STATIC_ROOT)
    assert kept.path.stat().st_mode & 0o077 == 0
    assert read_evidence(kept) == BILL
    assert keep(name="again.pdf") == kept
    assert EvidenceFile.objects.count() == 1
    assert breaches() == []


def test_another_hash_than_announced_is_refused() -> None:
    with pytest.raises(AyilError, match="damaged or changed"):
        keep(sha256="0" * 64)
    assert keep(sha256=hashlib.sha256(BILL).hexdigest().upper()).size_bytes == len(BILL)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/pdf"),
        (b"<html>", "application/pdf"),
        (BILL, "image/png"),
        (BILL, "text/html"),
        (b"\xff\xfe\x00", "text/plain"),
        (b"%PDF-" + bytes(20 * 1024 * 1024), "application/pdf"),
    ],
)
def test_what_is_not_what_it_says_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(AyilError):
        keep(content, "paper", kind)
    assert not EvidenceFile.objects.exists()


def test_a_name_never_leads_elsewhere() -> None:
    assert keep(name="../../etc/passwd").name == "passwd"


def test_a_changed_or_lost_file_is_found() -> None:
    kept = keep(b"%PDF-1.4 another bill")
    kept.path.write_bytes(b"%PDF-1.4 forged")
    with pytest.raises(AyilError, match="not the one that was kept"):
        read_evidence(kept)
    assert any(kept.sha256[:12] in line for line in breaches())
    kept.path.unlink()
    with pytest.raises(AyilError, match="not there"):
        read_evidence(kept)
    assert any(kept.sha256[:12] in line for line in breaches())
    assert keep(b"%PDF-1.4 another bill") == kept
    assert breaches() == []


def test_evidence_is_not_deleted() -> None:
    keep()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM grants_evidencefile")
