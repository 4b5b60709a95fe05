"""A language is a person's: it goes with them from phone to phone."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.members.models import Party

LANGUAGE_CODES = frozenset(code for code, _name in settings.LANGUAGES)


def choose_language(*, party: Party, language: str, by: Party, at: datetime) -> None:
    """Every page, paper and message to the party is in this language from now on."""
    if language not in LANGUAGE_CODES:
        raise AyilError(
            _("«%(language)s» is no language of ours. Choose one of the three.")
            % {"language": language}
        )
    with transaction.atomic():
        locked = Party.objects.select_for_update().get(pk=party.pk)
        if locked.language == language:
            return
        locked.language = language
        # What the history is written from, as its library wants it told.
        vars(locked).update(_history_user=getattr(by, "user", None), _history_date=at)
        locked.save()
    party.language = language
