"""Villages as lists spell them: by code, by a name now or before, in any script."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.kit.spelling import folded_words
from ayil.places.models import Place, PlaceKind, PlaceVersion

_NAMES = ("name_en", "name_ru", "name_ky")


class Villages:
    """All villages, read once for a whole list: 2 queries."""

    @cached_property
    def _places(self) -> dict[int, Place]:
        return {place.pk: place for place in Place.objects.filter(kind=PlaceKind.VILLAGE)}

    @cached_property
    def _by_spelling(self) -> dict[str, dict[str, int]]:
        """Keys of villages by code, under each folded spelling of a code or name."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for place in self._places.values():
            # A code is one village's own, whatever others are called.
            found[_key(place.code)] = {place.code: place.pk}
        codes = frozenset(found)
        now = [(one.code, one.pk, *one.names.values()) for one in self._places.values()]
        before = PlaceVersion.objects.filter(place__kind=PlaceKind.VILLAGE)
        for code, pk, *spellings in (*now, *before.values_list("place__code", "place_id", *_NAMES)):
            for key in {_key(spelling) for spelling in spellings if spelling} - codes:
                found[key][code] = pk
        return found

    def find(self, cell: str) -> int | None:
        """The village's key, None for nothing; AyilError where it is none or several."""
        if not cell:
            return None
        found = self.called(cell)
        if len(found) == 1:
            return next(iter(found))
        codes = ", ".join(sorted(self._places[key].code for key in found))
        raise AyilError(
            _("There are several villages called «%(name)s». Write the code of one: %(codes)s.")
            % {"name": cell[:40], "codes": codes}
        )

    def called(self, cell: str) -> frozenset[int]:
        """The keys of all villages that the cell may mean; AyilError where it is none."""
        found = frozenset(self._by_spelling.get(_key(cell), {}).values())
        if not found:
            raise AyilError(
                _(
                    "There is no village «%(name)s» in the programme. Mend the name, or leave it "
                    "empty."
                )
                % {"name": cell[:40]}
            )
        return found

    def written(self, key: int | None) -> str:
        """What `find` reads as this village: its name, or its code where another bears the name."""
        if key is None or key not in self._places:
            return ""
        place = self._places[key]
        spelt = self._by_spelling.get(_key(place.name), {})
        return place.name if list(spelt.values()) == [key] else place.code


def _key(text: str) -> str:
    return "".join(folded_words(text))
