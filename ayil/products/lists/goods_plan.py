"""What a list of goods would do: new goods and forms, gaps of names, changed forms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.kit.lists import CHANGED, NEW, SAME, Change, Reader, Sheet, Step, same_words, written
from ayil.kit.spelling import alike
from ayil.members.models import Party
from ayil.products.lists.owners import Owners
from ayil.products.lists.shelf import (
    LONGEST_CODE,
    LONGEST_FORM,
    LONGEST_NAME,
    NAME_COLUMNS,
    ONLY_FORM,
    Goods,
    Shelf,
)
from ayil.products.models import ProductKind, Variant

Progress = Callable[[int, int], None]


@dataclass(eq=False)
class NewGoods:
    """A product that the list brings; its rows are its forms. `line` is its first one."""

    owner: Party
    kind: str
    names: dict[str, str]
    line: int

    def is_called(self, name: str) -> bool:
        return any(same_words(name, one) for one in self.names.values() if one)


@dataclass(frozen=True)
class PlannedForm:
    """One row: a form of standing or new goods, and what it changes of what stands."""

    line: int
    goods: Goods | NewGoods
    variant: Variant | None
    code: str
    form: str
    fills: Mapping[str, str] = field(default_factory=dict)  # names that were empty
    new_form: str | None = None  # what the standing form is called instead


class GoodsPlanner(Reader):
    """Reads row after row beside what the owners make already."""

    def __init__(self, sheet: Sheet, owners: QuerySet[Party]) -> None:
        super().__init__(sheet)
        self._owners, self._shelf = Owners(owners), Shelf.of(owners)
        self._new: dict[int, list[NewGoods]] = {}
        self._seen: dict[tuple[object, ...], int] = {}
        self._filled: dict[tuple[int, str], str] = {}
        self.planned: list[PlannedForm] = []

    def steps(self, progress: Progress | None) -> Sequence[Step]:
        found = []
        for place, (line, cells) in enumerate(self.sheet.rows, 1):
            self.turn_to(line, cells)
            step = self._step()
            if step is not None:
                found.append(step)
            if progress is not None:
                progress(place, len(self.sheet.rows))
        return found

    def _step(self) -> Step | None:
        owner = self._owners.of(self)
        kind = self.answer("kind")
        names = {column: self.text(column, LONGEST_NAME) for column in NAME_COLUMNS}
        if owner is None:
            return None
        goods = self._goods(owner, kind, names)
        if goods is None:
            return None
        form = self.text("form", LONGEST_FORM)
        code = self.text("code", LONGEST_CODE)
        variant = goods.named(code, form) if isinstance(goods, Goods) else None
        self._refuse_twin(goods, variant, code or form or ONLY_FORM)
        planned = self._planned(goods, variant, names, code, form)
        self.planned.append(planned)
        return _told(planned)

    def _goods(self, owner: Party, kind: str, names: Mapping[str, str]) -> Goods | NewGoods | None:
        number = self.text("number", 20)
        if not number and not any(names.values()):
            self.fault("name_ky", _("The goods have no name. Give one, in any of the languages."))
            return None
        try:
            goods = self._shelf.goods(owner, number, names.values())
        except AyilError as error:
            self.fault("number", str(error))
            return None
        if goods is not None:
            self._look_at_what_stands(goods, kind, names)
            return goods
        return self._new_goods(owner, kind, names)

    def _look_at_what_stands(self, goods: Goods, kind: str, names: Mapping[str, str]) -> None:
        product = goods.product
        if kind and kind != product.kind:
            words = _("%(goods)s is %(kind)s in the records; a list does not change that.")
            told = ProductKind(product.kind).label
            self.fault("kind", words % {"goods": product, "kind": told})
        for column, name in names.items():
            stands = getattr(product, column)
            if name and stands and not same_words(name, stands):
                words = _("It is called «%(name)s», and a name that stands is its owner's.")
                self.fault(column, words % {"name": stands})

    def _new_goods(self, owner: Party, kind: str, names: Mapping[str, str]) -> NewGoods | None:
        before = self._new.setdefault(owner.pk, [])
        for one in before:
            if any(one.is_called(name) for name in names.values() if name):
                self._join(one, kind, names)
                return one
        if not kind:
            self.fault("kind", _("Say what kind of goods it is: the commission hangs on it."))
            return None
        made = NewGoods(owner, kind, dict(names), self.line)
        before.append(made)
        return made

    def _join(self, made: NewGoods, kind: str, names: Mapping[str, str]) -> None:
        """A further form of goods that an earlier row brought."""
        if kind and kind != made.kind:
            words = _("Line %(line)s says another kind of the same goods. Make them alike.")
            self.fault("kind", words % {"line": made.line})
        for column, name in names.items():
            if name and made.names[column] and not same_words(name, made.names[column]):
                words = _("Line %(line)s calls the same goods otherwise. Make them alike.")
                self.fault(column, words % {"line": made.line})
            made.names[column] = made.names[column] or name

    def _refuse_twin(self, goods: Goods | NewGoods, variant: Variant | None, said: str) -> None:
        whose = goods.product.pk if isinstance(goods, Goods) else id(goods)
        key = (whose, variant.pk if variant else alike(said))
        if key in self._seen:
            words = _("Line %(line)s is the same goods in the same form. Take one of them out.")
            self.fault("code", words % {"line": self._seen[key]})
        self._seen.setdefault(key, self.line)

    def _planned(
        self,
        goods: Goods | NewGoods,
        variant: Variant | None,
        names: Mapping[str, str],
        code: str,
        form: str,
    ) -> PlannedForm:
        fills: dict[str, str] = {}
        if isinstance(goods, Goods):
            gaps = [one for one in NAME_COLUMNS if names[one] and not getattr(goods.product, one)]
            fills = {one: names[one] for one in gaps if self._is_first(goods, one, names[one])}
        changes_form = variant is not None and form and not same_words(form, variant.form)
        return PlannedForm(
            self.line, goods, variant, code or form or ONLY_FORM, form, fills,
            form if changes_form else None,
        )  # fmt: skip

    def _is_first(self, goods: Goods, column: str, name: str) -> bool:
        """Whether no earlier row filled this gap; a fault where one filled it otherwise."""
        key = (goods.product.pk, column)
        is_first = key not in self._filled
        if self._filled.setdefault(key, name) != name:
            self.fault(column, _("An earlier row gives these goods another name. Choose one."))
        return is_first


def _told(planned: PlannedForm) -> Step:
    goods, variant = planned.goods, planned.variant
    changes: list[Change] = []
    whose: tuple[str | int, ...]
    if isinstance(goods, Goods):
        name, whose = goods.product.name, (goods.product.pk, goods.product.owner_id)
        changes = [Change(_LANGUAGE[one](), "", name) for one, name in planned.fills.items()]
    else:
        name = next(one for one in goods.names.values() if one)
        whose = (0, goods.owner.pk, goods.line, goods.kind, *goods.names.values())
    if planned.new_form is not None and variant is not None:
        changes.append(Change(_("Form"), variant.form, planned.new_form))
    notes = []
    if variant is not None and planned.code != variant.code and planned.code != planned.form:
        notes.append(_("«%(code)s» is read as %(known)s.") % {
            "code": planned.code, "known": variant.code
        })  # fmt: skip
    content = (
        *whose, variant.pk if variant else 0, planned.code, written(planned.form),
        planned.new_form, *(cell for pair in sorted(planned.fills.items()) for cell in pair),
    )  # fmt: skip
    verb = NEW if variant is None else CHANGED if changes else SAME
    title = f"{name}, {planned.form or variant.form}" if variant and variant.form else name
    if variant is None and planned.form:
        title = f"{name}, {planned.form}"
    return Step(planned.line, title, verb, content, changes, notes)


_LANGUAGE: Mapping[str, Callable[[], str]] = {
    "name_ky": lambda: _("Name in Kyrgyz"),
    "name_ru": lambda: _("Name in Russian"),
    "name_en": lambda: _("Name in English"),
}
