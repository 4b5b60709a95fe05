"""A whole till for every test that tries to lose a sale."""

from tests.rig.till_fixtures import house, line, tablet, tablets

__all__ = ["house", "line", "tablet", "tablets"]
