"""Who counted: for the shop one of its people, for the owner who speaks for them; two people."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from ayil.kit.lists import Reader, same_words
from ayil.members.identities import groups
from ayil.members.models import Party, PartyKind, RoleGrant, Shop
from ayil.members.own import speakers_for
from ayil.members.rights import RIGHTS, Right
from ayil.products.lists.owners import Owners


class Signers:
    """Read once for each day on which a list was counted: a fixed number of queries a day."""

    def __init__(self, shop: Shop, by: Party, owners: Owners) -> None:
        self._shop, self._by, self._owners = shop, by, owners
        self._receiving: dict[date, Sequence[Party]] = {}
        self._speaking: dict[date, Mapping[int, list[Party]]] = {}
        self._records = {key: group for group in groups() for key in group}

    def for_shop(self, reader: Reader, on: date) -> Party | None:
        """Who is named, or who brings the list where nobody is; they may receive goods there."""
        name = reader.text("for_shop", 160)
        found = self._who_receive(on)
        named = [one for one in found if _is_called(one, name, self._by)]
        if len(named) == 1:
            return named[0]
        known = ", ".join(sorted(one.name for one in found)) or "–"
        words = (
            _("Several people of the shop are called so. Give the number of the record: %(known)s.")
            if named
            else _("Name who counted for the shop, one of: %(known)s.")
        )
        numbers = ", ".join(str(one.uid) for one in named)
        reader.fault("for_shop", words % {"known": numbers if named else known})
        return None

    def for_owner(self, reader: Reader, owner: Party, on: date) -> Party | None:
        """Who is named, or the owner; a community has to name a person who speaks for it."""
        name = reader.text("for_owner", 160)
        if not name and owner.kind == PartyKind.PERSON:
            return owner
        found = self._who_speak(on).get(owner.pk, [])
        named = [one for one in found if name and _is_called(one, name, owner)]
        if len(named) == 1:
            return named[0]
        known = ", ".join(one.name for one in found) or "–"
        words = _("Name who counted for %(owner)s, one of: %(known)s.")
        reader.fault("for_owner", words % {"owner": owner, "known": known})
        return None

    def refuse_one_person(self, reader: Reader, for_shop: Party, for_owner: Party) -> None:
        """Two records of one person are not two people."""
        own = self._records.get(for_shop.pk, frozenset({for_shop.pk}))
        if for_owner.pk in own:
            words = _("%(who)s cannot count for the shop and for the owner. Two people count.")
            reader.fault("for_shop", words % {"who": for_owner})

    def _who_receive(self, on: date) -> Sequence[Party]:
        if on not in self._receiving:
            roles = RoleGrant.objects.filter(
                role__in=RIGHTS[Right.RECEIVE_GOODS], since__lte=on
            ).exclude(end__on__lte=on)
            roles = roles.filter(shop=self._shop) | roles.filter(
                shop=None, donor=None, district=None
            )
            self._receiving[on] = list(Party.objects.filter(pk__in=roles.values("party")))
        return self._receiving[on]

    def _who_speak(self, on: date) -> Mapping[int, list[Party]]:
        if on not in self._speaking:
            self._speaking[on] = speakers_for(list(self._owners.by_key.values()), on)
        return self._speaking[on]


def _is_called(person: Party, name: str, otherwise: Party) -> bool:
    if not name:
        return person == otherwise
    return same_words(person.name, name) or str(person.uid) == name.lower()
