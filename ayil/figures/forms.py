"""What is asked of the sales for a proposal, and what a meeting tries out together."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.decisions.actions.evidence import Asked
from ayil.decisions.forms.proposals import WholeSom
from ayil.decisions.models import GoodsKind
from ayil.figures.likes import LONGEST_MONTHS, month_end, months_between, over_before
from ayil.kit.written import month as written_month
from ayil.members.models import Shop


def _value(month: date) -> str:
    return f"{month:%Y-%m}"


class AskSales(forms.Form):
    """Which goods of the shop are like the proposed ones, and over which days."""

    kind = forms.ChoiceField(label=_("Kind of goods"), choices=GoodsKind.choices)
    words = forms.CharField(
        label=_("Words of their name"),
        help_text=_("For instance: felt, jam. Left empty, all goods of the kind are meant."),
        max_length=60,
        required=False,
    )
    shop = forms.ModelChoiceField(
        label=_("Shop"), queryset=Shop.objects.none(), required=False, empty_label=_("all shops")
    )
    since = forms.ChoiceField(label=_("From which month"))
    until = forms.ChoiceField(label=_("To which month"))

    def __init__(self, *args: Any, span: tuple[date, date, date], today: date, **kwargs: Any):
        first, since, until = span
        kwargs.setdefault("initial", {"since": _value(since), "until": _value(until)})
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["shop"].queryset = Shop.objects.order_by("name")  # type: ignore[attr-defined]
        months = [date(*month, 1) for month in months_between(first, over_before(today))]
        for name in ("since", "until"):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (_value(month), written_month(month)) for month in reversed(months)
            ]

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or self.cleaned_data)
        if "since" in said and "until" in said:
            first, last = (date.fromisoformat(f"{said[name]}-01") for name in ("since", "until"))
            said["since"], said["until"] = first, month_end(last.year, last.month)
            if said["since"] > said["until"]:
                self.add_error("until", _("This month is before the first one."))
            elif len(months_between(said["since"], said["until"])) > LONGEST_MONTHS:
                self.add_error("since", _("Ask about three years at most."))
        return said

    @property
    def asked(self) -> Asked:
        """The question, once it is valid."""
        return Asked(**self.cleaned_data)


class TryOut(forms.Form):
    """Figures that a meeting calls out; each begins with what is known."""

    price = WholeSom(label=_("Price of one piece, som"))
    cost = WholeSom(label=_("Cost of one piece, som"))
    commission = forms.IntegerField(label=_("The shop's part, %"), min_value=0, max_value=60)
    makers = forms.IntegerField(label=_("How many make it"), min_value=1, max_value=10_000)
    pieces = forms.IntegerField(
        label=_("Pieces each makes in a month"), min_value=1, max_value=100_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
