"""What a person corrects of their own record without asking anybody."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.members.identities import identities_of
from ayil.members.models import Party
from ayil.members.rules import written_phone


def correct_phone(*, party: Party, phone: str, by: Party, at: datetime) -> None:
    """The number under which the person is reached from now on; empty: by none."""
    if by.pk not in identities_of(party):
        raise AyilError(_("Only %(party)s corrects this here.") % {"party": party})
    try:
        written = written_phone(phone)
    except AyilError as error:
        raise AyilError(_(error.words) % error.filled) from None
    with transaction.atomic():
        locked = Party.objects.select_for_update().get(pk=party.pk)
        if locked.phone == written:
            return
        locked.phone = written
        # What the history is written from, as its library wants it told.
        vars(locked).update(_history_user=getattr(by, "user", None), _history_date=at)
        locked.save()
    party.phone = written
