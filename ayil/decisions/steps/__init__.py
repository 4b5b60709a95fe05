"""How far an assembly has come, step by step, and what its reader may do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ayil.decisions.models import Assembly
from ayil.members.models import Party


@dataclass(frozen=True)
class Way:
    """A page that this reader may open from here; `is_next` is what is to be done now."""

    address: str
    words: str
    is_next: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the decision: a line or two of what is known, and the ways on."""

    title: str
    icon: str
    is_done: bool
    words: Sequence[str] = ()
    ways: Sequence[Way] = field(default=())


StepOf = Callable[[Assembly, Party | None, bool], Step]
"""Takes the assembly, its reader and whether they are an officer who helps with the typing."""
