"""Every page that a link or the resolver leads to, as each of the demo's people, without a browser.

A page that is new tomorrow is walked by itself: an address without parts is asked for by its
route's name, one with parts is found by the links to it.
"""

from __future__ import annotations

import gzip
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404

from tests.rig.demo_house import NOBODY, Answer, House

# Of one route, this many addresses a person (with and without a query): a list of forty goods has
# forty links of one kind.
LIKE_EACH_OTHER = 1
HTML = "text/html"
# These end a walk, or need a secret that no link carries.
NOT_WALKED = {"enter", "sign-out"}


@dataclass(frozen=True)
class Route:
    """`name` with its namespace; `parts` are those of its address that must be known."""

    name: str
    address: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """`route` is the one that was asked for; the answer may come from another one's address."""

    persona: str
    route: str
    asked: str
    answer: Answer

    @property
    def landed(self) -> str:
        return route_of(self.answer.address) or self.route

    @property
    def is_page(self) -> bool:
        return self.answer.kind == HTML

    @property
    def gzipped_bytes(self) -> int:
        return len(gzip.compress(self.answer.body))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


def routes() -> Sequence[Route]:
    """Every route of the resolver that has a name."""
    return list(_routes(get_resolver(), "", ""))


def _routes(resolver: URLResolver, space: str, above: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        address = above + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern, inner, address)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Route(space + pattern.name, f"/{address}", tuple(pattern.pattern.converters))


def links(page: str, address: str) -> list[str]:
    """The addresses of this site that a page links to, without fragments."""
    reader = _Links()
    reader.feed(page)
    joined = (urlsplit(urljoin(address, link)) for link in reader.found)
    return [
        link.path + (f"?{link.query}" if link.query else "")
        for link in joined
        if not link.netloc and link.scheme in {"", "http"}
    ]


def route_of(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name or None
    except Resolver404:
        return None


def walk(house: House, persona: str, also: Sequence[str] = ()) -> Iterator[Seen]:
    """Each page once, and of those that are alike a few; `also` are addresses to begin with."""
    visitor = house.visitor(persona)
    visitor.speak("ky")
    plain = [one.address for one in routes() if not one.parts]
    waiting = deque(["/", *also, *plain])
    asked: set[str] = set()
    counts: Counter[tuple[str, bool]] = Counter()
    while waiting:
        address = waiting.popleft()
        name = route_of(address)
        like = (name or "", "?" in address)
        if name is None or address in asked or counts[like] >= LIKE_EACH_OTHER:
            continue
        if name in NOT_WALKED:
            continue
        asked.add(address)
        counts[like] += 1
        answer = visitor.get(address)
        yield Seen(persona, name, address, answer)
        if answer.kind == HTML:
            waiting.extend(links(answer.text, answer.address))


def walk_as_all(house: House, also: Sequence[str] = ()) -> list[Seen]:
    return [seen for persona in (NOBODY, *house.doors) for seen in walk(house, persona, also)]
