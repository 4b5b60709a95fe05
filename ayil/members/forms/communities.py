"""Forms of a community's page: who else belongs, in which part, and who no longer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.members.forms.fields import PhoneField, WhoField, people_called
from ayil.members.joining import Named
from ayil.members.models import Affiliation, Party


class AddPerson(forms.Form):
    """Somebody who belongs from today on.

    A leader is shown people of the community's own village, whom they know anyway; staff those
    of every village.
    """

    name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=160)
    phone = PhoneField()
    part = forms.ChoiceField(
        label=gettext_lazy("Part"),
        choices=Affiliation.Part.choices,
        initial=Affiliation.Part.MEMBER.value,
    )

    field_order = ["name", "who", "phone", "part"]

    def __init__(self, *args: Any, community: Party, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community
        if self.is_bound and (sees_all or community.village):
            name = self.data.get("name", "")[:160]
            likely = people_called(name, village=None if sees_all else community.village)
            if likely:
                label = _("Who is %(name)s?") % {"name": name.strip()}
                self.fields["who"] = WhoField(likely, label=label)
                self.order_fields(self.field_order)

    def person(self) -> Named:
        said = self.cleaned_data
        asked = self.fields.get("who")
        known = asked.person(said["who"]) if isinstance(asked, WhoField) else None
        return Named(
            name=said["name"],
            village=self.community.village,
            phone=said["phone"],
            language=self.community.language,
            record=known,
        )


class ChangePart(forms.Form):
    part = forms.ChoiceField(choices=Affiliation.Part.choices)


class Ending(forms.Form):
    """An end needs no reason, but may say one."""

    reason = forms.CharField(
        label=gettext_lazy("Why (may stay empty)"), max_length=300, required=False
    )
