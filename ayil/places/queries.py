"""Reads over places."""

from datetime import date

from django.db.models import QuerySet

from ayil.kit.names import reading_order
from ayil.places.models import Place, PlaceKind, PlaceVersion


def villages() -> QuerySet[Place]:
    """In the order of the reader's alphabet."""
    return Place.objects.filter(kind=PlaceKind.VILLAGE).order_by(reading_order(), "code")


def version_on(place: Place, day: date) -> PlaceVersion | None:
    """What the place was called on that day."""
    return place.versions.filter(valid_from__lte=day).last()
