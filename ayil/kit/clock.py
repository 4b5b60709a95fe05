"""Time: aware and UTC inside, shown in Asia/Bishkek; a business date belongs to its shift."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BISHKEK = ZoneInfo("Asia/Bishkek")


def now() -> datetime:
    return datetime.now(UTC)


def local_date(moment: datetime, zone: ZoneInfo = BISHKEK) -> date:
    """The calendar day of `moment` in `zone`; a naive time is a defect and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(zone).date()
