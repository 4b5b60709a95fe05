"""The money came, says who received it; the list that they signed is kept as a picture."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit import photos
from ayil.kit.errors import AyilError
from ayil.kit.kept_papers import lay_down, refuse_unfit, take_up
from ayil.members.models import Party
from ayil.members.own import is_one_of, speaks_for
from ayil.members.rights import Right, require
from ayil.payouts.actions.holding import day_of, hold
from ayil.payouts.models import Acknowledgement, Handover, PayoutPaper, PayoutReturn, PayoutRun

PDF = "application/pdf"
# A page of A4 at this height shows a signature and the figures beside it.
READABLE_PX = 2400
ON_PAPER = (Acknowledgement.How.SIGNATURE, Acknowledgement.How.FINGERPRINT)


def acknowledge(
    *, handover: Handover, by: Party, at: datetime, how: Acknowledgement.How
) -> Acknowledgement:
    """The payee, the consignor, or who speaks for them says that the money came."""
    consignor = handover.payout.consignor
    on = day_of(handover.payout.run.shop, at)
    if by not in (handover.payee, consignor) and not speaks_for(by, consignor, on):
        raise AyilError(
            _("%(person)s cannot say that %(consignor)s received the money.")
            % {"person": by, "consignor": consignor}
        )
    _refuse_payers(handover, by)
    with transaction.atomic():
        hold(handover.payout.run.shop)
        _refuse_ended(handover)
        return Acknowledgement.objects.create(handover=handover, by=by, at=at, how=how)


def acknowledge_on_paper(
    *,
    paper: PayoutPaper,
    handovers: Iterable[Handover],
    by: Party,
    at: datetime,
    how: Acknowledgement.How = Acknowledgement.How.SIGNATURE,
) -> list[Acknowledgement]:
    """`by` found the payees' signs on a paper of the list, neither having paid nor approved it.

    All of the handovers or none. Raises AyilError for one of another list, one that was
    acknowledged before or came back, or where nothing is ticked.
    """
    shop = paper.run.shop
    require(by, Right.PREPARE_PAYOUT, on=day_of(shop, at), shop=shop)
    if how not in ON_PAPER:
        raise AyilError(_("On paper one signs or puts a fingerprint."))
    with transaction.atomic():
        hold(shop)
        signed = []
        for handover in handovers:
            if handover.payout.run_id != paper.run_id:
                raise AyilError(_("%(payout)s is on another list.") % {"payout": handover.payout})
            _refuse_payers(handover, by)
            _refuse_ended(handover)
            signed.append(_on_paper(paper, handover, by, at, how))
    if not signed:
        raise AyilError(_("Tick at least one line that is signed on the paper."))
    return signed


def _on_paper(
    paper: PayoutPaper, handover: Handover, by: Party, at: datetime, how: Acknowledgement.How
) -> Acknowledgement:
    return Acknowledgement.objects.create(
        handover=handover,
        by=handover.payee,
        at=at,
        how=how,
        paper=paper,
        recorded_by=None if is_one_of(by, handover.payee) else by,
    )


def _refuse_payers(handover: Handover, by: Party) -> None:
    if is_one_of(by, handover.paid_by, handover.approved_by):
        raise AyilError(
            _("%(person)s paid or approved this payout and cannot acknowledge it.") % {"person": by}
        )


def _refuse_ended(handover: Handover) -> None:
    if Acknowledgement.objects.filter(handover=handover).exists():
        raise AyilError(_("This payout was acknowledged before."))
    if PayoutReturn.objects.filter(handover=handover).exists():
        raise AyilError(_("This payout came back: the money is owed again."))


def keep_signed_paper(
    *, run: PayoutRun, content: bytes, by: Party, at: datetime, words: str = ""
) -> PayoutPaper:
    """A signed list or a page of it, as a photo (JPEG, PNG, WebP) or a PDF; the same again is once.

    A photo is drawn anew: the place where it was taken does not come along. Raises AyilError
    where the file is neither, and then nothing is kept.
    """
    require(by, Right.PREPARE_PAYOUT, on=day_of(run.shop, at), shop=run.shop)
    if content.startswith(b"%PDF-"):
        media_type, kept = PDF, content
    else:
        media_type = "image/jpeg"
        kept = photos.redrawn(content, longest_px=READABLE_PX).jpeg
    refuse_unfit(kept, str(run), media_type)
    with transaction.atomic():
        hold(run.shop)
        sha256 = lay_down(PayoutPaper.folder(), kept)
        return PayoutPaper.objects.get_or_create(
            run=run,
            sha256=sha256,
            defaults={
                "media_type": media_type,
                "size_bytes": len(kept),
                "words": words.strip()[:200],
                "by": by,
                "at": at,
            },
        )[0]


def read_signed_paper(paper: PayoutPaper) -> bytes:
    """The paper's bytes; AyilError where they are gone or no longer what was kept."""
    return take_up(PayoutPaper.folder(), paper.sha256, paper)
