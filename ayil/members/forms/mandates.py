"""Forms of mandates, and finding somebody in the records by their very name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.members.forms.fields import people_called
from ayil.members.models import Party, PartyKind
from ayil.places.models import Place

ANYBODY = (PartyKind.PERSON, PartyKind.COMMUNITY, PartyKind.ENTERPRISE)


def described(party: Party) -> str:
    """The name, and the village that tells two of one name apart."""
    return f"{party.name}, {party.village.name}" if party.village else party.name


class ByName:
    """A name that is typed, and when several bear it, which of them is meant.

    One field for the name and, once it was sent, one with those who are called so. Nobody new is
    entered here: who is not in the records is taken in by an application first.
    """

    def __init__(
        self, form: forms.Form, name: str, *, village: Place | None, kinds: Sequence[PartyKind]
    ) -> None:
        self.form, self.name = form, name
        self.found: dict[str, Party] = {}
        typed = str(form.data.get(name, ""))[:160] if form.is_bound else ""
        if typed.strip():
            called = people_called(typed, village=village, kinds=kinds)
            self.found = {str(one.uid): one for one in called}
        if len(self.found) > 1:
            form.fields[self.which] = forms.ChoiceField(
                label=_("Who is %(name)s?") % {"name": typed.strip()},
                choices=[(uid, described(one)) for uid, one in self.found.items()],
                widget=forms.RadioSelect,
            )

    @property
    def which(self) -> str:
        return f"{self.name}_which"

    def check(self) -> None:
        """An error beside the name where nobody is called so."""
        if self.form.data.get(self.name, "").strip() and not self.found:
            self.form.add_error(
                self.name,
                _("Nobody in the records has this very name. Write it as it stands there."),
            )

    def chosen(self) -> Party:
        if len(self.found) == 1:
            return next(iter(self.found.values()))
        return self.found[self.form.cleaned_data[self.which]]


class PartyByName(forms.Form):
    """Whom the rest of the form is about, found by name."""

    party_name = forms.CharField(
        label=gettext_lazy("Name of the person or community"), max_length=160
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._party = ByName(self, "party_name", village=None, kinds=ANYBODY)
        _put_beside(self, "party_name", self._party.which)

    def clean(self) -> dict[str, Any]:
        self._party.check()
        return self.cleaned_data

    def chosen(self) -> Party:
        return self._party.chosen()


def _put_beside(form: forms.Form, name: str, which: str) -> None:
    order = list(form.fields)
    if which in order:
        order.remove(which)
        order.insert(order.index(name) + 1, which)
        form.order_fields(order)


class Days(forms.Form):
    """From when, and up to which day."""

    since = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("Up to and with (empty: until it is taken back)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class GiveMandate(Days):
    """On one's own page: for oneself or a community that one leads, to somebody of the village."""

    giver = forms.ChoiceField(label=gettext_lazy("Whose money"))
    holder = forms.CharField(
        label=gettext_lazy("Who may collect it (name, as in the records)"), max_length=160
    )
    field_order = ["giver", "holder", "holder_which", "since", "until"]

    def __init__(self, *args: Any, givers: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers = {str(one.uid): one for one in givers}
        if len(givers) == 1:
            del self.fields["giver"]
        else:
            asked: Any = self.fields["giver"]
            asked.choices = [(uid, one.name) for uid, one in self.givers.items()]
        # People of one's own village are known anyway; others' names are not to be tried here.
        self._holder = ByName(
            self, "holder", village=self.giver_typed().village, kinds=(PartyKind.PERSON,)
        )
        self.order_fields(self.field_order)

    def giver_typed(self) -> Party:
        first = next(iter(self.givers.values()))
        return self.givers.get(str(self.data.get("giver", "")), first)

    def clean(self) -> dict[str, Any]:
        self._holder.check()
        return self.cleaned_data

    def chosen(self) -> Party:
        return self._holder.chosen()


class WriteMandate(Days):
    """By the staff, from a paper that both signed."""

    giver = forms.CharField(
        label=gettext_lazy("Whose money (name of the person or community)"), max_length=160
    )
    holder = forms.CharField(label=gettext_lazy("Who may collect it (name)"), max_length=160)
    paper = forms.CharField(
        label=gettext_lazy("The paper that they signed (number, day)"), max_length=200
    )
    field_order = ["giver", "giver_which", "holder", "holder_which", "since", "until", "paper"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._giver = ByName(self, "giver", village=None, kinds=ANYBODY)
        self._holder = ByName(self, "holder", village=None, kinds=(PartyKind.PERSON,))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        self._giver.check()
        self._holder.check()
        return self.cleaned_data

    def people(self) -> tuple[Party, Party]:
        """The giver and the holder."""
        return self._giver.chosen(), self._holder.chosen()
