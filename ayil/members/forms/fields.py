"""Fields that several forms of people ask for: a village, a telephone number, who somebody is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.kit import search
from ayil.kit.errors import AyilError
from ayil.kit.spelling import folded_words
from ayil.members.identities import kept_parties
from ayil.members.models import Party, PartyKind
from ayil.members.rules import written_phone
from ayil.places.models import Place
from ayil.places.queries import villages

NEW_RECORD = "new"
LIKELY_SHOWN = 5
_SEARCHED = 20


class VillageField(forms.TypedChoiceField):
    """A village of the programme, under its district; a name alone does not tell which.

    Its value is the Place, or None for `none_of_them`.
    """

    def __init__(self, none_of_them: object = gettext_lazy("another place"), **kwargs: Any) -> None:
        super().__init__(
            coerce=lambda code: Place.objects.get(code=code),
            empty_value=None,
            required=False,
            label=gettext_lazy("Village"),
            choices=lambda: _villages_by_district(str(none_of_them)),
            **kwargs,
        )


def _villages_by_district(none_of_them: str) -> list[tuple[str, Any]]:
    """In the order in which readers look for them; asked once a form."""
    under: dict[str, list[tuple[str, str]]] = {}
    for village in villages().select_related("parent"):
        above = village.parent.name if village.parent else ""
        under.setdefault(above, []).append((village.code, village.name))
    return [("", none_of_them), *sorted(under.items())]


class PhoneField(forms.CharField):
    """A telephone number in any usual spelling; kept as +996555123456."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Telephone"))
        super().__init__(
            max_length=30,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return written_phone(typed)
        except AyilError as error:
            raise ValidationError(_(error.words) % error.filled) from error


def people_called(
    name: str, *, village: Place | None, kinds: Sequence[PartyKind] = (PartyKind.PERSON,)
) -> list[Party]:
    """People (or others, by `kinds`) of this very name, in any script and order of its words; of
    the village, or of none.

    Nothing for an empty name; at most five, since who is asked must be able to read them.
    """
    wanted = sorted(folded_words(name))
    if not wanted:
        return []
    people = kept_parties().filter(kind__in=kinds).select_related("village")
    if village is not None:
        people = people.filter(village=village)
    likely, _more = search.found(people.order_by("sort_key", "id"), name, most=_SEARCHED)
    return [one for one in likely if sorted(folded_words(one.name)) == wanted][:LIKELY_SHOWN]


class WhoField(forms.ChoiceField):
    """Which of the people of this name is meant, or that it is somebody new."""

    def __init__(self, people: Iterable[Party], **kwargs: Any) -> None:
        self._people = {str(one.uid): one for one in people}
        choices = [(uid, _described(one)) for uid, one in self._people.items()]
        super().__init__(
            choices=[*choices, (NEW_RECORD, _("Somebody else: make a new record"))],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Somebody of this name is in the records. Say whether it is them.")
            },
            **kwargs,
        )

    def person(self, uid: str) -> Party | None:
        """The record that was chosen; None for a new one."""
        return self._people.get(uid)


def _described(person: Party) -> str:
    return f"{person.name}, {person.village.name}" if person.village else person.name
