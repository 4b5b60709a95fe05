"""One village decides, from the notice to the signed minutes and a complaint: on the pages of a
phone and on paper, in Kyrgyz, each by the one whose part it is."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image
from playwright.sync_api import expect

from ayil.decisions.models import Assembly, Complaint, CountSheet, Decision
from ayil.decisions.queries import standing_decision
from ayil.kit.clock import local_date, now
from ayil.members.actions import enter_party
from ayil.members.models import PartyKind, Sex
from tests.cast import AT
from tests.rig.papers import words_on
from tests.walks.conftest import PHONE, Seat, Walk

pytestmark = pytest.mark.browser

WOMEN = ("Айгүл", "Бермет", "Чолпон", "Динара", "Элнура", "Гүлнара", "Жылдыз")
MEN = ("Азамат", "Бакыт", "Данияр", "Эрмек", "Кубат")
DAYS = 10
"""From the call to the assembly."""
_VOTE = re.compile("/vote/$")


def ky(words: str, **said: object) -> str:
    """What stands on the page for these words."""
    with translation.override("ky"):
        told = gettext(words)
        return told % said if said else told


class Village:
    """Twelve people of Tamga; who does what is named on the page."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.place = walk.cast.tamga
        self.people = {
            name: enter_party(
                kind=PartyKind.PERSON, name=f"{name} Тамгалык", at=AT, village=self.place,
                sex=Sex.WOMAN if name in WOMEN else Sex.MAN, born_year=1970 + place,
                language="ky",
            )
            for place, name in enumerate((*WOMEN, *MEN))
        }  # fmt: skip

    def seat(self, name: str) -> Seat:
        return self.walk.as_person(self.people[name], language="ky")

    @property
    def assembly(self) -> Assembly:
        return Assembly.objects.get(village=self.place)


def test_a_village_decides_in_kyrgyz(walk: Walk, tmp_path: Path) -> None:
    village = Village(walk)
    officer = walk.as_person(walk.cast.officer, language="ky")
    one = _called(village, officer)
    _named(village, officer, one)
    _rolled(village, one)
    _proposed(village, one)
    walk.days_later(DAYS)
    _frozen_and_ticked(village, one)
    _voted(village, one)
    _counted(village, one)
    decision = _minuted(village, one)
    _checked_by_anybody(walk, decision, tmp_path)
    _complained(walk, village, one)
    assert standing_decision(village.place, local_date(now())) == decision
    walk.nothing_is_broken()


def _called(village: Village, officer: Seat) -> str:
    officer.go("/assemblies/call/")
    held_on = local_date(now()) + timedelta(days=DAYS)
    officer.page.locator("[name=village]").select_option(str(village.place.pk))
    officer.type(
        held_on=held_on.isoformat(), place="Айыл мектеби", notice="Айыл өкмөтүнө илинди"
    ).press(ky("Call it"))
    one = f"/assemblies/{village.assembly.uid}/"
    words = officer.go(one).paper(ky("The notice, to print"))
    assert "Айыл мектеби" in words
    assert ky("The village meets") in words
    return one


def _named(village: Village, officer: Seat, one: str) -> None:
    for name, part in (
        ("Айгүл", "chair of the assembly"),
        ("Азамат", "registrar of the roll"),
        ("Кубат", "counter of the ballots"),
        ("Элнура", "counter of the ballots"),
    ):
        officer.go(f"{one}offices/?q={name}").press(f"{village.people[name].name}: {ky(part)}")
    officer.go(one + "offices/").sees(ky("All four are named."))


def _rolled(village: Village, one: str) -> None:
    """Entered whole, hung up, objected to by one who is of another village, and answered."""
    registrar = village.seat("Азамат")
    registrar.go(one + "roll/enter/").press(ky("Enter them all"))
    registrar.go(one + "roll/hangs/").type(hangs_at="Айыл өкмөтү, дүкөн").press(ky("It hangs now"))
    words = words_on(registrar.page.request.get(_whole(registrar, one + "roll/paper/")).body())
    assert all(person.name in words for person in village.people.values())
    villager = village.seat("Данияр").go(one + "roll/objections/")
    villager.page.locator("[name=about][value=other]").check()
    villager.type(words="Менин атым туура эмес жазылган").press(ky("Send it"))
    registrar.go(one + "roll/").sees("Менин атым туура эмес жазылган")
    registrar.page.locator('a[href*="/roll/objections/"]').last.click()
    registrar.page.locator("[name=verdict][value=dismissed]").check()
    registrar.type(reason="Паспорт менен текшерилди, туура").press(ky("Answer"))
    registrar.go(one + "roll/").sees("Паспорт менен текшерилди, туура")


