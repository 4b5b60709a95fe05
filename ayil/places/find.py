"""Villages by name."""

from datetime import date

from django.urls import reverse

from ayil.kit.names import reading_order
from ayil.kit.search import SHOWN, Asked, Found, Hit, found
from ayil.places.models import Place
from ayil.places.queries import villages


def find_villages(asked: Asked, _user: object, _day: date) -> Found:
    """For anybody. A village that shares its name is told apart by its district."""
    rows = villages().select_related("parent").order_by(reading_order(), "code")
    first, has_more = found(rows, asked.text, most=SHOWN)
    return Found([_hit(village) for village in first], has_more)


def _hit(village: Place) -> Hit:
    return Hit(
        title=village.name,
        note=village.parent.name if village.parent else "",
        address=reverse("catalogue:village", args=[village.code]),
        language=village.told.language,
    )
