"""A statement in dispute stays; what is upheld stands in the next one."""

from collections.abc import Callable

import pytest

from ayil.kit.errors import AyilError
from ayil.ledger.models import Account
from ayil.payouts.actions import (
    dismiss_dispute,
    hand_over,
    raise_dispute,
    reverse_in_dispute,
    uphold_dispute,
)
from ayil.payouts.models import Dispute, DisputeOutcome, Statement
from ayil.payouts.queries import statement_lines
from ayil.shop.models import SaleLine
from tests.payouts.scenes import MONDAY, WEEK, Scene, breaches, open_scene, refused_by_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    opened = open_scene()
    opened.sell(opened.jam, 10, 12_000)
    opened.sell(opened.slippers, 1, 45_000)
    opened.close()
    return opened


@pytest.fixture
def statement(scene: Scene) -> Statement:
    return Statement.objects.get(consignor=scene.cast.jyldyz)


@pytest.fixture
def dispute(scene: Scene, statement: Statement) -> Dispute:
    return raise_dispute(
        statement=statement, words="I brought more jars", by=scene.cast.jyldyz, at=MONDAY
    )


def test_an_upheld_dispute_is_corrected_in_the_next_statement(
    scene: Scene, statement: Statement, dispute: Dispute
) -> None:
    closed = bytes(statement.hash), statement.closing_minor
    outcome = uphold_dispute(
        dispute=dispute, amount_minor=9_600, by=scene.cast.aigul, at=MONDAY, reason="found a jar"
    )
    transfer = outcome.transfer
    assert transfer is not None
    assert (transfer.debit.code, transfer.reason) == ("losses", "found a jar")
    assert transfer.document == f"dispute:karakol/{scene.cast.jyldyz.uid}/1.1"
    after = scene.statement(MONDAY + WEEK)
    assert (after.other_minor, after.closing_minor) == (9_600, 96_000 + 9_600)
    statement.refresh_from_db()
    assert (bytes(statement.hash), statement.closing_minor) == closed
    assert breaches() == []


def test_a_correction_may_go_the_other_way(scene: Scene, dispute: Dispute) -> None:
    uphold_dispute(
        dispute=dispute, amount_minor=-9_600, by=scene.cast.aigul, at=MONDAY, reason="one less"
    )
    assert scene.balance(scene.cast.jyldyz) == 86_400
    assert scene.statement(MONDAY + WEEK).other_minor == -9_600
    assert breaches() == []


def test_a_payout_that_never_was_is_reversed(scene: Scene, dispute: Dispute) -> None:
    run = scene.approved()
    payout = run.payouts.get(consignor=scene.cast.jyldyz)
    handed = hand_over(payout=payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY)
    outcome = reverse_in_dispute(
        dispute=dispute, transfer=handed.transfer, by=scene.cast.aigul, at=MONDAY + WEEK,
        reason="the envelope was still in the safe",
    )  # fmt: skip
    assert outcome.amount_minor == 96_000
    assert Account.objects.get(fund=scene.cast.shop.fund, code="safe").balance_minor == 0
    after = scene.statement(MONDAY + WEEK)
    assert (after.paid_minor, after.closing_minor) == (0, 96_000)
    assert breaches() == []
    again = scene.approved(MONDAY + WEEK).payouts.get(consignor=scene.cast.jyldyz)
    assert again.amount_minor == 96_000


def test_a_dismissed_dispute_moves_nothing(scene: Scene, dispute: Dispute) -> None:
    outcome = dismiss_dispute(
        dispute=dispute, by=scene.cast.aigul, at=MONDAY, reason="counted together, both signed"
    )
    assert (outcome.amount_minor, outcome.transfer) == (0, None)
    assert scene.balance(scene.cast.jyldyz) == 96_000
    assert breaches() == []


def _by_a_stranger(scene: Scene, statement: Statement) -> None:
    raise_dispute(statement=statement, words="hm", by=scene.cast.burul, at=MONDAY)


