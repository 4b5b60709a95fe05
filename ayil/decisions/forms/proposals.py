"""What a villager types of a proposal and of what the village has; the registrar, from paper."""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models import LocalResource, Proposal
from ayil.decisions.proposals import standing_resources
from ayil.decisions.symbols import SYMBOLS
from ayil.kit.money import minor_digits
from ayil.kit.written import month_name
from ayil.members.models import Party, PartyKind
from ayil.places.models import Place

MOST_SOM = 99_999_999
MOST_MILLI = 1_000_000_000  # a million of the unit
_THOUSAND = Decimal(1000)


class WholeSom(forms.IntegerField):
    """Whole units of the money, nought or more; its value is in minor units."""

    def __init__(self, *, currency: str = "KGS", **kwargs: Any) -> None:
        self.minor = 10 ** minor_digits(currency)
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            min_value=0, max_value=MOST_SOM, widget=forms.NumberInput(attrs=attrs), **kwargs
        )

    def clean(self, value: Any) -> int | None:
        whole = super().clean(value)
        return None if whole is None else int(whole) * self.minor

    def prepare_value(self, value: Any) -> Any:
        """Minor units of what is kept become the som that people type; what was typed stays."""
        return value // self.minor if isinstance(value, int) else value


class Thousandths(forms.CharField):
    """An amount such as 0,35 or 12.5; its value is in whole thousandths."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=14, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> int | None:
        written = "".join(super().clean(value).split()).replace(",", ".")
        if not written:
            return None
        try:
            milli = Decimal(written) * _THOUSAND if len(written) <= 12 else None
        except InvalidOperation:
            milli = None
        if milli is None or not milli.is_finite() or milli != milli.to_integral_value():
            raise forms.ValidationError(
                _("Write an amount such as 0,35, with three places at most.")
            )
        if not 0 <= milli <= MOST_MILLI:
            raise forms.ValidationError(_("This amount is not between 0 and a million."))
        return int(milli)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, 1000)
        return f"{whole},{rest:03d}".rstrip("0").rstrip(",") if rest else str(whole)


def _words(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        **kwargs,
    )


class ProposalForm(forms.Form):
    """All that a proposal says; a name and a drawing are enough to begin with."""

    name_ky = forms.CharField(label=_("Its name in Kyrgyz"), max_length=120, required=False)
    name_ru = forms.CharField(label=_("Its name in Russian"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Its name in English"), max_length=120, required=False)
    symbol = forms.ChoiceField(label=_("Its drawing"), widget=forms.RadioSelect)
    resource = forms.ModelChoiceField(
        label=_("What it is made from"),
        queryset=LocalResource.objects.none(),
        required=False,
        empty_label=_("I do not know yet"),
    )
    resource_milli = Thousandths(
        label=_("How much of that one piece takes"),
        help_text=_("In the unit in which it is counted: 0,35 for 350 grams of a kilogram."),
        required=False,
    )
    skills = _words(_("What one must know to make it"), _("And who here could teach it."))
    piece_cost_minor = WholeSom(
        label=_("What one piece costs to make"), help_text=_("In som."), required=False
    )
    start_cost_minor = WholeSom(
        label=_("What it costs to start"),
        help_text=_("In som: tools, the first material, a room. For a project, its whole cost."),
        required=False,
    )
    pieces_a_month = forms.IntegerField(
        label=_("How many pieces one maker makes a month"),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    risk_health = _words(
        _("What it does to health"), _("Smoke, dye, sharp tools; or: nothing that we know of.")
    )
    risk_land = _words(
        _("What it does to the land"),
        _("Water, pasture, what is gathered and does not grow back; or: nothing that we know of."),
    )

    def __init__(
        self, *args: Any, village: Place, taken: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        symbol, resource = self.fields["symbol"], self.fields["resource"]
        symbol.choices = [  # type: ignore[attr-defined]
            (slug, words) for slug, words in SYMBOLS.items() if slug not in taken
        ]
        resource.queryset = standing_resources(village)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or self.cleaned_data)
        names = ("name_ky", "name_ru", "name_en")
        if not any(said.get(name) for name in names) and not any(n in self.errors for n in names):
            self.add_error("name_ky", _("Give it a name, in one of the languages at least."))
        return said


def as_typed(proposal: Proposal) -> dict[str, Any]:
    """What a proposal says, as the form begins with it."""
    found = {name: getattr(proposal, name) for name in ProposalForm.base_fields}
    return found | {"resource": proposal.resource_id}


class NewProposal(ProposalForm):
    """One that is put forward now; `uid` keeps a second tap from making a second one."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class OnPaper(NewProposal):
    """The same, typed by the registrar or an officer from a villager's paper."""

    proposer = forms.ModelChoiceField(label=_("Who proposes it"), queryset=Party.objects.none())
    paper = forms.CharField(label=_("The paper: its number, or what it is"), max_length=60)

    field_order = ("proposer", "paper")

    def __init__(self, *args: Any, village: Place, **kwargs: Any) -> None:
        super().__init__(*args, village=village, **kwargs)
        self.fields["proposer"].queryset = people_of(village)  # type: ignore[attr-defined]


