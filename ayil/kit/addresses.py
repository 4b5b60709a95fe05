"""Where a request came from."""

from ipaddress import IPv4Address, ip_address

from django.conf import settings
from django.http import HttpRequest

NOWHERE = str(IPv4Address(0))  # no address that anybody writes from


def address_of(request: HttpRequest) -> str:
    """The reader's address: what our proxy wrote down last, or the other end of the wire.

    Earlier entries of X-Forwarded-For are whatever the reader chose to send.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.AYIL_HTTPS:
        given = request.headers.get("X-Forwarded-For", given).rpartition(",")[2].strip()
    try:
        return str(ip_address(given))
    except ValueError:
        return NOWHERE
