"""Forms of joining: as little as can be, one box for each purpose, none of them ticked before."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.members.consents import IN_PLAIN_WORDS
from ayil.members.forms.fields import PhoneField, VillageField, WhoField, people_called
from ayil.members.joining import Form, Named, Part
from ayil.members.models import Affiliation, Application, Party, Purpose
from ayil.places.models import Place

# What the boxes say, shortly; the whole meaning stands under each (see consents.IN_PLAIN_WORDS).
ASKED = {
    Purpose.MEMBERSHIP: gettext_lazy("I agree that the association keeps this (needed to join)"),
    Purpose.PUBLIC_PAGE: gettext_lazy("I agree to stand on the public pages"),
    Purpose.MESSAGES: gettext_lazy("I agree to be sent messages"),
    Purpose.RESEARCH: gettext_lazy("I agree to be counted in studies"),
}
NameField = partial(forms.CharField, max_length=160)


class Joining(forms.Form):
    """What every application has: the form's own number, words, boxes, and a trap for machines."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(
        label=gettext_lazy("What you make, or would like to make"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # People do not see this field; machines that fill in every field give themselves away.
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Purpose:
            self.fields[f"may_{purpose.value}"] = forms.BooleanField(
                label=ASKED[purpose],
                help_text=str(IN_PLAIN_WORDS[purpose]),
                required=purpose == Purpose.MEMBERSHIP,
                error_messages={
                    "required": _(
                        "Without this the association may not keep your name, and nobody can "
                        "join without one."
                    )
                },
            )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this field: it is there to find out machines."))
        return ""

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that a person fills in, before the boxes."""
        return [
            field
            for field in self.visible_fields()
            if field.name != "website" and not field.name.startswith("may_")
        ]

    @property
    def boxes(self) -> list[forms.BoundField]:
        return [self[f"may_{purpose.value}"] for purpose in Purpose]

    def filled(self, *, language: str, origin: str = "") -> Form:
        """What the action takes."""
        said = self.cleaned_data
        return Form(
            uid=said["uid"],
            way=Application.Way(said.get("way") or Application.Way.PAGE),
            consents=frozenset(p for p in Purpose if said[f"may_{p.value}"]),
            language=said.get("language") or language,
            paper=said.get("paper", ""),
            words=said["words"],
            origin=origin,
            witness=self.witness(),
        )

    def witness(self) -> Named | None:
        return None


class JoinAgain(Joining):
    """For somebody whose name is known: whoever is signed in."""


class JoinAsPerson(Joining):
    name = NameField(
        label=gettext_lazy("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    village = VillageField()
    phone = PhoneField(help_text=gettext_lazy("If you have one. It is shown to nobody outside."))

    field_order = ["name", "village", "phone", "words"]

    def applicant(self, *, language: str) -> Named:
        said = self.cleaned_data
        return Named(
            name=said["name"],
            village=said["village"],
            phone=said["phone"],
            language=said.get("language") or language,
        )


class JoinAsCommunity(Joining):
    """A community with its leader and one more person to turn to."""

    name = NameField(label=gettext_lazy("Name of the community"))
    village = VillageField()
    leader_name = NameField(
        label=gettext_lazy("Leader: who answers for the community"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    leader_phone = PhoneField(label=gettext_lazy("The leader's telephone"))
    contact_name = NameField(label=gettext_lazy("A second person to turn to"))
    contact_phone = PhoneField(label=gettext_lazy("The second person's telephone"))

    field_order = [
        "name", "village", "leader_name", "leader_phone", "contact_name", "contact_phone", "words",
    ]  # fmt: skip

    def __init__(self, *args: Any, leader: Party | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leader = leader
        self.fields["words"].label = _("What you make together, or would like to make")
        if leader is not None:
            del self.fields["leader_name"], self.fields["leader_phone"]

    def community(self, *, language: str) -> Named:
        said = self.cleaned_data
        return Named(said["name"], said["village"], language=said.get("language") or language)

    def contacts(self, *, language: str) -> Sequence[tuple[Named, Affiliation.Part]]:
        leader = Named("", record=self.leader) if self.leader else self._person("leader", language)
        return [(leader, Part.LEADER), (self._person("contact", language), Part.CONTACT)]

    def _person(self, slot: str, language: str) -> Named:
        said = self.cleaned_data
        return Named(
            name=said[f"{slot}_name"],
            village=said["village"],
            phone=said[f"{slot}_phone"],
            language=said.get("language") or language,
        )


class Taken(Joining):
    """What staff adds who enters an application for others: the paper, the witness, who is who.

    A name that the records have already is asked about; nothing is guessed from a name.
    """

    slots: dict[str, str] = {}  # what is asked by name → the field that holds the name

    way = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[(way.value, way.label) for way in (Application.Way.PAPER, Application.Way.SHOP)],
        initial=Application.Way.PAPER.value,
        widget=forms.RadioSelect,
    )
    paper = forms.CharField(
        label=gettext_lazy("Number of the signed paper"), max_length=60, required=False
    )
    witness_name = NameField(
        label=gettext_lazy("Witness, for who cannot read"),
        required=False,
        help_text=gettext_lazy("Who heard the form read aloud, and the answers. Not you."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Their language"), choices=settings.LANGUAGES, initial="ky"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            for slot, field in (self.slots | {"witness": "witness_name"}).items():
                self._ask_who(slot, field)
            self.order_fields(self.field_order)

    def _ask_who(self, slot: str, field: str) -> None:
        likely = people_called(self.data.get(field, "")[:160], village=self._typed_village())
        if likely:
            label = _("Who is %(name)s?") % {"name": self.data[field].strip()}
            self.fields[f"{slot}_is"] = WhoField(likely, label=label)

    def _typed_village(self) -> Place | None:
        code = self.data.get("village", "")
        return Place.objects.filter(code=code[:40]).first() if code else None

    def record(self, slot: str) -> Party | None:
        asked = self.fields.get(f"{slot}_is")
        if not isinstance(asked, WhoField):
            return None
        return asked.person(self.cleaned_data[f"{slot}_is"])

    def witness(self) -> Named | None:
        said = self.cleaned_data
        if not said["witness_name"]:
            return None
        return Named(said["witness_name"], said["village"], record=self.record("witness"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("way") == Application.Way.PAPER and not said.get("paper"):
            self.add_error("paper", _("The paper has a number: write it here."))
        if said.get("way") == Application.Way.SHOP and not (
            said.get("paper") or said.get("witness_name")
        ):
            self.add_error(
                "witness_name",
                _("What was said at the counter needs a witness, or the number of a signed paper."),
            )
        return said


class TakePerson(Taken, JoinAsPerson):
    name = NameField(label=gettext_lazy("Name of the person"))

    slots = {"applicant": "name"}
    field_order = [
        "way", "paper", "name", "applicant_is", "village", "phone", "language", "words",
        "witness_name", "witness_is",
    ]  # fmt: skip

    def applicant(self, *, language: str) -> Named:
        known = self.record("applicant")
        return Named("", record=known) if known else super().applicant(language=language)


class TakeCommunity(Taken, JoinAsCommunity):
    slots = {"leader": "leader_name", "contact": "contact_name"}
    field_order = [
        "way", "paper", "name", "village", "leader_name", "leader_is", "leader_phone",
        "contact_name", "contact_is", "contact_phone", "language", "words",
        "witness_name", "witness_is",
    ]  # fmt: skip

    def _person(self, slot: str, language: str) -> Named:
        known = self.record(slot)
        return Named("", record=known) if known else super()._person(slot, language)


class Reason(forms.Form):
    """A few words of one's own, which others will read."""

    words = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
