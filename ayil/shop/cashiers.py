"""Who stood at a till: an event names a person by their party's uid, older logs by a name."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from ayil.members.models import Party


def names_of(said: Iterable[str]) -> Mapping[str, str]:
    """By what the tills wrote, the name to show; in one query. What is no uid is shown as it is."""
    written = set(said)
    uids = {uid: text for text in written if (uid := _uid(text)) is not None}
    found = Party.objects.filter(uid__in=uids).values_list("uid", "name")
    return {text: text for text in written} | {uids[uid]: name for uid, name in found}


def _uid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
