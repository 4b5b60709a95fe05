"""The accounts that money moves between, beside those of every sale."""

from ayil.consignment.accounts import shop_account
from ayil.ledger.actions import open_account
from ayil.ledger.models import Account, AccountKind
from ayil.members.models import Shop

OWN_MONEY = "own-money"  # what the association put into the shop, less what it took out
CARRIER = "carrier"  # what was kept by those who carry QR and card money to the bank


def own_money(shop: Shop) -> Account:
    return _open(shop, OWN_MONEY, AccountKind.EQUITY)


def cost_account(shop: Shop, cause: str) -> Account:
    """Where the costs of one cause add up."""
    return _open(shop, f"cost:{cause}", AccountKind.EXPENSE)


def tender_account(shop: Shop, tender: str) -> Account:
    """What buyers paid so and has not arrived yet."""
    return shop_account(shop, f"tender:{tender}")


def _open(shop: Shop, code: str, kind: AccountKind) -> Account:
    return open_account(fund=shop.fund, code=code, kind=kind, currency=shop.currency)
