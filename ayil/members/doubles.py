"""Two records that may be one person: found, looked at by somebody, merged, taken apart again.

A merge moves nothing (`identities`), so undoing it puts nothing back. `by` is the party who
acts, `at` the moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.kit.models import SearchWord
from ayil.kit.search import words_of
from ayil.members.doubles_rules import Blocks, Reason, Record, reasons, suspects
from ayil.members.identities import canonical, groups, identities_of, kept_parties
from ayil.members.models import (
    Distinction,
    DistinctionEnd,
    Merge,
    MergeEnd,
    Party,
    PartyKind,
    User,
)
from ayil.members.rights import Right, require
from ayil.members.waiting import Waiting

_COMPARED = ("pk", "kind", "name", "village_id", "phone", "born_year")
_MOST_CANDIDATES = 500


@dataclass(frozen=True)
class Suspicion:
    """Two records that may be one person, the one that was entered first at the left."""

    one: Party
    other: Party
    reasons: Sequence[Reason]

    @property
    def words(self) -> list[str]:
        return [_(reason.value) for reason in self.reasons]


def record_of(party: Party) -> Record:
    return Record.of(
        party.pk, party.kind, party.name, party.village_id, party.phone, party.born_year
    )


def compared_records() -> Iterable[Record]:
    """Everyone once, as records to compare, the oldest first. One query."""
    rows = kept_parties().exclude(kind=PartyKind.ENTERPRISE).order_by("pk")
    for row in rows.values_list(*_COMPARED).iterator(chunk_size=5000):
        yield Record.of(*row)


def blocks_of_all() -> Blocks:
    """All records in their blocks, to hold many new ones against (an imported list)."""
    blocks = Blocks()
    for record in compared_records():
        blocks.add(record)
    return blocks


def suggest(party: Party) -> list[Suspicion]:
    """Who this record may be, by indices: cheap beside any number of records."""
    mine = record_of(party)
    own = identities_of(party)
    apart = _told_apart()
    found = []
    others = _candidates(party).exclude(pk__in=own).select_related("village")
    for other in others[:_MOST_CANDIDATES]:
        why = reasons(mine, record_of(other))
        if why and not _is_told_apart(apart, party.pk, other.pk):
            found.append(Suspicion(other, party, why))
    return found


def _candidates(party: Party) -> QuerySet[Party]:
    """Kept records that share the phone, two words of the name, or the village and about the
    year; a query each, since one that asks for either of them walks all records."""
    words = words_of(party.name)
    keys = set(_sharing(words, at_least=min(2, len(words)))[:_MOST_CANDIDATES])
    if party.phone:
        keys |= set(_keys(Q(phone=party.phone)))
    if party.born_year is not None:
        years = (party.born_year - 1, party.born_year + 1)
        keys |= set(_keys(Q(village=party.village_id, born_year__range=years)))
    return kept_parties().filter(pk__in=keys - {party.pk}, kind=party.kind)


def _keys(wanted: Q) -> Iterable[int]:
    return Party.objects.filter(wanted).order_by().values_list("pk", flat=True)[:_MOST_CANDIDATES]


def _sharing(words: Iterable[bytes], *, at_least: int) -> QuerySet[SearchWord, int]:
    """The keys of parties whose names have so many of the folded words."""
    rows = SearchWord.objects.filter(kind=Party._meta.label_lower, word__in=list(words))
    shared = rows.values("object_id").annotate(shared=Count("pk"))
    return shared.filter(shared__gte=at_least).values_list("object_id", flat=True)


def suspected() -> Sequence[tuple[int, int]]:
    """The keys of all pairs that somebody should look at, the oldest record first."""
    return _suspected(_state_of_records())


@lru_cache(maxsize=1)
def _suspected(_state: tuple[object, ...]) -> Sequence[tuple[int, int]]:
    apart = _told_apart()
    pairs = ((one.key, other.key) for one, other, _why in suspects(compared_records()))
    return [pair for pair in pairs if not _is_told_apart(apart, *pair)]


def _state_of_records() -> tuple[object, ...]:
    """Changes whenever a record, a merge or a distinction does: looking at 100,000 records takes
    seconds, and the desk asks at every page."""
    return (
        *Party.objects.aggregate(Count("pk"), Max("pk")).values(),
        *Party.history.aggregate(Max("history_id"), Max("history_date")).values(),
        *(
            model._default_manager.aggregate(Max("pk"))["pk__max"]
            for model in (Merge, MergeEnd, Distinction, DistinctionEnd)
        ),
    )


def suspicions(pairs: Sequence[tuple[int, int]]) -> list[Suspicion]:
    """The pairs with their records and reasons as they are now. One query."""
    keys = {key for pair in pairs for key in pair}
    parties = Party.objects.select_related("village").in_bulk(list(keys))
    found = []
    for one_key, other_key in pairs:
        one, other = parties[one_key], parties[other_key]
        found.append(Suspicion(one, other, reasons(record_of(one), record_of(other))))
    return found


def distinctions_standing() -> QuerySet[Distinction]:
    return Distinction.objects.filter(end__isnull=True)


def _told_apart() -> frozenset[tuple[int, int]]:
    """Pairs of keys that were looked at; what holds for one record holds for its doubles."""
    pairs = set(distinctions_standing().values_list("one_id", "other_id"))
    if not pairs:
        return frozenset()
    same = {key: group for group in groups() for key in group}
    return frozenset(
        (mine, theirs)
        for one, other in pairs
        for mine in same.get(one, {one})
        for theirs in same.get(other, {other})
    )


def _is_told_apart(apart: frozenset[tuple[int, int]], one: int, other: int) -> bool:
    return (one, other) in apart or (other, one) in apart


def merge(*, kept: Party, double: Party, reason: str, by: Party, at: datetime) -> Merge:
    """From now on both records are read as one person; refused for one's own record."""
    require(by, Right.MERGE_PEOPLE, on=local_date(at))
    if not reason.strip():
        raise AyilError(
            _("Say in a few words how you know that %(one)s and %(other)s are one person.")
            % {"one": kept, "other": double}
        )
    with transaction.atomic():
        # In one order for everybody, so that two who merge the same pair wait for each other.
        locked = Party.objects.select_for_update().filter(pk__in=[kept.pk, double.pk])
        list(locked.order_by("pk"))
        kept, double = canonical(kept), canonical(double)
        _refuse_merge(kept, double, by)
        return Merge.objects.create(kept=kept, double=double, reason=reason.strip(), by=by, at=at)


