"""Cards, PINs, links and names by which people sign in. `by` is who acts, `at` the moment."""

import hashlib
import secrets
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.doors_rules import (
    LINK_BY_PAGE,
    LINK_BY_STAFF,
    WRONG_BEFORE_A_CARD_ENDS,
    card_number,
    is_a_pin,
    is_guessable,
)
from ayil.members.models import (
    Card,
    CardEnd,
    CardTry,
    Party,
    PartyKind,
    Pin,
    SignInLink,
    SignInLinkUse,
    User,
)
from ayil.members.queries import party_roles
from ayil.members.rights import Right, require
from ayil.members.sessions import end_sessions

CODE_BYTES = 16
# Nothing matches it, at the price of a hash that could.
NO_PIN = UNUSABLE_PASSWORD_PREFIX


def may_open_for(by: Party, party: Party, on: date) -> None:
    """Refuses whoever may not hand `party` a way to sign in.

    A key to an office lets its bearer act as the office: it is given by whoever gives offices.
    """
    require(by, Right.ISSUE_CARD, on=on)
    if party_roles(party.pk, on).exists():
        require(by, Right.GIVE_ROLE, on=on)


def open_sign_in(
    *, party: Party, by: Party, at: datetime, username: str = "", password: str = ""
) -> User:
    """The person's user, made here and nowhere else; a name or password given takes effect.

    A new password ends what was open with the old one.
    """
    may_open_for(by, party, local_date(at))
    if party.kind != PartyKind.PERSON:
        raise AyilError(_("%(party)s is no person, and only people sign in.") % {"party": party})
    with transaction.atomic():
        user = User.objects.select_for_update().filter(party=party).first()
        user = user or User(username=party.uid.hex, party=party, password=make_password(None))
        if username:
            if User.objects.filter(username=username).exclude(pk=user.pk).exists():
                raise AyilError(
                    _("The name %(name)s is somebody else's. Choose another.") % {"name": username}
                )
            user.username = username
        if password:
            user.set_password(password)
            end_sessions(party)
        user.save()
    return user


def issue_card(*, party: Party, by: Party, at: datetime) -> tuple[Card, str]:
    """A new card and its code, which is shown this once; the card before it opens nothing."""
    open_sign_in(party=party, by=by, at=at)
    code = secrets.token_urlsafe(CODE_BYTES)
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)
        for earlier in Card.objects.filter(party=party, end__isnull=True):
            _end(earlier, reason=_("replaced by a new card"), by=by, at=at)
        number = _free_number()
        card = Card.objects.create(
            party=party, number=number, code_hash=fingerprint(code), issued_at=at, by=by
        )
    return card, code


def _free_number() -> str:
    """Drawn, not counted: nobody can tell the next card's number from their own."""
    while True:
        number = card_number(f"{secrets.randbelow(10**9):09}")
        if not Card.objects.filter(number=number).exists():
            return number


def fingerprint(secret: str) -> bytes:
    """What we keep of a code or link that has 128 bits of its own."""
    return hashlib.sha256(secret.encode()).digest()


def end_card(*, card: Card, by: Party, at: datetime, reason: str = "", keep: str = "") -> None:
    """The card opens nothing from now on, and what it has opened is shut.

    By its owner, whose session with the key `keep` stays, or by who may end cards. Ending it
    twice is no error: two people may report the same card.
    """
    if by != card.party:
        require(by, Right.END_CARD, on=local_date(at))
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=card.party_id)
        if not CardEnd.objects.filter(card=card).exists():
            _end(card, reason=reason or _("lost"), by=by, at=at)
        end_sessions(card.party, keep=keep if by == card.party else "")


def _end(card: Card, *, reason: str, by: Party | None, at: datetime) -> None:
    # Two wrong tries at the same moment may both be the last one.
    CardEnd.objects.get_or_create(card=card, defaults={"reason": reason, "by": by, "at": at})


def set_pin(*, party: Party, pin: str, by: Party, at: datetime, keep: str = "") -> None:
    """The PIN that holds from now on; what was open ends, but for the owner's session `keep`."""
    if by != party:
        may_open_for(by, party, local_date(at))
    if not is_a_pin(pin):
        raise AyilError(_("A PIN has 4 to 8 digits and nothing else. Choose another."))
    if is_guessable(pin, party.born_year):
        raise AyilError(
            _(
                "This PIN is the first that a stranger would try. "
                "Choose one without a run, without one digit repeated, without a year of birth."
            )
        )
    hashed = make_password(pin)
    with transaction.atomic():
        Pin.objects.create(party=party, hash=hashed, set_at=at, by=by)
        end_sessions(party, keep=keep if by == party else "")


def try_card(*, number: str, pin: str, at: datetime) -> User | None:
    """Whom this card and PIN sign in, or None.

    Costs one hash whether there is such a card or not, and counts: twenty wrong PINs since the
    last right one end the card.
    """
    card = Card.objects.filter(number=number, end__isnull=True).select_related("party__user")
    found = card.first()
    kept = Pin.objects.filter(party=found.party_id if found else None).first()
    right = check_password(pin, kept.hash if kept else NO_PIN) and found is not None
    _count_try(number, found, right=right, at=at)
    user = getattr(found.party, "user", None) if found and right else None
    return user if user is not None and user.is_active else None


