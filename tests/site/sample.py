"""One thing to ask a route for: the parts of its address, whose own it is, the form it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ayil.members.models import Party, Shop
from tests.site.world import World


@dataclass(frozen=True)
class Sample:
    """The parts of an address. `owners` are names of personas whose own this is; the rights of a
    role reach it where it lies in no scope, or in that of the role."""

    parts: Mapping[str, object] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()
    shop: Shop | None = None
    donor: Party | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    # Where even those who may are told that there is nothing (a demo's door outside the demo);
    # None where that hangs on the form (which shop's device).
    is_there: bool | None = True


Samples = Callable[[World], Sequence[Sample]]
