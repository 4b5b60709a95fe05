"""Everything that points at a person, in one file: made from the graph of the models itself.

A row is theirs where a foreign key leads from it to their record or their user; with it comes
what hangs on it one step further (a statement's payouts, an appeal's answer). Others are never
named in it: a person in office is called by the office, anybody else "another person".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from ayil.kit.clock import now
from ayil.members.consents import LANGUAGE_NAMES
from ayil.members.identities import identities_of
from ayil.members.models import Party, PartyKind, Role, RoleGrant, User
from ayil.members.my_data_shapes import Acts, Cell, Group, OwnData, Record
from ayil.members.my_data_words import ACTED, LEFT_OUT, SECRET, TITLES

HISTORY = "members.historicalparty"
# What of another row may be told by its name: it holds nothing personal.
TOLD = frozenset(
    {
        "places.place", "members.shop", "products.product", "products.variant",
        "consignment.lot", "training.competency", "shop.sale",
    }
)  # fmt: skip

FORM = "products.variant"
# On these hangs something of the person's one step further still: answers, lines, write-offs.
DEEP = frozenset(
    {
        "consignment.ageingask",
        "consignment.consignmentnote",
        "consignment.movement",
        "members.appeal",
        "products.variant",
    }
)

Row = models.Model
Model = type[models.Model]


@dataclass
class _Reader:
    """Whose file it is, and how others are called in it."""

    parties: frozenset[int]
    users: frozenset[int]
    offices: Mapping[int, str] = field(default_factory=dict)

    def key_of(self, model: Model) -> frozenset[int]:
        return self.users if model is User else self.parties

    def whose(self, found: Party) -> str:
        if found.pk in self.parties:
            return _("you")
        if found.kind != PartyKind.PERSON:
            return found.name
        return self.offices.get(found.pk) or _("another person")


def own_data(party: Party) -> OwnData:
    """All that the database holds of the person, under all of their records."""
    parties = identities_of(party)
    users = frozenset(User.objects.filter(party__in=parties).values_list("pk", flat=True))
    offices = {
        holder: str(Role(role).label)
        for holder, role in RoleGrant.objects.order_by("-id").values_list("party_id", "role")
    }
    reader = _Reader(parties, users, offices)
    groups = [_group(model, rows, reader) for model, rows in _rows(reader)]
    return OwnData(party, now(), [one for one in groups if one.records], list(_acts(reader)))


def keys_to_people(model: Model) -> list[models.ForeignKey[Any, Any]]:
    """The fields of the model that point at a person or their user."""
    return [
        key
        for key in model._meta.concrete_fields
        if isinstance(key, models.ForeignKey) and key.related_model in (Party, User)
    ]


def subject_models() -> list[Model]:
    """Models whose rows are about the person that they point at, the person's own first."""
    found = [
        model
        for model in apps.get_models()
        if model._meta.label_lower not in LEFT_OUT
        and any(key.name not in ACTED for key in keys_to_people(model))
    ]
    order = list(TITLES)
    return sorted(found, key=lambda model: _place(order, model._meta.label_lower))


def _place(order: Sequence[str], label: str) -> int:
    return order.index(label) if label in order else len(order)


def hanging_on(model: Model) -> list[models.ForeignKey[Any, Any]]:
    """Keys of other models to this one whose rows are not about a person of their own."""
    known = set(subject_models())
    return [
        relation.field
        for relation in model._meta.related_objects
        if isinstance(relation.field, models.ForeignKey)
        and relation.related_model not in known
        and relation.related_model is not model
        and relation.related_model._meta.label_lower not in LEFT_OUT
    ]


def _rows(reader: _Reader) -> Iterator[tuple[Model, Sequence[Row]]]:
    yield Party, list(Party.objects.filter(pk__in=reader.parties).select_related("village"))
    history = Party.history.model
    yield history, list(history.objects.filter(id__in=reader.parties).order_by("history_id"))
    for model in subject_models():
        if model is history:
            continue
        wanted = Q()
        for key in keys_to_people(model):
            if key.name not in ACTED:
                wanted |= Q(**{f"{key.name}__in": reader.key_of(key.related_model)})
        found = model._default_manager.filter(wanted).order_by("pk")
        yield model, list(_with_told(found))


def _with_told(rows: QuerySet[Row]) -> QuerySet[Row]:
    """With the other ends that are told; with none, Django would follow every key there is."""
    keys = _told_keys(rows.model)
    return rows.select_related(*keys) if keys else rows


