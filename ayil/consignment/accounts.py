"""The accounts of a shop's trading fund, by the names that papers and journals show."""

from ayil.ledger.actions import open_account, ref
from ayil.ledger.models import Account, AccountKind
from ayil.ledger.rules import AccountRef
from ayil.members.models import Shop

CLEARING = "clearing"  # what was sold and not yet paid for: nothing, after every sale
COMMISSION = "commission"
FEES = "fees"  # of an agreement: carriage, packing, what a card payment costs
ROUNDING = "rounding"
OVER_SHORT = "over-short"
LOSSES = "losses"
PETTY_CASH = "petty-cash"  # paid out of a drawer, or into it, until it is booked
SAFE = "safe"
BANK = "bank"

_KINDS = {
    CLEARING: AccountKind.ASSET,
    COMMISSION: AccountKind.INCOME,
    FEES: AccountKind.INCOME,
    ROUNDING: AccountKind.INCOME,
    OVER_SHORT: AccountKind.INCOME,
    LOSSES: AccountKind.EXPENSE,
    PETTY_CASH: AccountKind.EXPENSE,
    SAFE: AccountKind.ASSET,
    BANK: AccountKind.ASSET,
}


def shop_account(shop: Shop, code: str) -> Account:
    """The account of that code in the shop's fund, opened when first used."""
    kind = _KINDS.get(code, AccountKind.ASSET)
    return open_account(fund=shop.fund, code=code, kind=kind, currency=shop.currency)


def drawer_code(device_code: str) -> str:
    return f"drawer:{device_code}"


def tender_code(tender: str, device_code: str) -> str:
    """Where a tender lands: cash in the till's drawer, the rest on its way to the bank."""
    if tender == "cash":
        return drawer_code(device_code)
    return BANK if tender == "bank" else f"tender:{tender}"


class ShopAccounts:
    """References to a shop's accounts, read once a batch."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._known: dict[str, AccountRef] = {}

    def __getitem__(self, code: str) -> AccountRef:
        if code not in self._known:
            self._known[code] = ref(shop_account(self.shop, code))
        return self._known[code]
