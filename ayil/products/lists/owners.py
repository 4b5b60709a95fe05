"""Whose goods a row of a list speaks of: by the number of the record or card, or name and village.

A village's name may be two villages', and a name two people's: then the row is refused with what
tells them apart. Who is not known is proposed under the likeliest name.
"""

from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.lists import Reader, key_of, same_words, written
from ayil.kit.lists.columns import Names
from ayil.members.models import Card, Party
from ayil.places.spellings import Villages

# Looking for the likeliest name among all costs a while: a list with more strangers than that is
# the wrong list.
_MOST_PROPOSED = 100
OWNER_COLUMNS: Mapping[str, Names] = {
    "owner": {
        "ky": ("ээси", "өндүрүүчү", "уста"),
        "ru": ("владелец", "хозяин", "производитель", "мастер"),
        "en": ("owner", "maker", "producer"),
    },
    "village": {
        "ky": ("айылы", "айыл"),
        "ru": ("село", "деревня", "айыл"),
        "en": ("village",),
    },
    "owner_number": {
        "ky": ("ээсинин номери",),
        "ru": ("номер владельца",),
        "en": ("owner's number", "owner number"),
    },
}
OWNER_ABOUT: Mapping[str, str] = {
    "owner": gettext_noop("The person or community that the goods belong to, as in the records."),
    "village": gettext_noop("Its name, or its code where two villages bear the name."),
    "owner_number": gettext_noop(
        "The number of their card, or of the record in lists that came from here; may be empty."
    ),
}


class Owners:
    """Those whom a list may speak of, read once for the whole list: 3 or 4 queries."""

    def __init__(self, owners: QuerySet[Party]) -> None:
        self._owners = owners
        self.villages = Villages()
        self._proposed = 0

    @cached_property
    def by_key(self) -> Mapping[int, Party]:
        rows = self._owners.only("pk", "uid", "kind", "name", "village_id").order_by("pk")
        return {party.pk: party for party in rows.iterator(chunk_size=5000)}

    @cached_property
    def _by_name(self) -> Mapping[str, list[Party]]:
        found: dict[str, list[Party]] = defaultdict(list)
        for party in self.by_key.values():
            found[written(party.name).casefold()].append(party)
        return found

    @cached_property
    def _by_folded_name(self) -> Mapping[str, list[Party]]:
        found: dict[str, list[Party]] = defaultdict(list)
        for party in self.by_key.values():
            found[key_of(party.name)].append(party)
        return found

    @cached_property
    def _by_number(self) -> Mapping[str, Party]:
        """By the number of the record, and of every card that nobody has ended."""
        found = {str(party.uid): party for party in self.by_key.values()}
        cards = Card.objects.filter(end__isnull=True).values_list("number", "party_id")
        return found | {number: self.by_key[key] for number, key in cards if key in self.by_key}

    def of(self, reader: Reader) -> Party | None:
        """Whose the row is; None with a fault where that cannot be told."""
        name, number = reader.text("owner", 160), reader.text("owner_number", 40)
        try:
            return self._numbered(number, name) if number else self._named(reader, name)
        except AyilError as error:
            reader.fault("owner_number" if number else "owner", str(error))
            return None

    def _numbered(self, number: str, name: str) -> Party:
        party = self._by_number.get(number.lower()) or self._by_number.get(number.upper())
        if party is None:
            raise AyilError(
                _("«%(number)s» is no number of an owner here. Leave it empty and give the name.")
                % {"number": number}
            )
        if name and not same_words(party.name, name):
            raise AyilError(
                _("This is the number of %(name)s. Mend the name or the number.")
                % {"name": party.name}
            )
        return party

    def _named(self, reader: Reader, name: str) -> Party | None:
        if not name:
            raise AyilError(_("Whose is it? Give the owner's name."))
        cell = reader.text("village", 80)
        try:
            among = self.villages.called(cell) if cell else None
        except AyilError as error:
            reader.fault("village", str(error))
            return None
        found = self._by_name.get(name.casefold(), [])
        here = [one for one in found if among is None or one.village_id in among]
        if len(here) == 1:
            return here[0]
        if here:
            raise self._several(name, here)
        raise self._nobody(name, found)

    def _several(self, name: str, found: list[Party]) -> AyilError:
        told = ", ".join(sorted({self.villages.written(one.village_id) or "–" for one in found}))
        return AyilError(
            _(
                "%(count)s owners are called «%(name)s» (%(villages)s). Give the village, its "
                "code, or the owner's number."
            )
            % {"count": len(found), "name": name, "villages": told}
        )

    def _nobody(self, name: str, elsewhere: list[Party]) -> AyilError:
        likely = elsewhere or self._likely(name)
        if not likely:
            return AyilError(
                _("Nobody here is called «%(name)s». Mend the name, or enter them first.")
                % {"name": name}
            )
        told = [self._with_village(one) for one in likely[:3]]
        return AyilError(
            _("Nobody here is called «%(name)s» in this village. Is it %(likely)s?")
            % {"name": name, "likely": ", ".join(told)}
        )

    def _with_village(self, party: Party) -> str:
        village = self.villages.written(party.village_id)
        return f"«{party.name}» ({village})" if village else f"«{party.name}»"

    def _likely(self, name: str) -> list[Party]:
        """The owners whose names are this one in another spelling, or one slip apart."""
        same = self._by_folded_name.get(key_of(name), [])
        self._proposed += 1
        if same or self._proposed > _MOST_PROPOSED:
            return same
        near = get_close_matches(key_of(name), self._by_folded_name, n=2, cutoff=0.8)
        return [party for key in near for party in self._by_folded_name[key]]

    def cells(self, owner: Party) -> dict[str, str]:
        """The columns that name this owner when a list is given out."""
        return {
            "owner": owner.name,
            "village": self.villages.written(owner.village_id),
            "owner_number": str(owner.uid),
        }
