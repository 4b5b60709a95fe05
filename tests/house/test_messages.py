"""No string reaches a page without its Russian and its Kyrgyz."""

import ast
import re

import pytest
from babel.messages.catalog import Catalog

from tests.house import tree
from tests.rig.messages import (
    AYIL,
    LANGUAGES,
    TILL,
    catalogues,
    gathered,
    of_the_till,
    read,
    untranslated,
)

LATIN = re.compile(r"[A-Za-z]{4,}")
CODE = re.compile(
    r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|https?://\S+|[\w./-]+\.\w{2,5}\b|--\w+|`[^`]*`"
)
NAMES = {
    "Ayil",
    "Jypargul",
    "Parquet",
    "Telegram",
    "Start",
    "stop",
    "IBAN",
    "XLSX",
    "JSON",
    "Python",
    "keys",  # the folder of that name
    "TOML",
    "UTF",
    "SHA",
    "IATI",
    "Braille",
    "QR",
    "Issyk",
    "Kul",
    "JPEG",
    "PNG",
    "WebP",
    "CSV",
    "PDF",
    "https",
}


def identities(catalog: Catalog) -> set[tuple[str | None, str]]:
    """Context and singular of each message."""
    return {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in catalog if m.id}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", sorted(catalogues()))
def test_every_string_is_translated(field: str, language: str) -> None:
    """Run `make messages`, translate what is empty, and this passes."""
    kept = read(catalogues()[field], language)
    wanted, have = identities(gathered(field)), identities(kept)
    assert wanted - have == set(), "not in the catalogue yet"
    assert have - wanted == set(), "no longer said anywhere"
    assert untranslated(kept) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_till_carries_the_words_of_the_catalogue(language: str) -> None:
    """Run `make messages`, and this passes."""
    written = (TILL / "words" / f"{language}.json").read_text(encoding="utf-8")
    assert written == of_the_till(read(catalogues()["site"], language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", sorted(catalogues()))
def test_translations_keep_what_is_filled_in(field: str, language: str) -> None:
    faults = []
    for message in read(catalogues()[field], language):
        if not message.id:
            continue
        asked = message.id if isinstance(message.id, tuple | list) else (message.id,)
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        given = [text or "" for text in forms]
        wanted = {place for text in asked for place in re.findall(r"%\(\w+\)[sd]|\{\w+\}", text)}
        for text in given:
            found = set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))
            if not found <= wanted or (len(given) == 1 and found != wanted):
                faults.append((asked[0], text))
            foreign = [word for word in LATIN.findall(CODE.sub(" ", text)) if word not in NAMES]
            if foreign:
                faults.append((asked[0], f"left in Latin letters: {foreign}"))
    assert faults == []


# Said to programmers and to who installs, or by modules without Django; all else is said to people.
PLAIN = {"cli", "kit", "ledger", "site", "lessons/report.py", "shop/events.py"}


def plain_refusals(module: ast.Module) -> list[int]:
    """Lines of refusals whose words no catalogue can know: a bare text, or one filled in itself."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"AyilError", "Conflict", "Overdrawn"}
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.Constant)
    ]


def test_what_refuses_a_person_can_be_translated() -> None:
    found = []
    for path, module in tree.modules("ayil"):
        parts = path.relative_to(AYIL).parts
        if not PLAIN & {parts[0], "/".join(parts)}:
            found += [f"{'/'.join(parts)}:{line}" for line in plain_refusals(module)]
    assert found == []


def test_a_plain_refusal_is_found() -> None:
    assert plain_refusals(ast.parse('AyilError(f"{lot} is gone.")\nAyilError(_("Gone."))')) == [1]
