"""What a person may type about goods that leave the shelf or are counted on it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, QueryDict

from ayil.consignment.models import Bearer, Cause

MOST_PIECES = 1_000_000
LONGEST_QUERY, LONGEST_WORDS = 100, 300


def text_of(typed: QueryDict, name: str = "q", longest: int = LONGEST_QUERY) -> str:
    """One line of words; what no database takes is left out."""
    return " ".join(typed.get(name, "").replace("\x00", " ").split())[:longest]


def quantities_of(
    typed: Mapping[str, str], prefix: str = "lot-", *, with_noughts: bool = False
) -> dict[int, int]:
    """How many by the key of the row, from the fields "lot-<key>"; what is no number is none."""
    found = {}
    for name, value in typed.items():
        _head, is_ours, key = name.partition(prefix)
        digits = value.strip()
        if is_ours and _is_number(key, 18) and _is_number(digits, 7):
            found[int(key)] = min(int(digits), MOST_PIECES)
    return {key: count for key, count in found.items() if count or with_noughts}


def _is_number(text: str, longest: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= longest


def cause_of(typed: Mapping[str, str], key: int) -> Cause:
    """Why a row is lost: what is typed, else missing."""
    said = typed.get(f"cause-{key}", "")
    return Cause(said) if said in Cause.values else Cause.MISSING


def bearer_of(typed: Mapping[str, str], key: int) -> Bearer:
    """Who bears it: what is typed, else the shop, as for what is missing from its shelf."""
    said = typed.get(f"bearer-{key}", "")
    return Bearer(said) if said in Bearer.values else Bearer.SHOP


def posted(request: HttpRequest) -> dict[str, str]:
    """The fields of a form, the last of each name."""
    return {name: str(value) for name, value in request.POST.items()}


def choices(of: type[Cause] | type[Bearer]) -> Sequence[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in of.choices]
