"""The till's own programme: its files, given out under a version that is a hash over them all.

A file never changes under its address, so browsers may keep it for good; the till's service
worker keeps one version whole. Imports between the files are relative and stay in their version.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
# Rewritten with the version when they are given out; the others travel as they lie there.
SHELL = ("index.html", "sw.js", "manifest.webmanifest")
# The camera's fallback is a megabyte that most devices never need: fetched when asked for.
ON_DEMAND = "libraries/zxing/"


class Programme:
    """The files by their name, and the version (16 hex digits)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in KINDS
        }
        whole = hashlib.sha256()
        for name, body in self.files.items():
            whole.update(f"{name}\0{len(body)}\0".encode() + body)
        self.version = whole.hexdigest()[:16]

    @property
    def kept(self) -> list[str]:
        """What a device keeps to open without a network."""
        return [name for name in self.files if name not in SHELL and not name.startswith(ON_DEMAND)]

    def shell(self, name: str) -> str:
        """A file of the shell, with its version and the list of files put in."""
        text = self.files[name].decode().replace("__VERSION__", self.version)
        return text.replace("__FILES__", json.dumps(self.kept))


@lru_cache(maxsize=1)
def programme() -> Programme:
    """The programme that this server gives out, read once."""
    return Programme(settings.AYIL_TILL)


def _given(body: bytes | str, name: str, *, keep: bool) -> HttpResponse:
    kind = KINDS[Path(name).suffix]
    response = HttpResponse(body, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if keep else "no-cache"
    return response


@require_safe
def till(request: HttpRequest) -> HttpResponse:
    """The till's page: the same for everybody, with no word about anybody in it."""
    return _given(programme().shell("index.html"), "index.html", keep=False)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    return _given(programme().shell("sw.js"), "sw.js", keep=False)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    name = "manifest.webmanifest"
    return _given(programme().shell(name), name, keep=False)


@require_safe
def till_file(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """One file of this version; another version's are no longer here."""
    ours = programme()
    if version != ours.version or name not in ours.files or name in SHELL:
        raise Http404(_("The till has no such file. Load its page again."))
    if name.endswith(".worker.js"):
        return _camera(request, name)
    return _given(ours.files[name], name, keep=True)


@csp_update({"script-src": ["'wasm-unsafe-eval'"]})  # type: ignore[untyped-decorator]
def _camera(request: HttpRequest, name: str) -> HttpResponse:
    """A worker's policy is its own response's: only here may WebAssembly be compiled."""
    return _given(programme().files[name], name, keep=True)
