"""The memorandum, its two tranches, and every payment with its slip, through the grant's verbs."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from ayil.demo.acts.stage import CURRENCY, Happening, Stage, moment
from ayil.demo.programme import grant, notices
from ayil.demo.programme.grant import Bill
from ayil.grants.actions import (
    accept_report,
    add_budget_line,
    allot,
    approve_expenditure,
    exchange_money,
    keep_evidence,
    plan_tranche,
    receive_tranche,
    record_expenditure,
    report_tranche,
    request_tranche,
    return_unspent,
    sign_agreement,
)
from ayil.grants.models import EvidenceFile, Tranche
from ayil.ledger.actions import store_rate

CODE = "ovop-2012"
_ONE_DOLLAR = 100
_RATE = f"1 USD = {grant.SOM_A_DOLLAR} KGS ({grant.RATE_SOURCE})"


def _sign(stage: Stage, at: datetime) -> None:
    agreement = sign_agreement(
        code=CODE, donor=stage.parties[notices.DONOR], association=stage.association,
        number="2012-жылкы меморандум", title="Жети-Өгүз менен Тоң айылдарынын буюмдары",
        signed_on=grant.MEMORANDUM_ON, begins_on=grant.BEGINS, ends_on=grant.ENDS, currency="USD",
        scan=_paper(stage, "меморандум", grant.MEMORANDUM_ON, "Эки тарап кол койду.", at),
    )  # fmt: skip
    for planned_on in grant.PLANNED:
        plan_tranche(
            agreement=agreement, planned_on=planned_on,
            planned_minor=grant.TRANCHE_USD * _ONE_DOLLAR,
        )  # fmt: skip
    for line in grant.LINES:
        usd = sum(grant.line_usd(line, number) for number in (1, 2))
        add_budget_line(
            agreement=agreement, code=line.code, names=line.names, amount_minor=usd * _ONE_DOLLAR
        )


def grant_year(stage: Stage) -> Iterator[Happening]:
    yield Happening(moment(grant.MEMORANDUM_ON, 11), partial(_sign, stage))
    for number in (1, 2):
        for on, hour, act in (
            (grant.REQUESTED[number - 1], 10, _request),
            (grant.RECEIVED[number - 1], 10, _receive),
            (grant.REPORTED[number - 1], 16, _report),
            (grant.ACCEPTED[number - 1], 11, _accept),
        ):
            yield Happening(moment(on, hour), partial(act, stage, number, on))
    yield Happening(moment(grant.RETURNED_ON, 12), partial(_return, stage))
    for bill in stage.plan.bills:
        yield Happening(moment(bill.on, 14), partial(_spend, stage, bill))


def _tranche(number: int) -> Tranche:
    tranches = Tranche.objects.select_related("agreement", "fund")
    return tranches.get(agreement__code=CODE, number=number)


def _paper(stage: Stage, name: str, on: date, words: str, at: datetime) -> EvidenceFile:
    """A slip in plain text that says of itself that it is made up."""
    content = (
        f"{name}\n{on.isoformat()}\n\n{words}\n\n"
        f"Демо үчүн ойдон чыгарылган, баштапкы сан: {stage.plan.seed}.\n"
    )
    return keep_evidence(
        content=content.encode(), name=f"{name}.txt".replace(" ", "-"), media_type="text/plain",
        by=stage.parties["accountant"], at=at,
    )  # fmt: skip


def _request(stage: Stage, number: int, on: date, at: datetime) -> None:
    tranche = _tranche(number)
    paper = _paper(stage, f"{tranche.number}-траншты суроо", on, f"{grant.TRANCHE_USD} USD", at)
    request_tranche(tranche=tranche, on=on, paper=paper, by=stage.parties["officer"], at=at)


def _receive(stage: Stage, number: int, on: date, at: datetime) -> None:
    """Received, changed into som and set aside line by line on the same day."""
    tranche = _tranche(number)
    accountant = stage.parties["accountant"]
    slip = _paper(stage, f"{tranche.number}-транштын банк дүмүрчөгү", on,
                  f"Алынды: {grant.TRANCHE_USD} USD\n{_RATE}", at)  # fmt: skip
    rate = store_rate(
        date=on, base="USD", quote=CURRENCY, base_minor=_ONE_DOLLAR,
        quote_minor=grant.SOM_A_DOLLAR * 100, source=grant.RATE_SOURCE,
    )  # fmt: skip
    receive_tranche(
        tranche=tranche, on=on, amount_minor=grant.TRANCHE_USD * _ONE_DOLLAR, slip=slip, rate=rate,
        by=accountant, at=at,
    )  # fmt: skip
    kept = grant.RETURNED_USD if tranche.number == 2 else 0
    changed = grant.TRANCHE_USD - kept
    exchange_money(
        tranche=tranche, given_minor=changed * _ONE_DOLLAR,
        got_minor=changed * grant.SOM_A_DOLLAR * 100, into=CURRENCY, on=on,
        source=grant.RATE_SOURCE, by=accountant, at=at + timedelta(minutes=30),
        slip=_paper(stage, f"{tranche.number}-траншты алмаштыруу", on, _RATE, at),
        uid=stage.uid("exchange", tranche.number),
    )  # fmt: skip
    lines = {line.code: line for line in tranche.agreement.lines.all()}
    for line in grant.LINES:
        allot(
            tranche=tranche, line=lines[line.code], on=on,
            amount_minor=grant.line_usd(line, tranche.number) * _ONE_DOLLAR,
            reason="бюджеттин жарымы", by=accountant, at=at + timedelta(hours=1),
        )  # fmt: skip


def _spend(stage: Stage, bill: Bill, at: datetime) -> None:
    """The accountant records, the chair approves; the payee is a third."""
    tranche, payee = _tranche(bill.tranche), stage.parties[bill.payee]
    words = f"{bill.purpose}\nАлды: {payee.name}, {bill.som_minor // 100} сом\n{_RATE}"
    expenditure = record_expenditure(
        tranche=tranche, line=tranche.agreement.lines.get(code=bill.line),
        village=stage.places[bill.village], payee=payee,
        evidence=_paper(stage, f"эсеп {bill.number}", bill.on, words, at),
        amount_minor=bill.som_minor, currency=CURRENCY, paid_on=bill.on, purpose=bill.purpose,
        by=stage.parties["accountant"], at=at, uid=stage.uid("bill", bill.number),
    )  # fmt: skip
    approve_expenditure(
        expenditure=expenditure, by=stage.parties["chair"], at=at + timedelta(hours=2)
    )


def _return(stage: Stage, at: datetime) -> None:
    """What no bill took is taken back from its line and sent to the donor, in dollars."""
    tranche = _tranche(2)
    amount, accountant = grant.RETURNED_USD * _ONE_DOLLAR, stage.parties["accountant"]
    allot(
        tranche=tranche, line=tranche.agreement.lines.get(code=grant.LINES[0].code),
        amount_minor=-amount, on=grant.RETURNED_ON, reason="келишим бүткүчө жумшалган жок",
        by=accountant, at=at,
    )  # fmt: skip
    return_unspent(
        tranche=tranche, on=grant.RETURNED_ON, amount_minor=amount, currency="USD",
        slip=_paper(stage, "донорго кайтаруу", grant.RETURNED_ON,
                    f"{grant.RETURNED_USD} USD", at),
        reason="келишим бүткүчө жумшалган жок", by=accountant,
        approved_by=stage.parties["chair"], at=at + timedelta(hours=1),
        uid=stage.uid("return", tranche.number),
    )  # fmt: skip


def _report(stage: Stage, number: int, on: date, at: datetime) -> None:
    tranche = _tranche(number)
    paper = _paper(stage, f"{tranche.number}-транштын отчёту", on, "Сандарда көрсөтүлгөндөй.", at)
    report_tranche(tranche=tranche, on=on, paper=paper, by=stage.parties["officer"], at=at)


def _accept(stage: Stage, number: int, on: date, at: datetime) -> None:
    tranche = _tranche(number)
    letter = _paper(stage, f"{tranche.number}-транш боюнча кат", on, "Окулду, кабыл алынды.", at)
    accept_report(
        report=tranche.reports.get(), on=on, letter=letter, by=stage.parties["donor"], at=at
    )
