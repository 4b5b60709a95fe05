"""A browser on one tablet: Chromium with a profile folder that outlives it.

It can be killed with `kill -9` (the whole process group: no page, no browser, no disk service gets
a chance to tidy up), started again on the same folder, and the folder copied: a clone of the
tablet, or the image of its disk that somebody restores later.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, CDPSession, Error, Page

from tests.rig import machine
from tests.rig.chromium import WORDS, port_of
from tests.rig.till_house import Enrolled

# The printer's boundary is window.print. What is on the page then is told over the debugging port,
# out of the browser, so that it survives a kill, as paper does.
PRINTER = """
window.print = () => {
  const sheet = document.querySelector("#paper .sheet");
  window.__printed({ receipt: sheet.dataset.receipt ?? "", words: sheet.textContent });
};
"""


@dataclass
class Tablet:
    """One browser on one profile folder. `words` are Chromium's own, beside the rig's."""

    folder: Path
    browsers: BrowserType
    words: Sequence[str] = ()
    viewport: tuple[int, int] | None = None
    printed: list[dict[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    on_print: Callable[[], None] = lambda: None
    _process: subprocess.Popen[bytes] | None = None
    _context: BrowserContext | None = None

    def start(self) -> None:
        """Starts Chromium on the folder as it stands."""
        program = machine.chromium()
        if program is None:
            raise RuntimeError(
                "There is no Chromium on this machine: mark the test with `browser`."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in ("DevToolsActivePort", "SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.folder / left).unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [program, *WORDS, *self.words, f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        port = port_of(self.folder, self._process)
        browser = self.browsers.connect_over_cdp(f"http://127.0.0.1:{port}")
        self._context = browser.contexts[0]
        self._context.set_default_timeout(15_000)
        self._context.expose_binding("__printed", self._print)
        self._context.add_init_script(PRINTER)

    def _print(self, _source: object, paper: dict[str, str]) -> None:
        self.printed.append(paper)
        self.on_print()

    @property
    def receipts(self) -> list[str]:
        """The numbers on the receipts that came out of the printer."""
        return [paper["receipt"] for paper in self.printed if paper["receipt"]]

    @property
    def context(self) -> BrowserContext:
        if self._context is None:
            raise RuntimeError("This tablet is off.")
        return self._context

    def enrol(self, till: Enrolled, origin: str) -> None:
        """This browser is the shop's till from now on."""
        self.context.add_cookies(till.cookies(origin))  # type: ignore[arg-type] # Playwright's form

    def open(self, address: str) -> Page:
        """A new page at the address; what it says as an error is kept in `said`."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error)))
        if self.viewport:
            page.set_viewport_size({"width": self.viewport[0], "height": self.viewport[1]})
        page.goto(address)
        return page

    def cdp(self, page: Page) -> CDPSession:
        return self.context.new_cdp_session(page)

    def kill(self) -> None:
        """`kill -9` of every process of this browser; may be called from another thread."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=20)

    @property
    def is_on(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def is_off_within(self, seconds: float) -> bool:
        """A browser that was killed by another thread takes a moment to be gone."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process is not None:
                self._process.wait(timeout=seconds)
        return not self.is_on

    def stop(self) -> None:
        """Ends it as a person does, so that all it holds is on the disk."""
        if self._process is None or self._context is None:
            return
        if self.is_on and self._context.browser:
            with contextlib.suppress(Error):
                self._context.browser.new_browser_cdp_session().send("Browser.close")
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process, self._context = None, None

    def copy(self, to: Path) -> Tablet:
        """The image of this tablet's disk, as another tablet that is off."""
        shutil.copytree(self.folder, to, symlinks=True, ignore=shutil.ignore_patterns("Singleton*"))
        return Tablet(to, self.browsers, self.words, self.viewport)
