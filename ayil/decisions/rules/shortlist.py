"""A show of hands shortens the list to what fits on a ballot paper, and decides no more."""

from collections.abc import Mapping

from ayil.decisions.rules.approval import MOST_OPTIONS


def shortlist(
    hands: Mapping[int, int], most: int = MOST_OPTIONS
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(kept, tied) of the proposals by their hands, each in the order of their numbers.

    Those who are equal at the cut stay out unless all of them fit: `tied` are raised again for
    between them. Where everything fits nothing is cut, whatever the hands say.
    """
    if len(hands) <= most:
        return tuple(sorted(hands)), ()
    kept: list[int] = []
    for count in sorted(set(hands.values()), reverse=True):
        equal = [option for option, raised in hands.items() if raised == count]
        if len(kept) + len(equal) > most:
            return tuple(sorted(kept)), tuple(sorted(equal)) if len(kept) < most else ()
        kept += equal
    return tuple(sorted(kept)), ()
