"""Ayil's settings, but for the till's programme: a copy in the home, which a test may renew."""

from ayil.site.settings import *  # noqa: F403 - all of them
from ayil.site.settings import AYIL_HOME

AYIL_TILL = AYIL_HOME / "till"
