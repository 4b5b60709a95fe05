"""Gathers the words of every field into its catalogues, and says what is not translated.

    make messages        brings the catalogues up to date

A field with a locale folder of its own keeps its words there; the site keeps all the others, the
till's among them. What the till says is also written as till/words/ru.json and ky.json, which
travel with it.
Babel does the work: Django's own makemessages needs GNU gettext, which a bare machine lacks.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

HERE = Path(__file__).resolve().parent.parent.parent
AYIL, TILL = HERE / "ayil", HERE / "till"
LANGUAGES = ("ru", "ky")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Found = tuple[str, str | tuple[str, ...], str | None]


def catalogues() -> dict[str, Path]:
    """The folder of words by the field that keeps it."""
    return {path.parent.name: path for path in sorted(AYIL.glob("*/locale"))}


def words_in(path: Path) -> Iterator[Found]:
    """(file, message, context) of one source file or template."""
    text = path.read_text(encoding="utf-8")
    language = "javascript" if path.suffix == ".js" else "python"
    if path.suffix in {".html", ".txt"}:
        text = templatize(text, origin=str(path.name))
    name = path.relative_to(HERE).as_posix()
    source = io.BytesIO(text.encode())
    for _line, message, _comments, context in extract(language, source, keywords=KEYWORDS):
        yield name, message, context


def gathered(field: str) -> Catalog:
    """Every message whose home is this field's catalogue."""
    homes = catalogues()
    catalog = Catalog()
    for path in sorted(AYIL.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        first = path.relative_to(AYIL).parts[0]
        if (first if first in homes else "site") != field:
            continue
        for name, message, context in words_in(path):
            catalog.add(message, locations=[(name, 0)], context=context)
    if field == "site":
        for name, message, context in tills_words():
            catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def tills_words() -> Iterator[Found]:
    """What the till's own modules say; the libraries in it say nothing."""
    for path in sorted(TILL.rglob("*.js")):
        if "libraries" not in path.parts:
            yield from words_in(path)


def of_the_till(catalog: Catalog) -> str:
    """The till's part of a catalogue, as the till reads it."""
    said: dict[str, str | list[str]] = {}
    for _name, message, _context in tills_words():
        key = message if isinstance(message, str) else message[0]
        found = catalog.get(key)
        if found is not None and found.string:
            words = found.string
            said[key] = words if isinstance(words, str) else list(words)
    return json.dumps(said, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def po_path(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def read(folder: Path, language: str) -> Catalog:
    path = po_path(folder, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(folder: Path, language: str, template: Catalog) -> Catalog:
    """Adds what is new, drops what is gone, keeps every translation; no guesses."""
    catalog = read(folder, language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path = po_path(folder, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(body, catalog, width=100, sort_output=True, include_lineno=False, omit_header=True)
    path.write_bytes(header(catalog, language).encode() + body.getvalue())
    return catalog


def header(catalog: Catalog, language: str) -> str:
    """What readers of a .po need, and no date or name that would change with every run."""
    fields = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};",
    }
    lines = [f'"{name}: {value}\\n"\n' for name, value in fields.items()]
    return 'msgid ""\nmsgstr ""\n' + "".join(lines) + "\n"


def untranslated(catalog: Catalog) -> list[str]:
    """Messages without all of their plural forms, or marked as a guess."""
    return [
        str(message.id)
        for message in catalog
        if message.id and (not _whole(message, catalog.num_plurals) or message.fuzzy)
    ]


def _whole(message: Message, plurals: int) -> bool:
    if isinstance(message.string, tuple | list):
        return len(message.string) == plurals and all(message.string)
    return bool(message.string)


def main() -> int:
    """Updates every catalogue and prints how many messages still wait for a translation."""
    waiting = 0
    for field, folder in catalogues().items():
        template = gathered(field)
        for language in LANGUAGES:
            catalog = update(folder, language, template)
            if field == "site":
                words = TILL / "words" / f"{language}.json"
                words.write_text(of_the_till(catalog), encoding="utf-8")
            lacking = untranslated(catalog)
            waiting += len(lacking)
            print(f"{field} {language}: {len(catalog)} messages, {len(lacking)} not translated yet")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
