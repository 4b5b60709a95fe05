"""A letter by Django's own connection to the mail server."""

import contextlib
import smtplib
from typing import Any

from django.core.mail import EmailMessage, get_connection

from ayil.members.messages.port import Answer, Never, NotYet, Parcel, Taken, Unsure, named


def carry(parcel: Parcel, patience_s: float) -> Answer:
    """What breaks once the letter was begun may have gone out."""
    letter = EmailMessage(parcel.title, parcel.text, None, [parcel.to])
    line: Any = get_connection(timeout=patience_s)
    try:
        line.open()
    except (OSError, smtplib.SMTPException) as error:
        return NotYet(named(error))
    try:
        line.send_messages([letter])
        return Taken()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        return (Never if all(code >= 500 for code in codes) else NotYet)(named(error))
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        return NotYet(named(error)) if error.smtp_code < 500 else Never(named(error))
    except (OSError, smtplib.SMTPException) as error:
        return Unsure(named(error))
    finally:
        # The letter's own answer has come before.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            line.close()
