"""Consent, purpose by purpose: given in a language, with a witness or a paper, taken back at will.

Who may show a name in public asks `public_names` at every page: nothing is remembered between
two of them, so a consent that was withdrawn is gone from the next one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.identities import identities_of
from ayil.members.models import Affiliation, ConsentEvent, Party, PartyKind, Purpose
from ayil.members.queries import affiliations_on, party_roles, public_parties
from ayil.members.rights import Right, held

# What a "yes" means, in the words in which it is asked.
IN_PLAIN_WORDS: Mapping[Purpose, object] = {
    Purpose.MEMBERSHIP: gettext_lazy(
        "The association keeps your name, your village and your phone, to count you as a member, "
        "to sell your goods and to pay you."
    ),
    Purpose.PUBLIC_PAGE: gettext_lazy(
        "Anybody may see your name, your photo and your goods on the pages of the shop."
    ),
    Purpose.MESSAGES: gettext_lazy(
        "The association may send you messages: what was sold, what is paid out, when the next "
        "training is."
    ),
    Purpose.RESEARCH: gettext_lazy(
        "Your sales may be counted, without your name, when others study how villages earn."
    ),
}

# Each language says its own name, whatever the page is in.
LANGUAGE_NAMES: Mapping[str, str] = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}
MAY_RECORD = (Right.TAKE_APPLICATION, Right.CHANGE_PEOPLE)


@dataclass(frozen=True)
class Standing:
    """One purpose, and the last thing a person said about it (None: was never asked)."""

    purpose: Purpose
    words: str
    last: ConsentEvent | None

    @property
    def label(self) -> str:
        return str(self.purpose.label)

    @property
    def said_in(self) -> str:
        """The language in which it was asked, by its own name."""
        return LANGUAGE_NAMES.get(self.last.language, "") if self.last else ""

    @property
    def is_given(self) -> bool:
        return self.last is not None and self.last.given


def record_consent(
    *,
    party: Party,
    purpose: Purpose,
    given: bool,
    by: Party,
    at: datetime,
    language: str = "",
    witness: Party | None = None,
    paper: str = "",
) -> ConsentEvent:
    """What a person said; the last event for a purpose holds.

    A person speaks for themselves and a leader for their community. Staff records what others
    said: a yes needs the number of the signed paper, or a witness who heard it; a no needs
    neither, since nobody has to prove that they want out.
    """
    if not speaks_for(by, party, at):
        _refuse_hearsay(party, given=given, by=by, at=at, witness=witness, paper=paper)
    if witness is not None and witness.pk == party.pk:
        raise AyilError(
            _("%(party)s cannot be their own witness. Name somebody else who heard it.")
            % {"party": party}
        )
    return ConsentEvent.objects.create(
        party=party,
        purpose=purpose,
        given=given,
        language=language or party.language,
        witness=witness,
        paper=paper.strip(),
        by=by,
        recorded_at=at,
    )


def _refuse_hearsay(
    party: Party, *, given: bool, by: Party, at: datetime, witness: Party | None, paper: str
) -> None:
    roles = party_roles(by.pk, local_date(at))
    if not any(held(roles, right).exists() for right in MAY_RECORD):
        raise AyilError(
            _("%(by)s may not say for %(party)s what they agree to. Ask them, or the staff.")
            % {"by": by, "party": party}
        )
    heard = witness is not None and witness.pk != by.pk
    if given and not heard and not paper.strip():
        raise AyilError(
            _(
                "A consent of %(party)s needs the number of the paper they signed, or a witness "
                "other than you who heard it."
            )
            % {"party": party}
        )


def speaks_for(by: Party, party: Party, at: datetime) -> bool:
    """Whether this is the person themselves, or a leader of the community on that day."""
    if by.pk in identities_of(party):
        return True
    if party.kind != PartyKind.COMMUNITY:
        return False
    led = affiliations_on(by, local_date(at)).filter(part=Affiliation.Part.LEADER)
    return led.filter(community=party).exists()


def standing_consents(party: Party) -> Sequence[Standing]:
    """Every purpose with what holds for it, over all records that are this person."""
    events = ConsentEvent.objects.filter(party__in=identities_of(party)).order_by("id")
    last = {event.purpose: event for event in events.select_related("witness", "by")}
    return [
        Standing(purpose, str(IN_PLAIN_WORDS[purpose]), last.get(purpose)) for purpose in Purpose
    ]


def named_in_public() -> QuerySet[Party]:
    """Whose name, photo and goods may stand on public pages now.

    A person and a community once they have said yes, until they say no; an enterprise trades and
    announces under its name, unless it has said no.
    """
    asked = ConsentEvent.objects.filter(party=OuterRef("pk"), purpose=Purpose.PUBLIC_PAGE)
    trades = Q(kind=PartyKind.ENTERPRISE) & ~Exists(asked)
    return Party.objects.filter(trades | Q(pk__in=public_parties().values("pk")))


def public_names(party_ids: Iterable[int]) -> dict[int, str]:
    """The names that may stand on public pages, by key."""
    return dict(named_in_public().filter(pk__in=party_ids).values_list("pk", "name"))


def withdrawn_from_public(party_ids: Iterable[int]) -> frozenset[int]:
    """Those who were asked and do not want to be named in public (any longer)."""
    said = ConsentEvent.objects.filter(party__in=party_ids, purpose=Purpose.PUBLIC_PAGE)
    last = dict(said.order_by("id").values_list("party_id", "given"))
    return frozenset(party for party, given in last.items() if not given)


def villager_of(village: object) -> str:
    """How somebody is called in public who did not agree to be named."""
    return _("a villager of %(village)s") % {"village": village}
