"""Finding rows by the words of their names, in any script and spelling, over any number of rows.

`remember` keeps a row's words; `found` gives the rows that bear all words of a query, each as a
prefix, in the order of their queryset. A range of an index answers, on both databases alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet

from ayil.kit.invariants import Check
from ayil.kit.models import SearchWord
from ayil.kit.spelling import folded_words, number_spellings, under_latin_keys

LONGEST_WORD = 40  # bytes; what is longer is found by its beginning
WORDS_ASKED = 6
# Up to so many rows are fetched by key and sorted. A query that more rows answer is read in the
# order of the names instead: then one row in fifty or more is an answer, and 20 are soon found.
FEW = 2000
_CHUNK = 5000
_LAST = b"\xff"  # above every byte of a word: UTF-8 has none such
_HYPHENS = str.maketrans(dict.fromkeys("-‐‑–—"))

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Asked:
    """What stands in the search box: a name, a number, or what a scanner read."""

    text: str

    @cached_property
    def numbers(self) -> frozenset[str]:
        """As a number or code, in the spellings that may have been meant."""
        return number_spellings(self.text)

    @cached_property
    def has_digit(self) -> bool:
        """Every number of a paper has one: without it, nobody needs to look for papers."""
        return any(sign.isdigit() for sign in self.text)

    @cached_property
    def digits(self) -> str:
        """The digits of what is nothing but digits in groups ("4172 0093 11"), else nothing."""
        groups = "".join(self.text.replace("-", " ").split()).removeprefix("+")
        return groups if groups.isascii() and groups.isdecimal() else ""

    @cached_property
    def scanned(self) -> SplitResult | None:
        """The web address that was scanned, under whichever keyboard, if it is one."""
        text = under_latin_keys(self.text.strip())
        if not text.lower().startswith(("http://", "https://")):
            return None
        try:
            return urlsplit(text)
        except ValueError:
            return None

    @property
    def path(self) -> str:
        """The path of the scanned address; else nothing."""
        return self.scanned.path if self.scanned else ""


@dataclass(frozen=True)
class Hit:
    """One thing that was found: what it is called, what it is, where it is shown.

    `is_exact`: its number or code is just what was asked, so nothing else can be meant.
    """

    title: str
    note: str
    address: str
    is_exact: bool = False
    language: str = ""  # of the title, where it is not the reader's own


@dataclass(frozen=True)
class Found:
    """The first hits of one kind; `has_more`: a longer query would find fewer."""

    hits: Sequence[Hit] = ()
    has_more: bool = False


SHOWN = 20  # hits of one kind


def words_of(*texts: str) -> set[bytes]:
    """The folded words of the texts, as they are kept.

    Кызыл-Суу is found as Кызылсуу too; ё stands for ө in Russian papers and is then found as o.
    """
    words: set[str] = set()
    for text in texts:
        lower = text.casefold()
        joined = " ".join(word.translate(_HYPHENS) for word in lower.split())
        for spelling in {lower, joined, lower.replace("ё", "о")}:
            words.update(folded_words(spelling))
    return {word.encode()[:LONGEST_WORD] for word in words}


def remember(row: models.Model, *texts: str) -> None:
    """Keeps the words of a row that was just saved; those that it bears no longer go."""
    wanted = words_of(*texts)
    own = SearchWord.objects.filter(kind=row._meta.label_lower, object_id=row.pk)
    have = {bytes(word) for word in own.values_list("word", flat=True)}
    if have - wanted:
        own.filter(word__in=have - wanted).delete()
    _insert(row._meta.label_lower, ((row.pk, word) for word in sorted(wanted - have)))


def remember_many(model: type[models.Model], texts: Mapping[int, Sequence[str]]) -> None:
    """Keeps the words of many new rows, by their ids."""
    pairs = ((pk, word) for pk, told in texts.items() for word in sorted(words_of(*told)))
    _insert(model._meta.label_lower, pairs)


def forget(row: models.Model) -> None:
    """For a row that is deleted."""
    SearchWord.objects.filter(kind=row._meta.label_lower, object_id=row.pk).delete()


def _insert(kind: str, pairs: Iterable[tuple[int, bytes]]) -> None:
    rest = iter(pairs)
    while chunk := list(islice(rest, _CHUNK)):
        # Two who save the same row at once remember the same words: the second changes nothing.
        SearchWord.objects.bulk_create(
            [SearchWord(kind=kind, object_id=pk, word=word) for pk, word in chunk],
            ignore_conflicts=True,
        )


def asked_words(query: str) -> list[bytes]:
    """The folded words of a query, the longest (rarest) first; doubles and those beyond six go."""
    words = {word.encode()[:LONGEST_WORD] for word in folded_words(query)}
    return sorted(words, key=lambda word: (-len(word), word))[:WORDS_ASKED]


def found(rows: QuerySet[Row], query: str, *, most: int) -> tuple[list[Row], bool]:
    """The first `most` rows that bear all words of the query, and whether there are more.

    `rows` are narrowed by rights and in their order already, an order that an index keeps.
    """
    words = asked_words(query)
    if not words:
        return [], False
    kind = rows.model._meta.label_lower
    ids = _ids(kind, words)
    if len(ids) <= FEW:
        rows = rows.filter(pk__in=ids)
    else:
        for word in words:
            own = SearchWord.objects.filter(_range(word), kind=kind, object_id=OuterRef("pk"))
            rows = rows.filter(Exists(own))
    first = list(rows[: most + 1])
    return first[:most], len(first) > most


def matching(model: type[models.Model], query: str) -> QuerySet[SearchWord, Any]:
    """The ids of all rows that bear the query's words, for `filter(pk__in=…)` of a few rows."""
    kind = model._meta.label_lower
    words = asked_words(query)
    if not words:
        return SearchWord.objects.none().values("object_id")
    found_ids = SearchWord.objects.filter(_range(words[0]), kind=kind)
    for word in words[1:]:
        own = SearchWord.objects.filter(_range(word), kind=kind, object_id=OuterRef("object_id"))
        found_ids = found_ids.filter(Exists(own))
    return found_ids.values("object_id")


