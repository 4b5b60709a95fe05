"""A community says how it shares, and each payout's sheet is kept as the money is handed over."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit import rows
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party, PartyKind
from ayil.members.own import leads
from ayil.members.rights import Right, require
from ayil.payouts.models import (
    GroupSheet,
    GroupSheetLine,
    Handover,
    MemberShare,
    SharingRule,
)
from ayil.payouts.models.sharing import MOST_PARTS
from ayil.payouts.queries import belonging_to, rule_on, sheet_by_rule, unit_of


def set_sharing(
    *,
    community: Party,
    parts: Mapping[Party, int],
    since: date,
    decided_by: str,
    paper: str,
    by: Party,
    at: datetime,
) -> SharingRule:
    """From `since` on the community shares by these parts; who has none is left out of it.

    Typed by a leader of it, or by the staff from the group's own paper. Sheets of money that was
    handed over stay as they were.
    """
    today = local_date(at)
    if community.kind != PartyKind.COMMUNITY:
        raise AyilError(
            _("%(party)s is no community and shares with nobody.") % {"party": community}
        )
    if not leads(by, community, today):
        require(by, Right.KEEP_MANDATES, on=today)
    if not decided_by.strip() or not paper.strip():
        raise AyilError(_("Say who decided it together, and on which paper it stands."))
    named = sorted(parts.items(), key=lambda one: (one[0].sort_key, one[0].pk))
    shared = {person: count for person, count in named if count}
    _refuse_odd(community, shared, since, today)
    with transaction.atomic():
        (id_,) = rows.reserve_ids(SharingRule, 1)
        MemberShare.objects.bulk_create(
            MemberShare(rule_id=id_, person=person, parts=count)
            for person, count in sorted(
                shared.items(), key=lambda one: (one[0].sort_key, one[0].pk)
            )
        )
        return SharingRule.objects.create(
            pk=id_,
            community=community,
            since=since,
            parts=sum(shared.values()),
            decided_by=decided_by.strip(),
            paper=paper.strip(),
            at=at,
            by=by,
        )


def _refuse_odd(community: Party, parts: Mapping[Party, int], since: date, today: date) -> None:
    if not parts:
        raise AyilError(_("Give at least one person of the group a part."))
    if since < today:
        raise AyilError(_("A rule of sharing begins today or later: what was shared stays."))
    known = {one.person_id for one in belonging_to(community, today)}
    for person, count in parts.items():
        if person.pk not in known:
            raise AyilError(
                _("%(person)s does not belong to %(community)s. Name them in the community first.")
                % {"person": person, "community": community}
            )
        if not 0 < count <= MOST_PARTS:
            raise AyilError(
                _("%(person)s: give the parts as a whole number from 1 to %(most)s.")
                % {"person": person, "most": MOST_PARTS}
            )


def freeze_sheet(*, handover: Handover) -> GroupSheet | None:
    """The sheet of a payout as the rule of that day gives it; called where the money is handed
    over, in its transaction. None where the consignor shares with nobody."""
    payout = handover.payout
    rule = rule_on(payout.consignor, handover.paid_on)
    if rule is None:
        return None
    currency = payout.statement.currency
    sheet = sheet_by_rule(rule, payout.amount_minor, currency)
    (id_,) = rows.reserve_ids(GroupSheet, 1)
    GroupSheetLine.objects.bulk_create(
        GroupSheetLine(
            sheet_id=id_, person=line.person, parts=line.parts, amount_minor=line.amount_minor
        )
        for line in sheet.lines
    )
    return GroupSheet.objects.create(
        pk=id_,
        handover=handover,
        rule=rule,
        amount_minor=sheet.amount_minor,
        unit_minor=unit_of(currency),
        parts=sheet.parts,
        box_minor=sheet.box_minor,
        at=handover.at,
        by=handover.paid_by,
    )
