"""What templates say of figures, money, days and words in other languages."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ayil.kit import written
from ayil.kit.names import Told

register = template.Library()

for _filter in (
    written.number,
    written.thousandths,
    written.money,
    written.less,
    written.rate,
    written.share_of,
    written.day,
    written.short_day,
    written.numeric_day,
    written.month,
    written.month_name,
    written.moment,
    written.days_long,
    written.pieces,
):
    register.filter(_filter.__name__, _filter)


@register.filter
def in_language(told: Told) -> SafeString:
    """Words that people gave, marked by their language where it is not the reader's, with a
    note that nobody has put them into the reader's own yet."""
    if told.language == written.language() or not told.text:
        return conditional_escape(told.text)
    return format_html(
        '<span lang="{}">{}</span> <small class="faint untold">({})</small>',
        told.language,
        told.text,
        _("not translated yet"),
    )
