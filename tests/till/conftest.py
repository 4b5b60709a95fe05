"""The till's modules in a real Chromium: `modules.run(…)` evaluates in a page of their origin."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ayil.shop.programme import KINDS
from tests.rig.messages import TILL


class _Files(http.server.SimpleHTTPRequestHandler):
    """The till's folder, under the address of a version, as the server gives it out."""

    extensions_map = KINDS

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.replace("/till/v/test/", "/", 1))

    def do_GET(self) -> None:
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!doctype html><html lang=en><title>modules</title><body></body>")
            return
        super().do_GET()

    def log_message(self, *_words: object) -> None:
        """Says nothing."""


@dataclass
class Modules:
    """A page in which the till's modules can be loaded by their path."""

    page: Page

    def run(self, module: str, body: str, *given: Any) -> Any:
        """The result of `body`, in which `m` is the module and `given` what was handed in."""
        script = (
            "async ([path, given]) => { const m = await import(path); "
            f"const run = async (m, given) => {{ {body} }}; return run(m, given); }}"
        )
        return self.page.evaluate(script, [f"/till/v/test/{module}", list(given)])


@pytest.fixture(scope="session")
def tills_files() -> Iterator[str]:
    """The origin of a server that gives out the till's files and nothing else."""
    handler = functools.partial(_Files, directory=str(Path(TILL)))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def modules(chromium: Browser, tills_files: str) -> Iterator[Modules]:
    """A page of its own context: nothing is kept from one test to the next."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(tills_files)
    yield Modules(page)
    context.close()
