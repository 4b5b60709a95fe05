"""What waits at the shop's door: goods that were declared and not counted."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from ayil.consignment.models import ConsignmentNote
from ayil.members.models import User
from ayil.members.rights import Right, has_right
from ayil.members.waiting import Waiting, shops_in_sight


def goods_waiting(user: User, day: date) -> list[Waiting]:
    """Notes with a line that shop and consignor have not counted together yet."""
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    notes = ConsignmentNote.objects.filter(
        agreement__shop__in=shops, lines__isnull=False, lines__count__isnull=True
    ).distinct()
    count = notes.count()
    first = (
        notes.order_by("declared_on", "id")
        .values_list("declared_on", "agreement__shop__code", "agreement__consignor__uid")
        .first()
    )
    keeps_books = has_right(user, Right.KEEP_BOOKS, day=day)
    return [
        Waiting(
            what=ngettext(
                "%(count)s consignment note is declared and not counted",
                "%(count)s consignment notes are declared and not counted",
                count,
            )
            % {"count": count},
            count=count,
            oldest=first[0] if first else None,
            address=reverse("sales-of", args=first[1:]) if first and keeps_books else "",
            right=Right.RECEIVE_GOODS,
        )
    ]
