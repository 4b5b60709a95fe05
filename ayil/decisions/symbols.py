"""The drawings that proposals are known by, on pages and on ballot papers: people vote by them.

One colour, thick lines, a field of 32 by 32; no two are alike from three steps away. Each proposal
of an assembly has its own, and a village that draws by hand can redraw any of them.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

# What each is called, and its strokes. The order is the one in which they are offered.
_DRAWN: Mapping[str, tuple[object, str]] = {
    "yurt": (
        _("yurt"),
        ("M3 17C6 10 11 8 16 8s10 2 13 9zM5 17v11h22V17M13 28v-6a3 3 0 0 1 6 0v6M13 8V4h6v4"),
    ),
    "felt": (
        _("roll of felt"),
        ("M9 8h15a5 9 0 0 1 0 18H9M9 8a5 9 0 1 0 0 18a5 9 0 1 0 0-18M9 13a2.5 4 0 1 1 0 8"),
    ),
    "rug": (
        _("rug"),
        (
            "M6 6h20v20H6zM16 9l6 7-6 7-6-7zM9 6V3M14 6V3M18 6V3M23 6V3M9 26v3M14 26v3"
            "M18 26v3M23 26v3"
        ),
    ),
    "slippers": (
        _("slipper"),
        "M4 22c0-5 5-6 8-7 4-1 4-6 9-6h7v13zM4 22v4h24v-4M12 15c2 3 5 3 7 0",
    ),
    "kalpak": (
        _("kalpak"),
        "M4 27h24l-4-6H8zM8 21C9 13 13 8 16 4c3 4 7 9 8 17M16 4v17M11 16c3 2 7 2 10 0",
    ),
    "hat": (
        _("knitted hat"),
        (
            "M7 20C7 7 25 7 25 20M5 20h22v7H5zM10 20v7M16 20v7M22 20v7M16 10"
            "a3 3 0 1 0 0-6 3 3 0 0 0 0 6"
        ),
    ),
    "bag": (
        _("bag"),
        "M7 12h18l2 16H5zM11 12c0-11 10-11 10 0M16 17l3 4-3 4-3-4z",
    ),
    "toy": (
        _("toy"),
        (
            "M16 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10M11 7a2.5 2.5 0 1 1 1-4M21 7"
            "a2.5 2.5 0 1 0-1-4M12 14c-4 5-4 14 4 14s8-9 4-14M10 19l-5 2M22 19l5 2M14 10h.1"
            "M18 10h.1"
        ),
    ),
    "needle": (
        _("needle and thread"),
        "M4 28 25 7l4-4-2 5L6 29zM24 8C18 2 8 5 10 12c2 6 12 3 12 10 0 4-5 6-9 4",
    ),
    "loom": (
        _("loom"),
        "M5 4v25M27 4v25M3 8h26M3 25h26M10 8v17M14 8v17M18 8v17M22 8v17M7 15h18M7 19h18",
    ),
    "wool": (
        _("ball of wool"),
        (
            "M15 27a10 10 0 1 0 0-20 10 10 0 0 0 0 20M7 12c7 0 12 5 14 13M11 8"
            "c6 0 11 4 13 10M5 18c5 0 8 3 10 9M22 24c3 5 6 4 7 2"
        ),
    ),
    "phone-case": (
        _("case for a telephone"),
        (
            "M9 4h14c1 0 2 1 2 2v21c0 1-1 2-2 2H9c-1 0-2-1-2-2V6c0-1 1-2 2-2zM7 13h18M16 17"
            "l3 4-3 4-3-4zM14 8h4"
        ),
    ),
    "saddle": (
        _("saddle"),
        ("M4 9c4 0 5 5 9 5h6c3 0 3-6 9-7-1 7-2 12-7 12h-9c-5 0-7-5-8-10zM15 19v6M11 25h8l1 4H10z"),
    ),
    "horse": (
        _("horse"),
        (
            "M9 28c0-7 4-9 4-12-2 2-4 3-6 2-3-2-1-4 0-5l5-7 1-4 4 3c6 1 9 7 9 14v9zM14 10"
            "h.1M19 9c3 4 4 8 3 12"
        ),
    ),
    "jam": (
        _("jar of jam"),
        (
            "M9 4h14v5H9zM10 9c-3 2-3 3-3 5v12c0 2 1 3 3 3h12c2 0 3-1 3-3V14c0-2 0-3-3-5"
            "M7 16h18M7 24h18M14 20a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
        ),
    ),
    "honey": (
        _("honeycomb"),
        (
            "M16 3l6 3.5v6L16 16l-6-3.5v-6zM10 16l6 3.5v6L10 29l-6-3.5v-6zM22 16l6 3.5v6"
            "L22 29l-6-3.5v-6z"
        ),
    ),
    "apple": (
        _("apple"),
        (
            "M16 10c-3-3-11-2-11 6 0 7 5 13 8 13 1 0 2-1 3-1s2 1 3 1"
            "c3 0 8-6 8-13 0-8-8-9-11-6zM16 10c0-3 1-5 2-6"
        ),
    ),
    "apricot": (
        _("apricot"),
        (
            "M16 9C7 6 4 13 5 19c1 6 6 10 11 10s10-4 11-10c1-6-2-13-11-10zM16 9"
            "c-3 6-3 13 0 20M16 9c1-4 5-6 9-5 0 4-4 6-9 5"
        ),
    ),
    "raspberry": (
        _("raspberries"),
        (
            "M10 11h12c4 0 5 4 4 7-2 6-6 11-10 11S8 24 6 18c-1-3 0-7 4-7zM16 11V4M16 7"
            "c-3 0-5-1-6-3M16 7c3 0 5-1 6-3M11 16h.1M16 16h.1M21 16h.1M13 20h.1M19 20h.1"
            "M16 24h.1"
        ),
    ),
    "currant": (
        _("currants"),
        (
            "M16 3v20M16 9h-2M16 12h2M16 17h-2M16 20h2M11 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6"
            "M21 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6M11 20a3 3 0 1 0 0-6 3 3 0 0 0 0 6M21 23"
            "a3 3 0 1 0 0-6 3 3 0 0 0 0 6M16 29a3 3 0 1 0 0-6 3 3 0 0 0 0 6"
        ),
    ),
    "sea-buckthorn": (
        _("sea-buckthorn"),
        (
            "M4 29 27 4M11 21c-5 1-8-1-9-5 5-1 8 1 9 5zM18 13c-5 1-8-1-9-5 5-1 8 1 9 5z"
            "M15 25a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M21 20"
            "a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M26 14a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5"
            "M22 27a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5"
        ),
    ),
    "oil": (
        _("bottle"),
        (
            "M13 3h6v6l4 5v13c0 1-1 2-2 2H11c-1 0-2-1-2-2V14l4-5zM13 7h6M16 16c-2 3-3 4-3 6"
            "a3 3 0 0 0 6 0c0-2-1-3-3-6z"
        ),
    ),
    "juice": (
        _("glass of juice"),
        "M8 10h16l-2 19H10zM9 16h14M17 10l2-7h5",
    ),
    "tea": (
        _("cup of tea"),
        (
            "M4 14h20c0 8-4 12-10 12S4 22 4 14zM8 29h12M24 16c6-2 6 6-2 7M10 10"
            "c-2-2 2-4 0-6M17 10c-2-2 2-4 0-6"
        ),
    ),
    "herb": (
        _("herb"),
        (
            "M16 29V9M16 9c-3-2-3-5 0-7 3 2 3 5 0 7zM16 17c-5 1-8-1-9-5 5-1 8 1 9 5zM16 17"
            "c5 1 8-1 9-5-5-1-8 1-9 5zM16 25c-5 1-8-1-9-5 5-1 8 1 9 5zM16 25"
            "c5 1 8-1 9-5-5-1-8 1-9 5z"
        ),
    ),
    "soap": (
        _("soap"),
        (
            "M4 19c0-2 1-3 3-3h18c2 0 3 1 3 3v6c0 2-1 3-3 3H7c-2 0-3-1-3-3zM10 22h12M8 9"
            "a3 3 0 1 0 6 0 3 3 0 1 0-6 0M18 6a2 2 0 1 0 4 0 2 2 0 1 0-4 0M19 12h.1"
        ),
    ),
    "mushroom": (
        _("mushroom"),
        ("M3 17C3 8 9 4 16 4s13 4 13 13zM12 17v8c0 5 8 5 8 0v-8M10 12h.1M16 9h.1M22 12h.1"),
    ),
    "milk": (
        _("pail of milk"),
        "M6 11h20l-3 18H9zM6 11C8 0 24 0 26 11M7 17c3 2 6-2 9 0s6 2 9 0",
    ),
    "bread": (
        _("flat bread"),
        (
            "M16 29a13 13 0 1 0 0-26 13 13 0 0 0 0 26M16 23a7 7 0 1 0 0-14 7 7 0 0 0 0 14"
            "M13 15h.1M19 15h.1M16 19h.1"
        ),
    ),
    "egg": (
        _("egg"),
        "M16 4c5 0 9 8 9 15a9 9 0 0 1-18 0c0-7 4-15 9-15zM12 13c-1 2-1 4-1 6",
    ),
    "fish": (
        _("fish"),
        ("M3 16c5-8 15-9 21-2l5-5c-1 5-1 9 0 14l-5-5C18 25 8 24 3 16zM8 14h.1M14 11c2 3 2 7 0 10"),
    ),
    "willow": (
        _("basket"),
        ("M4 14h24l-3 14H7zM6 14C8 2 24 2 26 14M5 19h22M6 24h20M11 14l1 14M16 14v14M21 14l-1 14"),
    ),
    "pot": (
        _("clay pot"),
        ("M11 4h10M12 4c0 3-7 5-7 13 0 7 5 12 11 12s11-5 11-12c0-8-7-10-7-13M5 16h22M6 21h20"),
    ),
    "salt": (
        _("salt"),
        "M16 3l10 5v11l-10 6-10-6V8zM16 13l10-5M16 13 6 8M16 13v12M3 29h26",
    ),
}

SYMBOLS: Mapping[str, object] = {slug: words for slug, (words, _strokes) in _DRAWN.items()}
STROKE = 2  # of the field of 32


def symbol_svg(slug: str) -> str:
    """The drawing as a file of its own, in the colour of the words around it; for typst too, which
    takes it as bytes. KeyError for a name that is not among SYMBOLS."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="symbol" viewBox="0 0 32 32" width="32" '
        'height="32" fill="none" stroke="currentColor" aria-hidden="true" focusable="false" '
        f'stroke-width="{STROKE}" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{_DRAWN[slug][1]}"/></svg>'
    )
