"""What an erasure does to the rolls: the name goes, the vote and the fingerprint stay."""

from ayil.decisions.models import RollEntry
from ayil.members.models import Party


def forget_on_rolls(party: Party) -> None:
    """Each roll's entry takes the pseudonym; its leaf, number and sex stay, since the quorum and
    the count of women rest on them."""
    RollEntry.objects.filter(person=party).update(name=party.name, born_year=None, salt=b"")


STEPS = [forget_on_rolls]
