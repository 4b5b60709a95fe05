"""Figures, money and days as they are written in the reader's language, on pages and papers.

Figures are grouped by a no-break space in all three languages; only the decimal mark differs.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ayil.kit.money import minor_digits

NO_BREAK = "\u00a0"
# After a hyphen it holds the line together, and no font has to have a sign for it.
JOINER = "\u2060"
MINUS = "\u2212"
DECIMAL_MARK = {"en": "."}
# Our readers' own sign for the som; every other currency keeps its code, which is never mistaken.
CURRENCY_SIGN = {"KGS": "сом"}
LOCALE = {"ky": "ky", "ru": "ru", "en": "en_GB"}
DAY = {"ky": "y-'ж'. d-MMMM", "ru": "d MMMM y 'г'.", "en": "d MMMM y"}
MONTH = {"ky": "y-'ж'. LLLL", "ru": "LLLL y 'г'.", "en": "LLLL y"}
SHORT_DAY = {"ky": "d-MMM", "ru": "d MMM", "en": "d MMM"}


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALE[language])


def language() -> str:
    """The reader's: one of the three."""
    asked = get_language() or settings.LANGUAGE_CODE
    return asked if asked in LOCALE else settings.LANGUAGE_CODE


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", NO_BREAK)


def number(value: int | float | None, digits: int = 0) -> str:
    """1234 → "1 234"; a value that is not known is a dash, never a nought."""
    if value is None:
        return "–"
    sign = MINUS if value < 0 else ""
    text = f"{abs(value):.{digits}f}" if digits else str(round(abs(value)))
    whole, _point, fraction = text.partition(".")
    mark = DECIMAL_MARK.get(language(), ",") if fraction else ""
    return f"{sign}{_grouped(int(whole))}{mark}{fraction}"


def thousandths(value: int | None) -> str:
    """350 → "0,35", 12000 → "12": an amount in thousandths of its unit."""
    if value is None:
        return "–"
    rest = f"{abs(value) % 1000:03d}".rstrip("0")
    sign, mark = MINUS if value < 0 else "", DECIMAL_MARK.get(language(), ",") if rest else ""
    return f"{sign}{_grouped(abs(value) // 1000)}{mark}{rest}"


def money(amount_minor: int | None, currency: str = "KGS") -> str:
    """Whole minor units: 123450 → "1 234,50 сом", 120000 → "1 200 сом", None → a dash."""
    if amount_minor is None:
        return "–"
    digits = minor_digits(currency)
    whole, fraction = divmod(abs(amount_minor), 10**digits)
    sign = MINUS if amount_minor < 0 else ""
    mark = DECIMAL_MARK.get(language(), ",")
    parts = f"{mark}{fraction:0{digits}d}" if fraction else ""
    return f"{sign}{_grouped(whole)}{parts}{NO_BREAK}{CURRENCY_SIGN.get(currency, currency)}"


def less(amount_minor: int, currency: str = "KGS") -> str:
    """What is taken away: money with a minus before it, and none before nothing."""
    return money(-amount_minor, currency)


def rate(value_bp: int | None) -> str:
    """Basis points: 2000 → "20 %", 1750 → "17,5 %"."""
    if value_bp is None:
        return "–"
    digits = 0 if value_bp % 100 == 0 else 1 if value_bp % 10 == 0 else 2
    return f"{number(value_bp / 100, digits)}{NO_BREAK}%"


def share_of(part: int, whole: int) -> str:
    """A part in percent of the whole, to a tenth, rounded down: 100 % is all of it and no less."""
    if not whole:
        return "–"
    tenths = part * 1000 // whole
    return f"{number(tenths / 10, 1 if tenths % 10 else 0)}{NO_BREAK}%"


def _day_of(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value, ZoneInfo(settings.TIME_ZONE)).date()
    return value


def _written(value: date | datetime | None, patterns: dict[str, str]) -> str:
    if not value:  # a template hands over an empty text where a row is not there
        return "–"
    spoken = language()
    return _in_pattern(_day_of(value), patterns[spoken], spoken)


@lru_cache(maxsize=2048)
def _in_pattern(value: date, pattern: str, spoken: str) -> str:
    """A page of receipts writes the same few days again and again."""
    return _unbroken(format_date(value, pattern, locale=_locale(spoken)))


def _unbroken(written: str) -> str:
    """One line on the narrowest screen: a line may end at a space, and after a hyphen too."""
    return written.replace(" ", NO_BREAK).replace("-", f"-{JOINER}")


def day(value: date | datetime | None) -> str:
    """ "2012-ж. 5-июнь", "5 июня 2012 г.", "5 June 2012"; a moment is the day in Bishkek."""
    return _written(value, DAY)


def short_day(value: date | datetime | None) -> str:
    """The day without its year, for a series whose year is told beside it."""
    return _written(value, SHORT_DAY)


def numeric_day(value: date | datetime | None) -> str:
    """05.06.2012, for the ends of a picture, where words do not fit."""
    return "–" if not value else f"{_day_of(value):%d.%m.%Y}"


def month(value: date | datetime | None) -> str:
    """The month and its year."""
    return _written(value, MONTH)


def month_name(number: int) -> str:
    """The month of that number, from 1, as it stands alone."""
    names = _locale(language()).months["stand-alone"]["wide"]
    return str(names[number])


def moment(value: datetime | None) -> str:
    """The day and the clock in Bishkek."""
    if not value:
        return "–"
    return f"{day(value)} {timezone.localtime(value, ZoneInfo(settings.TIME_ZONE)):%H:%M}"


def days_long(count: int) -> str:
    """A span of days, in words."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def pieces(count: int | None) -> str:
    """A count of goods."""
    if count is None:
        return _("not known")
    return ngettext("%(count)s piece", "%(count)s pieces", count) % {"count": number(count)}
