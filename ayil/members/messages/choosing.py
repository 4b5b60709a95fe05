"""How a person wants to be told: the way, the language, how often, and when to leave them alone."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.consents import MAY_RECORD
from ayil.members.identities import identities_of
from ayil.members.language import LANGUAGE_CODES
from ayil.members.messages.carriers import ways_out
from ayil.members.models import Chat, ChosenWay, Party, Rhythm, User, Way
from ayil.members.models.messages import QUIET_FROM, QUIET_UNTIL
from ayil.members.queries import party_roles
from ayil.members.rights import held


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says; the night is at least from nine in the evening until eight."""

    way: Way
    rhythm: Rhythm
    language: str
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    says_nothing_sold: bool = False


def chosen_way(party: Party) -> ChosenWay | None:
    """What the person chose last, on whichever of their records."""
    return ChosenWay.objects.filter(party__in=identities_of(party)).order_by("-id").first()


def choose_way(
    *, party: Party, choice: Choice, by: Party, at: datetime, paper: str = ""
) -> ChosenWay:
    """Holds from the next message on. The staff types it from a paper, whose number is kept.

    Raises AyilError where the way does not lead to the person, or where `by` may not say it.
    """
    if by.pk not in identities_of(party):
        _refuse_hearsay(party, by=by, at=at, paper=paper)
    if choice.language not in LANGUAGE_CODES:
        raise AyilError(
            _("«%(language)s» is no language of ours. Choose one of the three.")
            % {"language": choice.language}
        )
    if choice.quiet_from > QUIET_FROM or not QUIET_UNTIL <= choice.quiet_until < choice.quiet_from:
        raise AyilError(
            _("The night lasts from %(begin)s until %(end)s at least: it can only be made longer.")
            % {"begin": f"{QUIET_FROM:%H:%M}", "end": f"{QUIET_UNTIL:%H:%M}"}
        )
    if choice.rhythm != Rhythm.NONE:
        _refuse_no_way(party, choice.way)
    return ChosenWay.objects.create(
        party=party,
        way=choice.way,
        rhythm=choice.rhythm,
        language=choice.language,
        quiet_from=choice.quiet_from,
        quiet_until=choice.quiet_until,
        says_nothing_sold=choice.says_nothing_sold,
        paper=paper.strip(),
        by=by,
        at=at,
    )


def _refuse_hearsay(party: Party, *, by: Party, at: datetime, paper: str) -> None:
    roles = party_roles(by.pk, local_date(at))
    if not any(held(roles, right).exists() for right in MAY_RECORD):
        raise AyilError(
            _("%(by)s may not say how %(party)s is told. Ask them, or the staff.")
            % {"by": by, "party": party}
        )
    if not paper.strip():
        raise AyilError(
            _("Give the number of the paper on which %(party)s said it.") % {"party": party}
        )


def _refuse_no_way(party: Party, way: Way) -> None:
    if way != Way.SLIP and way.value not in ways_out():
        raise AyilError(
            _("This house sends nothing by %(way)s. Choose another way.") % {"way": way.label}
        )
    if way == Way.SMS and not party.phone:
        raise AyilError(_("There is no telephone number of %(party)s yet. Add it first.")
                        % {"party": party})  # fmt: skip
    if way == Way.MAIL and not address_of(party, way):
        raise AyilError(_("There is no e-mail address of %(party)s yet. Add it first.")
                        % {"party": party})  # fmt: skip


def ways_open() -> list[tuple[str, str]]:
    """The ways that may be chosen here, with their words."""
    sent = ways_out()
    return [(way.value, str(way.label)) for way in Way if way == Way.SLIP or way.value in sent]


def address_of(party: Party, way: str) -> str:
    """Where a message by this way goes now; empty where it leads nowhere.

    A slip has no address: it goes to the person's village.
    """
    if way == Way.SMS:
        return party.phone
    if way == Way.MAIL:
        user = User.objects.filter(party=party, is_active=True).first()
        return user.email if user else ""
    if way == Way.TELEGRAM:
        chat = Chat.objects.filter(party__in=identities_of(party), end__isnull=True).first()
        return str(chat.number) if chat else ""
    return ""
