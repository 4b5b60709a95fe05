"""What the association types of its terms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.kit.money import plain, to_minor
from ayil.payouts.models import PayoutTerms
from ayil.payouts.models.terms import LONGEST_ANSWER_DAYS


class PayoutTermsForm(forms.Form):
    """The least payout as people write a sum, the days for an answer, and from when on."""

    least = forms.CharField(
        label=_("Least payout"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    answer_days = forms.IntegerField(
        label=_("Days to answer a dispute"), min_value=1, max_value=LONGEST_ANSWER_DAYS
    )
    since = forms.DateField(
        label=_("From which day on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, currency: str, held: PayoutTerms, today: date, **kwargs: Any
    ) -> None:
        self.currency = currency
        kwargs.setdefault(
            "initial",
            {
                "least": plain(held.least_minor, currency).removesuffix(".00"),
                "answer_days": held.answer_days,
                "since": today,
            },
        )
        super().__init__(*args, **kwargs)

    def clean_least(self) -> int:
        written = "".join(self.cleaned_data["least"].split()).replace(",", ".")
        try:
            least = to_minor(written, self.currency)
        except ValueError:
            least = -1
        if least < 0:
            raise forms.ValidationError(_("Write a sum like 200, or 0: then all is paid."))
        return least
