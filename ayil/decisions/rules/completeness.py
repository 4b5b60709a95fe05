"""What a proposal must say before it stands on a ballot paper. Nothing of it is weighed or scored:
a village compares proposals by itself, but only where each says the same things."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("ky", "ru", "en")


class Lacking(StrEnum):
    """One thing that a proposal does not say yet, in the order in which people are asked."""

    NAME_KY = "name_ky"
    NAME_RU = "name_ru"
    NAME_EN = "name_en"
    RESOURCE = "resource"
    RESOURCE_MILLI = "resource_milli"
    SKILLS = "skills"
    PIECE_COST = "piece_cost_minor"
    START_COST = "start_cost_minor"
    PIECES_A_MONTH = "pieces_a_month"
    RISK_HEALTH = "risk_health"
    RISK_LAND = "risk_land"
    MAKERS = "makers"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Said:
    """What a proposal says so far; None and blank words are what is not said.

    `names` by language; `willing` is how many people are willing to make it; `evidence` says that
    the shop's sales were looked into, whatever was found: that nothing was is an answer too.
    """

    names: Mapping[str, str]
    resource: bool = False
    resource_milli: int | None = None
    skills: str = ""
    piece_cost_minor: int | None = None
    start_cost_minor: int | None = None
    pieces_a_month: int | None = None
    risk_health: str = ""
    risk_land: str = ""
    willing: int = 0
    evidence: bool = False


def lacking(said: Said) -> tuple[Lacking, ...]:
    """Everything that it does not say yet; nothing, where it may stand on the paper."""
    there = {
        Lacking.NAME_KY: bool(said.names.get("ky", "").strip()),
        Lacking.NAME_RU: bool(said.names.get("ru", "").strip()),
        Lacking.NAME_EN: bool(said.names.get("en", "").strip()),
        Lacking.RESOURCE: said.resource,
        Lacking.RESOURCE_MILLI: said.resource_milli is not None,
        Lacking.SKILLS: bool(said.skills.strip()),
        Lacking.PIECE_COST: said.piece_cost_minor is not None,
        Lacking.START_COST: said.start_cost_minor is not None,
        Lacking.PIECES_A_MONTH: bool(said.pieces_a_month),
        Lacking.RISK_HEALTH: bool(said.risk_health.strip()),
        Lacking.RISK_LAND: bool(said.risk_land.strip()),
        Lacking.MAKERS: said.willing > 0,
        Lacking.EVIDENCE: said.evidence,
    }
    return tuple(one for one in Lacking if not there[one])
