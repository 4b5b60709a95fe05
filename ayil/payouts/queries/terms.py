"""The association's terms of payouts and disputes, as they hold on a day."""

from datetime import date

from ayil.payouts.models import PayoutTerms

SOM = "KGS"


def terms_on(day: date, currency: str = SOM) -> PayoutTerms:
    """The terms that hold; where nobody said any, none is saved: whatever is owed is paid, and
    disputes are answered within a fortnight."""
    held = PayoutTerms.objects.filter(currency=currency, since__lte=day).order_by("since", "id")
    return held.last() or PayoutTerms(currency=currency)


def terms_said(currency: str = SOM) -> list[PayoutTerms]:
    """All that were said of a currency, the latest first, with who said them."""
    said = PayoutTerms.objects.filter(currency=currency).select_related("by")
    return list(said.order_by("-since", "-id"))
