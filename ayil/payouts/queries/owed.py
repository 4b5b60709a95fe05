"""What a shop owes, to whom, and how much of it may be paid out now."""

from dataclasses import dataclass

from django.db import connection

from ayil.members.models import Party, Shop
from ayil.payouts.rules import Standing

_STANDINGS = """
    SELECT k.shop_id, k.consignor_id, s.id, coalesce(s.closing_minor, 0), a.balance_minor,
      coalesce((SELECT sum(p.amount_minor) FROM payouts_payout p
        JOIN payouts_statement b ON b.id = p.statement_id AND b.shop_id = k.shop_id
        JOIN payouts_handover h ON h.payout_id = p.id
        JOIN ledger_transfer t ON t.id = h.transfer_id AND t.seq > s.seq_to
        WHERE p.consignor_id = k.consignor_id AND NOT EXISTS (
          SELECT 1 FROM ledger_transfer b WHERE b.reverses_id = h.transfer_id)), 0),
      coalesce((SELECT sum(p.amount_minor) FROM payouts_payout p
        JOIN payouts_statement b ON b.id = p.statement_id AND b.shop_id = k.shop_id
        WHERE p.consignor_id = k.consignor_id
          AND NOT EXISTS (SELECT 1 FROM payouts_handover h WHERE h.payout_id = p.id)
          AND NOT EXISTS (SELECT 1 FROM payouts_payoutcancellation c WHERE c.payout_id = p.id)
      ), 0),
      (SELECT count(*) FROM payouts_payout p WHERE p.statement_id = s.id)
    FROM consignment_consignoraccount k
    JOIN ledger_account a ON a.id = k.account_id
    LEFT JOIN payouts_statement s
      ON s.shop_id = k.shop_id AND s.consignor_id = k.consignor_id AND s.number = (
        SELECT max(n.number) FROM payouts_statement n
        WHERE n.shop_id = k.shop_id AND n.consignor_id = k.consignor_id)
    WHERE k.{whose}_id = %s ORDER BY k.shop_id, k.consignor_id
"""


@dataclass(frozen=True, slots=True)
class ConsignorStanding:
    """One consignor at one shop: the last statement, if any, and how many payouts it has."""

    shop_id: int
    consignor_id: int
    statement_id: int | None
    payouts: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Owed:
    """What a shop owes now. `stated_minor` of it was closed and is neither paid nor on a list,
    `listed_minor` is on a payout list; what is above both waits for its statement."""

    shop: Shop
    consignor: Party
    owed_minor: int
    stated_minor: int
    listed_minor: int

    @property
    def currency(self) -> str:
        return self.shop.currency


def standings(shop: Shop) -> list[ConsignorStanding]:
    """Every consignor of the shop, in one query."""
    return _read("shop", shop.pk)


def _read(whose: str, id_: int) -> list[ConsignorStanding]:
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS.format(whose=whose), [id_])
        found = cursor.fetchall()
    return [
        ConsignorStanding(
            shop_id=shop_id,
            consignor_id=consignor_id,
            statement_id=statement_id,
            payouts=payouts,
            standing=Standing(int(closing), int(paid), int(pending), int(balance)),
        )
        for shop_id, consignor_id, statement_id, closing, balance, paid, pending, payouts in found
    ]


def standing_at(shop: Shop, consignor: Party) -> ConsignorStanding | None:
    """Where one consignor stands at one shop; None where it keeps no account for them."""
    at_shops = _read("consignor", consignor.pk)
    return next((one for one in at_shops if one.shop_id == shop.pk), None)


def owed_by_consignor(shop: Shop) -> list[Owed]:
    """Everyone whom the shop owes, or who owes it (below zero); the most owed first."""
    found = [s for s in standings(shop) if s.standing.balance_minor or s.standing.pending_minor]
    parties = Party.objects.filter(consignor_accounts__shop=shop).in_bulk()
    owed = [_owed(shop, parties[s.consignor_id], s.standing) for s in found]
    return sorted(owed, key=lambda one: (-one.owed_minor, one.consignor.pk))


def _owed(shop: Shop, consignor: Party, standing: Standing) -> Owed:
    stated = min(standing.closing_minor - standing.paid_since_minor, standing.balance_minor)
    return Owed(
        shop=shop,
        consignor=consignor,
        owed_minor=standing.balance_minor,
        stated_minor=max(0, stated - standing.pending_minor),
        listed_minor=standing.pending_minor,
    )


def owed_to(consignor: Party) -> list[Owed]:
    """What each shop owes to one consignor now, a row a shop that keeps an account for them."""
    shops = Shop.objects.in_bulk()
    found = _read("consignor", consignor.pk)
    return [_owed(shops[one.shop_id], consignor, one.standing) for one in found]