def try_pin(*, party: Party, pin: str, at: datetime) -> bool:
    """Whether this is the person's PIN, where no card is shown: at a till, where they sign.

    Costs one hash whether they have a PIN or not, and counts against their card as at the door.
    """
    kept = Pin.objects.filter(party=party).first()
    right = check_password(pin, kept.hash if kept else NO_PIN)
    card = Card.objects.filter(party=party, end__isnull=True).select_related("party").first()
    if card is not None:
        _count_try(card.number, card, right=right, at=at)
    return right


def sign_by_pin(*, party: Party, pin: str, at: datetime) -> bool:
    """Whether this is the person's PIN, where they sign on a page that somebody else has open.

    Twenty wrong ones since it was set, or since the last right one, and it signs nothing more:
    the PIN is set anew. So guessing ends for whoever has no card, too.
    """
    number = f"@{party.pk}"
    kept = Pin.objects.filter(party=party).first()
    if kept is not None and _wrong_since_right(number, kept.set_at) >= WRONG_BEFORE_A_CARD_ENDS:
        raise AyilError(
            _("Too many wrong PINs were typed for %(who)s. Set them a new PIN first.")
            % {"who": party}
        )
    right = try_pin(party=party, pin=pin, at=at)
    CardTry.objects.create(number=number, right=right, at=at)
    return right


def _count_try(number: str, card: Card | None, *, right: bool, at: datetime) -> None:
    with transaction.atomic():
        CardTry.objects.create(number=number, right=right, at=at)
        too_many = _wrong_since_right(number) >= WRONG_BEFORE_A_CARD_ENDS
        if too_many and card is not None and not right:
            _end(card, reason=_("too many wrong PINs"), by=None, at=at)
            end_sessions(card.party)


def _wrong_since_right(number: str, since: datetime | None = None) -> int:
    tries = CardTry.objects.filter(number=number)
    if since is not None:
        tries = tries.filter(at__gt=since)
    last = tries.filter(right=True).order_by("-id").values_list("id", flat=True).first() or 0
    return tries.filter(right=False, id__gt=last).count()


def number_of_code(code: str) -> str | None:
    """The number of the card whose code a camera has read; None where no card stands with it."""
    card = Card.objects.filter(code_hash=fingerprint(code), end__isnull=True)
    return card.values_list("number", flat=True).first()


def make_link(*, party: Party, by: Party | None, at: datetime) -> str:
    """A token that signs the person in once: for half an hour from an officer's hand, for ten
    minutes where the person asked by the page (`by` is None)."""
    if by is not None:
        open_sign_in(party=party, by=by, at=at)
    elif not User.objects.filter(party=party, is_active=True).exists():
        raise AyilError(
            _("%(party)s does not sign in here yet. The association opens it.") % {"party": party}
        )
    token = secrets.token_urlsafe(CODE_BYTES)
    lasts = LINK_BY_STAFF if by else LINK_BY_PAGE
    SignInLink.objects.create(
        party=party, token_hash=fingerprint(token), made_at=at, ends_at=at + lasts, by=by
    )
    return token


def standing_link(token: str, at: datetime) -> SignInLink | None:
    """The link that this token opens at the moment, if it opens any."""
    return (
        SignInLink.objects.filter(token_hash=fingerprint(token), use__isnull=True, ends_at__gt=at)
        .select_related("party__user")
        .filter(party__user__is_active=True)
        .first()
    )


def use_link(*, token: str, at: datetime) -> User:
    """Whom the link signs in; it opens nothing again."""
    words = _("This link was used already, or its time is over. Ask for a new one.")
    link = standing_link(token, at)
    if link is None:
        raise AyilError(words)
    try:
        with transaction.atomic():
            SignInLinkUse.objects.create(link=link, at=at)
    except IntegrityError as error:
        raise AyilError(words) from error
    return link.party.user


def choose_password(*, party: Party, username: str, password: str, keep: str) -> User:
    """The person's own name and password; what was open ends, but for the session `keep`."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(party=party)
        if User.objects.filter(username=username).exclude(pk=user.pk).exists():
            raise AyilError(
                _("The name %(name)s is somebody else's. Choose another.") % {"name": username}
            )
        user.username = username
        user.set_password(password)
        user.save()
        end_sessions(party, keep=keep)
    return user


def choose_mail(*, party: Party, mail: str) -> None:
    """Where the person's own links go by e-mail; an empty address, and none goes there."""
    User.objects.filter(party=party).update(email=mail)


def reset_second_factor(*, party: Party, by: Party, at: datetime) -> None:
    """For whoever lost the phone and the codes too: they make a new second factor when they next
    sign in. What is open ends, and a passkey opens nothing."""
    may_open_for(by, party, local_date(at))
    if by == party:
        raise AyilError(_("Nobody takes away their own second factor: ask another officer."))
    with transaction.atomic():
        Authenticator.objects.filter(user__party=party).delete()
        end_sessions(party)
