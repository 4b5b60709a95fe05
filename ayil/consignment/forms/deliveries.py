"""What a person may type of a delivery: what will come, and what both sides counted."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.consignment.actions import Announced, Counted, Signed
from ayil.consignment.forms.agreements import DayField
from ayil.consignment.models import ConsignmentNote, NoteLine
from ayil.members.models import Party
from ayil.products.models import ProductKind, Variant

MOST_PIECES = 1_000_000
Comes = ConsignmentNote.Comes


class PiecesField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        super().__init__(
            min_value=0, max_value=MOST_PIECES, required=False, widget=widget, **kwargs
        )

    def clean(self, value: Any) -> Any:
        return super().clean(value) or 0


def _who(people: Collection[Party], label: object) -> forms.TypedChoiceField:
    """One of those who speak for the owner; its value is the Party."""
    by_uid = {str(one.uid): one for one in people}
    return forms.TypedChoiceField(
        label=str(label),
        choices=[(uid, one.name) for uid, one in by_uid.items()],
        coerce=by_uid.__getitem__,
    )


@dataclass(frozen=True)
class GoodsFields:
    """The fields of one form of goods, or of one line of a note."""

    variant: Variant
    fields: Sequence[BoundField]
    line: NoteLine | None = None


class DeliveryForm(forms.Form):
    """How many pieces of which goods will come, when, and who carries them.

    `speakers` are asked about where somebody else types for the owner.
    """

    expected_on = DayField(label=gettext_lazy("On which day"), required=False)
    comes = forms.ChoiceField(
        label=gettext_lazy("How it comes"),
        choices=Comes.choices,
        initial=Comes.BROUGHT.value,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        variants: Sequence[Variant],
        speakers: Sequence[Party] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.variants = variants
        if speakers:
            self.fields["declared_by"] = _who(speakers, _("Whose word it is"))
        for variant in variants:
            self.fields[f"pieces-{variant.pk}"] = PiecesField(label=_("Pieces"))
            if variant.product.kind == ProductKind.FOOD:
                self.fields |= _freshness(variant.pk)

    def goods(self) -> Iterator[GoodsFields]:
        for variant in self.variants:
            names = [f"{name}-{variant.pk}" for name in ("pieces", "batch", "until")]
            yield GoodsFields(variant, [self[name] for name in names if name in self.fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._lines(cleaned):
            raise ValidationError(_("Say of at least one thing how many pieces will come."))
        return cleaned

    def lines(self) -> list[Announced]:
        return self._lines(self.cleaned_data)

    def _lines(self, said: dict[str, Any]) -> list[Announced]:
        return [
            Announced(
                variant=variant,
                pieces=said[f"pieces-{variant.pk}"],
                batch=said.get(f"batch-{variant.pk}", ""),
                best_before=said.get(f"until-{variant.pk}"),
            )
            for variant in self.variants
            if said.get(f"pieces-{variant.pk}")
        ]


def _freshness(pk: int) -> dict[str, forms.Field]:
    return {
        f"batch-{pk}": forms.CharField(label=_("Batch"), max_length=40, required=False),
        f"until-{pk}": DayField(label=_("Good until"), required=False),
    }


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why (may stay empty)"), max_length=300, required=False
    )


class CountForm(forms.Form):
    """Line by line what was accepted and refused, and how the owner's side signs."""

    def __init__(
        self,
        *args: Any,
        lines: Sequence[NoteLine],
        speakers: Sequence[Party],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self._add(line)
        self.fields["party"] = _who(speakers, _("Who stands here for the owner"))
        self.fields["pin"] = forms.CharField(
            label=_("Their PIN"), max_length=8, required=False,
            widget=forms.PasswordInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]*"}
            ),
        )  # fmt: skip
        self.fields["paper"] = forms.CharField(
            label=_("Or the number of the paper that they signed"), max_length=60, required=False
        )

    def _add(self, line: NoteLine) -> None:
        self.fields |= {
            f"accepted-{line.pk}": PiecesField(label=_("Accepted"), initial=line.declared),
            f"refused-{line.pk}": PiecesField(label=_("Refused"), initial=0),
            f"reason-{line.pk}": forms.CharField(
                label=_("Why refused"), max_length=300, required=False,
                widget=forms.TextInput(attrs={"list": "reasons"}),
            ),
        }  # fmt: skip
        if line.variant.product.kind == ProductKind.FOOD:
            self.fields |= _freshness(line.pk)
            self.initial[f"batch-{line.pk}"] = line.batch
            self.initial[f"until-{line.pk}"] = line.best_before

    def goods(self) -> Iterator[GoodsFields]:
        for line in self.lines:
            heads = ("accepted", "refused", "reason", "batch", "until")
            names = [f"{head}-{line.pk}" for head in heads]
            found = [self[name] for name in names if name in self.fields]
            yield GoodsFields(line.variant, found, line)

    def signs(self) -> Iterator[BoundField]:
        return (self[name] for name in ("party", "pin", "paper"))

    def counted(self) -> list[Counted]:
        said = self.cleaned_data
        return [
            Counted(
                line=line,
                accepted=said[f"accepted-{line.pk}"],
                refused=said[f"refused-{line.pk}"],
                reason=said[f"reason-{line.pk}"],
                batch=said.get(f"batch-{line.pk}", ""),
                best_before=said.get(f"until-{line.pk}"),
            )
            for line in self.lines
        ]

    def signed(self) -> Signed:
        said = self.cleaned_data
        return Signed(party=said["party"], pin=said["pin"], paper=said["paper"])
