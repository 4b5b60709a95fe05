"""What a manager types about the shop's tills."""

from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from ayil.kit.money import plain, to_minor
from ayil.shop.models import TillTerms
from ayil.shop.taking_in import MAX_FILE_BYTES


class TermsForm(forms.Form):
    """A limit in the shop's currency as people write it, and the form with a fiscal register."""

    refund_limit = forms.CharField(
        label=_("Money back without a manager, up to"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    fiscal = forms.ChoiceField(label=_("Fiscal register"), choices=TillTerms.Fiscal.choices)

    def __init__(self, *args: Any, currency: str, held: TillTerms, **kwargs: Any) -> None:
        self.currency = currency
        limit = plain(held.refund_limit_minor, currency)
        kwargs.setdefault("initial", {"refund_limit": limit.removesuffix(".00")})
        kwargs["initial"]["fiscal"] = held.fiscal
        super().__init__(*args, **kwargs)

    def clean_refund_limit(self) -> int:
        written = "".join(self.cleaned_data["refund_limit"].split()).replace(",", ".")
        try:
            limit = to_minor(written, self.currency)
        except ValueError:
            limit = -1
        if limit < 0:
            raise forms.ValidationError(_("Write a sum like 500, or 0: then a manager signs each."))
        return limit


class TakeInForm(forms.Form):
    """The file that a till made."""

    file = forms.FileField(
        label=_("The till's file"), widget=forms.ClearableFileInput(attrs={"accept": ".ayil"})
    )

    def clean_file(self) -> "File[bytes]":
        file: File[bytes] = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than any till's. Choose the file that the till made.")
            )
        return file
