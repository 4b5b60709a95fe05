"""The columns of a kind of list: what they are called, explained and answered, by language."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from ayil.kit.errors import AyilError, gettext_noop
from ayil.kit.lists.cells import SHOWN, key_of

# By language; the first of each is the one that is written, others are names that lists bear.
Names = Mapping[str, Sequence[str]]
# In front of what stands in a list to fill in: such a row is left out when the list comes back.
EXAMPLE = {"ky": "Мисал:", "ru": "Пример:", "en": "Example:"}


class Columns:
    """`names` by column; `words` are the answers of columns that have few of them; `about` says
    of each what to write (marked by gettext_noop); `needed` without which it is no such list.

    The first column is the one that tells an example from a row. `examples` are rows by language.
    """

    def __init__(
        self,
        names: Mapping[str, Names],
        *,
        words: Mapping[str, Mapping[str, Names]] | None = None,
        about: Mapping[str, str],
        needed: Sequence[str],
        examples: Mapping[str, Sequence[Mapping[str, str]]],
    ) -> None:
        self.names, self.words, self.about = names, words or {}, about
        self.needed, self.examples = needed, examples

    @cached_property
    def _exact(self) -> Mapping[str, str]:
        return {_plain(one): column for column, one in self._every_name()}

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for column, one in self._every_name():
            found.setdefault(key_of(one), column)
        return found

    def _every_name(self) -> list[tuple[str, str]]:
        return [
            (column, one)
            for column, names in self.names.items()
            for spellings in names.values()
            for one in spellings
        ]

    def of(self, heading: str) -> str | None:
        """Which column a heading names, in any of the languages; None for another one."""
        return self._exact.get(_plain(heading)) or self._folded.get(key_of(heading) or "\0")

    def heading(self, column: str, language: str) -> str:
        return self.names[column][language][0]

    def word(self, column: str, value: str, language: str) -> str:
        """The answer as it is written in a language; "" for none."""
        return self.words[column][value][language][0] if value else ""

    def answer(self, column: str, cell: str) -> str:
        """What a cell of a column with few answers says; "" for nothing, AyilError for others."""
        wanted = _plain(cell)
        if not wanted:
            return ""
        for value, spellings in self.words[column].items():
            words = {word.casefold() for ones in spellings.values() for word in ones}
            if wanted in words | {value}:
                return value
        known = "; ".join(
            "/".join(dict.fromkeys(words[0] for words in spellings.values()))
            for spellings in self.words[column].values()
        )
        raise AyilError(
            gettext_noop("«%(cell)s» is none of: %(known)s."), cell=cell[:SHOWN], known=known
        )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".:")
