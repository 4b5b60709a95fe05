"""The signed list as a photo, and the lines that are signed on it."""

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image

from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from ayil.payouts.actions import (
    acknowledge_on_paper,
    keep_signed_paper,
    prepare_run,
    read_signed_paper,
    take_back,
)
from ayil.payouts.models import Acknowledgement, Handover, PayoutPaper, PayoutRun
from tests.cast import DAY, person
from tests.payouts.scenes import (
    MONDAY,
    WEEK,
    Scene,
    breaches,
    check_titled,
    open_scene,
    refused_by_database,
    run_sql,
)

pytestmark = pytest.mark.django_db


def photo(colour: str = "#eee") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (120, 160), colour).save(written, "WEBP")
    return written.getvalue()


@pytest.fixture
def scene(settings: LazySettings, tmp_path: Path) -> Scene:
    settings.AYIL_HOME = tmp_path
    opened = open_scene()
    opened.sell(opened.jam, 10, 12_000)
    opened.close()
    return opened


@pytest.fixture
def handed(scene: Scene) -> Handover:
    return scene.paid(scene.cast.jyldyz)


@pytest.fixture
def reader(scene: Scene) -> Party:
    """Neither paid nor approved."""
    found = person("Saltanat Orozova")
    grant_role(party=found, role=Role.ACCOUNTANT, since=DAY, by=scene.cast.officer)
    return found


def keep(run: PayoutRun, by: Party, content: bytes | None = None) -> PayoutPaper:
    return keep_signed_paper(run=run, content=content or photo(), by=by, at=MONDAY)


def test_a_photo_is_drawn_anew_and_kept_under_its_hash(handed: Handover, reader: Party) -> None:
    paper = keep(handed.payout.run, reader)
    assert paper.media_type == "image/jpeg"
    assert read_signed_paper(paper).startswith(b"\xff\xd8\xff")
    assert keep(handed.payout.run, reader).pk == paper.pk, "the same again is once"
    assert keep(handed.payout.run, reader, photo("#111")).pk != paper.pk
    assert (PayoutPaper.folder().stat().st_mode & 0o777) == 0o700


def test_a_pdf_is_kept_as_it_is(handed: Handover, reader: Party) -> None:
    paper = keep(handed.payout.run, reader, b"%PDF-1.7 signed")
    assert (paper.media_type, read_signed_paper(paper)) == ("application/pdf", b"%PDF-1.7 signed")


def test_what_was_changed_on_the_disk_is_noticed(handed: Handover, reader: Party) -> None:
    paper = keep(handed.payout.run, reader)
    (PayoutPaper.folder() / paper.sha256).write_bytes(b"another")
    with pytest.raises(AyilError, match="not the one that was kept"):
        read_signed_paper(paper)


def test_what_is_no_paper_is_not_kept(handed: Handover, reader: Party) -> None:
    for content in (b"GIF89a", b"<html>", b"MZ" + bytes(200)):
        with pytest.raises(AyilError):
            keep(handed.payout.run, reader, content)
    assert not PayoutPaper.objects.exists()


def test_lines_signed_on_a_paper(handed: Handover, reader: Party, scene: Scene) -> None:
    paper = keep(handed.payout.run, reader)
    (signed,) = acknowledge_on_paper(paper=paper, handovers=[handed], by=reader, at=MONDAY)
    assert (signed.by, signed.recorded_by, signed.how) == (
        scene.cast.jyldyz, reader, "signature",
    )  # fmt: skip
    with pytest.raises(AyilError, match="acknowledged before"):
        acknowledge_on_paper(paper=paper, handovers=[handed], by=reader, at=MONDAY)
    with pytest.raises(AyilError, match="Correct it by a dispute"):
        take_back(handover=handed, by=reader, at=MONDAY, reason="oh")
    assert breaches() == []


def test_who_paid_or_approved_does_not_find_the_sign(handed: Handover, scene: Scene) -> None:
    paper = keep(handed.payout.run, scene.asel)
    for by in (scene.asel, scene.bakyt):
        with pytest.raises(AyilError, match="paid or approved"):
            acknowledge_on_paper(paper=paper, handovers=[handed], by=by, at=MONDAY)
    insert = (
        "INSERT INTO payouts_acknowledgement (handover_id, by_id, at, how, paper_id, "
        "recorded_by_id) VALUES (%s, %s, %s, 'signature', %s, %s)"
    )
    values = (handed.pk, handed.payee_id, MONDAY, paper.pk)
    assert "nor write it down" in refused_by_database(
        lambda: run_sql(insert, *values, scene.asel.pk)
    )
    assert "on_paper" in refused_by_database(
        lambda: run_sql(insert, *values[:3], None, scene.cast.aigul.pk)
    )
    assert not Acknowledgement.objects.exists()


def test_a_paper_of_another_list_shows_nothing(
    handed: Handover, reader: Party, scene: Scene
) -> None:
    scene.sell(scene.jam, 1, 12_000)
    scene.close(MONDAY + WEEK)
    other = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY + WEEK)
    paper = keep(other, reader)
    with pytest.raises(AyilError, match="another list"):
        acknowledge_on_paper(paper=paper, handovers=[handed], by=reader, at=MONDAY)
    with pytest.raises(AyilError, match="Tick at least one"):
        acknowledge_on_paper(paper=paper, handovers=[], by=reader, at=MONDAY)
    words = refused_by_database(
        lambda: Acknowledgement.objects.create(
            handover=handed, by=handed.payee, at=MONDAY, how="signature", paper=paper
        )
    )
    assert "own payout list" in words


def test_a_payout_that_came_back_is_owed_again(handed: Handover, scene: Scene) -> None:
    back = take_back(handover=handed, by=scene.asel, at=MONDAY, reason="нет такого счёта")
    assert back.transfer.reverses == handed.transfer
    assert (back.transfer.kind, back.transfer.reason) == ("payout-reversal", "нет такого счёта")
    assert scene.balance(scene.cast.jyldyz) == 96_000
    with pytest.raises(AyilError, match="before"):
        take_back(handover=handed, by=scene.asel, at=MONDAY, reason="x")
    with pytest.raises(AyilError, match="why the money came back"):
        take_back(handover=handed, by=scene.asel, at=MONDAY, reason=" ")
    # On the same statement it is paid anew.
    assert prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY).payouts.get().part == 2
    assert breaches() == []


def test_what_came_back_after_the_closing_waits_for_the_next(
    handed: Handover, scene: Scene
) -> None:
    scene.sell(scene.jam, 1, 12_000)
    scene.close(MONDAY + WEEK)
    take_back(handover=handed, by=scene.asel, at=MONDAY + WEEK, reason="x")
    run = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY + WEEK)
    assert run.payouts.get().amount_minor == 9_600, "what the statement says, and no more"
    after = scene.statement(MONDAY + 2 * WEEK)
    assert (after.paid_minor, after.closing_minor) == (-96_000, 105_600)
    assert breaches() == []


def test_a_receipt_for_money_that_came_back_is_found(handed: Handover, scene: Scene) -> None:
    take_back(handover=handed, by=scene.asel, at=MONDAY, reason="x")
    assert breaches() == []
    Acknowledgement.objects.create(
        handover=handed, by=scene.cast.jyldyz, at=MONDAY, how=Acknowledgement.How.PAGE
    )
    assert len(list(check_titled("what came back").find())) == 1
