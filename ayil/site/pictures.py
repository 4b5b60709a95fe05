"""Small pictures made on the server: bars, meters, signs. Pure text in, safe SVG out.

The page's policy lets nothing be styled in place, so a picture carries geometry only and takes
its colours from the style sheet by class. Each has a title that says in words what it shows.
"""

from collections.abc import Collection, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WEEK_WIDTH = 10
CHART_HEIGHT = 100

# Strokes on a field of 24 by 24.
ICONS = {
    "home": "M3 11 12 4l9 7M6 10v10h12V10M10 20v-6h4v6",
    "villages": "M2 20h20M4 20l4-9 4 9M11 14l5-9 6 15",
    "goods": "M5 9h14l-1 11H6zM9 9V7a3 3 0 0 1 6 0v2",
    "news": "M4 10v4h3l9 5V5l-9 5zM19 9a4 4 0 0 1 0 6",
    "sales": "M4 20h16M7 20v-6M12 20V6M17 20v-9",
    "today": "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4M9 14h2M13 14h2M9 17h2",
    "desk": "M5 4h14v16H5zM8 9l1.2 1.2L11.5 8M14 9h2M8 15l1.2 1.2 2.3-2.2M14 15h2",
    "programme": "M12 4a8 8 0 1 0 8 8M12 4v8h8M15 3a8 8 0 0 1 6 6",
    "grant": "M4 8h16v11H4zM4 12h16M8 5h8M15 15.5h2",
    "decision": "M6 20V9l6-5 6 5v11M9 13l2.5 2.5L16 11M4 20h16",
    "lesson": "M9 18h6M10 21h4M12 3a6 6 0 0 0-4 10.5c1 .8 1 1.5 1 2.5h6"
    "c0-1 0-1.7 1-2.5A6 6 0 0 0 12 3z",
    "owed": "M4 7h16v11H4zM12 10a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M7 12.5h.1M17 12.5h.1",
    "warning": "M12 4 2.5 20h19zM12 10v5M12 17.5v.1",
    "good": "M4 12.5 10 18 20 6",
    "sign-in": "M10 4h9v16h-9M3 12h11M10 8l4 4-4 4",
    "sign-out": "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    "paper": "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-8 13-8 13 0"
    "M16 4.5a3.3 3.3 0 0 1 0 6M18 14c2.5.8 3.5 3 3.5 6",
    "lower": "M4 4h8l8 8-8 8-8-8zM8 8h.1M12 9v5M10 12.5l2 2 2-2",
    "car": "M2 16V7h11v9M13 10h4l4 4v2h-2M9 16h6M6 18.5a2 2 0 1 0 .1 0M17 18.5a2 2 0 1 0 .1 0",
    "give": "M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-5 0-5-4-2.5-4S12 7 12 7s0-4 2.5-4S17 7 12 7",
    "keep": "M3 20h18M3 13h18M6 13V8h4v5M13 13V5h4v8M7 20v-4h3v4",
    "shop": "M4 10v10h16V10M3 10l2-6h14l2 6zM9 20v-6h6v6",
}

# The quarter of a felt rug's medallion, on a field of 32 by 32, turned four times about 32,32.
MEDALLIONS = (
    "M32 32V8c-8 0-14 5-14 12 0 5 6 6 7 2 3 1 4 6 7 10z",
    "M32 32 10 10h14l8 10z",
    "M32 32C20 32 8 26 8 16c0-7 10-8 11-1 5-3 9 5 13 17z",
    "M32 32V6l-7 9-9-3 3 9-9 7z",
    "M32 32V12a10 10 0 1 0-10 10h4a6 6 0 1 1 2-6z",
    "M32 32 20 20l-5 5-7-7 10-10 7 7-5 5z",
    "M32 32V8l-6 6V8l-8 8v6h-6l-4 6h12z",
    "M32 32c-2-8-8-12-14-8-5 3-9-1-8-6 1-7 9-9 12-4 6-8 10 4 10 18z",
)
DYES = 6


def icon(name: str) -> SafeString:
    """A sign beside a word; the word says it, so a reader aloud passes over the sign."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        ICONS[name],
    )


def village_sign(number: int) -> SafeString:
    """A village's own medallion, the same on each page: 48 differ before one comes again."""
    turn, place = divmod(number, len(MEDALLIONS))
    medallion, dye = MEDALLIONS[place], (turn + place) % DYES
    turns = format_html_join(
        "",
        '<path d="{}" transform="rotate({} 32 32)"/>',
        ((medallion, a) for a in (0, 90, 180, 270)),
    )
    return format_html(
        '<svg class="sign dye-{}" viewBox="0 0 64 64" aria-hidden="true" focusable="false">'
        '<rect width="64" height="64" rx="10"/>{}</svg>',
        dye,
        turns,
    )


