"""Every route of the resolver."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def addresses(
    resolver: URLResolver | None = None, space: str = "", above: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """(Name with its namespace, address with its parts' names, pattern) of every route."""
    for found in (resolver or get_resolver()).url_patterns:
        path = f"{above}{found.pattern}"
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from addresses(found, inner, path)
        else:
            yield f"{space}{found.name}", path, found
