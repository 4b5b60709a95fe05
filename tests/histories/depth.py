"""How many examples a test plays: few in every run, `AYIL_HYPOTHESIS=deep` for a long one."""

from __future__ import annotations

import os

import hypothesis
from hypothesis import Phase

DEEP = 25


def settings(examples: int) -> hypothesis.settings:
    """Settings for one test. A deep run plays other examples every time, and more of them."""
    deep = os.environ.get("AYIL_HYPOTHESIS") == "deep"
    phases = [Phase.explicit, Phase.generate, Phase.shrink]
    if os.environ.get("NOSHRINK"): phases.pop()
    return hypothesis.settings(
        max_examples=examples * DEEP if deep else examples,
        derandomize=not deep,
        deadline=None,
        phases=phases,
        report_multiple_bugs=False,
        # The stage is set once a test and rolled back to after every example.
        suppress_health_check=list(hypothesis.HealthCheck),
    )
