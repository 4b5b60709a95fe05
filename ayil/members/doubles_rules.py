"""When two records look like one person, and which pairs of very many are worth a look.

Pure: records in, pairs and reasons out. People of one name are many, so a name alone is no
reason; what two records say besides the name (phone, village, year of birth) must agree. No
pair is suggested over what would contradict it, unless the phone is the same.

All pairs of 100,000 records would be five thousand million. Records are put into blocks by what
a suggested pair must share (phone; village and two words of the name; village, one word and the
year of birth), and only those of one block are compared.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from ayil.kit.errors import gettext_noop
from ayil.kit.spelling import folded_words

YEARS_APART = 1  # a year of birth is often told by guess
SHORTEST_TYPED = 5  # letters of a word in which one wrong letter is a slip and not another name
# A number or word that so many share says nothing (a village's one telephone); nobody could look
# at the pairs that it makes.
LARGEST_BLOCK = 60


class Reason(StrEnum):
    """Why two records may be one person; the words stand beside the pair."""

    SAME_NAME = gettext_noop("same name")
    OTHER_SPELLING = gettext_noop("name in another script or spelling")
    OTHER_ORDER = gettext_noop("same words of the name in another order")
    PART_OF_NAME = gettext_noop("one name is part of the other")
    LETTER_APART = gettext_noop("names one letter apart")
    SAME_PHONE = gettext_noop("same phone")
    SAME_VILLAGE = gettext_noop("same village")
    SAME_YEAR = gettext_noop("same year of birth")
    NEAR_YEAR = gettext_noop("years of birth one apart")


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(folded_words(word))  # a nation has far fewer names than people


@dataclass(frozen=True)
class Record:
    """What two records are compared by; `key` is anything that tells them apart."""

    key: int
    kind: str
    name: str
    village: int | None
    phone: str
    born_year: int | None
    words: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, key: int, kind: str, name: str, village: int | None, phone: str, born_year: int | None
    ) -> "Record":
        words = tuple(folded for word in name.split() for folded in _folded(word))
        return cls(key, kind, name, village, phone, born_year, words)


def reasons(one: Record, other: Record) -> list[Reason]:
    """Why the two may be one person, the name first; empty where they need no look."""
    if one.kind != other.kind or not one.words or not other.words:
        return []
    name = _name_reason(one, other)
    if name is None:
        return []
    found = [name]
    if one.phone and one.phone == other.phone:
        found.append(Reason.SAME_PHONE)
    if one.village is not None and one.village == other.village:
        found.append(Reason.SAME_VILLAGE)
    if (year := _year_reason(one, other)) is not None:
        found.append(year)
    return found if _is_enough(one, other, set(found)) else []


def _is_enough(one: Record, other: Record, found: set[Reason]) -> bool:
    if Reason.SAME_PHONE in found:
        return True
    years_agree = bool(found & {Reason.SAME_YEAR, Reason.NEAR_YEAR})
    years_known = one.born_year is not None and other.born_year is not None
    if years_known and not years_agree:
        return False
    if Reason.SAME_VILLAGE not in found:
        # In another village it is another person, unless one record does not say which.
        unsaid = one.village is None or other.village is None
        return unsaid and years_agree and Reason.LETTER_APART not in found
    return years_agree or Reason.LETTER_APART not in found


def _year_reason(one: Record, other: Record) -> Reason | None:
    if one.born_year is None or other.born_year is None:
        return None
    if one.born_year == other.born_year:
        return Reason.SAME_YEAR
    return Reason.NEAR_YEAR if abs(one.born_year - other.born_year) <= YEARS_APART else None


def _name_reason(one: Record, other: Record) -> Reason | None:
    if one.words == other.words:
        alike = one.name.casefold() == other.name.casefold()
        return Reason.SAME_NAME if alike else Reason.OTHER_SPELLING
    mine, theirs = set(one.words), set(other.words)
    if mine == theirs:
        return Reason.OTHER_ORDER
    if min(len(mine), len(theirs)) > 1 and (mine <= theirs or theirs <= mine):
        return Reason.PART_OF_NAME
    only_mine, only_theirs = mine - theirs, theirs - mine
    if mine & theirs and len(only_mine) == len(only_theirs) == 1:
        (first,), (second,) = only_mine, only_theirs
        return Reason.LETTER_APART if is_a_slip(first, second) else None
    return None


def is_a_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, put in or mistaken in a word that is long enough."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_TYPED - 1 or len(long) < SHORTEST_TYPED or len(long) - len(short) > 1:
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    # Names of women and men differ by their last letter, and that is no slip.
    if at >= len(short) - 1 and len(long) - at <= 1:
        return False
    return (
        short[at:] == long[at + 1 :]
        if len(short) < len(long)
        else short[at + 1 :] == long[at + 1 :]
    )


@dataclass
class Blocks:
    """Records by what a suggested pair must share; `near` finds those to compare with."""

    _members: dict[Hashable, list[Record]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record) -> None:
        for block in _blocks(record):
            self._members[block].append(record)

    def near(self, record: Record) -> Iterator[tuple[Record, list[Reason]]]:
        """Each record that may be this one, once, with the reasons."""
        seen = {record.key}
        for block in (*_blocks(record), *_blocks_of_other_years(record)):
            members = self._members.get(block, ())
            if len(members) > LARGEST_BLOCK:
                continue
            for other in members:
                if other.key not in seen:
                    seen.add(other.key)
                    if why := reasons(record, other):
                        yield other, why


def suspects(records: Iterable[Record]) -> Iterator[tuple[Record, Record, list[Reason]]]:
    """Every pair that may be one person, the record that came first at the left."""
    before = Blocks()
    for record in records:
        for other, why in before.near(record):
            yield other, record, why
        before.add(record)


def _blocks(record: Record) -> Sequence[Hashable]:
    words = sorted(set(record.words))
    blocks: list[Hashable] = []
    if record.phone:
        blocks.append((record.kind, record.phone))
    where = (record.kind, record.village)
    if len(words) == 1:
        blocks.append((*where, words[0]))
    blocks += [(*where, *pair) for pair in combinations(words, 2)]
    if record.born_year is not None:
        blocks += [(*where, word, record.born_year) for word in words]
        blocks += [(record.kind, *pair, record.born_year) for pair in combinations(words, 2)]
    return blocks


def _blocks_of_other_years(record: Record) -> Sequence[Hashable]:
    if record.born_year is None:
        return ()
    words = sorted(set(record.words))
    blocks: list[Hashable] = []
    for year in (record.born_year - YEARS_APART, record.born_year + YEARS_APART):
        blocks += [(record.kind, record.village, word, year) for word in words]
        blocks += [(record.kind, *pair, year) for pair in combinations(words, 2)]
    return blocks
