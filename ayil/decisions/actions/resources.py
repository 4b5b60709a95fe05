"""What the village has is written down, and a better estimate takes the place of an older one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.models import LocalResource
from ayil.decisions.proposals import is_villager
from ayil.decisions.who import is_officer
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.places.models import Place

MOST_RESOURCES = 200  # of a village, better estimates with them


def record_resource(
    *,
    village: Place,
    kind: LocalResource.Kind,
    name: str,
    yearly_amount: int,
    unit: str,
    access: str,
    by: Party,
    at: datetime,
    season: tuple[int, int] = (1, 12),
    said_by: str = "",
    replaces: LocalResource | None = None,
) -> LocalResource:
    """`season` is its first and last month; `access` says who may take it and by what right;
    `said_by` who knows the amount. By a villager, or an officer who cares for the villages."""
    if not is_villager(by, village) and not is_officer(by, local_date(at)):
        raise AyilError(
            _("%(by)s does not live in %(village)s: its people say what it has.")
            % {"by": by, "village": village}
        )
    if not access.strip() or yearly_amount < 0 or not all(1 <= month <= 12 for month in season):
        raise AyilError(
            _(
                "%(name)s of %(village)s needs a yearly amount, a season in months from 1 "
                "to 12 and whose right it is to take it."
            )
            % {"name": name, "village": village}
        )
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=village.pk)
        _refuse_replaced(village, replaces)
        return LocalResource.objects.create(
            village=village,
            kind=kind,
            name=name.strip(),
            yearly_amount=yearly_amount,
            unit=unit.strip(),
            season_from=season[0],
            season_to=season[1],
            access=access.strip(),
            said_by=said_by.strip(),
            replaces=replaces,
            by=by,
            recorded_at=at,
        )


def _refuse_replaced(village: Place, replaces: LocalResource | None) -> None:
    if replaces is not None and (
        replaces.village_id != village.pk
        or LocalResource.objects.filter(replaces=replaces).exists()
    ):
        raise AyilError(
            _("%(name)s has a later estimate already: put the new one in its place.")
            % {"name": replaces.name}
        )
    if LocalResource.objects.filter(village=village).count() >= MOST_RESOURCES:
        raise AyilError(
            _("%(village)s has %(most)s entries of what it has; no more are kept.")
            % {"village": village, "most": MOST_RESOURCES}
        )
