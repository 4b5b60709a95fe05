"""Forms of bank accounts and of the forms in which banks want their files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.members.forms.mandates import PartyByName
from ayil.members.models import Party
from ayil.payouts.actions import AccountSaid, TemplateSaid
from ayil.payouts.bank_rules import Column
from ayil.payouts.models import BankColumn, BankTemplate

COLUMNS_SHOWN = 12
# A beginning that most banks of the country take with few changes.
USUAL: Sequence[tuple[str, str, str]] = (
    ("№", "row", ""),
    ("Счёт получателя", "account", ""),
    ("Получатель", "owner", ""),
    ("ИНН", "inn", ""),
    ("БИК", "bic", ""),
    ("Сумма", "amount", ""),
    ("Дата", "date", ""),
    ("Назначение платежа", "purpose", ""),
)


class Account(PartyByName):
    """A payee's account as it stands on the paper."""

    number = forms.CharField(
        label=gettext_lazy("Number of the account"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )  # fmt: skip
    owner_name = forms.CharField(
        label=gettext_lazy("Name of the owner, as the bank writes it"), max_length=160
    )
    bank_name = forms.CharField(label=gettext_lazy("Bank"), max_length=120)
    bic = forms.CharField(
        label=gettext_lazy("Code of the bank (BIC)"), max_length=11, required=False
    )
    inn = forms.CharField(label=gettext_lazy("Tax number (INN)"), max_length=20, required=False)
    paper = forms.CharField(
        label=gettext_lazy("The paper that they signed (number, day)"), max_length=200
    )

    def said(self) -> AccountSaid:
        told = self.cleaned_data
        return AccountSaid(
            number=told["number"],
            owner_name=told["owner_name"],
            bank_name=told["bank_name"],
            paper=told["paper"],
            bic=told["bic"],
            inn=told["inn"],
        )

    def party(self) -> Party:
        return self.chosen()


class Template(forms.Form):
    """The form of a file, without its columns."""

    name = forms.CharField(label=gettext_lazy("Bank, or name of the form"), max_length=80)
    separator = forms.ChoiceField(
        label=gettext_lazy("Between two columns"), choices=BankTemplate.Separator.choices
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of the letters"), choices=BankTemplate.Encoding.choices
    )
    decimal_mark = forms.ChoiceField(
        label=gettext_lazy("Between som and tyiyn"), choices=BankTemplate.Mark.choices
    )
    date_form = forms.ChoiceField(
        label=gettext_lazy("How a day is written"), choices=BankTemplate.DateForm.choices
    )
    has_head = forms.BooleanField(
        label=gettext_lazy("The first line names the columns"), required=False
    )
    purpose = forms.CharField(
        label=gettext_lazy("What the money is for"),
        max_length=200,
        help_text=gettext_lazy("{number} becomes the number of the statement, {list} of the list."),
    )

    @classmethod
    def of(cls, template: BankTemplate | None) -> dict[str, Any]:
        if template is None:
            return {
                "separator": BankTemplate.Separator.SEMICOLON.value,
                "encoding": BankTemplate.Encoding.UTF8_MARKED.value,
                "has_head": True,
                "purpose": _("For goods sold, statement No. {number}"),
            }
        return {name: getattr(template, name) for name in cls.base_fields}

    def said(self, columns: "Columns") -> TemplateSaid:
        return TemplateSaid(columns=columns.said(), **self.cleaned_data)


class OneColumn(forms.Form):
    """A column; one without a content is left out."""

    head = forms.CharField(label=gettext_lazy("Head"), max_length=80, required=False)
    what = forms.ChoiceField(label=gettext_lazy("What stands in it"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Always these words"), max_length=120, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["what"]
        asked.choices = [("", "–"), *BankColumn.What.choices]


class Columns(forms.formset_factory(OneColumn, extra=0, max_num=20, absolute_max=24)):  # type: ignore[misc]
    """The columns from left to right."""

    @staticmethod
    def of(template: BankTemplate | None) -> list[dict[str, str]]:
        rows = (
            [{"head": head, "what": what, "words": words} for head, what, words in USUAL]
            if template is None
            else [
                {"head": one.head, "what": one.what, "words": one.words}
                for one in template.columns.all()
            ]
        )
        return rows + [{}] * (COLUMNS_SHOWN - len(rows))

    def said(self) -> list[Column]:
        told = (form.cleaned_data for form in self.forms)
        return [
            Column(one.get("head", ""), one["what"], one.get("words", ""))
            for one in told
            if one.get("what")
        ]
