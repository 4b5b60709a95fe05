"""The forms of a page, read and filled in without a browser, as a person would who writes in
every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "textarea"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    required: bool = False
    maxlength: int = 0
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form that is posted; `action` is empty where it goes to its own page."""

    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def takes_words(self) -> bool:
        return any(one.kind in TYPED for one in self.fields)

    def filled(self, words: str, typed: Mapping[str, str] | None = None) -> dict[str, str]:
        """`words` in each field of text, what stands there in the others, the first choice where
        one must be made; `typed` goes before all of it."""
        answers: dict[str, str] = {}
        for one in self.fields:
            if one.kind in TYPED:
                answers[one.name] = words[: one.maxlength or None]
            elif one.kind in {"radio", "checkbox"}:
                if one.required or (one.kind == "radio" and one.name not in answers):
                    answers[one.name] = one.value or "on"
            elif one.options:
                answers[one.name] = next(filter(None, one.options), "")
            elif one.name:
                answers[one.name] = one.value
        return answers | dict(typed or {})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self.open = Form(said.get("action", ""))
            self.forms.append(self.open)
        elif self.open and tag in {"input", "textarea", "select", "button"} and said.get("name"):
            self._take(tag, said, [name for name, _value in attrs])
        elif tag == "option" and self.select:
            self.select.options.append(said.get("value", ""))
            if "selected" in said:
                self.select.value = said.get("value", "")

    def _take(self, tag: str, said: dict[str, str], names: list[str]) -> None:
        kind = said.get("type", "text") if tag == "input" else tag
        found = Field(
            name=said["name"],
            kind=kind,
            value=said.get("value", ""),
            required="required" in names,
            maxlength=int(said.get("maxlength", 0)),
        )
        self.select = found if tag == "select" else None
        if self.open and kind not in {"file", "submit"}:
            self.open.fields.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None


def forms_of(page: str) -> list[Form]:
    """The forms of a page that change something, in their order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