def _without_words(scene: Scene, statement: Statement) -> None:
    raise_dispute(statement=statement, words="  ", by=scene.cast.jyldyz, at=MONDAY)


def _of_anothers_line(scene: Scene, statement: Statement) -> None:
    line = SaleLine.objects.get(lot=scene.slippers)
    raise_dispute(statement=statement, words="hm", by=scene.cast.jyldyz, at=MONDAY, sale_line=line)


def _again(scene: Scene, statement: Statement) -> None:
    for _ in range(2):
        raise_dispute(statement=statement, words="hm", by=scene.cast.jyldyz, at=MONDAY)


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (_by_a_stranger, "does not speak"),
        (_without_words, "in a few words"),
        (_of_anothers_line, "does not stand"),
        (_again, "in dispute already"),
    ],
)
def test_what_cannot_be_raised(
    scene: Scene, statement: Statement, deed: Callable[[Scene, Statement], None], says: str
) -> None:
    with pytest.raises(AyilError, match=says):
        deed(scene, statement)


def test_the_leader_raises_for_the_community(scene: Scene) -> None:
    felt = Statement.objects.get(consignor=scene.cast.community)
    (line,) = statement_lines(felt).lines
    raised = raise_dispute(
        statement=felt, words="Two pairs", by=scene.cast.burul, at=MONDAY, sale_line=line
    )
    assert raised.sale_line == line


def test_a_dispute_ends_once_with_a_reason_by_another(scene: Scene, dispute: Dispute) -> None:
    with pytest.raises(AyilError, match="few words"):
        dismiss_dispute(dispute=dispute, by=scene.cast.aigul, at=MONDAY, reason=" ")
    with pytest.raises(AyilError, match="cannot decide"):
        dismiss_dispute(dispute=dispute, by=scene.cast.jyldyz, at=MONDAY, reason="mine")
    with pytest.raises(AyilError, match="needs an amount"):
        uphold_dispute(
            dispute=dispute, amount_minor=0, by=scene.cast.aigul, at=MONDAY, reason="right"
        )
    dismiss_dispute(dispute=dispute, by=scene.cast.aigul, at=MONDAY, reason="both signed")
    with pytest.raises(AyilError, match="decided before"):
        uphold_dispute(dispute=dispute, amount_minor=1, by=scene.cast.aigul, at=MONDAY, reason="no")


def test_a_share_or_anothers_money_is_not_reversed(scene: Scene, dispute: Dispute) -> None:
    fund = scene.cast.shop.fund
    share = fund.transfers.filter(kind="sale-share", credit__code__contains=scene.cast.jyldyz.uid)
    for transfer, says in (
        (share.get(), "not undone alone"),
        (fund.transfers.get(kind="tender", amount_minor=45_000), "does not touch"),
    ):
        with pytest.raises(AyilError, match=says):
            reverse_in_dispute(
                dispute=dispute, transfer=transfer, by=scene.cast.aigul, at=MONDAY, reason="no"
            )
    assert not DisputeOutcome.objects.exists()


def test_the_database_binds_an_outcome_to_its_transfer(scene: Scene, dispute: Dispute) -> None:
    wrong = scene.cast.shop.fund.transfers.get(kind="tender", amount_minor=45_000)
    dismissed = {
        "dispute": dispute, "verdict": "dismissed", "by": scene.cast.aigul, "at": MONDAY,
        "reason": "so", "amount_minor": 0, "transfer": None,
    }  # fmt: skip
    for changed, says in (
        ({"verdict": "upheld", "amount_minor": 45_000, "transfer": wrong}, "moves its amount"),
        ({"verdict": "upheld", "amount_minor": 45_000}, "outcome_fits_verdict"),
        ({"amount_minor": 45_000}, "outcome_fits_verdict"),
        ({"by": scene.cast.jyldyz}, "another than who raised it"),
        ({"reason": ""}, "outcome_has_reason"),
    ):
        row = dismissed | changed
        assert says in refused_by_database(lambda row=row: DisputeOutcome.objects.create(**row))
