"""Gives every test process an AYIL_HOME of its own, before any setting is read.

Loaded by `-p tests.rig.home` in pyproject.toml: pytest-django reads the settings before it reads
a conftest, so a conftest would come too late and the tests would write into the user's own data.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from tests.rig import network

# Where tests/rig/postgres.py says which private cluster to use. The user's own
# AYIL_DATABASE_URL is never taken over: tests must not touch a real shop's database.
TEST_DATABASE = "AYIL_TEST_DATABASE_URL"


def make_home() -> str:
    """Point AYIL_HOME at a new temporary folder that goes when this process ends."""
    home = tempfile.mkdtemp(prefix="ayil-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("AYIL_")]:
        if name not in {TEST_DATABASE, "AYIL_SHARED_DATA", "AYIL_HYPOTHESIS"}:
            del os.environ[name]
    os.environ["AYIL_HOME"] = home
    os.environ["AYIL_LANGUAGE"] = "en"
    if os.environ.get(TEST_DATABASE):
        os.environ["AYIL_DATABASE_URL"] = os.environ[TEST_DATABASE]
    return home


make_home()
network.stay_on_this_machine()
