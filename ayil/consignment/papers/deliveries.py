"""The consignment note (накладная): declared and counted side by side, both sides sign."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from ayil.consignment.models import ConsignmentNote
from ayil.consignment.notes import Row, rows_of
from ayil.kit.document import Document, Facts, Grid, Signs, Words, document_pdf
from ayil.kit.written import day, number, numeric_day


def note_pdf(note: ConsignmentNote, *, language: str, code: str, at: datetime) -> bytes:
    """In the language asked for; `code` is the address of the note's page."""
    with translation.override(language):
        return document_pdf([_paper(note, code)], at=at)


def _paper(note: ConsignmentNote, code: str) -> Document:
    rows = rows_of(note)
    parts: list[Facts | Grid | Words | Signs] = [Facts(_facts(note)), _grid(rows)]
    parts += [Words(f"{row.line.variant}: {row.reason}") for row in rows if row.reason]
    if hasattr(note, "withdrawal"):
        why = note.withdrawal.reason or _("no reason given")
        parts.append(Words(_("Withdrawn: %s") % why))
    words = _(
        "What is refused goes home with its owner. Labels are stuck on what is accepted, and only "
        "that is on the shop's books."
    )
    parts.append(Words(words, small=True))
    parts.append(Signs(_signs(note, rows)))
    return Document(
        title=_("Consignment note"),
        subtitle=f"№ {note.number}",
        house=note.agreement.shop.name,
        code=code,
        parts=parts,
        is_wide=True,
    )


def _facts(note: ConsignmentNote) -> list[tuple[str, str]]:
    consignor = note.agreement.consignor
    village = f", {consignor.village.name}" if consignor.village else ""
    rows = [
        (_("Owner of the goods"), f"{consignor.name}{village}"),
        (_("Shop"), note.agreement.shop.name),
        (_("Agreement"), note.agreement.number),
        (_("Declared"), f"{day(note.declared_on)}, {note.declared_by.name}"),
        (_("How it comes"), str(note.get_comes_display())),
    ]
    if note.expected_on:
        rows.append((_("Expected on"), day(note.expected_on)))
    return rows


def _grid(rows: list[Row]) -> Grid:
    head = [_("Goods"), _("Batch"), _("Best before"), _("Declared"), _("Accepted"), _("Refused"),
            _("Label")]  # fmt: skip
    cells = [
        [
            str(row.line.variant),
            row.batch,
            numeric_day(row.line.best_before) if not row.lot else numeric_day(row.lot.best_before),
            number(row.line.declared),
            number(row.count.accepted) if row.count else "",
            number(row.count.refused) if row.count else "",
            row.lot.label if row.lot else "",
        ]
        for row in rows
    ]
    counts = [row.count for row in rows if row.count]
    totals = [
        _("Together"), "", "",
        number(sum(row.line.declared for row in rows)),
        number(sum(count.accepted for count in counts)) if counts else "",
        number(sum(count.refused for count in counts)) if counts else "",
        "",
    ]  # fmt: skip
    return Grid(head, cells, numbers=[3, 4, 5], totals=[totals])


def _signs(note: ConsignmentNote, rows: list[Row]) -> list[tuple[str, str]]:
    counts = [row.count for row in rows if row.count]
    if not counts:
        return [(_("Received for the shop"), ""), (_("Handed over"), note.declared_by.name)]
    last = counts[-1]
    return [
        (_("Received for the shop"), last.for_shop.name),
        (_("Handed over"), last.for_consignor.name),
    ]
