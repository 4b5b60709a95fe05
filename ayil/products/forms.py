"""What owners, and the staff from an owner's paper, type of prices: whole units of the money."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.kit.money import minor_digits
from ayil.kit.written import money
from ayil.members.models import Party
from ayil.products.models import Price

MOST = 9_999_999
# A price so many times higher or lower than the last is asked about once more: a nought too many.
A_LEAP = 3


class WholeMoney(forms.IntegerField):
    """Whole units (som), as prices are paid; its value is in minor units."""

    def __init__(self, currency: str = "KGS", **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Whole som, as it is paid at the till."))
        self.currency = currency
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "big"}
        widget = forms.NumberInput(attrs=attrs)
        super().__init__(min_value=1, max_value=MOST, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        whole = super().clean(value)
        return None if whole is None else int(whole) * int(10 ** minor_digits(self.currency))


class NewPrice(forms.Form):
    """A price from a day on, and how low the shop may go with one piece."""

    amount = WholeMoney(label=gettext_lazy("What you ask for one piece"))
    valid_from = forms.DateField(
        label=gettext_lazy("From which day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    floor = WholeMoney(
        label=gettext_lazy("How low the shop may go with one piece"),
        help_text=gettext_lazy("Leave it empty: then the shop gives no discount."),
        required=False,
    )

    def __init__(
        self, *args: Any, last: Price | None, currency: str, first_day: date, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"valid_from": first_day.isoformat()})
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.last, self.first_day = last, first_day
        for name in ("amount", "floor"):
            found = self.fields[name]
            if isinstance(found, WholeMoney):
                found.currency = currency
        if self.is_bound and "sure" in self.data:
            self._ask_again()
        self.fields["valid_from"].widget.attrs["min"] = first_day.isoformat()

    def _ask_again(self) -> None:
        self.fields["sure"] = forms.BooleanField(
            label=_("Yes, this is the price that I mean"), required=False
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        amount, floor = said.get("amount"), said.get("floor")
        if amount and floor and floor > amount:
            self.add_error("floor", _("It cannot be above the price itself."))
        if amount and self.last and not said.get("sure") and self._leaps(amount):
            self._ask_again()
            words = _("Until now it cost %(before)s, and from then on %(after)s. Is that right?")
            before = money(self.last.amount_minor, self.last.currency)
            after = money(amount, self.last.currency)
            self.add_error("amount", words % {"before": before, "after": after})
        return said

    def _leaps(self, amount: int) -> bool:
        before = self.last.amount_minor if self.last else 0
        return bool(before) and not before <= amount * A_LEAP <= before * A_LEAP * A_LEAP


class PriceOnPaper(NewPrice):
    """The same, written down by the staff from a paper that the owner signed."""

    said_by = forms.ChoiceField(label=gettext_lazy("Whose word it is"))
    paper = forms.CharField(label=gettext_lazy("Number of the signed paper"), max_length=40)

    def __init__(self, *args: Any, speakers: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = {str(one.uid): one for one in speakers}
        choices = [(uid, one.name) for uid, one in self.speakers.items()]
        self.fields["said_by"].choices = choices  # type: ignore[attr-defined]
        self.fields["amount"].label = _("What the owner asks for one piece")

    @property
    def speaker(self) -> Party:
        return self.speakers[self.cleaned_data["said_by"]]


class AskPrice(forms.Form):
    """The shop asks the owner for another price."""

    amount = WholeMoney(label=gettext_lazy("The price that the shop asks for"))
    reason = forms.CharField(
        label=gettext_lazy("Why, in plain words for the owner"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        found = self.fields["amount"]
        if isinstance(found, WholeMoney):
            found.currency = currency


class NoToAsk(forms.Form):
    """The owner says no, in words if they like."""

    words = forms.CharField(max_length=300, required=False)