def _proposed(village: Village, one: str) -> None:
    """What the land gives, two proposals of it, who is willing; the sales are looked into."""
    bermet = village.seat("Бермет")
    bermet.go(f"/village/{village.place.code}/resources/")
    bermet.type(
        name="кой жүнү", yearly_amount="400", unit="кг", access="малчылардын өзүнүкү",
        said_by="малчылар",
    )  # fmt: skip
    bermet.page.locator("main form button").last.click()
    for who, symbol, names in (
        ("Бермет", "slippers", ("Кийиз тапочка", "Войлочные тапочки", "Felt slippers")),
        ("Бакыт", "rug", ("Шырдак", "Шырдак", "Shyrdak")),
    ):
        seat = village.seat(who).go(one + "proposals/new/")
        seat.page.locator(f"[name=symbol][value={symbol}]").check()
        seat.page.locator("[name=resource]").select_option(index=1)
        seat.type(
            name_ky=names[0], name_ru=names[1], name_en=names[2], resource_milli="0,35",
            skills="кийиз басуу", piece_cost_minor="250", start_cost_minor="15000",
            pieces_a_month="20", risk_health="ысык суу", risk_land="эч нерсе",
        )  # fmt: skip
        seat.press(ky("Save"))
        seat.sees(names[0]).press(ky("I am willing to make this"))
        seat.follow(ky("Look into the shop's sales"))
        seat.page.locator("main form button").first.click()
    words = words_on(bermet.page.request.get(_whole(bermet, one + "proposals/poster/")).body())
    assert "Кийиз тапочка" in words
    assert "Шырдак" in words


def _frozen_and_ticked(village: Village, one: str) -> None:
    """Ten of twelve come; two of them are ticked on a second device as well."""
    registrar = village.seat("Азамат")
    registrar.go(one + "roll/freeze/").press(ky("Freeze the roll"))
    registrar.go(one + "attendance/")
    boxes = registrar.page.locator("[name=number]")
    for place in range(10):
        boxes.nth(place).check()
    registrar.press(ky("Save")).sees(ky("All is sent."))
    registrar.go(one + "quorum/")
    women = registrar.page.locator("[name=women]").input_value()
    registrar.press(ky("So many are here")).sees(ky("There is a quorum"))
    assert int(women) <= 7


def _voted(village: Village, one: str) -> None:
    registrar = village.seat("Азамат")
    registrar.go(one + "vote/open/").type(present="10", women="6").press(ky("Count and open"))
    registrar.page.wait_for_url(_VOTE)
    papers = registrar.page.request.get(_whole(registrar, one + "vote/papers/?sheets=2"))
    words = words_on(papers.body())
    assert "Кийиз тапочка" in words
    assert ky("None of them") in words
    registrar.go(one + "vote/close/").type(issued="11", exchanged="1", unused="1")
    registrar.press(ky("Close the vote"))
    registrar.page.wait_for_url(_VOTE)


def _counted(village: Village, one: str) -> None:
    """The two count apart; one of them miscounts at first, and nothing is shown before both
    say the same."""
    for name, both in (("Кубат", 2), ("Элнура", 1)):
        _enter_sheet(village, name, one, only=5 + 2 - both, both=both)
    counter = village.seat("Элнура")
    counter.go(one + "vote/").sees(
        ky("The two sheets differ. Both count the papers again and enter new sheets.")
    )
    counter.go(one + "tally/").sees(
        ky("Nothing is counted yet. There is no figure before two counters have said the same.")
    )
    for name in ("Кубат", "Элнура"):
        _enter_sheet(village, name, one, only=5, both=2)
    counter.go(one + "vote/").press(ky("Certify the count"))
    counter.sees(ky("The result"))
    counter.go(one + "tally/").sees("Кийиз тапочка", ky("chosen by the village"))


def _enter_sheet(village: Village, name: str, one: str, *, only: int, both: int) -> None:
    """Nine papers in the box: slippers alone, both, one that says none, one that is spoiled. Kubat
    taps them paper by paper, Elnura enters her piles."""
    seat = village.seat(name).go(one + "vote/count/")
    if name == "Кубат":
        for marks in [[1]] * only + [[1, 2]] * both + [[]]:
            for number in marks:
                seat.page.locator(f"[data-taps] [data-number='{number}']").click()
            seat.press(ky("Next paper"))
        seat.press(ky("It is spoiled"))
    else:
        seat.page.locator("[data-rows] summary").click()
        for place, (marks, papers) in enumerate((((0,), only), ((0, 1), both))):
            row = seat.page.locator("fieldset.pile").nth(place)
            for mark in marks:
                row.locator("[type=checkbox]").nth(mark).check()
            row.locator("[type=number]").fill(str(papers))
        seat.type(none="1", spoiled="1")
    seat.press(ky("This is my count"))
    seat.page.wait_for_url(_VOTE)
    assert CountSheet.objects.filter(counter=village.people[name]).exists()


