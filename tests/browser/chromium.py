"""A Chromium that the machine already has, started as a process and driven over its own port."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

START_SECONDS = 30


def _wait_for_port(profile: Path, process: subprocess.Popen[bytes]) -> str:
    """The port that the browser chose; it writes it down once it listens."""
    told = profile / "DevToolsActivePort"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"Chromium ended with status {process.returncode} at its start.")
        if told.exists() and "\n" in (text := told.read_text(encoding="ascii")):
            return text.split("\n", 1)[0]
        time.sleep(0.05)
    raise RuntimeError(f"Chromium did not open its port within {START_SECONDS} seconds.")


@contextmanager
def running(executable: str) -> Iterator[Browser]:
    """A headless browser with a profile of its own; both are gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [
                executable,
                "--headless=new",
                "--remote-debugging-port=0",
                f"--user-data-dir={folder}",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = _wait_for_port(Path(folder), process)
            with sync_playwright() as driver:
                browser = driver.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
                yield browser
                browser.close()
        finally:
            process.terminate()
            process.wait(timeout=10)
