"""An agreement is signed with its tranches and its budget."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.grants.models import Agreement, BudgetLine, EvidenceFile, Tranche
from ayil.kit.errors import AyilError
from ayil.kit.money import minor_digits
from ayil.ledger.actions import open_fund
from ayil.ledger.models import FundKind
from ayil.members.models import Party


def sign_agreement(
    *,
    code: str,
    donor: Party,
    association: Party,
    number: str,
    title: str,
    signed_on: date,
    begins_on: date,
    ends_on: date,
    currency: str,
    scan: EvidenceFile,
) -> Agreement:
    """`currency` is the donor's; what is spent in another is valued at the rates on the slips."""
    if donor == association:
        raise AyilError(
            _("Agreement %(number)s: %(donor)s cannot agree with itself.")
            % {"number": number, "donor": donor}
        )
    if ends_on < begins_on:
        raise AyilError(
            _("Agreement %(number)s would end on %(ends_on)s, before %(begins_on)s.")
            % {"number": number, "ends_on": ends_on, "begins_on": begins_on}
        )
    try:
        minor_digits(currency)
    except ValueError as error:
        raise AyilError(
            _("Agreement %(number)s: the currency %(currency)s is not known.")
            % {"number": number, "currency": currency}
        ) from error
    return Agreement.objects.create(
        code=code,
        donor=donor,
        association=association,
        number=number,
        title=title,
        signed_on=signed_on,
        begins_on=begins_on,
        ends_on=ends_on,
        currency=currency,
        scan=scan,
    )


def plan_tranche(*, agreement: Agreement, planned_on: date, planned_minor: int) -> Tranche:
    """The next tranche by number, with a restricted fund of its own."""
    if planned_minor <= 0:
        raise AyilError(
            _("A tranche of %(agreement)s must be above zero, not %(planned_minor)s.")
            % {"agreement": agreement, "planned_minor": planned_minor}
        )
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        number = agreement.tranches.count() + 1
        fund = open_fund(
            code=f"tranche:{agreement.code}:{number}",
            name=f"{agreement.number}, {number}",
            kind=FundKind.RESTRICTED,
        )
        return Tranche.objects.create(
            agreement=agreement,
            number=number,
            planned_on=planned_on,
            planned_minor=planned_minor,
            fund=fund,
        )


def add_budget_line(
    *, agreement: Agreement, code: str, names: tuple[str, str, str], amount_minor: int
) -> BudgetLine:
    """`names` are English, Russian and Kyrgyz; `amount_minor` is in the agreement's currency.

    The lines together stay within the planned tranches.
    """
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        planned = sum(tranche.planned_minor for tranche in agreement.tranches.all())
        budgeted = sum(line.amount_minor for line in agreement.lines.all())
        if amount_minor <= 0 or budgeted + amount_minor > planned:
            raise AyilError(
                _(
                    "Line %(code)s of %(agreement)s asks for %(amount_minor)s minor units "
                    "of %(currency)s; %(left)s of the planned %(planned)s are left."
                )
                % {
                    "code": code,
                    "agreement": agreement,
                    "amount_minor": amount_minor,
                    "currency": agreement.currency,
                    "left": planned - budgeted,
                    "planned": planned,
                }
            )
        return BudgetLine.objects.create(
            agreement=agreement,
            code=code,
            name_en=names[0],
            name_ru=names[1],
            name_ky=names[2],
            amount_minor=amount_minor,
        )
