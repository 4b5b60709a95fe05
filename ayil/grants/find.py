"""A grant's payments, by what they were for and by the paper behind them."""

import re
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from ayil.grants.models import Agreement, EvidenceFile, Expenditure
from ayil.grants.queries import visible_to
from ayil.kit.search import SHOWN, Asked, Found, Hit, matching
from ayil.members.queries import AnyUser

_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}", re.IGNORECASE)


def find_spending(asked: Asked, user: AnyUser, day: date) -> Found:
    """Of the agreements that the user may open: a name of the paper, a word of the purpose, or
    how the paper's fingerprint begins; and the agreement itself by its number."""
    agreements = visible_to(user, day)
    if not agreements.exists():
        return Found()
    wanted = Q(pk__in=matching(Expenditure, asked.text)) | Q(
        evidence__in=matching(EvidenceFile, asked.text)
    )
    if _FINGERPRINT.fullmatch(asked.text.strip()):
        wanted |= Q(evidence__sha256__startswith=asked.text.strip().lower())
    spent = (
        Expenditure.objects.filter(wanted, tranche__agreement__in=agreements)
        .select_related("tranche__agreement", "line", "village", "evidence")
        .order_by("-paid_on", "-id")
    )
    first = list(spent[: SHOWN + 1])
    hits = [_agreement(agreement) for agreement in _numbered(asked, agreements)[:SHOWN]]
    return Found(hits + [_payment(one) for one in first[:SHOWN]], len(first) > SHOWN)


def _numbered(asked: Asked, agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    if not asked.has_digit:
        return agreements.none()
    return agreements.filter(Q(number__in=asked.numbers) | Q(code__in=asked.numbers))


def _payment(spent: Expenditure) -> Hit:
    agreement = spent.tranche.agreement
    return Hit(
        title=spent.purpose,
        note=f"{agreement.number} · {spent.village.name} · {spent.evidence.name}",
        address=f"{reverse('grant-of', args=[agreement.code])}?line={spent.line.code}",
    )


def _agreement(agreement: Agreement) -> Hit:
    return Hit(
        title=agreement.number,
        note=agreement.title,
        address=reverse("grant-of", args=[agreement.code]),
        is_exact=True,
    )
