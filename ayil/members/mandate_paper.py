"""The mandate as a paper: to sign before it is written down, or with what was written."""

from django.utils.translation import gettext as _

from ayil.kit.document import Document, Facts, Signs, Words
from ayil.kit.written import day
from ayil.members.models import Mandate, Party

_BLANK = "_" * 42


def mandate_document(mandate: Mandate | None) -> Document:
    """Made in the active language; without a mandate a form to fill in by hand."""
    if mandate is None:
        giver = holder = giver_village = holder_village = since = until = _BLANK
    else:
        giver, giver_village = mandate.giver.name, _village(mandate.giver)
        holder, holder_village = mandate.holder.name, _village(mandate.holder)
        since = day(mandate.since)
        until = day(mandate.until) if mandate.until else _("until it is taken back")
    facts = [
        (_("I give this mandate"), giver),
        (_("Village"), giver_village),
        (_("Who may collect my money"), holder),
        (_("Village"), holder_village),
        (_("From"), since),
        (_("Up to and with"), until),
    ]
    if mandate is not None and hasattr(mandate, "end"):
        facts.append((_("Ended on"), f"{day(mandate.end.on)}: {mandate.end.reason}"))
    return Document(
        title=_("Mandate to collect money"),
        subtitle=_("No. %(number)s") % {"number": mandate.pk} if mandate else "",
        parts=[
            Facts(facts),
            Words(
                _(
                    "The person named above may receive from the shop the money that it owes me, "
                    "sign for it in my place, and bring it to me. I may take this back at any "
                    "time: in the shop, at the association, or on my own page."
                )
            ),
            Words(
                _(
                    "The shop's staff reads this aloud to whoever does not read. A fingerprint "
                    "stands for a signature, with the name of a witness beside it."
                ),
                small=True,
            ),
            Signs(
                [
                    (_("Who gives the mandate"), giver if mandate else ""),
                    (_("Who collects"), holder if mandate else ""),
                    (_("Witness, or the shop"), ""),
                    (_("Day"), ""),
                ]
            ),
        ],
    )


def _village(party: Party) -> str:
    return party.village.name if party.village else "–"
