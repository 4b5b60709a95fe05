"""What the registrar types of a roll, and what a villager says against it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.decisions.models import Assembly, Part, RollObjection
from ayil.decisions.rolls import villagers
from ayil.kit import search
from ayil.members.forms.fields import people_called
from ayil.members.forms.mandates import ByName
from ayil.members.models import Party, PartyKind, Sex

SHOWN = 20
OLDEST_YEARS = 120
FIRST_YEAR = 1850


def found_villagers(assembly: Assembly, text: str) -> tuple[list[Party], bool]:
    """People of the village whose names begin so, in any script, and whether there are more."""
    return search.found(villagers(assembly), text, most=SHOWN) if text.strip() else ([], False)


class VillagerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no brackets at run time
    """Somebody of the village, by the uid of their record."""

    def __init__(self, assembly: Assembly, **kwargs: Any) -> None:
        super().__init__(
            queryset=villagers(assembly),
            to_field_name="uid",
            error_messages={
                "required": gettext_lazy("Find the person by name first."),
                "invalid_choice": gettext_lazy("This is nobody of the village."),
            },
            **kwargs,
        )


class OfficeForm(forms.Form):
    """One of the village, and what they are to do."""

    part = forms.ChoiceField(choices=Part.choices)

    def __init__(self, *args: Any, assembly: Assembly, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = VillagerField(assembly)


class EntryForm(forms.Form):
    """One who is on record in the village."""

    def __init__(self, *args: Any, assembly: Assembly, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = VillagerField(assembly)


def year_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Year of birth (empty: you vouch that they are of age)"),
        min_value=FIRST_YEAR,
        required=False,
    )


def sex_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Woman or man"), choices=Sex.choices, required=False
    )


class NewcomerForm(forms.Form):
    """One who lives here and is not on record: what a roll needs, and nothing else."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=160)
    born_year = year_field()
    sex = sex_field()
    another = forms.BooleanField(
        label=gettext_lazy("It is somebody else of this very name"), required=False
    )

    def __init__(self, *args: Any, assembly: Assembly, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assembly = assembly

    def clean(self) -> dict[str, Any]:
        """A second record of a person is how somebody comes to stand on a roll twice."""
        said = dict(super().clean() or self.cleaned_data)
        year = said.get("born_year")
        if year is not None and not 0 <= self.assembly.held_on.year - year <= OLDEST_YEARS:
            self.add_error("born_year", _("Write the year with four figures, like 1975."))
        called = people_called(said.get("name", ""), village=self.assembly.village)
        if called and not said.get("another"):
            self.add_error(
                "another",
                _("%(name)s is on record in this village. Find them above, or say that it is "
                  "somebody else.")
                % {"name": called[0].name},
            )  # fmt: skip
        return said


class PostingForm(forms.Form):
    """Where the roll hangs, and since when."""

    hangs_at = forms.CharField(
        label=gettext_lazy("Where the roll hangs"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    since = forms.DateField(
        label=gettext_lazy("Since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ObjectionForm(forms.Form):
    """What is wrong on the roll. Whoever keeps the roll also says how it came, and from whom."""

    about = forms.ChoiceField(
        label=gettext_lazy("What is wrong"),
        choices=RollObjection.About.choices,
        widget=forms.RadioSelect,
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number on the roll"), min_value=1, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Name of who is missing"), max_length=160, required=False
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, *args: Any, assembly: Assembly, for_others: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.objector: ByName | None = None
        if not for_others:
            return
        way = RollObjection.Way
        self.fields["way"] = forms.ChoiceField(
            label=_("How it came"),
            choices=[(one.value, one.label) for one in (way.PAPER, way.VOICE)],
            widget=forms.RadioSelect,
        )
        self.fields["objector"] = forms.CharField(
            label=_("Who says it (empty: without a name)"), max_length=160, required=False
        )
        self.objector = ByName(
            self, "objector", village=assembly.village, kinds=(PartyKind.PERSON,)
        )

    def clean(self) -> dict[str, Any]:
        if self.objector is not None:
            self.objector.check()
        return self.cleaned_data

    def said_by(self) -> Party | None:
        """The villager whose name stands under it, if one does."""
        if self.objector is None or not self.cleaned_data["objector"].strip():
            return None
        return self.objector.chosen()


class SomebodyForm(forms.Form):
    """One of those who were found, or a new record of somebody who lives here and has none."""

    def add_somebody(self, assembly: Assembly, people: Sequence[Party]) -> None:
        if people:
            self.fields["person"] = person_field(assembly, people)
        self.fields["is_new"] = forms.BooleanField(
            label=_("Not on record: make a record"), required=False
        )
        self.fields["born_year"] = year_field()
        self.fields["sex"] = sex_field()

    def check_somebody(self) -> None:
        """An error where it was not said who it is, or said twice."""
        said = self.cleaned_data
        if bool(said.get("person")) == bool(said.get("is_new")):
            beside = "person" if "person" in self.fields else "is_new"
            self.add_error(
                beside, _("Choose one of those who were found, or a new record: one of the two.")
            )


class AnswerForm(SomebodyForm):
    """Upheld or dismissed, and why; for one who is missing, who it is."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("upheld", gettext_lazy("It is right: the roll is changed")),
            ("dismissed", gettext_lazy("It is not so: the roll stays")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why (everybody may read it)"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, assembly: Assembly, people: Sequence[Party] | None = None, **kwargs: Any
    ) -> None:
        """`people` were found for one who is missing; None where nobody is to be found."""
        super().__init__(*args, **kwargs)
        if people is not None:
            self.add_somebody(assembly, people)

    def clean(self) -> dict[str, Any]:
        if "is_new" in self.fields and self.cleaned_data.get("verdict") == "upheld":
            self.check_somebody()
        return self.cleaned_data


class ProvisionalForm(SomebodyForm):
    """Somebody who is added after the freezing, from the paper that both signed."""

    reason = forms.CharField(
        label=gettext_lazy("Why they were not on the roll"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    paper = forms.CharField(
        label=gettext_lazy("The paper that registrar and chair signed (number, day)"), max_length=60
    )

    def __init__(
        self, *args: Any, assembly: Assembly, people: Sequence[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_somebody(assembly, people)
        self.fields["name"] = forms.CharField(label=_("Full name"), max_length=160, required=False)
        self.order_fields(["person", "is_new", "name", "born_year", "sex", "reason", "paper"])

    def clean(self) -> dict[str, Any]:
        self.check_somebody()
        said = self.cleaned_data
        if said.get("is_new") and not said.get("name", "").strip():
            self.add_error("name", _("Write the name of who is missing on the roll."))
        return said


def person_field(assembly: Assembly, people: Sequence[Party]) -> VillagerField:
    """Those who were found, to choose one of them."""
    field = VillagerField(assembly, label=_("Who it is"), required=False)
    field.widget = forms.RadioSelect()
    field.choices = [(str(person.uid), described(person)) for person in people]
    return field


def described(person: Party) -> str:
    """Name and year of birth: they tell two of one name apart in a village."""
    return f"{person.name}, {person.born_year}" if person.born_year else person.name


class HeadsForm(forms.Form):
    """How many are in the room."""

    present = forms.IntegerField(label=gettext_lazy("People in the room"), min_value=0)
    women = forms.IntegerField(label=gettext_lazy("Women among them"), min_value=0)

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or self.cleaned_data)
        if said.get("women", 0) > said.get("present", 0):
            self.add_error("women", _("These are more than all who are in the room."))
        return said
