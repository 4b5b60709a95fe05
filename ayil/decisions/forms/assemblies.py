"""The call of an assembly, and the association's terms of all of them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models import AssemblyTerms, Rule
from ayil.decisions.rules import MOST_PLACES
from ayil.kit.money import to_minor
from ayil.places.models import Place
from ayil.places.queries import villages

_DAY = {"type": "date"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))


class CallForm(forms.Form):
    """Where, when, what is asked, and how everybody was told."""

    village = forms.ModelChoiceField(label=_("Village"), queryset=Place.objects.none())
    held_on = _day(_("Day of the assembly"))
    place = forms.CharField(label=_("Where they meet"), max_length=160)
    notice = forms.CharField(
        label=_("Where the call hangs and who read it out"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rule = forms.ChoiceField(label=_("What is asked"), choices=Rule.choices)
    places = forms.IntegerField(
        label=_("How many products, where several are sought"),
        min_value=2,
        max_value=MOST_PLACES,
        required=False,
    )
    budget = forms.CharField(
        label=_("The village's budget in som, where projects share one"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = villages().select_related("parent").order_by("parent__code", "code")
        self.fields["village"].queryset = known  # type: ignore[attr-defined]

    def clean_budget(self) -> int | None:
        written = "".join(self.cleaned_data["budget"].split()).replace(",", ".")
        if not written:
            return None
        try:
            minor = to_minor(written, "KGS")
        except ValueError:
            minor = 0
        if minor <= 0:
            raise forms.ValidationError(_("Write a sum like 150000."))
        return minor

    def clean(self) -> dict[str, Any]:
        """What is not asked is left out, so that a village never shares a budget by accident."""
        said = dict(super().clean() or self.cleaned_data)
        rule = said.get("rule")
        if rule == Rule.SHARES and not said.get("places") and "places" not in self.errors:
            self.add_error("places", _("Say how many products the village seeks."))
        if rule == Rule.BUDGET and not said.get("budget") and "budget" not in self.errors:
            self.add_error("budget", _("Say how much money the projects share."))
        said["places"] = said.get("places") if rule == Rule.SHARES else 1
        said["budget"] = said.get("budget") if rule == Rule.BUDGET else None
        return said


class TermsForm(forms.Form):
    """What the association asks of every assembly from a day on."""

    notice_days = forms.IntegerField(
        label=_("Days from the notice to the assembly"), min_value=1, max_value=60
    )
    posting_days = forms.IntegerField(
        label=_("Days that the roll hangs before it is frozen"), min_value=0, max_value=60
    )
    quorum_numerator = forms.IntegerField(label=_("Quorum: so many"), min_value=1, max_value=100)
    quorum_denominator = forms.IntegerField(label=_("of so many"), min_value=1, max_value=100)
    complaint_days = forms.IntegerField(
        label=_("Days in which a complaint may be made"), min_value=1, max_value=365
    )
    since = _day(_("From which day on"))

    def __init__(self, *args: Any, held: AssemblyTerms, today: date, **kwargs: Any) -> None:
        first = {name: getattr(held, name) for name in self.base_fields if name != "since"}
        kwargs.setdefault("initial", {**first, "since": today})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or self.cleaned_data)
        if said.get("quorum_numerator", 0) > said.get("quorum_denominator", 0):
            self.add_error("quorum_numerator", _("A quorum is a part of the roll: at most all."))
        return said