def _told_keys(model: Model) -> list[str]:
    """Foreign keys whose other end is told by a name; a form of goods bears its goods' name."""
    return [
        f"{key.name}__product" if key.related_model._meta.label_lower == FORM else key.name
        for key in model._meta.concrete_fields
        if isinstance(key, models.ForeignKey)
        and (key.related_model is Party or key.related_model._meta.label_lower in TOLD)
    ]


def _group(model: Model, rows: Sequence[Row], reader: _Reader) -> Group:
    hanging = {} if model in (Party, User) else _groups_on(model, rows, reader)
    records = [Record(_cells(row, reader), hanging.get(row.pk, ())) for row in rows]
    return Group(model._meta.label_lower, records)


def _groups_on(model: Model, rows: Sequence[Row], reader: _Reader) -> Mapping[Any, Sequence[Group]]:
    """What hangs on the rows, by the row's key: one query for each model that may."""
    found: dict[Any, list[Group]] = defaultdict(list)
    for key in hanging_on(model) if rows else ():
        children = key.model._default_manager.filter(
            **{f"{key.name}__in": [row.pk for row in rows]}
        )
        told = list(_with_told(children.order_by("pk")))
        deeper = _groups_on(key.model, told, reader) if _is_deep(key.model) else {}
        by_row: dict[Any, list[Record]] = defaultdict(list)
        for child in told:
            cells = [cell for cell in _cells(child, reader) if cell.name != key.name]
            by_row[getattr(child, key.attname)].append(Record(cells, deeper.get(child.pk, ())))
        for pk, records in by_row.items():
            found[pk].append(Group(key.model._meta.label_lower, records))
    return found


def _is_deep(model: Model) -> bool:
    return model._meta.label_lower in DEEP


def _cells(row: Row, reader: _Reader) -> list[Cell]:
    return [
        cell
        for column in row._meta.concrete_fields
        if column.name not in SECRET and (cell := _cell(row, column, reader)) is not None
    ]


def _cell(row: Row, column: models.Field[Any, Any], reader: _Reader) -> Cell | None:
    if isinstance(column, models.ForeignKey):
        return _pointing(row, column, reader)
    value = getattr(row, column.attname)
    if column.name == "language":
        return Cell(column.name, LANGUAGE_NAMES.get(value, value), "text")
    if column.name.endswith("_bp"):
        return Cell(column.name, value, "rate")
    if column.choices:
        return Cell(column.name, str(getattr(row, f"get_{column.name}_display")()), "text")
    if isinstance(value, bytes | memoryview):
        return Cell(column.name, bytes(value).hex(), "text")
    if column.name.endswith("_minor"):
        return Cell(column.name, value, "money", getattr(row, "currency", "") or "KGS")
    if isinstance(value, bool):
        return Cell(column.name, value, "yes")
    if isinstance(value, datetime):
        return Cell(column.name, value, "moment")
    return Cell(column.name, value, "day" if isinstance(value, date) else "text")


def _pointing(row: Row, key: models.ForeignKey[Any, Any], reader: _Reader) -> Cell | None:
    """Another person by their office, a place or thing by its name, the rest by its number."""
    pk = getattr(row, key.attname)
    if pk is None or key.related_model is User:
        return None
    if key.related_model is Party:
        other = getattr(row, key.name)
        kind = "own" if other.pk in reader.parties else "text"
        return Cell(key.name, reader.whose(other), kind)
    if key.related_model._meta.label_lower in TOLD:
        return Cell(key.name, str(getattr(row, key.name)), "text")
    return Cell(f"{key.name}_number", pk, "text")


def _acts(reader: _Reader) -> Iterator[Acts]:
    for model in apps.get_models():
        for key in keys_to_people(model):
            if key.name not in ACTED:
                continue
            mine = model._default_manager.filter(
                **{f"{key.name}__in": reader.key_of(key.related_model)}
            )
            when = _moment_of(model)
            span = {"earliest": Min(when), "latest": Max(when)} if when else {}
            told = mine.aggregate(many=Count("pk"), **span)
            if told["many"]:
                yield Acts(
                    model._meta.label_lower,
                    key.name,
                    told["many"],
                    told.get("earliest"),
                    told.get("latest"),
                )


def _moment_of(model: Model) -> str:
    """The first day or moment of a row, by which what was done is told."""
    dated = (key for key in model._meta.concrete_fields if isinstance(key, models.DateField))
    return next((key.name for key in dated), "")
