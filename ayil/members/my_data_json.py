"""A person's data as JSON, for another program to read."""

import json
from datetime import date
from typing import Any

from ayil.members.my_data_shapes import OwnData, Record


def as_json(data: OwnData) -> str:
    """The same as JSON: amounts in minor units, days and moments as ISO 8601."""
    told = {
        "format": "ayil/my-data/1",
        "made_at": data.made_at.isoformat(),
        "records": {group.model: [_told(one) for one in group.records] for group in data.groups},
        "acts": [
            {"of": act.model, "as": act.field, "count": act.count, "first": act.first,
             "last": act.last}
            for act in data.acts
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain)


def _told(record: Record) -> dict[str, Any]:
    told = {cell.name: cell.value for cell in record.cells}
    for group in record.groups:
        told[group.model] = [_told(one) for one in group.records]
    return told


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
