"""What a person is told when something is refused."""


class AyilError(Exception):
    """Something was refused, and nothing has changed.

    The message says what happened, to which thing, and what to do next. A module without Django
    gives `words` with gaps, marked by `gettext_noop`, and what fills them: whoever catches the
    error may then say it in the reader's language.
    """

    def __init__(self, words: str, /, **filled: object) -> None:
        super().__init__(words % filled if filled else words)
        self.words = words
        self.filled = filled


class Conflict(AyilError):
    """The same key came again with another content."""


def gettext_noop(words: str) -> str:
    """The same words, marked as a message of the catalogues."""
    return words
