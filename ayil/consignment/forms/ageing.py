"""What an owner says of goods that stand too long, by phone or on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.consignment.actions.ageing import Answer
from ayil.consignment.models import AgeingChoice
from ayil.members.models import Party
from ayil.products.forms import WholeMoney


class Choose(forms.Form):
    """One way out of five; a lower price needs the price."""

    way = forms.ChoiceField(
        label=gettext_lazy("What shall become of it?"),
        choices=AgeingChoice.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    amount = WholeMoney(label=gettext_lazy("The new, lower price"), required=False)
    floor = WholeMoney(
        label=gettext_lazy("How low the shop may go with one piece"),
        help_text=gettext_lazy("Leave it empty: then the shop gives no discount."),
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Anything that the shop should know"), max_length=300, required=False
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name in ("amount", "floor"):
            found = self.fields[name]
            if isinstance(found, WholeMoney):
                found.currency = currency

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        amount, floor = said.get("amount"), said.get("floor")
        if said.get("way") == AgeingChoice.Way.PRICE and not amount and "amount" not in self.errors:
            self.add_error("amount", _("Write the new price."))
        if amount and floor and floor > amount:
            self.add_error("floor", _("It cannot be above the price itself."))
        return said

    def answer(self) -> Answer:
        """Of a valid form."""
        said = self.cleaned_data
        is_price = said["way"] == AgeingChoice.Way.PRICE
        return Answer(
            way=AgeingChoice.Way(said["way"]),
            words=said["words"],
            amount_minor=said["amount"] if is_price else None,
            floor_minor=said["floor"] if is_price else None,
        )


class ChooseOnPaper(Choose):
    """The same, written down by the staff from what the owner signed."""

    said_by = forms.ChoiceField(label=gettext_lazy("Whose word it is"))
    paper = forms.CharField(label=gettext_lazy("Number of the signed paper"), max_length=40)

    def __init__(self, *args: Any, speakers: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = {str(one.uid): one for one in speakers}
        choices = [(uid, one.name) for uid, one in self.speakers.items()]
        self.fields["said_by"].choices = choices  # type: ignore[attr-defined]

    @property
    def speaker(self) -> Party:
        return self.speakers[self.cleaned_data["said_by"]]
