"""Why a person cannot be erased yet, as far as offices, communities and mandates go, and what of
their doors and photos is deleted when they are."""

import secrets
from collections.abc import Iterator
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ayil.members.models import (
    Affiliation,
    Card,
    CardEnd,
    Chat,
    ChatEnd,
    ChatInvitation,
    ChosenWay,
    Message,
    MessageAttempt,
    MessageEnd,
    OutgoingMessage,
    Party,
    Pin,
    SignInLink,
    SignInLinkUse,
    User,
)
from ayil.members.models.doors import CardTry
from ayil.members.models.messages import MessageOutcome
from ayil.members.photos import erase_photos
from ayil.members.queries import affiliations_on, party_roles, standing_mandates
from ayil.members.sessions import end_sessions

Part = Affiliation.Part
FEWEST_CONTACTS = 2


def holds_an_office(party: Party, day: date) -> Iterator[str]:
    for grant in party_roles(party.pk, day):
        yield _("They are %(role)s: end this first.") % {"role": grant.get_role_display()}


def speaks_for_a_community(party: Party, day: date) -> Iterator[str]:
    """A community keeps a leader and two contacts (the database refuses anything less)."""
    spoken = affiliations_on(party, day).filter(part__in=(Part.LEADER, Part.CONTACT))
    for affiliation in spoken.select_related("community"):
        others = Affiliation.objects.filter(
            community=affiliation.community_id, end__isnull=True
        ).exclude(person=party)
        words = {"community": affiliation.community}
        if affiliation.part == Part.LEADER and not others.filter(part=Part.LEADER).exists():
            yield _("They are the last leader of %(community)s: name another one first.") % words
        contacts = others.filter(part__in=(Part.LEADER, Part.CONTACT))
        if contacts.values("person").distinct().count() < FEWEST_CONTACTS:
            yield _("%(community)s needs two contacts: name another one first.") % words


def collects_for_others(party: Party, day: date) -> Iterator[str]:
    held = standing_mandates(day).filter(holder=party)
    for mandate in held.select_related("giver"):
        yield _("They collect the money of %(giver)s: end the mandate first.") % {
            "giver": mandate.giver
        }


def delete_photos(party: Party) -> None:
    erase_photos(party=party)


def shut_doors(party: Party) -> None:
    """Whatever signed the person in, and what was kept of it."""
    end_sessions(party)
    numbers = list(Card.objects.filter(party=party).values_list("number", flat=True))
    CardTry.objects.filter(number__in=numbers).delete()
    CardEnd.objects.filter(card__party=party).delete()
    Card.objects.filter(party=party).delete()
    Pin.objects.filter(party=party).delete()
    SignInLinkUse.objects.filter(link__party=party).delete()
    SignInLink.objects.filter(party=party).delete()
    user = User.objects.filter(party=party).first()
    if user is not None:
        _rename_user(user)


def delete_messages(party: Party) -> None:
    """What they were told, the chats that were theirs, and how they wanted to be told."""
    MessageOutcome.objects.filter(message__party=party).delete()
    OutgoingMessage.objects.filter(party=party).delete()
    for model in (MessageAttempt, MessageEnd):
        model.objects.filter(message__in=_told(party)).delete()
    _told(party).delete()
    ChatEnd.objects.filter(chat__party=party).delete()
    Chat.objects.filter(party=party).delete()
    ChatInvitation.objects.filter(party=party).delete()
    ChosenWay.objects.filter(party=party).delete()


def _told(party: Party) -> QuerySet[Message]:
    return Message.objects.filter(Q(party=party) | Q(about=party))


def _rename_user(user: User) -> None:
    """The row stays, since history says which user changed what; nobody can sign in with it."""
    for attempts in (AccessAttempt, AccessFailureLog, AccessLog):
        attempts.objects.filter(username=user.username).delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.username = f"erased-{secrets.token_hex(8)}"
    user.email = user.first_name = user.last_name = ""
    user.last_login, user.is_active = None, False
    user.set_unusable_password()
    user.save()


OBSTACLES = [holds_an_office, speaks_for_a_community, collects_for_others]
STEPS = [shut_doors, delete_messages, delete_photos]
