"""How a group shares: its rule, and the sheet of one payout that any member reckons again."""

import uuid
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.document import document_pdf, pdf_answer
from ayil.kit.errors import AyilError
from ayil.kit.money import to_minor
from ayil.members.identities import identities_of
from ayil.members.looks import Seen, record_looks
from ayil.members.models import Party
from ayil.members.own import leads
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right
from ayil.payouts import queries
from ayil.payouts.actions import set_sharing
from ayil.payouts.models import Payout
from ayil.payouts.queries.terms import SOM
from ayil.payouts.sheet_paper import sharing_rule_words, sheet_paper


def _today() -> date:
    return local_date(now())


def _community(request: HttpRequest, uid: uuid.UUID) -> Party:
    """Another's community is as if it were not there."""
    visible = queries.sharing_visible_to(request.user, day=_today())
    found = visible.select_related("village").filter(uid=uid).first()
    if found is None:
        raise Http404(_("There is no such community among those that you may see."))
    return found


def _may_set(request: HttpRequest, community: Party) -> bool:
    """A leader of it, or who writes down from its paper what a group decided."""
    return leads(acting(request), community, _today()) or has_right(
        request.user, Right.KEEP_MANDATES, day=_today()
    )


@login_required
@require_safe
def sharing(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The rule that holds, the ones before it, and what `?amount=` would come to."""
    found = _community(request, uid)
    rules = list(queries.rules_of(found))
    held = queries.rule_on(found, _today())
    amount, typed = _tried(request)
    held_parts = {one.person_id: one.parts for one in queries.shares_of(held)} if held else {}
    context = {
        "community": found,
        "held": held,
        "shares": queries.shares_of(held) if held else [],
        "earlier": [rule for rule in rules if held is None or rule.pk != held.pk],
        "typed": typed,
        "sheet": queries.sheet_by_rule(held, amount, SOM) if held and amount else None,
        "may_set": _may_set(request, found),
        "members": [
            (one, held_parts.get(one.person_id, 0)) for one in queries.belonging_to(found, _today())
        ],
        "today": _today(),
        "rule_words": sharing_rule_words(),
        "payouts": queries.group_payouts_visible_to(request.user, day=_today())
        .filter(consignor=found)
        .select_related("statement")
        .order_by("-id")[:12],
    }
    return render(request, "payouts/sharing.html", context)


def _tried(request: HttpRequest) -> tuple[int, str]:
    """A sum to try the rule with, in minor units, and as it was typed; 0 where there is none."""
    typed = request.GET.get("amount", "")[:20]
    try:
        amount = to_minor("".join(typed.split()).replace(",", "."), SOM)
    except ValueError:
        return 0, typed
    return (amount, typed) if 0 < amount < 10**12 else (0, typed)


@login_required
@require_POST
def set_rule(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Parts of each member as `parts-<their key>`, since when, by whom decided, on which paper."""
    found = _community(request, uid)
    if not _may_set(request, found):
        raise Http404(_("Only a leader of the group says how it shares, or the staff from paper."))
    try:
        set_sharing(
            community=found,
            parts=_parts(request, found),
            since=_day(request.POST.get("since", "")),
            decided_by=request.POST.get("decided_by", "")[:200],
            paper=request.POST.get("paper", "")[:200],
            by=acting(request),
            at=now(),
        )
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("From that day on the group shares by these parts."))
    return redirect("sharing", uid=uid)


def _parts(request: HttpRequest, community: Party) -> dict[Party, int]:
    parts: dict[Party, int] = {}
    for one in queries.belonging_to(community, _today()):
        written = request.POST.get(f"parts-{one.person_id}", "").strip() or "0"
        if not written.isascii() or not written.isdecimal() or len(written) > 6:
            raise AyilError(
                _("%(person)s: give the parts as a whole number, 0 for none.")
                % {"person": one.person}
            )
        parts[one.person] = int(written)
    return parts


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise AyilError(_("Give the day from which the rule holds.")) from None


def _payout(request: HttpRequest, pk: int) -> Payout:
    visible = queries.group_payouts_visible_to(request.user, day=_today())
    found = (
        visible.filter(pk=pk)
        .select_related("consignor__village", "statement__shop", "handover__payee")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such payout among those of your groups."))
    return found


def _sheet(request: HttpRequest, payout: Payout) -> queries.Sheet | None:
    """The sheet, and that the staff looked at what each of the group got."""
    sheet = queries.sheet_of(payout, _today())
    by = acting(request)
    if sheet is not None and not _is_of_group(request, payout):
        people = [payout.consignor, *(line.person for line in sheet.lines)]
        record_looks(parties=people, by=by, what=Seen.STATEMENT, at=now())
    return sheet


def _is_of_group(request: HttpRequest, payout: Payout) -> bool:
    groups = queries.communities_of(request.user, _today())
    return groups.filter(pk=payout.consignor_id).exists()


@login_required
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What each of the group gets of one payout, with the arithmetic."""
    payout = _payout(request, pk)
    found = _sheet(request, payout)
    context = {
        "payout": payout,
        "statement": payout.statement,
        "community": payout.consignor,
        "sheet": found,
        "mine": identities_of(acting(request)),
        "rule_words": sharing_rule_words(),
        "came_back": getattr(getattr(payout, "handover", None), "came_back", None),
    }
    return render(request, "payouts/sheet.html", context)


@login_required
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet on paper, with a line to sign on for each."""
    payout = _payout(request, pk)
    found = _sheet(request, payout)
    if found is None:
        raise Http404(_("The group has set no rule of sharing, so there is no sheet."))
    address = request.build_absolute_uri(reverse("sheet", args=[pk]))
    return pdf_answer(
        document_pdf([sheet_paper(payout, found, address=address)], at=now()), f"sheet-{pk}"
    )