def _minuted(village: Village, one: str) -> Decision:
    """Written by the registrar, signed by three in their own sign-in, the protocol photographed."""
    village.seat("Азамат").go(one + "minutes/").press(ky("Write the minutes"))
    for name, part in (
        ("Азамат", "registrar of the roll"),
        ("Айгүл", "chair of the assembly"),
        ("Кубат", "counter of the ballots"),
    ):
        seat = village.seat(name).go(one + "minutes/")
        seat.press(ky("I sign: %(part)s", part=ky(part)))
        own = seat.page.get_by_role("button", name=ky("I sign: %(part)s", part=ky(part)))
        expect(own).to_have_count(0)
    registrar = village.seat("Азамат").go(one + "minutes/").sees(ky("sealed"))
    registrar.page.locator("[name=kind]").select_option("protocol")
    registrar.page.locator("[name=photo]").set_input_files(
        {"name": "protokol.png", "mimeType": "image/png", "buffer": _photo()}
    )
    registrar.press(ky("Keep this paper")).sees(ky("Photographed papers"))
    words = registrar.paper(ky("To print, in three languages (PDF)"))
    for said in ("Кийиз тапочка", "Войлочные тапочки", "Felt slippers", "Ed25519"):
        assert said in words, words
    decision = Decision.objects.get()
    assert [proposal.name_ky for proposal in decision.proposals] == ["Кийиз тапочка"]
    return decision


def _checked_by_anybody(walk: Walk, decision: Decision, folder: Path) -> None:
    """Somebody who is not signed in downloads two files and counts again with a bare Python; with
    one changed figure it says so."""
    page = _nobody(walk).go(f"/decisions/{decision.uid}/").sees("Кийиз тапочка").page
    files = {}
    for name, address in (
        ("decision.json", f"/decisions/{decision.uid}/bundle.json"),
        ("recount.pyz", "/decisions/recount.pyz"),
    ):
        answer = page.request.get(walk.server + address)
        assert answer.status == 200
        files[name] = folder / name
        files[name].write_bytes(answer.body())
    page.context.close()
    assert not any(name in files["decision.json"].read_text() for name in (*WOMEN, *MEN))
    assert _recount(folder) == 0
    told = files["decision.json"].read_text()
    files["decision.json"].write_text(re.sub(r'"valid": ?8', '"valid": 7', told))
    assert _recount(folder) == 1


def _nobody(walk: Walk) -> Seat:
    """A passer-by who chose Kyrgyz on the first page."""
    seat = Seat(walk.chromium.new_context(viewport=PHONE).new_page(), walk.server).go("/")
    seat.page.locator("button[name=language][value=ky]").click()
    expect(seat.page.locator("html")).to_have_attribute("lang", "ky")
    return seat


def _recount(folder: Path) -> int:
    bare = [sys.executable, "-I", "-S", "recount.pyz", "decision.json"]
    return subprocess.run(bare, cwd=folder, capture_output=True, check=False).returncode


def _complained(walk: Walk, village: Village, one: str) -> None:
    """Nameless, from the public page; the papers are counted again and say the same."""
    nobody = _nobody(walk).go(one + "complain/")
    nobody.page.locator("[name=about][value=count]").check()
    nobody.type(words="Кагаздар шашылыш саналды").press(ky("Send it"))
    complaint = Complaint.objects.get()
    officer = walk.as_person(walk.cast.officer, language="ky")
    officer.go(f"/complaints/{complaint.uid}/").sees("Кагаздар шашылыш саналды")
    officer.page.locator("[name=verdict][value=recount]").check()
    officer.type(reason="Эки эсепчи кайра санайт").press(ky("Answer"))
    officer.sees("Эки эсепчи кайра санайт")
    for name in ("Кубат", "Элнура"):
        _enter_sheet(village, name, one, only=5, both=2)
    village.seat("Элнура").go(one + "vote/").press(ky("Certify the count")).sees(ky("The result"))
    words = officer.go(f"/complaints/{complaint.uid}/").paper(ky("On paper (PDF)"))
    assert "Эки эсепчи кайра санайт" in words
    nobody.page.context.close()


def _photo() -> bytes:
    """A sheet of grey, as small as a photo may be."""
    file = BytesIO()
    Image.new("L", (64, 64), 200).save(file, "PNG")
    return file.getvalue()


def _whole(seat: Seat, address: str) -> str:
    return seat.server + address
