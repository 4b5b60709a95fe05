"""The till's own programme: its files, given out under a version that is a hash over them all.

A file never changes under its address, so browsers may keep it for good; the till's service
worker keeps one version whole. Imports between the files are relative and stay in their version.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
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
# All that is text travels to the device in one piece: packed alone, a hundred small files take
# half as much again. A worker has a policy of its own, so it comes by its own address.
PACK = "pack.txt"
PACKED = frozenset({".css", ".js", ".json", ".mjs", ".svg"})
_REMARK = re.compile(r"^\s*//|^\s*/\*\*.*\*/\s*$")


def without_remarks(name: str, body: bytes) -> bytes:
    """Our own JavaScript and style without what is only for their readers.

    Where a text of several lines stands in it, nothing is touched: its lines are no code.
    """
    if name.endswith(".css"):
        without = re.sub(rb"/\*.*?\*/", b"", body, flags=re.DOTALL)
        return re.sub(rb"\s*([{};,])\s*", rb"\1", without)
    if not name.endswith(".js") or name.startswith("libraries/"):
        return body
    kept: list[str] = []
    in_remark = False
    for line in body.decode().split("\n"):
        if line.count("`") % 2:
            return body
        begins = line.lstrip().startswith("/**") and not line.rstrip().endswith("*/")
        in_remark = in_remark or begins
        if line.strip() and not in_remark and not _REMARK.match(line):
            kept.append(line.strip(" "))
        in_remark = in_remark and not line.rstrip().endswith("*/")
    return "\n".join(kept).encode()


class Programme:
    """The files by their name, and the version (16 hex digits)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        whole, self.files = hashlib.sha256(), dict[str, bytes]()
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in KINDS:
                name, body = path.relative_to(folder).as_posix(), path.read_bytes()
                whole.update(f"{name}\0{len(body)}\0".encode() + body)
                self.files[name] = without_remarks(name, body)
        self.version = whole.hexdigest()[:16]

    @property
    def kept(self) -> list[str]:
        """What a device keeps to open without a network; pictures of the icon are the system's."""
        return [
            name
            for name in self.files
            if name not in SHELL and not name.startswith(ON_DEMAND) and not name.endswith(".png")
        ]

    @property
    def alone(self) -> list[str]:
        """What of it is fetched by its own address."""
        return [name for name in self.kept if not _is_packed(name)]

    @cached_property
    def pack(self) -> bytes:
        """The rest of it in one piece: a line of JSON that says what follows (files with name,
        media type and length, then the length of the words; in units of UTF-16, as scripts
        count), the files' texts, and the words: the English ones, which travel once, and beside
        them what they are in each catalogue."""
        packed = [name for name in self.kept if _is_packed(name)]
        texts = {
            name: self.files[name].decode()
            for name in sorted(packed, key=_likeness)
            if not _is_words(name)
        }
        words = self._words([name for name in packed if _is_words(name)])
        listed = [[name, KINDS[Path(name).suffix], _units(text)] for name, text in texts.items()]
        first = _json({"files": listed, "words": _units(words)})
        return f"{first}\n{''.join(texts.values())}{words}".encode()

    def _words(self, names: Sequence[str]) -> str:
        catalogues = {name: json.loads(self.files[name]) for name in names}
        english = sorted(set().union(*catalogues.values()))
        said = {
            name: [catalogue.get(words) for words in english]
            for name, catalogue in catalogues.items()
        }
        return _json({"english": english, "catalogues": said})

    @cached_property
    def gzipped(self) -> bytes:
        return gzip.compress(self.pack, 9, mtime=0)

    @property
    def fetched(self) -> dict[str, bytes]:
        """All that a device fetches until the till is whole on it."""
        shell = {name: self.shell(name).encode() for name in SHELL}
        return shell | {name: self.files[name] for name in self.alone} | {PACK: self.pack}

    def shell(self, name: str) -> str:
        """A file of the shell, with its version and the files that come alone put in."""
        text = self.files[name].decode().replace("__VERSION__", self.version)
        return text.replace("__FILES__", json.dumps(self.alone))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _is_packed(name: str) -> bool:
    return Path(name).suffix in PACKED and not name.endswith(".worker.js")


def _likeness(name: str) -> tuple[str, bool, str]:
    """What is alike stands together, which packs better."""
    return Path(name).suffix, "_screen" in name, name


def _is_words(name: str) -> bool:
    return name.startswith("words/")


@lru_cache(maxsize=1)
def programme() -> Programme:
    """The programme that this server gives out, read once."""
    return Programme(settings.AYIL_TILL)


def _given(body: bytes | str, name: str, *, keep: bool) -> HttpResponse:
    kind = KINDS.get(Path(name).suffix, "text/plain")
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
def till_file(request: HttpRequest, version: str, name: str) -> HttpResponseBase:
    """One file of this version; another version's are no longer here."""
    ours = programme()
    if version == ours.version and name == PACK:
        return _packed(request, ours)
    if version != ours.version or name not in ours.files or name in SHELL:
        raise Http404(_("The till has no such file. Load its page again."))
    if name.endswith(".worker.js"):
        return _camera(request, name)
    return _given(ours.files[name], name, keep=True)


def _packed(request: HttpRequest, ours: Programme) -> HttpResponse:
    """Packed once and as small as gzip can, for those who take it so."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = _given(ours.gzipped if takes_gzip else ours.pack, PACK, keep=True)
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _camera(request: HttpRequest, name: str) -> HttpResponseBase:
    """A worker's policy is its own response's: only here may WebAssembly be compiled."""

    @csp_update({"script-src": ["'wasm-unsafe-eval'"]})
    def given(_request: HttpRequest) -> HttpResponseBase:
        return _given(programme().files[name], name, keep=True)

    return given(request)
