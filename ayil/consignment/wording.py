"""Words of one reader that are read by another: reasons that were chosen from a list."""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext as _

from ayil.consignment.checklist import REASONS
from ayil.kit.names import LANGUAGES_IN_TURN


def reasons() -> list[str]:
    """Proposed where goods are refused, in the reader's language."""
    return [_(words) for words in REASONS]


def in_readers_words(reason: str) -> str:
    """A reason that was taken from the list is said in the language of whoever reads it; what
    somebody wrote by themselves stays as it is."""
    known = _known().get(reason.strip().casefold())
    return _(known) if known else reason


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES_IN_TURN:
        with translation.override(language):
            found |= {_(words).casefold(): words for words in REASONS}
    return found
