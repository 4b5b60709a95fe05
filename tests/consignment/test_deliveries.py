"""Goods are announced, withdrawn, counted by two sides on a page, and looked at."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override as speaking

from ayil.consignment.actions import (
    Announced,
    Counted,
    Mark,
    Signed,
    announce_delivery,
    assess,
    count_note,
    withdraw_note,
)
from ayil.consignment.checklist import CHECKLISTS
from ayil.consignment.models import (
    Assessment,
    ConsignmentNote,
    CountSigning,
    JointCount,
    Lot,
    LotBalance,
)
from ayil.consignment.notes import rows_of
from ayil.consignment.papers.deliveries import note_pdf
from ayil.consignment.queries import open_notes
from ayil.consignment.wording import in_readers_words
from ayil.kit.errors import AyilError
from ayil.members.doors import set_pin
from ayil.members.doors_rules import WRONG_BEFORE_A_CARD_ENDS
from ayil.members.models import Party
from ayil.members.models.doors import CardTry
from tests.cast import AT, DAY, Cast
from tests.consignment.office import Office, office

LATER = date(2013, 6, 1)
Comes = ConsignmentNote.Comes


@pytest.fixture
def staff(db: None) -> Office:
    return office()


@pytest.fixture
def cast(staff: Office) -> Cast:
    return staff.cast


def announce(cast: Cast, *lines: Announced, by: Party | None = None) -> ConsignmentNote:
    return announce_delivery(
        agreement=cast.community.agreements.get(), lines=lines or [Announced(cast.slippers, 4)],
        expected_on=DAY, comes=Comes.CAR, declared_by=cast.burul, by=by or cast.burul, on=DAY,
    )  # fmt: skip


def count(
    cast: Cast, note: ConsignmentNote, signed: Signed, *, accepted: int = 3, reason: str = "Damaged"
) -> list[Lot]:
    return count_note(
        note=note,
        counted=[Counted(line, accepted, line.declared - accepted, reason)
                 for line in note.lines.order_by("id")],
        signed=signed, by=cast.aigul, on=DAY, at=AT,
    )  # fmt: skip


def test_a_leader_announces_and_a_clerk_types_for_them(cast: Cast) -> None:
    own, typed = announce(cast), announce(cast, by=cast.aigul)
    assert [own.number, typed.number] == ["N-2012-001", "N-2012-002"]
    assert (own.declared_by, own.typed_by) == (cast.burul, cast.burul)
    assert (typed.declared_by, typed.typed_by) == (cast.burul, cast.aigul)
    assert list(open_notes(cast.shop)) == [own, typed]


def test_nobody_announces_for_another(cast: Cast) -> None:
    with pytest.raises(AyilError, match="may not do this"):
        announce(cast, by=cast.jyldyz)
    with pytest.raises(AyilError, match="does not speak for"):
        announce_delivery(
            agreement=cast.community.agreements.get(), lines=[Announced(cast.slippers, 1)],
            expected_on=None, comes=Comes.BROUGHT, declared_by=cast.jyldyz, by=cast.jyldyz, on=DAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"pieces": 1}, "say its batch"),
        ({"pieces": 1, "batch": "1", "best_before": DAY - timedelta(days=1)}, "was good until"),
        ({"pieces": 0, "batch": "1", "best_before": LATER}, "how many pieces"),
    ],
)
def test_food_comes_with_its_batch_and_date(
    cast: Cast, line: dict[str, object], words: str
) -> None:
    with pytest.raises(AyilError, match=words):
        announce_delivery(
            agreement=cast.jyldyz.agreements.get(),
            lines=[Announced(cast.jam, **line)],  # type: ignore[arg-type]
            expected_on=None, comes=Comes.BROUGHT, declared_by=cast.jyldyz, by=cast.jyldyz, on=DAY,
        )  # fmt: skip


def test_what_was_withdrawn_is_not_counted_and_what_was_counted_not_withdrawn(cast: Cast) -> None:
    gone, came = announce(cast), announce(cast)
    withdraw_note(note=gone, by=cast.burul, at=AT, on=DAY, reason="ооруп калдым")
    with pytest.raises(AyilError, match="was withdrawn"):
        count(cast, gone, Signed(cast.burul, paper="7"))
    line = gone.lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        JointCount.objects.create(
            line=line, accepted=1, refused=0, for_shop=cast.aigul, for_consignor=cast.burul,
            counted_on=DAY, recorded_at=AT,
        )  # fmt: skip
    count(cast, came, Signed(cast.burul, paper="7"))
    with pytest.raises(AyilError, match="were counted already"):
        withdraw_note(note=came, by=cast.burul, at=AT, on=DAY)
    with pytest.raises(AyilError, match="may not do this"):
        withdraw_note(note=announce(cast), by=cast.jyldyz, at=AT, on=DAY)


def test_the_owners_side_signs_by_pin(cast: Cast) -> None:
    note = announce(cast)
    set_pin(party=cast.burul, pin="4917", by=cast.burul, at=AT)
    with pytest.raises(AyilError, match="This is not the PIN"):
        count(cast, note, Signed(cast.burul, pin="1111"))
    assert not JointCount.objects.exists()
    [lot] = count(cast, note, Signed(cast.burul, pin="4917"))
    assert LotBalance.objects.get(lot=lot).on_shelf == 3
    assert CountSigning.objects.get().way == "pin"
    with pytest.raises(AyilError, match="in the meantime"):
        count(cast, note, Signed(cast.burul, paper="7"))


def test_pins_are_not_guessed_at_the_counter(cast: Cast) -> None:
    set_pin(party=cast.burul, pin="4917", by=cast.burul, at=AT)
    CardTry.objects.bulk_create(
        CardTry(number=f"@{cast.burul.pk}", right=False, at=AT + timedelta(minutes=1))
        for _number in range(WRONG_BEFORE_A_CARD_ENDS)
    )
    with pytest.raises(AyilError, match="Too many wrong PINs"):
        count(cast, announce(cast), Signed(cast.burul, pin="4917"))


@pytest.mark.parametrize(
    ("who", "paper", "words"),
    [
        ("jyldyz", "7", "does not speak for"),
        ("burul", "", "signs too"),
    ],
)
def test_two_sides_count(cast: Cast, who: str, paper: str, words: str) -> None:
    with pytest.raises(AyilError, match=words):
        count(cast, announce(cast), Signed(getattr(cast, who), paper=paper))
    assert not JointCount.objects.exists()


def test_all_lines_are_booked_or_none(cast: Cast) -> None:
    """The second line cannot be: its refusal has no reason."""
    note = announce(cast, Announced(cast.slippers, 4), Announced(cast.slippers, 2))
    first, second = note.lines.order_by("id")
    good, bad = Counted(first, 4, 0), Counted(second, 1, 1)
    for counted, words in (([good, bad], "needs a reason"), ([good], "in the meantime")):
        with pytest.raises(AyilError, match=words):
            count_note(
                note=note, counted=counted, signed=Signed(cast.burul, paper="7"), by=cast.aigul,
                on=DAY, at=AT,
            )  # fmt: skip
    assert not Lot.objects.exists()
    assert not JointCount.objects.exists()


def test_a_reason_of_the_list_is_read_in_ones_own_language(cast: Cast) -> None:
    note = announce(cast)
    with speaking("ru"):
        said = in_readers_words("Damaged")
    count(cast, note, Signed(cast.burul, paper="7"), reason=said)
    with speaking("ky"):
        [row] = rows_of(note)
        assert row.reason == in_readers_words("Damaged")
        assert row.reason != said
        assert in_readers_words("таманы ажырап турат") == "таманы ажырап турат"
    for language in ("ky", "ru", "en"):
        assert note_pdf(note, language=language, code="x", at=AT).startswith(b"%PDF-")


def marks(**wrong: str) -> dict[str, Mark]:
    return {
        question.code: Mark(question.code not in wrong, wrong.get(question.code, ""))
        for question in CHECKLISTS["craft"]
    }


def test_goods_are_looked_at_by_the_checklist(staff: Office) -> None:
    cast = staff.cast
    counted = cast.deliver(cast.slippers, 5).count
    assert counted is not None

    def look(by: Party, found: dict[str, Mark], grade: Assessment.Grade, words: str = "") -> None:
        assess(count=counted, marks=found, grade=grade, words=words, by=by, on=DAY, at=AT)

    bad = marks(seams="the sole comes off")
    good, mend = Assessment.Grade.GOOD, Assessment.Grade.MEND
    for by, found, grade, why in (
        (cast.officer, bad, mend, "may not do this"),
        (staff.committee, bad, good, "are not good"),
        (staff.committee, bad, mend, "what to do better"),
        (staff.committee, {"seams": Mark(True)}, good, "every question"),
    ):
        with pytest.raises(AyilError, match=why):
            look(by, found, grade)
    look(staff.committee, bad, mend, "sew the sole twice")
    with pytest.raises(AyilError, match="assessed already"):
        look(staff.committee, marks(), good)
    [row] = rows_of(counted.line.note)
    assert [answer.words for answer in row.answers if not answer.passed] == ["the sole comes off"]
