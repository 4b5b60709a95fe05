"""What a person is told when something is refused."""


class AyilError(Exception):
    """Something was refused, and nothing has changed.

    The message says what happened, to which thing, and what to do next.
    """


class Conflict(AyilError):
    """The same key came again with another content."""
