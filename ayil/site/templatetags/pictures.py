"""The pictures of `ayil.site.pictures`, as templates draw them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ayil.decisions.symbols import SYMBOLS, symbol_svg
from ayil.site import pictures

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "home" %}`."""
    return pictures.icon(name)


@register.simple_tag
def village_sign(place_id: int) -> SafeString:
    """`{% village_sign village.pk %}`."""
    return pictures.village_sign(place_id)


@register.simple_tag
def bars(values: Sequence[int], title: str, marked: int | None = None) -> SafeString:
    """`{% bars units title %}`, oldest first."""
    return pictures.bars(values, title, marked)


@register.simple_tag
def month_bars(months: Sequence[tuple[date, int]], title: str) -> SafeString:
    """`{% month_bars months title %}`: (day, value) pairs, with the first and the last month."""
    if not months:
        return SafeString("")
    return format_html(
        '{}<p class="axis"><span>{}</span><span>{}</span></p>',
        pictures.bars([value for _on, value in months], title),
        f"{months[0][0]:%m.%Y}",
        f"{months[-1][0]:%m.%Y}",
    )


@register.simple_tag
def meter(
    part: int, whole: int, title: str, kind: str = "plain", mark: int | None = None
) -> SafeString:
    """`{% meter spent planned title "spent" %}`; kinds are the classes of the style sheet."""
    return pictures.meter(part, whole, title, kind, mark)


@register.simple_tag
def symbol(slug: str, aloud: bool = False) -> SafeString:
    """`{% symbol proposal.symbol %}`; `aloud` where no word beside it says what is drawn."""
    drawn = SafeString(symbol_svg(slug))  # nosec B703 - our own strokes, from a fixed table
    return format_html('{}<span class="unseen">{}</span>', drawn, SYMBOLS[slug]) if aloud else drawn


@register.simple_tag
def season(months: Sequence[int], title: str) -> SafeString:
    """`{% season resource.months title %}`: which months of the year."""
    return pictures.season(months, title)


@register.simple_tag
def balance(ends: Sequence[Any], title: str) -> SafeString:
    """`{% balance days title %}`: ends of days, each with what is owed and what is held."""
    return pictures.balance(
        [end.owed_minor for end in ends], [end.held_minor for end in ends], title
    )
