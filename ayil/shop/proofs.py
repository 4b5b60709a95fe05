"""That a person stood behind a till's event: what they gave is checked when the event comes.

No PIN lies on a tablet, so a till cannot tell a wrong one: it seals what was typed, and goes on.
What turns out wrong is flagged here, never undone.
"""

import binascii
from base64 import b64decode
from datetime import datetime
from uuid import UUID

from ayil.members.doors import try_pin
from ayil.members.doors_rules import WRONG_BEFORE_A_CARD_ENDS
from ayil.members.models import Party, Pin
from ayil.shop.drafts import Fault, Stored
from ayil.shop.models import Signature
from ayil.shop.payloads import Proof
from ayil.shop.sealing import Unsealable, open_sealed

Side, Way = Signature.Side, Signature.Way


def party_of(uid: str) -> Party | None:
    """Whom an event names; None where nobody has this uid."""
    try:
        return Party.objects.filter(uid=UUID(uid)).first()
    except ValueError:
        return None


def check_proof(*, item: Stored, proof: Proof, side: Signature.Side, at: datetime) -> list[Fault]:
    """Keeps who signed and whether it was they; what a person must look at comes back.

    Call inside the transaction that applies the event. Checking again changes nothing.
    """
    party = party_of(proof.by)
    if party is None:
        words = f"Somebody signed ({side.label}) whom nobody here knows: {proof.by}."
        return [Fault(item.id, "unknown-signer", words, applied=True)]
    signed = Signature.objects.filter(event_id=item.id, side=side).first()
    if signed is None:
        signed = Signature.objects.create(
            event_id=item.id,
            side=side,
            party=party,
            way=proof.way,
            verified=_is_theirs(item, proof, party, at) if proof.way == "pin" else None,
            checked_at=at,
        )
    if signed.verified is not False:
        return []
    return [Fault(item.id, "wrong-pin", _words(item, signed), applied=True)]


def _is_theirs(item: Stored, proof: Proof, party: Party, at: datetime) -> bool:
    pin = _opened(item, proof)
    if pin is None or _changed_since(item, party):
        return False
    right = try_pin(party=party, pin=pin, at=at)
    return right and not _was_guessed_at(party)


def _opened(item: Stored, proof: Proof) -> str | None:
    """The PIN that was sealed for this very event and person; None where it was not."""
    try:
        pin, uid, nonce = open_sealed(b64decode(proof.sealed, validate=True)).decode().split("\n")
    except (binascii.Error, UnicodeDecodeError, ValueError, Unsealable):
        return None
    return pin if (uid, nonce) == (proof.by, item.event.nonce) else None


def _changed_since(item: Stored, party: Party) -> bool:
    """They have another PIN since: what they typed then cannot be told right from wrong."""
    newest = Pin.objects.filter(party=party).first()
    return newest is not None and newest.set_at > item.event.happened_at


def _was_guessed_at(party: Party) -> bool:
    """So many wrong ones since they last gave the right one that a right one proves nothing."""
    pin = Pin.objects.filter(party=party).first()
    given = Signature.objects.filter(party=party, way=Way.PIN)
    if pin is not None:
        given = given.filter(checked_at__gt=pin.set_at)
    right = given.filter(verified=True).order_by("-id").values_list("id", flat=True).first() or 0
    return given.filter(verified=False, id__gt=right).count() >= WRONG_BEFORE_A_CARD_ENDS


def _words(item: Stored, signed: Signature) -> str:
    words = f"The PIN that was typed for {signed.party} ({signed.get_side_display()}) is not theirs"
    if _changed_since(item, signed.party):
        return f"{words} now: they have set another one since. Ask them whether they signed."
    return f"{words}. Ask them whether they signed, and who stood at the till."
