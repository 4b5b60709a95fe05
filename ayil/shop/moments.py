"""When a sale happened by its till's clock, for counts of the shelf that it came late to."""

from collections.abc import Collection, Mapping
from datetime import datetime

from ayil.shop.models import Sale

_EVENT = "event:"


def moments_of(documents: Collection[str]) -> Mapping[str, datetime]:
    """By the document of a movement, the moment of the sale that made it."""
    hashes = [document.removeprefix(_EVENT) for document in documents if _EVENT in document]
    sold = Sale.objects.filter(event__hash__in=[bytes.fromhex(one) for one in hashes])
    return {
        f"{_EVENT}{bytes(hash_).hex()}": moment
        for hash_, moment in sold.values_list("event__hash", "sold_at")
    }
