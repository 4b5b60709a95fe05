"""People and communities, by name, by the number or code of a card, and by phone."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.kit.search import SHOWN, Asked, Found, Hit, asked_words, found, matching
from ayil.members.doors import fingerprint
from ayil.members.doors_rules import in_groups, phone_spellings, read_card_number
from ayil.members.identities import standing_merges
from ayil.members.models import Card, Party, PartyKind
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, has_right
from ayil.places.models import Place

LEAST_DIGITS = 9  # of a telephone number: shorter ones are numbers of papers


def find_people(asked: Asked, user: AnyUser, day: date) -> Found:
    """For whoever may see names; by phone for whoever may see phones."""
    if not has_right(user, Right.SEE_PEOPLE, day=day):
        return Found()
    exact = _by_card(asked)
    if not exact and len(asked.digits) >= LEAST_DIGITS:
        exact = _by_phone(asked, user, day)
    if exact:
        return Found(exact)
    parties, has_more = _by_name(asked.text)
    return Found([hit_of(party) for party in _kept(parties)], has_more)


def _by_card(asked: Asked) -> list[Hit]:
    """A card's number as it is read out, or the address in its QR code; ended ones too."""
    cards = Card.objects.select_related("party__village", "end")
    code = asked.path.removeprefix("/card/").strip("/") if "/card/" in asked.path else ""
    if code:
        cards = cards.filter(code_hash=fingerprint(code))
    elif number := read_card_number(asked.digits):
        cards = cards.filter(number=number)
    else:
        return []
    return [
        hit_of(
            card.party,
            _("card %(number)s, ended") if hasattr(card, "end") else _("card %(number)s"),
            in_groups(card.number),
        )
        for card in cards
    ]


def _by_phone(asked: Asked, user: AnyUser, day: date) -> list[Hit]:
    if not has_right(user, Right.SEE_PERSONAL_DATA, day=day):
        return []
    parties = _all().filter(phone__in=phone_spellings(asked.text))
    return [hit_of(party, _("phone %(number)s"), party.phone) for party in parties[:SHOWN]]


def _all() -> QuerySet[Party]:
    return Party.objects.select_related("village").order_by("sort_key", "id")


def _by_name(text: str) -> tuple[list[Party], bool]:
    """All words in the name; where nobody has them all, one word may be the village's."""
    parties, has_more = found(_all(), text, most=SHOWN)
    words = text.split()
    if parties or len(asked_words(text)) < 2:
        return parties, has_more
    for place in range(len(words) - 1, -1, -1):
        rest = " ".join(words[:place] + words[place + 1 :])
        villages = Place.objects.filter(pk__in=matching(Place, words[place]))
        there = list(villages.values_list("pk", flat=True)[:SHOWN])
        if there:
            parties, has_more = found(_all().filter(village__in=there), rest, most=SHOWN)
        if parties:
            break
    return parties, has_more


def _kept(parties: Sequence[Party]) -> Iterable[Party]:
    """Each person once: where a record is a double, the one that is kept stands for it."""
    kept_of = {
        merge.double_id: merge.kept
        for merge in standing_merges()
        .filter(double__in=[party.pk for party in parties])
        .select_related("kept__village")
    }
    shown = {}
    for party in parties:
        kept = kept_of.get(party.pk, party)
        shown[kept.pk] = kept
    return sorted(shown.values(), key=lambda party: (party.sort_key, party.pk))


def hit_of(party: Party, words: str = "", number: str = "") -> Hit:
    """`words` say by which exact `number` it was found, if by one."""
    village = party.village.name if party.village else ""
    kind = "" if party.kind == PartyKind.PERSON else PartyKind(party.kind).label
    said = words % {"number": number} if words else ""
    page = "community" if party.kind == PartyKind.COMMUNITY else "person"
    return Hit(
        title=party.name,
        note=" · ".join(part for part in (str(kind), village, said) if part),
        address=reverse(page, args=[party.uid]),
        is_exact=bool(words),
    )