def _refuse_merge(kept: Party, double: Party, by: Party) -> None:
    names = {"one": kept, "other": double}
    if kept.pk == double.pk:
        raise AyilError(_("%(one)s and %(other)s are one person already.") % names)
    if kept.kind != double.kind:
        raise AyilError(
            _("%(one)s and %(other)s cannot be one: a person and a community are two.") % names
        )
    if by.pk in identities_of(kept) | identities_of(double):
        raise AyilError(_("Your own record is merged by somebody else. Ask another officer."))
    if _is_told_apart(_told_apart(), kept.pk, double.pk):
        raise AyilError(
            _("%(one)s and %(other)s were said to be two people. Take that back first.") % names
        )


def unmerge(*, merge: Merge, reason: str, by: Party, at: datetime) -> MergeEnd:
    """The two are two again, with every row and hash as it was."""
    require(by, Right.MERGE_PEOPLE, on=local_date(at))
    if not reason.strip():
        raise AyilError(
            _("Say in a few words how you know that %(one)s and %(other)s are two people.")
            % {"one": merge.kept, "other": merge.double}
        )
    with transaction.atomic():
        Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if MergeEnd.objects.filter(merge=merge).exists():
            raise AyilError(
                _("%(one)s and %(other)s were taken apart already.")
                % {"one": merge.kept, "other": merge.double}
            )
        return MergeEnd.objects.create(merge=merge, reason=reason.strip(), by=by, at=at)


def tell_apart(*, one: Party, other: Party, by: Party, at: datetime) -> Distinction:
    """Somebody looked: two people. The pair is not suggested again; saying it twice is once."""
    require(by, Right.MERGE_PEOPLE, on=local_date(at))
    if other.pk in identities_of(one):
        raise AyilError(
            _("%(one)s and %(other)s are one person by a merge. Undo the merge first.")
            % {"one": one, "other": other}
        )
    first, second = sorted((one.pk, other.pk))
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=first)
        found = distinctions_standing().filter(one=first, other=second).first()
        return found or Distinction.objects.create(one_id=first, other_id=second, by=by, at=at)


def look_again(*, distinction: Distinction, by: Party, at: datetime) -> DistinctionEnd:
    """The pair may be suggested again."""
    require(by, Right.MERGE_PEOPLE, on=local_date(at))
    with transaction.atomic():
        Distinction.objects.select_for_update().get(pk=distinction.pk)
        found = DistinctionEnd.objects.filter(distinction=distinction).first()
        return found or DistinctionEnd.objects.create(distinction=distinction, by=by, at=at)


def waiting(user: User, day: date) -> list[Waiting]:
    """Pairs of records that somebody should look at, for the desk."""
    count = len(suspected())
    if not count:
        return []
    what = ngettext(
        "%(count)s pair of records that may be one person",
        "%(count)s pairs of records that may be one person",
        count,
    ) % {"count": count}
    return [Waiting(what, count, None, reverse("doubles"), Right.MERGE_PEOPLE)]
