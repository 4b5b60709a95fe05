"""One question to every field: what is of this name, number or scanned code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy

from ayil.consignment.find import find_lots, find_papers
from ayil.grants.find import find_spending
from ayil.kit.search import Asked, Found, Hit
from ayil.members.find import find_people
from ayil.members.models import User
from ayil.members.rights import read_once
from ayil.payouts.find import find_statements
from ayil.places.find import find_villages
from ayil.products.find import find_products
from ayil.shop.find import find_receipts

LONGEST_QUERY = 200  # signs: an address in a QR code fits
# Shorter than this, a number is likely to be part of something else too: it is shown, not opened.
OPENED_STRAIGHT = 6

Finder = Callable[[Asked, User, date], Found]
FINDERS: Sequence[tuple[object, Finder]] = (
    (gettext_lazy("People and communities"), find_people),
    (gettext_lazy("Villages"), find_villages),
    (gettext_lazy("Goods"), find_products),
    (gettext_lazy("Labels"), find_lots),
    (gettext_lazy("Consignment notes and agreements"), find_papers),
    (gettext_lazy("Receipts"), find_receipts),
    (gettext_lazy("Statements"), find_statements),
    (gettext_lazy("Spending of a grant"), find_spending),
)


@dataclass(frozen=True)
class Group:
    """What one field found."""

    title: str
    found: Found


@dataclass(frozen=True)
class Answer:
    """The groups that found something, those with an exact hit first."""

    groups: Sequence[Group]

    @property
    def exact(self) -> list[Hit]:
        return [hit for group in self.groups for hit in group.found.hits if hit.is_exact]

    @property
    def total(self) -> int:
        return sum(len(group.found.hits) for group in self.groups)

    def straight_to(self, asked: Asked) -> str:
        """Where the one thing is that can be meant; else nothing."""
        if len(self.exact) != 1:
            return ""
        is_alone = self.total == 1 or len(asked.text.strip()) >= OPENED_STRAIGHT
        return self.exact[0].address if is_alone else ""


def everything(asked: Asked, user: User, day: date) -> Answer:
    """What every field found that this user may see."""
    with read_once():
        groups = [Group(str(title), find(asked, user, day)) for title, find in FINDERS]
    groups = [group for group in groups if group.found.hits]
    groups.sort(key=lambda group: not group.found.hits[0].is_exact)
    return Answer(groups)


def own_page(asked: Asked) -> str:
    """The path of a scanned address where it is a page of ours, else nothing; never another
    site's. A card's address is a person's, which their finder knows."""
    path, scanned = asked.path, asked.scanned
    if scanned is None or not path or path.startswith(("/card/", "//")):
        return ""
    if not validate_host(split_domain_port(scanned.netloc)[0], settings.ALLOWED_HOSTS):
        return ""
    try:
        resolve(path)
    except (Resolver404, Http404):
        return ""
    return path
