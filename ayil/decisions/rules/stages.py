"""The life of a decision."""

from dataclasses import dataclass
from enum import Enum


class Stage(Enum):
    """The life of a decision, in its order."""

    CALLED = "called"
    QUORATE = "quorate"
    PROPOSED = "proposed"
    VOTED = "voted"
    MINUTED = "minuted"
    SIGNED = "signed"
    SUPERSEDED = "superseded"
    ANNULLED = "annulled"


@dataclass(frozen=True, slots=True)
class AssemblyFacts:
    """What is on record of one assembly."""

    quorate: bool
    proposals: int
    tallied: bool
    minuted: bool
    signatures: int
    superseded: bool
    annulled: bool = False


SIGNATURES = 3  # chair, registrar and counter


def stage_of(facts: AssemblyFacts) -> Stage:
    """How far the villagers have come."""
    if facts.annulled:
        return Stage.ANNULLED
    if facts.superseded:
        return Stage.SUPERSEDED
    if facts.minuted:
        return Stage.SIGNED if facts.signatures == SIGNATURES else Stage.MINUTED
    if facts.tallied:
        return Stage.VOTED
    if facts.quorate:
        return Stage.PROPOSED if facts.proposals else Stage.QUORATE
    return Stage.CALLED
