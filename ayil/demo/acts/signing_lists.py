"""A maker in town is paid by the bank; the signed lists come back as photos."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from PIL import Image, ImageDraw

from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.payouts.actions import (
    AccountSaid,
    TemplateSaid,
    acknowledge,
    acknowledge_on_paper,
    carry_out,
    confirm_account,
    keep_account,
    keep_signed_paper,
    make_bank_file,
    set_bank_template,
)
from ayil.payouts.bank_rules import Column
from ayil.payouts.models import Acknowledgement, BankTemplate, Handover, Method, PayoutRun
from ayil.payouts.queries import bank_payees

NUMBER = "1240010000417203"
BANK = "Айыл Банк"
COLUMNS = (
    Column("№", "row"),
    Column("Счёт получателя", "account"),
    Column("Получатель", "owner"),
    Column("БИК", "bic"),
    Column("Сумма", "amount"),
    Column("Назначение платежа", "purpose"),
)


def accounts(stage: Stage) -> Iterator[Happening]:
    """In the shop's first week one member brings the number of an account."""
    opened = stage.plan.trade.first + timedelta(days=3)
    yield Happening(moment(opened, 10), partial(_open_account, stage))


def _open_account(stage: Stage, at: datetime) -> None:
    members = [key for key, joined in stage.plan.cast.sole_makers.items() if joined]
    if not members:
        return
    owner, accountant = stage.parties[members[0]], stage.parties["accountant"]
    said = AccountSaid(NUMBER, owner.name, BANK, "Өз колу менен жазган арыз, 1", bic="135001")
    account = keep_account(party=owner, said=said, by=accountant, at=at)
    confirm_account(account=account, number=NUMBER, by=stage.parties["officer"], at=at)
    form = TemplateSaid(BANK, "За проданный товар, расчёт № {number}", COLUMNS)
    set_bank_template(said=form, by=accountant, at=at)


def pay_by_bank(stage: Stage, run: PayoutRun, at: datetime) -> None:
    """The paymaster gives the bank a file of all who have an account; it pays the same day."""
    payouts = list(run.payouts.select_related("consignor").order_by("id"))
    accounts = bank_payees(payouts, at.date())
    chosen = [payout for payout in payouts if payout.pk in accounts]
    if not chosen:
        return
    paymaster = stage.parties["paymaster"]
    file = make_bank_file(
        run=run, template=BankTemplate.objects.get(name=BANK), payouts=chosen, by=paymaster, at=at
    )
    handed = carry_out(file=file, payouts=chosen, by=paymaster, at=at + timedelta(hours=3))
    for one in handed:
        acknowledge(
            handover=one, by=one.payee, at=at + timedelta(days=1), how=Acknowledgement.How.PAGE
        )


def sign_lists(stage: Stage, at: datetime) -> None:
    """The accountant photographs each list that was signed, and ticks its lines."""
    accountant = stage.parties["accountant"]
    unsigned = Handover.objects.filter(
        acknowledgement=None, came_back=None, method=Method.CASH, payout__run__shop=stage.shop
    )
    handed = unsigned.select_related("payee", "paid_by", "approved_by", "payout__run__shop__fund")
    by_run: dict[int, list[Handover]] = {}
    for one in handed.order_by("id"):
        by_run.setdefault(one.payout.run_id, []).append(one)
    for signed in by_run.values():
        run = signed[0].payout.run
        picture = _photo_of(stage, run, len(signed))
        paper = keep_signed_paper(run=run, content=picture, by=accountant, at=at)
        acknowledge_on_paper(paper=paper, handovers=signed, by=accountant, at=at)


def _photo_of(stage: Stage, run: PayoutRun, lines: int) -> bytes:
    """A sheet with a name and a scrawl a line; as small as a photo may be and still be one."""
    chance = stage.chance("signed list", run.prepared_at)
    picture = Image.new("RGB", (480, 90 + 16 * lines), "#f4f1e8")
    draw = ImageDraw.Draw(picture)
    draw.line([(24, 40), (456, 40)], fill="#333333", width=2)
    for line in range(lines):
        low = 60 + 16 * line
        draw.line([(24, low), (456, low)], fill="#bbbbbb")
        draw.line([(30, low - 6), (30 + chance.randint(60, 150), low - 6)], fill="#555555", width=3)
        scrawl = [(360 + 8 * step, low - chance.randint(2, 13)) for step in range(10)]
        draw.line(scrawl, fill="#1d2f6f", width=2)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
