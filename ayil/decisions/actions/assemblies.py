"""An assembly is called, and who does what in it is named."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.models import (
    Assembly,
    AssemblyOffice,
    Part,
    Rule,
)
from ayil.decisions.rolls import is_barred
from ayil.decisions.rules import (
    MOST_PLACES,
    Question,
    asks_one_thing,
)
from ayil.kit.errors import AyilError, Conflict
from ayil.members.identities import identities_of
from ayil.members.models import Party, PartyKind
from ayil.places.models import Place, PlaceKind

COUNTERS = 2


def lock(assembly: Assembly) -> Assembly:
    """The assembly, held by this transaction: its steps follow one another."""
    return (
        Assembly.objects.select_for_update(of=("self",))
        .select_related("village")
        .get(pk=assembly.pk)
    )


def call_assembly(
    *,
    village: Place,
    called_on: date,
    notice: str,
    held_on: date,
    place: str,
    by: Party,
    at: datetime,
    uid: UUID | None = None,
    rule: Rule = Rule.APPROVAL,
    places: int = 1,
    budget_minor: int | None = None,
) -> Assembly:
    """`notice` says where the call was posted and read. The same `uid` returns the first.

    `rule` says what is asked; `places` products (rule SHARES) or `budget_minor` (rule BUDGET).
    """
    asks = Question(rule=rule.value, options=(), places=places, budget=budget_minor)
    if not asks_one_thing(asks):
        raise AyilError(
            _("An assembly seeks one product, 2 to %(most)s products, or shares a budget.")
            % {"most": MOST_PLACES}
        )
    if village.kind != PlaceKind.VILLAGE:
        raise AyilError(
            _("%(village)s is no village; an assembly is a village's.") % {"village": village}
        )
    if called_on >= held_on or not notice.strip():
        raise AyilError(
            _("The assembly of %(village)s needs a notice, posted before the day of %(held_on)s.")
            % {"village": village, "held_on": held_on}
        )
    with transaction.atomic():
        earlier = Assembly.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.village_id, earlier.held_on) != (village.pk, held_on):
                raise Conflict(
                    _("The assembly %(uid)s was called before for another day or village.")
                    % {"uid": uid}
                )
            return earlier
        if Assembly.objects.filter(village=village, held_on=held_on).exists():
            raise AyilError(
                _("%(village)s has an assembly on %(held_on)s already.")
                % {"village": village, "held_on": held_on}
            )
        return Assembly.objects.create(
            uid=uid or uuid4(),
            village=village,
            called_on=called_on,
            notice=notice.strip(),
            held_on=held_on,
            place=place,
            rule=rule,
            places=places,
            budget_minor=budget_minor,
            called_by=by,
            recorded_at=at,
        )


def name_officer(
    *, assembly: Assembly, part: Part, person: Party, by: Party, at: datetime
) -> AssemblyOffice:
    """Names the chair, the registrar or one of the two counters, all of the village's people."""
    with transaction.atomic():
        assembly = lock(assembly)
        words = _why_no_officer(assembly, part, person)
        if words:
            raise AyilError(words % {"person": person, "part": part.label, "assembly": assembly})
        return AssemblyOffice.objects.create(
            assembly=assembly, part=part, person=person, by=by, at=at
        )


def _why_no_officer(assembly: Assembly, part: Part, person: Party) -> str | None:
    offices = assembly.offices
    records = identities_of(person)  # an office or a proposal under a double is theirs too
    most = COUNTERS if part == Part.COUNTER else 1
    if person.kind != PartyKind.PERSON or person.village_id != assembly.village_id:
        return _("%(person)s is not one of the village's people and cannot be %(part)s.")
    if is_barred(records, assembly.held_on):
        return _("%(person)s works for the programme and has no part in %(assembly)s.")
    if offices.filter(person__in=records).exists():
        return _("%(person)s has a part in %(assembly)s already: four parts, four people.")
    if offices.filter(part=part).count() >= most:
        return _("%(assembly)s has its %(part)s already.")
    if part != Part.CHAIR and assembly.proposals.filter(proposer__in=records).exists():
        return _("%(person)s proposed a product and cannot be %(part)s: ask another.")
    return None
