"""How a community shares its money: the rule that holds, and the sheet of one payout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ayil.kit.money import minor_digits
from ayil.members.identities import identities_of
from ayil.members.models import Affiliation, Party, PartyKind, User
from ayil.members.own import parties_spoken_for
from ayil.members.queries import AnyUser, standing_on
from ayil.members.rights import Right, has_right, shops_with
from ayil.payouts.models import (
    GroupSheet,
    GroupSheetLine,
    MemberShare,
    Payout,
    SharingRule,
)
from ayil.payouts.rules import share_out


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One member: `exact_minor` is what the sum comes to before it is rounded to whole soms."""

    person: Party
    parts: int
    exact_minor: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """An amount shared by a rule. `frozen` is the record of it once the money was handed over."""

    rule: SharingRule
    lines: Sequence[SheetLine]
    amount_minor: int
    currency: str
    parts: int
    box_minor: int
    frozen: GroupSheet | None = None

    @property
    def shared_minor(self) -> int:
        return self.amount_minor - self.box_minor


def unit_of(currency: str) -> int:
    """What a group shares in: whole soms, in minor units."""
    unit: int = 10 ** minor_digits(currency)
    return unit


def rule_on(community: Party, day: date) -> SharingRule | None:
    """The rule that holds: the last one said of those that have begun."""
    begun = SharingRule.objects.filter(community=community, since__lte=day)
    return begun.select_related("by").order_by("since", "id").last()


def rules_of(community: Party) -> QuerySet[SharingRule]:
    """All that were set, the latest first."""
    return (
        SharingRule.objects.filter(community=community)
        .select_related("by")
        .prefetch_related("shares__person")
        .order_by("-since", "-id")
    )


def shares_of(rule: SharingRule) -> list[MemberShare]:
    return list(rule.shares.select_related("person").order_by("-parts", "person__sort_key", "id"))


def sheet_by_rule(rule: SharingRule, amount_minor: int, currency: str) -> Sheet:
    """What a sum comes to by the rule; nothing is written."""
    shares = shares_of(rule)
    shared = share_out(
        amount_minor, {one.person_id: one.parts for one in shares}, unit_minor=unit_of(currency)
    )
    return _sheet(rule, shares, amount_minor, currency, shared.amounts_minor)


def sheet_of(payout: Payout, day: date) -> Sheet | None:
    """The frozen sheet of a payout that was handed over; before that by the rule of today.

    None where the community has set no rule by then.
    """
    currency = payout.statement.currency
    frozen = (
        GroupSheet.objects.filter(handover__payout=payout)
        .select_related("rule__by", "handover__payee")
        .first()
    )
    if frozen is not None:
        lines = list(
            frozen.lines.select_related("person").order_by("-parts", "person__sort_key", "id")
        )
        amounts = {line.person_id: line.amount_minor for line in lines}
        return _sheet(frozen.rule, lines, frozen.amount_minor, currency, amounts, frozen)
    rule = None if hasattr(payout, "handover") else rule_on(payout.consignor, day)
    return sheet_by_rule(rule, payout.amount_minor, currency) if rule else None


def _sheet(
    rule: SharingRule,
    shares: Sequence[MemberShare] | Sequence[GroupSheetLine],
    amount_minor: int,
    currency: str,
    amounts: Mapping[int, int],
    frozen: GroupSheet | None = None,
) -> Sheet:
    return Sheet(
        rule=rule,
        lines=[
            SheetLine(
                person=one.person,
                parts=one.parts,
                exact_minor=amount_minor * one.parts // rule.parts,
                amount_minor=amounts[one.person_id],
            )
            for one in shares
        ],
        amount_minor=amount_minor,
        currency=currency,
        parts=rule.parts,
        box_minor=amount_minor - sum(amounts.values()),
        frozen=frozen,
    )


def belonging_to(community: Party, day: date) -> list[Affiliation]:
    """Who belongs on that day, once each, in the order of the alphabet."""
    standing = standing_on(Affiliation.objects.filter(community=community), day)
    rows = standing.select_related("person").order_by("person__sort_key", "id")
    return list({one.person_id: one for one in rows}.values())


def communities_of(user: AnyUser, day: date) -> QuerySet[Party]:
    """Those that the reader belongs to, in whichever part, or speaks for."""
    if not isinstance(user, User) or user.party is None:
        return Party.objects.none()
    mine = standing_on(Affiliation.objects.filter(person__in=identities_of(user.party)), day)
    return Party.objects.filter(
        Q(pk__in=mine.values("community")) | Q(pk__in=parties_spoken_for(user.party, day)),
        kind=PartyKind.COMMUNITY,
    )


def sharing_visible_to(user: AnyUser, *, day: date) -> QuerySet[Party]:
    """Communities whose rule the reader may see: parts, and no money. Their own, and all for who
    keeps mandates or payouts."""
    for right in (Right.KEEP_MANDATES, Right.SEE_PAYOUTS):
        if has_right(user, right, day=day):
            return Party.objects.filter(kind=PartyKind.COMMUNITY)
    return communities_of(user, day)


def group_payouts_visible_to(user: AnyUser, *, day: date) -> QuerySet[Payout]:
    """Payouts of communities whose sheet the reader may see: those of the group, whoever stands on
    the sheet, and who keeps the shop's money (invariant 12: they shared it together)."""
    shops = shops_with(user, Right.SEE_PAYOUTS, day=day)
    wanted = Q(run__shop__in=shops) | Q(consignor__in=communities_of(user, day))
    if isinstance(user, User) and user.party is not None:
        mine = GroupSheetLine.objects.filter(person__in=identities_of(user.party))
        wanted |= Q(handover__sheet__in=mine.values("sheet"))
    return Payout.objects.filter(wanted, consignor__kind=PartyKind.COMMUNITY)
