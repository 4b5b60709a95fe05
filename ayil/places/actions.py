"""Places are entered once and revised by date."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.places.models import EVER, Place, PlaceKind, PlaceVersion

_ABOVE = {
    PlaceKind.REGION: None,
    PlaceKind.DISTRICT: PlaceKind.REGION,
    PlaceKind.AIMAK: PlaceKind.DISTRICT,
    PlaceKind.VILLAGE: PlaceKind.AIMAK,
}


def enter_place(
    *,
    code: str,
    kind: PlaceKind,
    parent: Place | None,
    names: tuple[str, str, str],
    source: str,
    valid_from: date = EVER,
    latitude_e6: int | None = None,
    longitude_e6: int | None = None,
) -> Place:
    """`names` are English, Russian and Kyrgyz. A village may stand right below its district."""
    above = _ABOVE[kind]
    fits = (parent.kind if parent else None) == above or (
        kind == PlaceKind.VILLAGE and parent is not None and parent.kind == PlaceKind.DISTRICT
    )
    if not fits:
        kind_, above_ = PlaceKind(kind).label, PlaceKind(above).label if above else _("country")
        raise AyilError(
            _("A %(kind)s belongs to a %(above)s, not to %(parent)s.")
            % {"kind": kind_, "above": above_, "parent": parent}
        )
    with transaction.atomic():
        place = Place.objects.create(
            code=code,
            kind=kind,
            parent=parent,
            name_en=names[0],
            name_ru=names[1],
            name_ky=names[2],
            latitude_e6=latitude_e6,
            longitude_e6=longitude_e6,
        )
        _write_version(place, valid_from=valid_from, source=source)
    return place


def revise_place(
    *,
    place: Place,
    parent: Place | None,
    names: tuple[str, str, str],
    valid_from: date,
    source: str,
) -> Place:
    """A new name or a new parent from a day on; what was true before stays on record."""
    with transaction.atomic():
        place = Place.objects.select_for_update().get(pk=place.pk)
        last = place.versions.last()
        if last is not None and valid_from <= last.valid_from:
            raise AyilError(
                _(
                    "%(code)s was last revised from %(last)s; a revision from "
                    "%(valid_from)s would reach back. Give a later day."
                )
                % {"code": place.code, "last": last.valid_from, "valid_from": valid_from}
            )
        place.parent = parent
        place.name_en, place.name_ru, place.name_ky = names
        place.save()
        _write_version(place, valid_from=valid_from, source=source)
    return place


def _write_version(place: Place, *, valid_from: date, source: str) -> None:
    PlaceVersion.objects.create(
        place=place,
        parent=place.parent,
        name_en=place.name_en,
        name_ru=place.name_ru,
        name_ky=place.name_ky,
        valid_from=valid_from,
        source=source,
    )
