"""What is told to people beside the server: sales flashes are made, messages sent, the bot heard.

One thread in the process that does it all. Nothing of it is waited for by a sale or a page.
"""

import logging
import threading
from datetime import datetime

from django.db import connection

from ayil.kit.clock import now
from ayil.lessons.flash.telling import flash_due
from ayil.members.messages.sending import listen, send_due
from ayil.members.queries import is_simulated

LOOKED_FOR_EVERY_S = 5
_log = logging.getLogger(__name__)


def tell_what_is_due(*, at: datetime, offset: int = 0) -> int:
    """One round; answers from which number on the bot is heard next.

    In a simulation time stands still, and its people have telephones of nobody: nothing is made
    and nothing is sent.
    """
    if is_simulated():
        return offset
    flash_due(at=at)
    offset = listen(offset, at=at)
    send_due()
    return offset


def keep_telling() -> None:
    """Beside the server, in a thread of its own."""
    threading.Thread(target=_forever, name="messages", daemon=True).start()


def _forever() -> None:
    offset = 0
    while True:
        try:
            offset = tell_what_is_due(at=now(), offset=offset)
        except Exception:  # noqa: BLE001 - whatever it was, it is logged and told on
            _log.exception("A round of messages broke off; the next one follows.")
        finally:
            connection.close()
        threading.Event().wait(LOOKED_FOR_EVERY_S)
