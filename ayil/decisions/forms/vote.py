"""What is typed of a vote: hands, heads, papers, the lot."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.decisions.models import Proposal

MOST = 100_000
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


def whole(label: Any, *, initial: int | None = None, help_text: Any = "") -> Any:
    """A count of people or papers, typed on the number pad of a phone."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        initial=initial,
        help_text=help_text,
        widget=forms.NumberInput(attrs=_NUMBER),
    )


class HandsForm(forms.Form):
    """Hands for each of the proposals between which the list is shortened."""

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for proposal in proposals:
            self.fields[f"hands-{proposal.number}"] = whole(f"{proposal.number}. {proposal.name}")

    def hands(self) -> dict[int, int]:
        """Hands by proposal number."""
        return {int(name.split("-")[1]): raised for name, raised in self.cleaned_data.items()}


class OpenForm(forms.Form):
    """Heads in the room at the moment of the vote."""

    present = whole(_("People in the room now"))
    women = whole(_("Women among them"))


class CloseForm(forms.Form):
    """All papers: those given out, and what became of those that are not in the box."""

    issued = whole(_("Papers given out in all"), help_text=_("The exchanged ones among them."))
    exchanged = whole(_("Spoiled papers that were handed back for a new one"), initial=0)
    unused = whole(_("Papers handed back unused"), initial=0)


class LotForm(forms.Form):
    """The order in which the lots were drawn, and who watched."""

    def __init__(self, *args: Any, tied: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((p.number, f"{p.number}. {p.name}") for p in tied)]
        for place in range(1, len(tied) + 1):
            self.fields[f"place-{place}"] = forms.TypedChoiceField(
                label=_("Drawn number %(place)s") % {"place": place}, choices=choices, coerce=int
            )
        self.fields["witnesses"] = forms.CharField(
            label=_("Witnesses, by name"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
        )

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or self.cleaned_data)
        order = self._order(said)
        if len(set(order)) < len(order):
            self.add_error(None, _("Each of them is drawn once. Say the order again."))
        return said

    def order(self) -> list[int]:
        return self._order(self.cleaned_data)

    def _order(self, said: dict[str, Any]) -> list[int]:
        return [said[name] for name in self.fields if name.startswith("place-") and name in said]
