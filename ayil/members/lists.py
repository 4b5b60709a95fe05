"""Kinds of lists that are imported and given out, as pages and the command ask for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext_lazy

from ayil.kit.clock import local_date
from ayil.kit.lists import Columns, Plan, refuse_changed, refuse_faults
from ayil.members import imports
from ayil.members.models import Party, Shop

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Errand:
    """Who imports or takes out a list, for which shop (None: for the whole association), when."""

    by: Party
    at: datetime
    shop: Shop | None = None

    @property
    def today(self) -> date:
        return local_date(self.at)


@dataclass(frozen=True)
class ListFile:
    """A file as it was sent; `name` is for words only, its bytes say what it is."""

    data: bytes
    name: str


class Plans(Protocol):
    def __call__(
        self, file: ListFile, errand: Errand, progress: Progress | None = None
    ) -> Plan: ...


class CarriesOut(Protocol):
    """Does what a plan of that digest says, all of it or nothing; AyilError where it cannot."""

    def __call__(
        self, file: ListFile, digest: str, errand: Errand, progress: Progress | None = None
    ) -> Plan: ...


class GivesOut(Protocol):
    """The whole list in the reader's language, as "csv" or "xlsx"."""

    def __call__(self, errand: Errand, form: str) -> bytes: ...


@dataclass(frozen=True)
class ListKind:
    """One kind of list: what it is called and what may be done with it."""

    code: str
    title: object  # translated when it is shown
    about: object
    columns: Columns
    plan: Plans
    carry_out: CarriesOut
    give_out: GivesOut


def _plan(file: ListFile, errand: Errand, progress: Progress | None = None) -> Plan:
    return imports.read_list(file.data, file.name, today=errand.today, progress=progress)


def _carry_out(
    file: ListFile, digest: str, errand: Errand, progress: Progress | None = None
) -> Plan:
    plan = imports.read_list(file.data, file.name, today=errand.today)
    refuse_faults(plan)
    refuse_changed(digest, plan)
    return imports.carry_out(plan=plan, by=errand.by, at=errand.at, progress=progress)


def _give_out(errand: Errand, form: str) -> bytes:
    return imports.give_out(by=errand.by, at=errand.at, form=form)


PEOPLE = ListKind(
    code="people",
    title=gettext_lazy("People and communities"),
    about=gettext_lazy("Everybody with village, phone, and the community they belong to."),
    columns=imports.PEOPLE,
    plan=_plan,
    carry_out=_carry_out,
    give_out=_give_out,
)
