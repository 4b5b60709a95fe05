"""Benchmarks: a figure, and beside it the floor that was measured in the same run.

    ayil bench search     the search page over 100,000 people
    ayil bench till       the till in Chromium: a scan, a cold opening, two weeks over a bad line
    ayil bench post       one shop's sales through the till's log, against bare inserts
    ayil bench statement  a statement of 100,000 lines: its page, wherever one opens it
    ayil bench settle     closing the statements of 500 makers
    ayil bench tally      a million ballots, counted by every rule and read from a file
    ayil bench trade      a year of real trade: import, verify, settle, lessons, a producer's page

Each runs in a home of its own, which is gone afterwards; nobody's data are touched. On
PostgreSQL: `python -m tests.rig.postgres ayil.cli bench search`.
"""

import os
import platform
import resource
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from ayil.members.models import User


@dataclass(frozen=True)
class Case:
    """One figure. `ratio` is value to floor; `goal` is met where the value is on its right side."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    goal: float | None = None
    more_is_better: bool = True

    @property
    def ratio(self) -> float | None:
        return round(self.value / self.floor, 3) if self.floor else None

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.more_is_better else self.value <= self.goal

    def figures(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "floor": self.floor,
            "ratio": self.ratio,
            "goal": self.goal,
            "met": self.met,
        }

    def told(self) -> str:
        words = f"{self.name}: {self.value:,.1f} {self.unit}"
        if self.floor:
            words += f" (floor {self.floor:,.1f}, ratio {self.ratio})"
        if self.goal is not None:
            words += f" — goal {self.goal:,.0f}: {'met' if self.met else 'NOT met'}"
        return words


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def peak_memory_mib() -> float:
    """The most memory that this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def signed_in(user: "User") -> "Client":
    """A browser in which this user came in by a door of ours."""
    from django.test import Client

    from ayil.kit.clock import now
    from ayil.site.doors.sessions import SINCE

    client = Client()
    client.force_login(user)
    session = client.session
    session[SINCE] = now().isoformat()
    session.save()
    return client
