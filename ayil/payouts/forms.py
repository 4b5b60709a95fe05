"""What a person may type on the pages of payouts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.consignment.accounts import BANK, SAFE
from ayil.kit.written import money
from ayil.payouts.list_paper import named
from ayil.payouts.models import Acknowledgement, Payout, PayoutPaper
from ayil.payouts.queries.lists import Source
from ayil.payouts.queries.payees import Payee

SIGNED_HOW = (
    (Acknowledgement.How.SIGNATURE.value, Acknowledgement.How.SIGNATURE.label),
    (Acknowledgement.How.FINGERPRINT.value, Acknowledgement.How.FINGERPRINT.label),
)


class Reason(forms.Form):
    """Why something is taken off or came back."""

    reason = forms.CharField(label=gettext_lazy("Why, in a few words"), max_length=300)


class HandOver(forms.Form):
    """Who receives one payout, and out of which box."""

    payee = forms.ChoiceField(label=gettext_lazy("Who receives it"), widget=forms.RadioSelect)
    source = forms.ChoiceField(label=gettext_lazy("Where the money is taken from"))

    def __init__(
        self, *args: Any, payees: Sequence[Payee], sources: Sequence[Source], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.payees = {str(one.party.uid): one for one in payees}
        asked: Any = self.fields["payee"]
        asked.choices = [(uid, named(one)) for uid, one in self.payees.items()]
        boxes: Any = self.fields["source"]
        boxes.choices = [(one.code, _box(one)) for one in sources]
        if len(payees) == 1:
            asked.initial = str(payees[0].party.uid)


def _box(source: Source) -> str:
    names = {SAFE: _("cash from the safe"), BANK: _("transfer by the bank")}
    name = names.get(source.code) or _("cash from drawer %(till)s") % {"till": source.till}
    return f"{name}: {money(source.balance_minor, source.currency)}"


class SignedPaper(forms.Form):
    """A photo or PDF of the signed list."""

    paper = forms.FileField(
        label=gettext_lazy("Photo of the signed list (JPEG, PNG, WebP) or PDF"),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}
        ),
    )
    words = forms.CharField(
        label=gettext_lazy("What is on it (village, page; may stay empty)"),
        max_length=200,
        required=False,
    )


class Signed(forms.Form):
    """Which lines are signed on which paper."""

    paper = forms.ChoiceField(label=gettext_lazy("On which paper"))
    how = forms.ChoiceField(
        label=gettext_lazy("How"), choices=SIGNED_HOW, widget=forms.RadioSelect,
        initial=Acknowledgement.How.SIGNATURE.value,
    )  # fmt: skip
    lines = forms.MultipleChoiceField(
        label=gettext_lazy("Who signed"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        papers: Sequence[PayoutPaper],
        payouts: Sequence[Payout],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["paper"]
        asked.choices = [(one.pk, paper_name(place, one)) for place, one in enumerate(papers, 1)]
        lines: Any = self.fields["lines"]
        lines.choices = [
            (one.pk, f"{one.handover.payee.name} · {money(one.amount_minor, one.run.currency)}")
            for one in payouts
        ]


def paper_name(place: int, paper: PayoutPaper) -> str:
    """How a paper of a list is called: counted from 1, and what somebody wrote of it."""
    name = _("Paper %(number)s") % {"number": place}
    return f"{name}: {paper.words}" if paper.words else name
