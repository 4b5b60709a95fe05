"""Forms of how a person is told: their own, and the staff's from a paper."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from ayil.members.messages.choosing import Choice, ways_open
from ayil.members.models import ChosenWay, Party, Rhythm, Way
from ayil.members.models.messages import QUIET_FROM, QUIET_UNTIL


class HowTold(forms.Form):
    """The way, how often, the language, and the night."""

    way = forms.ChoiceField(label=gettext_lazy("How shall we tell you?"))
    rhythm = forms.ChoiceField(label=gettext_lazy("How often?"), choices=Rhythm.choices)
    language = forms.ChoiceField(label=gettext_lazy("In which language?"))
    quiet_from = forms.TimeField(
        label=gettext_lazy("Nothing in the evening from"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("Nothing in the morning until"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    says_nothing_sold = forms.BooleanField(
        label=gettext_lazy("Tell me in the evening when nothing was sold, too"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["way"].choices = ways_open()  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]

    @staticmethod
    def first(party: Party, chosen: ChosenWay | None) -> dict[str, Any]:
        """What the form shows before anything is typed: what holds, or what is usual."""
        if chosen is None:
            return {
                "way": ways_open()[0][0],
                "rhythm": Rhythm.EVENING,
                "language": party.language,
                "quiet_from": QUIET_FROM,
                "quiet_until": QUIET_UNTIL,
            }
        names = ("way", "rhythm", "language", "quiet_from", "quiet_until", "says_nothing_sold")
        return {name: getattr(chosen, name) for name in names}

    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(
            way=Way(said["way"]),
            rhythm=Rhythm(said["rhythm"]),
            language=said["language"],
            quiet_from=said["quiet_from"],
            quiet_until=said["quiet_until"],
            says_nothing_sold=said["says_nothing_sold"],
        )


class HowToldOnPaper(HowTold):
    """The same, as the person wrote it."""

    paper = forms.CharField(
        label=gettext_lazy("Number of the paper that they signed"), max_length=60
    )
