"""A browser for tests: the machine's own Chromium, driven by Playwright over its debugging port.

Chromium is started as a process with a port of its own choosing, since Playwright's own way of
starting asks for a browser that it fetched itself.
"""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.rig import machine

READY_WITHIN_S = 30
# Nothing leaves the machine, and nothing asks for a screen, a sandbox or a GPU that CI lacks.
WORDS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--hide-scrollbars",  # a phone has none, and a picture is as wide as its screen
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--remote-debugging-port=0",
)


def port_of(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """The debugging port that Chromium chose, once it has written it down."""
    written = profile / "DevToolsActivePort"
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(FileNotFoundError, IndexError, ValueError):
            return int(written.read_text().splitlines()[0])
        time.sleep(0.05)
    raise RuntimeError(f"Chromium did not open its port in {READY_WITHIN_S} s; does it start?")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium with an empty profile, yield it, and end it."""
    program = machine.chromium()
    if program is None:
        raise RuntimeError("There is no Chromium on this machine: mark the test with `browser`.")
    with tempfile.TemporaryDirectory(prefix="ayil-chromium-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [program, *WORDS, f"--user-data-dir={folder}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = port_of(Path(folder), process)
            with sync_playwright() as playwright:
                yield playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(timeout=20)
