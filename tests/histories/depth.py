"""How many examples a test plays, and what happens with one that fails.

AYIL_HYPOTHESIS=shrink   the examples of every run; one that fails is made as short as can be
AYIL_HYPOTHESIS=deep     10 times as many, others every time, shortened likewise
"""

from __future__ import annotations

import os

import hypothesis
from hypothesis import Phase

DEEP = 10


def settings(examples: int) -> hypothesis.settings:
    """Settings for one test that plays `examples` histories in an ordinary run."""
    wish = os.environ.get("AYIL_HYPOTHESIS", "")
    if wish not in {"", "shrink", "deep"}:
        raise ValueError(f"AYIL_HYPOTHESIS is {wish!r}. It may be shrink or deep.")
    phases = [Phase.explicit, Phase.generate]
    return hypothesis.settings(
        max_examples=examples * DEEP if wish == "deep" else examples,
        derandomize=wish != "deep",
        deadline=None,
        # Shortening takes minutes: only when asked for. The same seed fails again in any case.
        phases=[*phases, Phase.shrink] if wish else phases,
        report_multiple_bugs=False,
        # The stage is set once a test and rolled back to after every example.
        suppress_health_check=list(hypothesis.HealthCheck),
    )
