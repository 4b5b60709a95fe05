"""What is asked of the sales for a proposal, and what a meeting tries out together."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.decisions.actions.evidence import Asked
from ayil.decisions.forms.proposals import WholeSom
from ayil.decisions.models import GoodsKind
from ayil.figures.likes import LONGEST_MONTHS, months_between
from ayil.members.models import Shop

_DAY = {"type": "date"}


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
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, span: tuple[date, date], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": span[0], "until": span[1]})
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["shop"].queryset = Shop.objects.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or self.cleaned_data)
        since, until = said.get("since"), said.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        elif since and until and len(months_between(since, until)) > LONGEST_MONTHS:
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
