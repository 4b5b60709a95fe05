"""A whole till: served, enrolled, on a tablet of its own."""

from tests.rig.till_fixtures import house, line, tablet, tablets

__all__ = ["house", "line", "tablet", "tablets"]
