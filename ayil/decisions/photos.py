"""A photo of the thing that is proposed: sent by its proposer, seen by the village."""

from datetime import datetime

from django.db import transaction

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import Proposal, ProposalPhoto
from ayil.decisions.proposals import refuse_strangers
from ayil.decisions.reading import standing_photos
from ayil.members.models import Party, PartyPhoto
from ayil.members.photos import send_photo, take_away


def send_proposal_photo(
    *, proposal: Proposal, data: bytes, by: Party, at: datetime, words: str = ""
) -> PartyPhoto:
    """The photo of the thing from now on; the one before it is taken away. The proposer's own, so
    that an erasure of the proposer deletes it."""
    refuse_strangers(proposal, by, at)
    with transaction.atomic():
        lock(proposal.assembly)
        earlier = list(standing_photos([proposal.pk]).values())
        photo = send_photo(
            party=proposal.proposer, data=data, by=by, at=at, words=words,
            subject=PartyPhoto.Subject.GOODS,
        )  # fmt: skip
        ProposalPhoto.objects.create(proposal=proposal, photo=photo)
        for one in earlier:
            take_away(photo=one, by=by, at=at)
    return photo


def take_photo_away(*, proposal: Proposal, by: Party, at: datetime) -> None:
    """Shown no more, and its file is deleted."""
    refuse_strangers(proposal, by, at)
    for photo in standing_photos([proposal.pk]).values():
        take_away(photo=photo, by=by, at=at)
