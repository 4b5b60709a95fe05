"""What a person types of money that moves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.kit.money import to_minor
from ayil.shop.models import MoneyMove
from ayil.shop.money.actions import WITH_ANOTHER, Kind, Moved, places_of

PAPERS = {
    Kind.TO_BANK: _("Number of the deposit slip"),
    Kind.FROM_BANK: _("Number of the bank's slip"),
    Kind.ARRIVED: _("Number of the bank's statement"),
    Kind.COST: _("Number of the receipt, if there is one"),
    Kind.OWN_IN: _("Number of the paper"),
    Kind.OWN_OUT: _("Number of the paper"),
}


class Amount(forms.CharField):
    """A sum as people write it, in minor units of `currency`."""

    def __init__(self, *, currency: str, may_be_below: bool = False, **kwargs: Any) -> None:
        self.currency, self.may_be_below = currency, may_be_below
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> int:
        written = "".join(str(super().clean(value)).split()).replace(",", ".").replace("−", "-")
        if not written:
            return 0
        try:
            amount = to_minor(written, self.currency)
        except ValueError:
            raise forms.ValidationError(_("Write a sum like 500 or 1250.50.")) from None
        if amount < 0 and not self.may_be_below:
            raise forms.ValidationError(_("Write a sum from nought up."))
        return amount


class MoveForm(forms.Form):
    """The fields that a kind of move needs, and no others."""

    def __init__(
        self, *args: Any, kind: MoneyMove.Kind, currency: str, today: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind == Kind.ARRIVED:
            self.fields["about"] = forms.ChoiceField(
                label=_("Paid by"), choices=MoneyMove.Tender.choices
            )
        if kind == Kind.COST:
            self.fields["about"] = forms.ChoiceField(
                label=_("What for"), choices=MoneyMove.Cause.choices
            )
        if len(places := places_of(kind)) > 1:
            label = _("Into") if kind == Kind.OWN_IN else _("Out of")
            self.fields["place"] = forms.ChoiceField(
                label=label, choices=[(place.value, place.label) for place in places]
            )
        amount = _("Paid by buyers, in all") if kind == Kind.ARRIVED else _("Amount")
        self.fields["amount_minor"] = Amount(currency=currency, label=amount)
        if kind == Kind.ARRIVED:
            self.fields["fee_minor"] = Amount(
                currency=currency, required=False, label=_("Kept back by the bank for it")
            )
        self.fields["paper"] = forms.CharField(
            label=PAPERS[kind], max_length=60, required=kind != Kind.COST
        )
        self.fields["words"] = forms.CharField(
            label=_("In a few words"), max_length=200, required=kind == Kind.COST
        )
        if kind not in WITH_ANOTHER:
            self.fields["on"] = forms.DateField(
                label=_("Day"), initial=today, widget=forms.DateInput(attrs={"type": "date"})
            )

    def moved(self) -> Moved:
        return Moved(kind=self.kind, **self.cleaned_data)


class BankForm(forms.Form):
    """What the bank's paper says of the end of a day."""

    def __init__(self, *args: Any, currency: str, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = forms.DateField(
            label=_("End of the day"), initial=today, widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["closing_minor"] = Amount(
            currency=currency, may_be_below=True, label=_("The bank says that it holds")
        )
        self.fields["paper"] = forms.CharField(
            label=_("Number of the bank's statement"), max_length=60
        )
