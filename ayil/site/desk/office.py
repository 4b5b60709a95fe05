"""The back office in one look: every page of it, in groups, for those who may open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy

from ayil.members.models import User
from ayil.members.rights import Right, rights_of

Page = tuple[str, object, Right]
# A page's route, its words, and the right that it needs; the addresses take no parts.
OFFICE: Sequence[tuple[object, Sequence[Page]]] = (
    (
        gettext_lazy("Goods"),
        (
            ("agreements", gettext_lazy("Agreements with makers"), Right.AGREE),
            ("deliveries", gettext_lazy("Deliveries"), Right.RECEIVE_GOODS),
            ("intakes", gettext_lazy("Goods that came in"), Right.RECEIVE_GOODS),
            ("assessments", gettext_lazy("Quality"), Right.ASSESS),
            ("lots", gettext_lazy("Lots"), Right.KEEP_BOOKS),
            ("car", gettext_lazy("The next car"), Right.RECEIVE_GOODS),
            ("labels", gettext_lazy("Print labels"), Right.RECEIVE_GOODS),
            ("returns", gettext_lazy("Goods that go back"), Right.RECEIVE_GOODS),
            ("acts", gettext_lazy("Write-off acts"), Right.RECEIVE_GOODS),
            ("acts", gettext_lazy("Write-off acts"), Right.KEEP_BOOKS),
            ("transfers", gettext_lazy("Goods between shops"), Right.RECEIVE_GOODS),
            ("counts", gettext_lazy("Counts of the shelf"), Right.RECEIVE_GOODS),
            ("shelves", gettext_lazy("Shelves"), Right.RECEIVE_GOODS),
            ("shrinkage", gettext_lazy("What was lost, by cause"), Right.KEEP_BOOKS),
            ("lists", gettext_lazy("Lists as spreadsheets"), Right.IMPORT_GOODS),
            ("ageing", gettext_lazy("Goods that stand too long"), Right.RECEIVE_GOODS),
            ("prices", gettext_lazy("Owners' prices"), Right.RECEIVE_GOODS),
            ("price-asks", gettext_lazy("Prices asked for"), Right.KEEP_BOOKS),
        ),
    ),
    (
        gettext_lazy("Money"),
        (
            ("payout-lists", gettext_lazy("Payouts"), Right.SEE_PAYOUTS),
            ("mandates", gettext_lazy("Who collects for whom"), Right.KEEP_MANDATES),
            ("payee-accounts", gettext_lazy("Bank accounts of payees"), Right.KEEP_ACCOUNTS),
            ("bank-templates", gettext_lazy("Forms of bank files"), Right.KEEP_ACCOUNTS),
            ("disputes", gettext_lazy("Disputes"), Right.SEE_PAYOUTS),
            ("payout-terms", gettext_lazy("Terms of payouts and disputes"), Right.SET_TERMS),
            ("trust", gettext_lazy("The makers' money, day by day"), Right.SEE_TODAY),
            ("money", gettext_lazy("Money between safe and bank"), Right.KEEP_BOOKS),
        ),
    ),
    (
        gettext_lazy("Villages"),
        (
            ("assemblies", gettext_lazy("Assemblies"), Right.CARE_FOR_VILLAGES),
            ("assembly-terms", gettext_lazy("Terms of assemblies"), Right.SET_TERMS),
        ),
    ),
    (
        gettext_lazy("Messages"),
        (
            ("messages", gettext_lazy("What was sent, and whether it came"), Right.SEE_MESSAGES),
            ("slips", gettext_lazy("Slips for the next car"), Right.RECEIVE_GOODS),
        ),
    ),
)


@dataclass(frozen=True)
class Link:
    address: str
    words: str


@dataclass(frozen=True)
class Group:
    title: str
    links: Sequence[Link]


def office_of(user: User, day: date) -> list[Group]:
    """What this reader may open, group by group; a group with nothing is not there."""
    held = rights_of(user, day=day)
    groups = [
        Group(
            str(title),
            # A page that two rights open stands twice in the table and once on the desk.
            list(dict.fromkeys(
                Link(reverse(route), str(words)) for route, words, right in pages if right in held
            )),
        )
        for title, pages in OFFICE
    ]  # fmt: skip
    return [group for group in groups if group.links]
