"""What the shop's sales say of a proposal is kept with it, as it was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import GoodsKind, MarketEvidence, Proposal, ProposalWithdrawal
from ayil.decisions.proposals import refuse_strangers, vote_has_opened
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop


@dataclass(frozen=True)
class Asked:
    """What the sales were asked: see MarketEvidence. `products` are keys of goods, ascending."""

    kind: str
    words: str
    shop: Shop | None
    since: date
    until: date
    products: Sequence[int] = ()
    upto: int = 0


@dataclass(frozen=True)
class Found:
    """Figures of at least five makers; `months` are (year, month, units or None)."""

    units: int
    receipts: int
    makers: int
    quarter_minor: int
    middle_minor: int
    three_quarters_minor: int
    months: Sequence[tuple[int, int, int | None]]
    currency: str = "KGS"


def keep_evidence(
    *,
    proposal: Proposal,
    asked: Asked,
    by: Party,
    at: datetime,
    found: Found | None = None,
    few: bool = False,
) -> MarketEvidence:
    """`found` are the figures; without them, `few` makers sold such goods, or nobody did."""
    if asked.kind not in GoodsKind.values or asked.since > asked.until:
        raise AyilError(
            _("Evidence is asked of a kind of goods, from a day to a later one: %(kind)s.")
            % {"kind": asked.kind}
        )
    refuse_strangers(proposal, by, at)
    with transaction.atomic():
        assembly = lock(proposal.assembly)
        if vote_has_opened(assembly):
            raise AyilError(
                _("The vote of %(assembly)s has begun: its proposals stand as they are.")
                % {"assembly": assembly}
            )
        if ProposalWithdrawal.objects.filter(proposal=proposal).exists():
            raise AyilError(_("%(proposal)s was withdrawn.") % {"proposal": proposal})
        outcomes = MarketEvidence.Outcome
        return MarketEvidence.objects.create(
            proposal=proposal,
            outcome=outcomes.FIGURES if found else outcomes.FEW if few else outcomes.NONE,
            kind=asked.kind,
            words=asked.words.strip(),
            shop=asked.shop,
            since=asked.since,
            until=asked.until,
            products=sorted(asked.products),
            upto=asked.upto,
            by=by,
            at=at,
            **({} if found is None else _figures(found)),
        )


def _figures(found: Found) -> dict[str, object]:
    return {**vars(found), "months": [list(month) for month in found.months]}
