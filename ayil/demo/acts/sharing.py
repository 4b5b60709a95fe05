"""The association's terms, and a group of twelve that shares what it earns by unequal parts."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from ayil.demo.acts.paying import MINIMUM_MINOR
from ayil.demo.acts.stage import CURRENCY, Happening, Stage, moment
from ayil.kit.clock import local_date
from ayil.members.actions import affiliate, enter_party
from ayil.members.models import PartyKind
from ayil.payouts.actions import set_payout_terms, set_sharing
from ayil.payouts.queries import belonging_to

ANSWER_DAYS = 14
GROUP = "ak-say-kiyiz"
# Twelve with those whom the programme names already; how much each felts is theirs to say.
ALSO_FELT = (
    "Айша Турдубаева", "Батма Кадырова", "Гүлзат Орозалиева", "Дамира Сооронбаева",
    "Зыйнат Мамбеталиева", "Ишенбүбү Алымкулова", "Калыйча Бейшенова", "Мээрим Токтосунова",
    "Сайракан Жээнбекова",
)  # fmt: skip
MEMBERS = 12
PARTS = (14, 12, 11, 10, 9, 9, 8, 7, 6, 6, 5, 3)
PAPER = "Жыйындын № 3 токтому"
DECIDED_BY = "Топтун жыйыны, 12 кишиден 11и"


def groups(stage: Stage) -> Iterator[Happening]:
    """Before the first sale: the terms are said, the group has grown and decided."""
    first = stage.plan.trade.first
    yield Happening(moment(first, 8), partial(_terms, stage))
    yield Happening(moment(first, 8, 30), partial(_group, stage))


def _terms(stage: Stage, at: datetime) -> None:
    set_payout_terms(
        currency=CURRENCY, least_minor=MINIMUM_MINOR, answer_days=ANSWER_DAYS,
        since=local_date(at), by=stage.parties["officer"], at=at,
    )  # fmt: skip


def _group(stage: Stage, at: datetime) -> None:
    community = stage.parties[GROUP]
    on = local_date(at)
    known = len(belonging_to(community, on))
    for name in ALSO_FELT[: MEMBERS - known]:
        person = enter_party(
            kind=PartyKind.PERSON, name=name, at=at, village=community.village,
            uid=stage.uid("party", GROUP, name),
        )  # fmt: skip
        affiliate(person=person, community=community, since=on, by=stage.parties["officer"])
    leader = stage.speaker_of(GROUP)
    people = [one.person for one in belonging_to(community, on)]
    people.sort(key=lambda person: person != leader)
    set_sharing(
        community=community, parts=dict(zip(people, PARTS, strict=True)), since=on,
        decided_by=DECIDED_BY, paper=PAPER, by=leader, at=at,
    )  # fmt: skip
