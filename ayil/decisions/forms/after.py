"""What is typed after the vote: signatures by hand, kept papers, complaints, answers, reviews."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.decisions.forms.roll import VillagerField
from ayil.decisions.models import Assembly, Complaint, ComplaintOutcome, DecisionPaper, Part

_PHOTO = {"accept": "image/jpeg,image/png,image/webp,application/pdf"}
_TALL = {"rows": 4}


def _photo(label: Any, *, required: bool = True) -> forms.FileField:
    widget = forms.ClearableFileInput(attrs=_PHOTO)
    return forms.FileField(label=label, required=required, widget=widget)


class PaperForm(forms.Form):
    """A photo of a paper, and which one it is."""

    kind = forms.ChoiceField(label=gettext_lazy("Which paper"), choices=DecisionPaper.Kind.choices)
    photo = _photo(gettext_lazy("Photo (JPEG, PNG, WebP) or PDF"))
    words = forms.CharField(
        label=gettext_lazy("What is on it (may stay empty)"), max_length=200, required=False
    )


class SignForm(forms.Form):
    """The part that somebody signs in; `by_hand`: as it stands on the photographed protocol."""

    part = forms.ChoiceField(choices=Part.choices)
    by_hand = forms.BooleanField(required=False)


class ComplaintForm(forms.Form):
    """What was wrong, in somebody's own words; a robot fills the field that nobody sees."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.ChoiceField(
        label=gettext_lazy("What it is about"),
        choices=Complaint.About.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What was wrong, in your own words"),
        max_length=1000,
        widget=forms.Textarea(attrs=_TALL),
    )
    site = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"uid": uuid4(), "about": "vote"}

    def clean_site(self) -> str:
        if self.cleaned_data["site"]:
            raise forms.ValidationError(_("Leave the hidden field empty."))
        return ""


class OwnComplaintForm(ComplaintForm):
    """Of a villager who is signed in: their name is seen by who answers, or by nobody."""

    nameless = forms.BooleanField(label=gettext_lazy("Without my name"), required=False)


class WrittenComplaintForm(ComplaintForm):
    """What an officer or the registrar writes down of a paper, or of what somebody said."""

    how = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[(one.value, one.label) for one in (Complaint.How.PAPER, Complaint.How.VOICE)],
    )
    photo = _photo(gettext_lazy("Photo of the paper, where there is one"), required=False)

    def __init__(self, *args: Any, assembly: Assembly, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = VillagerField(
            assembly,
            required=False,
            label=gettext_lazy("Who complains, where they say so"),
            empty_label=gettext_lazy("somebody who gives no name"),
        )


class AnswerComplaintForm(forms.Form):
    """How it ends, and why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("How it ends"),
        choices=ComplaintOutcome.Verdict.choices,
        widget=forms.RadioSelect,
    )
    round = forms.ChoiceField(
        label=gettext_lazy("Which vote is counted again"), required=False,
        choices=[("", gettext_lazy("the last one")), ("1", gettext_lazy("the first vote")),
                 ("2", gettext_lazy("the runoff"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why, for the village to read"),
        max_length=600,
        widget=forms.Textarea(attrs=_TALL),
    )


class ReviewForm(forms.Form):
    """The yearly look: what was found, and whether the village stays with it."""

    finding = forms.CharField(
        label=gettext_lazy("What the village found"),
        max_length=500,
        widget=forms.Textarea(attrs=_TALL),
    )
    keeps = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        choices=[
            ("yes", gettext_lazy("the village stays with it for another year")),
            ("no", gettext_lazy("the decision ends")),
        ],
        widget=forms.RadioSelect,
    )


class KeyEndForm(forms.Form):
    """Why the association's key ends."""

    reason = forms.CharField(
        label=gettext_lazy("Why the key ends, for everybody to read"), max_length=300
    )
