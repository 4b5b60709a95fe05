"""Which records are one person: merges read as they stand, and nothing that was moved.

A merge is a dated row that says "this record is another one of that person". Sales, statements,
votes and steps of a membership stay where they were written; whoever reads them asks here whose
records to read. So an undone merge leaves every row, hash and page as it was.

Roles are the exception: they stay with the record that they were given to, since a merge must
not hand anybody a right.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from ayil.members.models import Merge, Party


def standing_merges() -> QuerySet[Merge]:
    """Merges that nobody has undone."""
    return Merge.objects.filter(end__isnull=True)


def identities_of(party: Party) -> frozenset[int]:
    """The keys of all records that are read as this one person, their own among them.

    One query where the record was never merged.
    """
    return identities_of_all([party.pk])


def identities_of_all(party_ids: Iterable[int]) -> frozenset[int]:
    """The keys given and those of every record that is one person with one of them."""
    known = frozenset(party_ids)
    while known:
        pairs = standing_merges().filter(Q(kept__in=known) | Q(double__in=known))
        wider = known.union(*pairs.values_list("kept_id", "double_id"))
        if wider == known:
            break
        known = wider
    return known


def canonical(party: Party) -> Party:
    """The record that is kept where this one is a double of it, else the record itself."""
    found = standing_merges().filter(double=party).select_related("kept").first()
    return canonical(found.kept) if found else party


def kept_parties() -> QuerySet[Party]:
    """Each person and community once: a double is shown by the record it belongs to."""
    return Party.objects.exclude(Exists(standing_merges().filter(double=OuterRef("pk"))))


def groups() -> list[frozenset[int]]:
    """The keys of records that are one person, for every person who has several. One query."""
    group_of: dict[int, frozenset[int]] = {}
    for kept, double in standing_merges().values_list("kept_id", "double_id"):
        joined = group_of.get(kept, frozenset({kept})) | group_of.get(double, frozenset({double}))
        group_of |= dict.fromkeys(joined, joined)
    return list(set(group_of.values()))
