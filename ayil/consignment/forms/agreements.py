"""What a person may type of an agreement: its days, its rates in percent, the goods it covers."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.consignment.actions import Terms, a_year_from
from ayil.consignment.models import Agreement, FeeTerm
from ayil.consignment.rules import NON_MEMBER_POINTS_BP, STANDARD_RATES_BP
from ayil.members.models import Party
from ayil.products.models import Product, ProductKind

MOST_BP = 10_000


def percent(value_bp: int) -> str:
    """2050 → "20.5", as a field shows it."""
    return f"{Decimal(value_bp) / 100:f}"


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **kwargs)


class RateField(forms.CharField):
    """A share in percent with at most two digits behind the point; kept as basis points, None
    where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6})
        super().__init__(max_length=8, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace(",", ".").replace("%", "").strip()
        if not typed:
            return None
        try:
            rate_bp = Decimal(typed) * 100
        except InvalidOperation as error:
            raise ValidationError(_("Type a number of percent, like 20 or 17.5.")) from error
        if not rate_bp.is_finite() or rate_bp != int(rate_bp) or not 0 <= rate_bp <= MOST_BP:
            raise ValidationError(_("Between 0 and 100 percent, with two digits at most."))
        return int(rate_bp)


class AgreementForm(forms.Form):
    """The terms with one consignor; a renewal starts from those of the agreement before."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("It may stay empty: the next number is given by itself."),
    )
    since = DayField(label=gettext_lazy("From"))
    until = DayField(
        label=gettext_lazy("Up to and with"),
        required=False,
        help_text=gettext_lazy("A year, if you do not change it. Empty: until one side ends it."),
    )

    def __init__(
        self,
        *args: Any,
        consignor: Party,
        today: date,
        before: Agreement | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        since = _begins(before, today)
        self.initial["since"], self.initial["until"] = since, a_year_from(since)
        rates = _rates(before)
        fees = {fee.kind: fee.rate_bp for fee in before.fees.all()} if before else {}
        for kind in ProductKind:
            label = str(kind.label)
            self.fields[f"rate-{kind.value}"] = RateField(label=label)
            if kind.value in rates:
                self.initial[f"rate-{kind.value}"] = percent(rates[kind.value])
        for fee in FeeTerm.Kind:
            self.fields[f"fee-{fee.value}"] = RateField(label=str(fee.label))
            if fee.value in fees:
                self.initial[f"fee-{fee.value}"] = percent(fees[fee.value])
        self._add_goods(consignor, before)

    def _add_goods(self, consignor: Party, before: Agreement | None) -> None:
        products = Product.objects.filter(owner=consignor)
        self.fields["covers"] = forms.ModelMultipleChoiceField(
            queryset=products, required=False, widget=forms.CheckboxSelectMultiple,
            label=_("Only these goods"),
        )  # fmt: skip
        if before is not None:
            self.initial["covers"] = list(before.covered.values_list("product", flat=True))

    def rates(self) -> Iterator[BoundField]:
        return (self[f"rate-{kind.value}"] for kind in ProductKind)

    def fees(self) -> Iterator[BoundField]:
        return (self[f"fee-{kind.value}"] for kind in FeeTerm.Kind)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rates = self._typed("rate-", cleaned)
        most = max(rates.values(), default=0) + sum(self._typed("fee-", cleaned).values())
        if not rates:
            raise ValidationError(_("Say what the shop keeps of at least one kind of goods."))
        if most + NON_MEMBER_POINTS_BP > MOST_BP:
            raise ValidationError(_("Commission and fees together would leave the owner nothing."))
        return cleaned

    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(
            since=said["since"],
            until=said["until"],
            rates_bp=self._typed("rate-", said),
            fees_bp=self._typed("fee-", said),
            covers=list(said["covers"]),
            number=said["number"].strip(),
        )

    @staticmethod
    def _typed(head: str, said: Mapping[str, Any]) -> dict[str, int]:
        return {
            name.removeprefix(head): rate
            for name, rate in said.items()
            if name.startswith(head) and rate is not None
        }


def _begins(before: Agreement | None, today: date) -> date:
    """A renewal begins the day after the one before, or today where that is over."""
    if before is None or before.last_day is None or before.last_day < today:
        return today
    return date.fromordinal(before.last_day.toordinal() + 1)


def _rates(before: Agreement | None) -> Mapping[str, int]:
    if before is None:
        return STANDARD_RATES_BP
    return {term.kind: term.rate_bp for term in before.terms.all()}


class EndForm(forms.Form):
    """From which day on no goods are taken by the agreement, and why."""

    on = DayField(label=gettext_lazy("No goods are taken from"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)