class ChangeOnPaper(ProposalForm):
    """A change that the proposer asked for on paper."""

    paper = forms.CharField(label=_("The paper: its number, or what it is"), max_length=60)

    field_order = ("paper",)


def people_of(village: Place) -> Any:
    """The people of a village who are of no erased record, by name."""
    people = Party.objects.filter(kind=PartyKind.PERSON, village=village, erasure__isnull=True)
    return people.order_by("sort_key", "pk")


class Withdraw(forms.Form):
    reason = forms.CharField(
        label=_("Why, in words that the village may read"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Willing(forms.Form):
    """One tap, and by whom the name may be read."""

    NAMED = (
        ("village", _("The people of our village may read my name")),
        ("public", _("Everybody may read my name, also in the street and on the internet")),
        ("nobody", _("Count me, but do not write my name")),
    )
    named = forms.ChoiceField(
        label=_("Who may read it"), choices=NAMED, widget=forms.RadioSelect, initial="village"
    )

    @property
    def may_be_named(self) -> bool:
        return bool(self.cleaned_data["named"] != "nobody")

    @property
    def in_public(self) -> bool:
        return bool(self.cleaned_data["named"] == "public")


class WillingOnPaper(Willing):
    """The same for somebody else, from the paper on which they said it."""

    person = forms.ModelChoiceField(label=_("Who said it"), queryset=Party.objects.none())
    paper = forms.CharField(label=_("The paper: its number, or what it is"), max_length=60)

    field_order = ("person", "paper", "named")

    def __init__(self, *args: Any, village: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["person"].queryset = people_of(village)  # type: ignore[attr-defined]


def _month(label: Any, initial: int) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        initial=initial,
        choices=lambda: [(month, month_name(month)) for month in range(1, 13)],
    )


class ResourceForm(forms.Form):
    """What the village has: how much a year, when, whose it is, and who says so."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LocalResource.Kind.choices)
    name = forms.CharField(label=_("What it is"), max_length=120)
    yearly_amount = forms.IntegerField(
        label=_("How much of it in a year"),
        min_value=0,
        max_value=1_000_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    unit = forms.CharField(
        label=_("Counted in"), max_length=20, help_text=_("Kilograms, litres, pieces, poles.")
    )
    season_from = _month(_("From which month"), 1)
    season_to = _month(_("To which month"), 12)
    access = forms.CharField(
        label=_("Who may take it, and by what right"),
        max_length=200,
        help_text=_("Our own flocks; the forest, by leave of the forester."),
    )
    said_by = forms.CharField(
        label=_("Who says that it is so much"),
        max_length=200,
        help_text=_("Who counted it, or knows it: the herders, the forester."),
    )
    replaces = forms.ModelChoiceField(
        label=_("In place of an earlier estimate"),
        queryset=LocalResource.objects.none(),
        required=False,
        empty_label=_("no, it is something new"),
    )

    def __init__(self, *args: Any, village: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["replaces"].queryset = standing_resources(  # type: ignore[attr-defined]
            village
        )
