"""Reads over places."""

from datetime import date

from django.db.models import QuerySet

from ayil.places.models import Place, PlaceKind, PlaceVersion


def villages() -> QuerySet[Place]:
    return Place.objects.filter(kind=PlaceKind.VILLAGE)


def version_on(place: Place, day: date) -> PlaceVersion | None:
    """What the place was called on that day."""
    return place.versions.filter(valid_from__lte=day).last()
