"""What this machine has of the things that some tests need, and what to say where it has not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str | None:
    """Path of a Chromium that is already installed, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def shared_data() -> Path | None:
    """Folder of the real data sets: AYIL_SHARED_DATA, or shared/data beside the checkout."""
    named = os.environ.get("AYIL_SHARED_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


def postgres_folder() -> Path | None:
    """Folder that holds this machine's own initdb and postgres, the newest first, or None."""
    found = shutil.which("initdb")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(installed, key=lambda folder: -float(folder.parent.name))
    folders = [*([Path(found).resolve().parent] if found else []), *newest_first]
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def missing() -> dict[str, str]:
    """For every mark whose tests cannot run here: the reason, in words."""
    reasons = {}
    if chromium() is None:
        reasons["browser"] = "no Chromium on this machine"
    if shared_data() is None:
        reasons["real"] = "../shared/data is absent and AYIL_SHARED_DATA names no folder"
    if postgres_folder() is None:
        reasons["postgres"] = "no initdb on this machine"
    return reasons
