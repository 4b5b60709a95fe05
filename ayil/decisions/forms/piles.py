"""A counter's sheet: papers that say the same, pile by pile, or tapped paper by paper.

The page keeps no order of papers: what is tapped comes as piles, sorted.
"""

import re
import uuid
from collections import Counter
from collections.abc import Sequence
from math import comb, factorial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayil.decisions.forms.vote import whole
from ayil.decisions.models import Proposal
from ayil.decisions.rules import Piles
from ayil.members.models import Party

ROWS, MORE_ROWS, MOST_ROWS = 8, 8, 64  # at first; with each "more"; whatever is asked
LONGEST_TAPPED = 20_000
# Piles as the page's script sends them: "1 3=12;2=4;=1" is twelve papers for 1 and 3, four for 2,
# one for none.
_TAPPED = re.compile(r"(?:(?:\d{1,3}(?: \d{1,3})*)?=\d{1,6}(?:;|$))*")


def rows_at_first(options: int, *, ranked: bool) -> int:
    """As many rows as there can be different papers, at most eight; "none" has a field of its
    own."""
    papers = sum(factorial(options) // factorial(options - n) if ranked else comb(options, n)
                 for n in range(1, options + 1))  # fmt: skip
    return min(ROWS, papers)


class PilesForm(forms.Form):
    """`counters` are those whose sheet this reader may type; one where it is their own."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    rows = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)
    tapped = forms.CharField(
        max_length=LONGEST_TAPPED,
        required=False,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )
    none = whole(_("Papers that say: none of them"), initial=0)
    spoiled = whole(_("Spoiled papers in the box"), initial=0)

    def __init__(
        self,
        *args: Any,
        options: Sequence[Proposal],
        ranked: bool,
        counters: Sequence[Party],
        is_own: bool,
        rows: int = ROWS,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"uid": uuid.uuid4(), "rows": rows})
        super().__init__(*args, **kwargs)
        self.options, self.ranked, self.row_count = options, ranked, rows
        if not is_own:
            self.fields["counter"] = forms.ChoiceField(
                label=_("Whose sheet"),
                choices=[(str(person.uid), person.name) for person in counters],
            )
            self.fields["paper"] = forms.CharField(
                label=_("The paper that the counter signed: its number, or what it is"),
                max_length=60,
            )
        for row in range(rows):
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        places = [("", "–"), *((str(n), str(n)) for n in range(1, len(self.options) + 1))]
        for option in self.options:
            name = f"mark-{row}-{option.number}"
            attrs = {"autocomplete": "off"}
            self.fields[name] = (
                forms.ChoiceField(
                    label=option.name, choices=places, required=False,
                    widget=forms.Select(attrs=attrs),
                )
                if self.ranked
                else forms.BooleanField(
                    label=option.name, required=False, widget=forms.CheckboxInput(attrs=attrs)
                )
            )  # fmt: skip
        self.fields[f"papers-{row}"] = whole(_("papers"))
        self.fields[f"papers-{row}"].required = False

    @property
    def table(self) -> list[dict[str, Any]]:
        """The rows as the page draws them: the fields of the marks, and that of the number."""
        return [
            {
                "number": row + 1,
                "marks": [
                    {"field": self[f"mark-{row}-{option.number}"], "option": option}
                    for option in self.options
                ],
                "papers": self[f"papers-{row}"],
            }
            for row in range(self.row_count)
        ]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that stand before the piles."""
        return [self[name] for name in ("counter", "paper") if name in self.fields]

    def clean_tapped(self) -> Piles:
        """The piles that were tapped paper by paper."""
        written = self.cleaned_data["tapped"]
        if not _TAPPED.fullmatch(written):
            raise forms.ValidationError(_("The tapped papers cannot be read. Type them as piles."))
        said = [pile.partition("=") for pile in written.split(";") if pile]
        return tuple(
            (self._in_order(map(int, marks.split())), int(papers)) for marks, _is, papers in said
        )

    def _in_order(self, marks: Any) -> tuple[int, ...]:
        return tuple(marks) if self.ranked else tuple(sorted(marks))

    def clean(self) -> dict[str, Any]:
        said = dict(super().clean() or self.cleaned_data)
        piles: Counter[tuple[int, ...]] = Counter()
        for row in range(self.row_count):
            marks, papers = self._marks(said, row), said.get(f"papers-{row}")
            if marks and papers:
                piles[marks] += papers
            elif marks:
                self.add_error(f"papers-{row}", _("Say how many papers this pile has."))
            elif papers:
                self.add_error(f"papers-{row}", _("Mark what these papers say."))
        for marks, papers in said.get("tapped", ()):
            piles[marks] += papers
        piles[()] += said.get("none") or 0
        said["piles"] = tuple(sorted((m, p) for m, p in piles.items() if p))
        return said

    def _marks(self, said: dict[str, Any], row: int) -> tuple[int, ...]:
        given = {o.number: said.get(f"mark-{row}-{o.number}") for o in self.options}
        marked = [number for number, mark in given.items() if mark]
        if not self.ranked:
            return tuple(sorted(marked))
        places = [given[number] for number in marked]
        if len(set(places)) < len(places):
            self.add_error(
                f"papers-{row}",
                _("Two products stand on one place; such papers count as spoiled."),
            )
        return tuple(sorted(marked, key=lambda number: int(str(given[number]))))
