"""Forms of the staff over people's records: what narrows the list, a record, a role, a PIN."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayil.kit.clock import local_date, now
from ayil.members.forms.fields import PhoneField, VillageField
from ayil.members.identities import kept_parties
from ayil.members.models import Party, PartyKind, Role, Sex, Shop
from ayil.members.people import Sought, is_plausible_birth, step_choices
from ayil.places.models import Place, PlaceKind


class Narrow(forms.Form):
    """The list by village, kind and step of the membership; a wrong word narrows nothing."""

    village = VillageField(none_of_them=gettext_lazy("all villages"))
    kind = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("Membership"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["kind"].choices = [("", _("all")), *PartyKind.choices]  # type: ignore[attr-defined]
        self.fields["step"].choices = step_choices()  # type: ignore[attr-defined]

    def sought(self) -> Sought:
        self.is_valid()
        said = self.cleaned_data
        return Sought(said.get("village"), said.get("kind", ""), said.get("step", ""))


class Record(forms.Form):
    """A person's record: what the staff may put right."""

    name = forms.CharField(label=pgettext_lazy("of another", "Name"), max_length=160)
    village = VillageField()
    phone = PhoneField()
    born_year = forms.IntegerField(
        label=gettext_lazy("Year of birth"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    sex = forms.ChoiceField(label=gettext_lazy("Woman or man"), choices=Sex.choices, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    reason = forms.CharField(
        label=gettext_lazy("Why, in a few words"), max_length=100, required=False
    )

    @classmethod
    def of(cls, party: Party) -> "Record":
        return cls(
            initial={
                "name": party.name,
                "village": party.village.code if party.village else "",
                "phone": party.phone,
                "born_year": party.born_year,
                "sex": party.sex,
                "language": party.language,
            }
        )

    def clean_born_year(self) -> int | None:
        year: int | None = self.cleaned_data["born_year"]
        if year is not None and not is_plausible_birth(year, local_date(now())):
            raise forms.ValidationError(
                _("%(year)s is no year of birth that can be right. Ask again, or leave it empty.")
                % {"year": year}
            )
        return year

    def changed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class GiveRole(forms.Form):
    """An office with its scope; which scope it needs is said where it is missing."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", "–"), *Role.choices])
    shop = forms.ModelChoiceField(
        label=gettext_lazy("In which shop"),
        queryset=Shop.objects.order_by("code"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("the whole association"),
    )
    donor = forms.ModelChoiceField(
        label=gettext_lazy("For which donor (donor's officer)"),
        queryset=kept_parties().filter(kind=PartyKind.ENTERPRISE),
        to_field_name="uid",
        required=False,
        empty_label="–",
    )
    district = forms.ModelChoiceField(
        label=gettext_lazy("Of which district (administration)"),
        queryset=Place.objects.filter(kind=PlaceKind.DISTRICT),
        to_field_name="code",
        required=False,
        empty_label="–",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        role = said.get("role")
        if (role == Role.DONOR) != (said.get("donor") is not None):
            self.add_error("donor", _("A donor's officer, and nobody else, is one of a donor."))
        if (role == Role.ADMINISTRATION) != (said.get("district") is not None):
            self.add_error(
                "district", _("A district's administration, and no other role, has a district.")
            )
        if role in {Role.DONOR, Role.ADMINISTRATION} and said.get("shop") is not None:
            self.add_error("shop", _("This role is not one of a shop. Leave the shop open."))
        return said


class Photo(forms.Form):
    """A photo and what is to be seen on it."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    words = forms.CharField(
        label=gettext_lazy("What is to be seen, for those who do not see it"),
        max_length=200,
        required=False,
    )
