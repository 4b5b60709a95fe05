"""What of the papers may be read by everybody."""

from ayil.decisions.rules.counting import Piles

AT_LEAST = 3  # voters who said the same: nobody is known by what three people marked alike


def published(piles: Piles, at_least: int = AT_LEAST) -> Piles | None:
    """The piles where each of them has so many papers at least; else None: totals alone.

    All or nothing: with the totals beside them, the piles that are shown would give away those
    that are not.
    """
    piles = tuple(sorted((marks, papers) for marks, papers in piles if papers))
    return piles if all(papers >= at_least for _marks, papers in piles) else None
