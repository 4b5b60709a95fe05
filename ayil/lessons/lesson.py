"""What a lesson is: a frozen record that can be kept as JSON and told in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ayil.lessons.items import Goods, VariantId


class LessonKind(StrEnum):
    SOLD = "sold"
    STOCK_OUT = "stock_out"
    NEXT_DELIVERY = "next_delivery"
    SLOW_STOCK = "slow_stock"


class Silence(StrEnum):
    """Why a lesson says less than it might, or nothing."""

    TOO_FEW_SALES = "too_few_sales"  # counts are told, nothing else
    NO_OPEN_DAYS = "no_open_days"
    STOCK_UNKNOWN = "stock_unknown"
    NEVER_ON_SHELF = "never_on_shelf"
    NOTHING_ON_SHELF = "nothing_on_shelf"
    NEVER_EMPTY = "never_empty"
    STILL_FRESH = "still_fresh"
    SELLS_THROUGH = "sells_through"


class Action(StrEnum):
    BRING = "bring"  # amounts: units, or units_low and units_high
    BRING_A_FEW = "bring_a_few"
    WAIT = "wait"
    KEEP_ON_SHELF = "keep_on_shelf"
    ASK_VISITORS = "ask_visitors"
    CHANGE_ONE_THING = "change_one_thing"


@dataclass(frozen=True)
class Range:
    """In 8 cases of 10, between `low` and `high` units."""

    low: int
    high: int


def _frozen(figures: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(figures))


@dataclass(frozen=True)
class Lesson:
    """One fact, one suggestion, one action.

    `figures` are whole numbers by name: `sold` units, `days` (open; where stock is not known, from
    the first sale on), `shelf_days`, `empty_days`, `on_shelf` units, `age_days`, the `weeks` that
    `range` and `typical` are about. What is not known is not there. `stake_minor` (price times
    the units it is about) only ranks lessons.
    """

    kind: LessonKind
    variant_id: VariantId
    goods: Goods
    figures: Mapping[str, int]
    range: Range | None
    silence: Silence | None
    action: Action | None
    amounts: Mapping[str, int] = field(default_factory=dict)
    stake_minor: int = 0
    currency: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", _frozen(self.figures))
        object.__setattr__(self, "amounts", _frozen(self.amounts))

    @property
    def is_told(self) -> bool:
        return self.silence in (None, Silence.TOO_FEW_SALES)

    def as_json(self) -> dict[str, Any]:
        """Whole numbers and words only, so that the record can be hashed."""
        return {
            "kind": self.kind.value,
            "variant": self.variant_id,
            "goods": self.goods.value,
            "figures": dict(self.figures),
            "range": [self.range.low, self.range.high] if self.range else None,
            "silence": self.silence.value if self.silence else None,
            "action": self.action.value if self.action else None,
            "amounts": dict(self.amounts),
            "stake_minor": self.stake_minor,
            "currency": self.currency,
        }


def lesson_from_json(record: Mapping[str, Any]) -> Lesson:
    """The lesson that `Lesson.as_json` wrote; KeyError or ValueError if it is not one."""
    return Lesson(
        kind=LessonKind(record["kind"]),
        variant_id=record["variant"],
        goods=Goods(record["goods"]),
        figures=record["figures"],
        range=Range(*record["range"]) if record["range"] else None,
        silence=Silence(record["silence"]) if record["silence"] else None,
        action=Action(record["action"]) if record["action"] else None,
        amounts=record["amounts"],
        stake_minor=record["stake_minor"],
        currency=record["currency"],
    )
