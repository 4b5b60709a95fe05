"""What a person may type about labels: which paper, and how many of each lot."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.consignment.labels import MOST_LABELS, SHEETS


def paper_choices() -> list[tuple[str, str]]:
    return [(code, _(sheet.words)) for code, sheet in SHEETS.items()]


class LabelPaper(forms.Form):
    """The paper in the printer, and how many of the first sheet's places are used up."""

    sheet = forms.ChoiceField(label=gettext_lazy("Paper"), choices=paper_choices)
    skipped = forms.IntegerField(
        label=gettext_lazy("Labels already gone from the first sheet"),
        min_value=0,
        max_value=max(sheet.places for sheet in SHEETS.values()) - 1,
        required=False,
        initial=0,
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        sheet = SHEETS.get(str(cleaned.get("sheet")))
        skipped = cleaned.get("skipped") or 0
        if sheet and skipped >= sheet.places:
            self.add_error(
                "skipped",
                _("This paper has %(places)s labels on a sheet: fewer than that can be gone.")
                % {"places": sheet.places},
            )
        return {**cleaned, "skipped": skipped}


def counts_of(typed: Mapping[str, str]) -> dict[int, int]:
    """How many labels by the lot's key, from the fields "lot-<key>"; what is no number is none."""
    counts = {}
    for name, value in typed.items():
        _lot, is_lot, key = name.partition("lot-")
        if is_lot and key.isdecimal() and len(key) < 19 and value.isdecimal() and len(value) < 7:
            counts[int(key)] = min(int(value), MOST_LABELS + 1)
    return {key: count for key, count in counts.items() if count}
