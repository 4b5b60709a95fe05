"""Minutes on pages and paper: written, signed by three, sealed, published, reviewed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ayil.decisions.actions import supersede_decision
from ayil.decisions.actions.papers import keep_paper, read_paper
from ayil.decisions.actions.sealing import (
    begin_key,
    end_key,
    keys_folder,
    seal_decision,
    standing_key,
)
from ayil.decisions.models import (
    Decision,
    DecisionPaper,
    DecisionSeal,
    DecisionSigning,
    Part,
    SigningKey,
)
from ayil.decisions.papers.minutes import minutes_papers
from ayil.decisions.queries import standing_decision
from ayil.decisions.recount import read_bundle, recount
from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from tests.decisions.barskoon import AT, HELD, YURTS, Barskoon, breaches, decided
from tests.rig.client import Client
from tests.rig.papers import words_on
from tests.site.cast import account_of, person, speak


def seen_by(party: Party) -> Client:
    client = Client()
    client.force_login(account_of(party))
    speak(client, "en")
    return client


@pytest.fixture
def counted(db: None) -> Barskoon:
    """Counted, and nothing written yet."""
    barskoon = Barskoon()
    barskoon.quorate()
    barskoon.propose()
    barskoon.vote(YURTS, unused=1)
    return barskoon


def address(barskoon: Barskoon, rest: str = "") -> str:
    return f"/assemblies/{barskoon.assembly.uid}/{rest}"


def photo() -> bytes:
    told = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(told, "JPEG")
    return told.getvalue()


def test_minutes_are_written_signed_by_three_sealed_and_recounted(counted: Barskoon) -> None:
    registrar = seen_by(counted.registrar)
    assert "Write the minutes" in registrar.get(address(counted, "minutes/")).content.decode()
    registrar.post(address(counted, "minutes/write/"))
    decision = Decision.objects.get()
    public = Client()
    bundle = f"/decisions/{decision.uid}/bundle.json"
    assert public.get(bundle).status_code == 404  # not signed yet
    for part, party in (
        (Part.REGISTRAR, counted.registrar), (Part.CHAIR, counted.chair),
        (Part.COUNTER, counted.second),
    ):  # fmt: skip
        client = seen_by(party) if party != counted.registrar else registrar
        page = client.get(address(counted, "minutes/")).content.decode()
        assert f"I sign: {part.label}" in page
        client.post(address(counted, "minutes/sign/"), {"part": part.value})
    assert [row.part for row in decision.signings.all()] == ["registrar", "chair", "counter"]
    found = recount(read_bundle(public.get(bundle).content))
    assert found.broken == []
    assert standing_decision(counted.village, local_date(now())) == decision
    assert breaches() == []


def test_another_signs_for_nobody(counted: Barskoon) -> None:
    counted.minute()
    bakyt = seen_by(counted.proposers[1])
    bakyt.post(address(counted, "minutes/sign/"), {"part": "chair"})
    answer = bakyt.post(address(counted, "minutes/sign/"), {"part": "chair", "by_hand": "on"})
    assert answer.status_code == 403
    assert bakyt.post(address(counted, "minutes/write/")).status_code == 403
    assert bakyt.post(address(counted, "minutes/sign/"), {"part": "king"}).status_code == 404
    assert DecisionSigning.objects.count() == 0


def test_signed_by_hand_needs_the_photographed_protocol(counted: Barskoon) -> None:
    decision = counted.minute()
    registrar = seen_by(counted.registrar)
    by_hand = {"part": "chair", "by_hand": "on"}
    registrar.post(address(counted, "minutes/sign/"), by_hand)
    assert decision.signings.count() == 0
    registrar.post(
        address(counted, "papers/"),
        {"kind": "protocol", "photo": SimpleUploadedFile("p.jpg", photo(), "image/jpeg")},
    )
    protocol = DecisionPaper.objects.get()
    registrar.post(address(counted, "minutes/sign/"), by_hand)
    signing = decision.signings.get()
    assert (signing.signer, signing.by, signing.paper) == (
        counted.chair, counted.registrar, protocol,
    )  # fmt: skip
    shown = registrar.get(address(counted, f"papers/{protocol.pk}/"))
    assert (shown.status_code, shown["Cache-Control"]) == (200, "private, no-store")
    other = seen_by(counted.proposers[0])
    assert other.get(address(counted, f"papers/{protocol.pk}/")).status_code == 404
    assert protocol.sha256 in Client().get(f"/decisions/{decision.uid}/").content.decode()


def test_a_kept_paper_is_the_one_that_was_kept(counted: Barskoon, settings: Any) -> None:
    def keep() -> DecisionPaper:
        return keep_paper(
            assembly=counted.assembly, kind=DecisionPaper.Kind.SHEET, content=photo(),
            by=counted.registrar, at=AT,
        )  # fmt: skip

    paper = keep()
    assert keep() == paper
    assert read_paper(paper).startswith(b"\xff\xd8")
    (Path(settings.AYIL_HOME) / "decision-papers" / paper.sha256).write_bytes(b"other")
    with pytest.raises(AyilError, match="not the one that was kept"):
        read_paper(paper)
    with pytest.raises(AyilError):
        keep_paper(
            assembly=counted.assembly, kind=DecisionPaper.Kind.SHEET, content=b"no picture",
            by=counted.registrar, at=AT,
        )  # fmt: skip


@pytest.mark.django_db
def test_the_paper_is_in_three_languages_and_the_public_one_names_nobody() -> None:
    barskoon, decision = decided()
    seal_decision(decision=decision, by=barskoon.registrar, at=AT)
    decision = Decision.objects.get()
    people = {"chair": ["Aigul"], "registrar": ["Azamat"], "counter": ["Kubat", "Elnura"]}
    papers = minutes_papers(decision, address="https://a.kg/d/", people=people)
    assert [paper.in_language for paper in papers] == ["ky", "ru", "en"]
    words = words_on(document_pdf(papers, at=AT))
    for word in ("Боз үйлөр", "Юрты", "Yurts", "Aigul", "Kubat, Elnura", decision.seal.key.public):
        assert word in words
    seal = bytes(decision.sha256).hex()
    assert papers[2].code == f"https://a.kg/d/#{seal[:16]}"
    assert f"{seal[:4]} {seal[4:8]}" in words
    assert "11 = 10 valid + 1 spoiled in the box" not in words  # 12 were given out
    assert "12 = 10 valid + 1 spoiled in the box + 0 spoiled and exchanged + 1 unused" in words
    public = Client()
    nameless = words_on(public.get(f"/decisions/{decision.uid}/minutes.pdf").content)
    page = public.get(f"/decisions/{decision.uid}/").content.decode()
    for name in ("Aigul", "Azamat", "Kubat", "Elnura", "Bermet"):
        assert name not in nameless
        assert name not in page
    assert "Yurts" in nameless
    village = seen_by(barskoon.people[2])
    assert "Azamat" in words_on(village.get(address(barskoon, "minutes/paper/")).content)


def test_the_key_is_a_file_for_its_owner_alone(counted: Barskoon) -> None:
    decision = counted.minute()
    counted.sign(decision)
    seal_decision(decision=decision, by=counted.registrar, at=AT)
    key = standing_key()
    assert key is not None
    file = keys_folder() / f"{key.public}.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys_folder().stat().st_mode & 0o777 == 0o700
    assert seal_decision(decision=decision, by=counted.chair, at=AT).key == key
    with pytest.raises(AyilError, match="holds already"):
        begin_key(by=counted.chair, at=AT)


def test_unsigned_minutes_are_not_sealed(counted: Barskoon) -> None:
    decision = counted.minute()
    with pytest.raises(AyilError, match="once chair"):
        seal_decision(decision=decision, by=counted.registrar, at=AT)
    assert SigningKey.objects.count() == 0


@pytest.mark.django_db
def test_a_lost_key_is_said_ended_and_replaced() -> None:
    barskoon, decision = decided()
    seal_decision(decision=decision, by=barskoon.registrar, at=AT)
    key = standing_key()
    assert key is not None
    (keys_folder() / f"{key.public}.pem").unlink()
    other, later = decided("tamga", "Tamga")
    with pytest.raises(AyilError, match="is not there or cannot be read"):
        seal_decision(decision=later, by=other.registrar, at=AT)
    assert Client().get(f"/decisions/{decision.uid}/bundle.json").status_code == 404
    boss = person("Nurlan")
    grant_role(party=boss, role=Role.OFFICER, since=HELD, by=barskoon.registrar)
    officer = seen_by(boss)
    assert "is not at its place" in officer.get("/decisions/keys/").content.decode()
    officer.post("/decisions/keys/end/", {"reason": "the disk broke"})
    assert standing_key() not in (None, key)
    assert "the disk broke" in Client().get("/decisions/keys/").content.decode()
    seal_decision(decision=later, by=other.registrar, at=AT)
    for one in (decision, later):
        told = Client().get(f"/decisions/{one.uid}/bundle.json").content
        assert recount(read_bundle(told)).broken == []
    assert len(set(DecisionSeal.objects.values_list("key", flat=True))) == 2
    with pytest.raises(AyilError, match="ended already"):
        end_key(key=key, reason="again", by=boss, at=AT)


@pytest.mark.django_db
def test_all_piles_are_for_the_auditor_and_the_counters() -> None:
    barskoon, decision = decided()
    seal_decision(decision=decision, by=barskoon.registrar, at=AT)
    full = f"/decisions/{decision.uid}/full.json"
    auditor = person("Saltanat")
    grant_role(party=auditor, role=Role.AUDITOR, since=HELD, by=barskoon.registrar)
    for party, status in (
        (auditor, 200), (barskoon.counter, 200), (barskoon.chair, 403), (barskoon.people[2], 403),
    ):  # fmt: skip
        answer = seen_by(party).get(full)
        assert answer.status_code == status
        if status == 200:
            found = recount(read_bundle(answer.content))
            assert (found.broken, found.unchecked) == ([], [])
    assert Client().get(full).status_code == 302


@pytest.mark.django_db
def test_a_decision_is_looked_at_every_year_and_may_end() -> None:
    barskoon, decision = decided()
    chair = seen_by(barskoon.chair)
    page = address(barskoon, "review/")
    assert chair.post(page, {"finding": "", "keeps": "yes"}).status_code == 400
    chair.post(page, {"finding": "14 sold, the willow grows", "keeps": "yes"})
    assert decision.reviews.get().keeps
    assert standing_decision(barskoon.village, local_date(now())) == decision
    assert "14 sold" in Client().get("/villages/barskoon/").content.decode()
    assert seen_by(barskoon.people[2]).get(page).status_code == 403
    chair.post(page, {"finding": "no willow is left", "keeps": "no"})
    assert standing_decision(barskoon.village, local_date(now())) is None
    assert Decision.objects.get().superseding.reason == "no willow is left"
    with pytest.raises(AyilError, match="superseded before"):
        supersede_decision(decision=decision, on=HELD, reason="r", by=barskoon.chair, at=AT)
