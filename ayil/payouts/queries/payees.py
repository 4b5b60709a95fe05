"""Who may receive a consignor's money, and to which bank account."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ayil.members.models import Affiliation, Mandate, Party, PartyKind
from ayil.members.queries import standing_mandates, standing_on
from ayil.payouts.models import BankTemplate, PayeeAccount, Payout


@dataclass(frozen=True)
class Payee:
    """One who is entitled: the consignor, the community's leader (`leads`), or by `mandate`."""

    party: Party
    leads: bool = False
    mandate: Mandate | None = None


def payees_of(consignors: Collection[Party], day: date) -> dict[int, list[Payee]]:
    """By the consignor's key, the first being who usually comes: three queries for all."""
    found: dict[int, list[Payee]] = {
        one.pk: [] if one.kind == PartyKind.COMMUNITY else [Payee(one)] for one in consignors
    }
    led = standing_on(
        Affiliation.objects.filter(community__in=found, part=Affiliation.Part.LEADER), day
    )
    for affiliation in led.select_related("person__village").order_by("id"):
        found[affiliation.community_id].append(Payee(affiliation.person, leads=True))
    held = standing_mandates(day).filter(giver__in=found).select_related("holder__village")
    for mandate in held.order_by("-since", "-id"):
        payees = found[mandate.giver_id]
        if all(one.party.pk != mandate.holder_id for one in payees):
            payees.append(Payee(mandate.holder, mandate=mandate))
    return found


def accounts_of(parties: Iterable[int]) -> dict[int, PayeeAccount]:
    """By the party's key, the account to which money may go: confirmed and not ended."""
    usable = PayeeAccount.objects.filter(
        party__in=list(parties), confirmation__isnull=False, end__isnull=True
    )
    return {account.party_id: account for account in usable.exclude(number="").order_by("id")}


def bank_payees(payouts: Sequence[Payout], day: date) -> dict[int, PayeeAccount]:
    """By the payout's key, the account of the first entitled payee who has one."""
    payees = payees_of([payout.consignor for payout in payouts], day)
    accounts = accounts_of({one.party.pk for theirs in payees.values() for one in theirs})
    found = {}
    for payout in payouts:
        theirs = [
            accounts[one.party.pk]
            for one in payees[payout.consignor_id]
            if one.party.pk in accounts
        ]
        if theirs:
            found[payout.pk] = theirs[0]
    return found


def bank_templates() -> list[BankTemplate]:
    """The last version of each, by name."""
    last: dict[str, BankTemplate] = {}
    for template in BankTemplate.objects.order_by("name", "version").prefetch_related("columns"):
        last[template.name] = template
    return list(last.values())
