"""Cards on paper. A card's code exists at the moment of its issue alone, so to issue a card and
to print it are one step; a sheet that was spoilt is thrown away and the cards are issued anew.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.kit.paper import qr_svg, set_paper
from ayil.members.doors import issue_card
from ayil.members.doors_rules import in_groups
from ayil.members.identities import kept_parties
from ayil.members.models import Card, Party, PartyKind
from ayil.places.models import Place

CARDS_A_SHEET = 10
TEMPLATE = Path(__file__).parent / "papers" / "cards.typ"

AddressOf = Callable[[str], str]


def print_cards(
    *, parties: Sequence[Party], by: Party, at: datetime, address_of: AddressOf
) -> bytes:
    """Issues a card to each and sets one A4 sheet of them as PDF; all of them, or none.

    `address_of` makes the whole address that a camera opens out of a card's code.
    """
    if not parties:
        raise AyilError(_("No card was asked for. Choose who is to get one."))
    if len(parties) > CARDS_A_SHEET:
        raise AyilError(
            _("A sheet holds %(most)s cards. Choose fewer people at a time.")
            % {"most": CARDS_A_SHEET}
        )
    with transaction.atomic():
        cards = []
        for party in parties:
            card, code = issue_card(party=party, by=by, at=at)
            cards.append(words_on(card, address_of(code)))
        return set_paper(TEMPLATE, {"title": _("Cards"), "cards": cards}, at=at)


def words_on(card: Card, address: str) -> dict[str, str]:
    """What stands on a card, in its owner's language."""
    party = card.party
    with translation.override(party.language):
        return {
            "language": party.language,
            "house": _("One village, one product"),
            "name": party.name,
            "village": party.village.name if party.village else "",
            "number-word": "№",
            "number": in_groups(card.number),
            "lost": _("Found or lost? Tell the shop: the card is ended in one tap."),
            "qr": qr_svg(address),
        }


def without_card(village: Place) -> QuerySet[Party]:
    """People of a village who hold no card that stands, each once, in alphabetical order."""
    standing = Card.objects.filter(party=OuterRef("pk"), end__isnull=True)
    people = kept_parties().filter(kind=PartyKind.PERSON, village=village)
    return people.exclude(Exists(standing)).select_related("village")