def bars(values: Sequence[int], title: str, marked: int | None = None) -> SafeString:
    """Upright bars of equal steps; a negative value hangs below the line, `marked` stands out."""
    top = max([*values, 0])
    depth = max([-value for value in values] + [0])
    scale = CHART_HEIGHT / ((top + depth) or 1)
    line = top * scale
    shapes = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                "bar marked" if at == marked else "bar below" if value < 0 else "bar",
                at * WEEK_WIDTH + 1,
                f"{line - max(value, 0) * scale:.1f}",
                WEEK_WIDTH - 2,
                f"{abs(value) * scale:.1f}",
            )
            for at, value in enumerate(values)
        ),
    )
    width = max(len(values), 1) * WEEK_WIDTH
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img">'
        '<title>{}</title>{}<path class="ground" d="M0 {}H{}"/></svg>',
        width,
        CHART_HEIGHT + 1,
        title,
        shapes,
        f"{line:.1f}",
        width,
    )


def season(months: Collection[int], title: str) -> SafeString:
    """The twelve months of a year, those of the season filled, each with its number."""
    cells = format_html_join(
        "",
        '<rect class="{}" x="{}" y="1" width="22" height="22" rx="3"/>'
        '<text class="{}" x="{}" y="17">{}</text>',
        (
            (
                "month in" if month in months else "month",
                (month - 1) * 24 + 1,
                "within" if month in months else "",
                (month - 1) * 24 + 12,
                month,
            )
            for month in range(1, 13)
        ),
    )
    return format_html(
        '<svg class="season" viewBox="0 0 288 24" role="img"><title>{}</title>{}</svg>',
        title,
        cells,
    )


def meter(
    part: int, whole: int, title: str, kind: str = "plain", mark: int | None = None
) -> SafeString:
    """How much of the whole is filled; `mark` is a line across it (a quorum, a limit)."""
    whole = max(whole, part, mark or 0, 1)
    across = (
        format_html('<path class="mark" d="M{0} 0V12"/>', f"{min(mark * 100 / whole, 99.5):.1f}")
        if mark is not None
        else SafeString("")
    )
    return format_html(
        '<svg class="meter {}" viewBox="0 0 100 12" preserveAspectRatio="none" role="img">'
        '<title>{}</title><rect class="whole" width="100" height="12"/>'
        '<rect class="part" width="{}" height="12"/>{}</svg>',
        kind,
        title,
        f"{max(part, 0) * 100 / whole:.1f}",
        across,
    )


def balance(owed: Sequence[int], held: Sequence[int], title: str) -> SafeString:
    """Two sums day by day: `owed` filled, `held` as a line over it, and red between them on each
    day on which less is held than owed. What is below nought lies on the ground."""
    days = [(max(one, 0), max(other, 0)) for one, other in zip(owed, held, strict=True)]
    scale = CHART_HEIGHT / (max((max(pair) for pair in days), default=0) or 1)

    def height(value: int) -> str:
        return f"{CHART_HEIGHT - value * scale:.1f}"

    lacks = format_html_join(
        "",
        '<rect class="lacks" x="{}" y="{}" width="1" height="{}"/>',
        (
            (at, height(one), f"{(one - other) * scale:.1f}")
            for at, (one, other) in enumerate(days)
            if other < one
        ),
    )
    return format_html(
        '<svg class="balance" viewBox="0 0 {0} {1}" preserveAspectRatio="none" role="img">'
        '<title>{2}</title><path class="owed" d="M0 {3}{4}V{3}z"/>{5}'
        '<path class="held" d="{6}"/><path class="ground" d="M0 {3}H{0}"/></svg>',
        max(len(days), 1),
        CHART_HEIGHT + 1,
        title,
        CHART_HEIGHT,
        "".join(f"V{height(one)}H{at + 1}" for at, (one, _other) in enumerate(days)),
        lacks,
        _stairs([height(other) for _one, other in days]),
    )


def _stairs(heights: Sequence[str]) -> str:
    """A line that holds its height for a day."""
    if not heights:
        return ""
    return f"M0 {heights[0]}H1" + "".join(
        f"V{height}H{at}" for at, height in enumerate(heights[1:], 2)
    )
