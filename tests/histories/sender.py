"""A server of its own that takes a till's events, batch by batch, until it is killed.

    python -m tests.histories.sender DATABASE TILL FILE SIZE

FILE holds one event a line. Each batch's hashes are said on standard output once it is taken.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import django


def main(database: str, till: str, file: str, size: int) -> None:
    django.setup()
    from django.db import connection

    from ayil.shop.log import ingest
    from ayil.shop.models import Device

    connection.settings_dict["NAME"] = database
    events = Path(file).read_bytes().splitlines()
    device = Device.objects.select_related("shop__fund").get(code=till)
    print("ready", flush=True)
    for start in range(0, len(events), size):
        answer = ingest(
            device=device, raw=events[start : start + size], at=datetime.now(UTC).replace(year=2013)
        )
        print(" ".join(answer.acknowledged), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