def _range(word: bytes) -> Q:
    """All words that begin so."""
    return Q(word__gte=word, word__lt=word + _LAST)


def _ids(kind: str, words: Sequence[bytes]) -> list[int]:
    """Up to FEW + 1 ids of rows that bear all the words."""
    one = (
        f"SELECT object_id FROM {SearchWord._meta.db_table} "  # noqa: S608 - our own name
        "WHERE kind = %s AND word >= %s AND word < %s"
    )
    params: list[str | bytes] = []
    for word in words:
        params += [kind, word, word + _LAST]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT object_id FROM ({' INTERSECT '.join([one] * len(words))}) AS w "  # noqa: S608
            f"LIMIT {FEW + 1}",
            params,
        )
        return [pk for (pk,) in cursor.fetchall()]


def words_as_named(model: type[models.Model], *named: str) -> Check:
    """The check that every row is found by the words of its fields `named`, and by no others."""
    return Check(
        None,
        f"every {model._meta.verbose_name} is found by its name and by nothing else",
        lambda: _wrong_words(model, named),
    )


def _wrong_words(model: type[models.Model], named: Sequence[str]) -> Iterator[str]:
    label = model._meta.label_lower
    kept = SearchWord.objects.filter(kind=label)
    rows = model._default_manager.order_by("pk").values_list("pk", *named).iterator()
    while chunk := {pk: texts for pk, *texts in islice(rows, FEW)}:
        have: dict[int, set[bytes]] = {pk: set() for pk in chunk}
        for pk, word in kept.filter(object_id__in=chunk).values_list("object_id", "word"):
            have[pk].add(bytes(word))
        for pk, texts in chunk.items():
            if have[pk] != words_of(*texts):
                yield f"{label} {pk}: its search words are not those of its name"
    left = kept.exclude(Exists(model._default_manager.filter(pk=OuterRef("object_id"))))
    for pk in left.values_list("object_id", flat=True).distinct():
        yield f"{label} {pk}: there is no such row, and it has search words"
