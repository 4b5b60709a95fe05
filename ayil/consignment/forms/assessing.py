"""The checklist: a yes or a no to each question, a grade, and words to the maker."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.consignment.actions import Mark
from ayil.consignment.checklist import CHECKLISTS
from ayil.consignment.models import Assessment


class AssessmentForm(forms.Form):
    """Fields by the question's code: "is-seams" yes or no, "why-seams" what is wrong."""

    grade = forms.ChoiceField(
        label=gettext_lazy("Taken together"),
        choices=Assessment.Grade.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What the maker should do better"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed where it is not good. In words that help."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [question.code for question in CHECKLISTS[kind]]
        for question in CHECKLISTS[kind]:
            self.fields[f"is-{question.code}"] = forms.ChoiceField(
                label=_(question.words),
                choices=[("yes", _("yes")), ("no", _("no"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"why-{question.code}"] = forms.CharField(
                label=_("If not, what is wrong"), max_length=200, required=False
            )

    def questions(self) -> Iterator[tuple[BoundField, BoundField]]:
        return ((self[f"is-{code}"], self[f"why-{code}"]) for code in self.codes)

    def marks(self) -> dict[str, Mark]:
        said = self.cleaned_data
        return {
            code: Mark(passed=said[f"is-{code}"] == "yes", words=said[f"why-{code}"])
            for code in self.codes
        }
