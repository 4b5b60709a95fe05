"""The last weeks' applicants: some wait, one is refused and appeals, one is in the list already."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.members.admission import appeal, refuse_applicant
from ayil.members.joining import Form, Named, apply_as_person
from ayil.members.models import Application, Purpose

_CONSENTS = frozenset({Purpose.MEMBERSHIP, Purpose.MESSAGES})
# Name, village, telephone, way, days before the programme's last one, what they would make.
_APPLICANTS = (
    ("Бактыгүл Шабданова", "tamga", "+996555104001", Application.Way.PAGE, 5, "Кургатылган өрүк"),
    ("Эсен Турдубаев", "barskoon", "", Application.Way.PAPER, 3, "Боз үйдүн жабдыгы, оймо"),
    ("Jyldyz Mamyrova", "tamga", "", Application.Way.SHOP, 2, "Apricot jam"),
)
_REFUSED = ("Самат Чойбеков", "kyzyl-suu", "+996555104002")
_REASON = "Базардан алып келип сатат, өзү жасаганы жок. Өзү жасаган буюму болсо, кайра келсин."
_APPEAL = "Эки станогум бар, килемди өзүбүз токуйбуз. Келип көрүп кетиңиздер."


def applicants(stage: Stage) -> Iterator[Happening]:
    for row in _APPLICANTS:
        on = stage.plan.last - timedelta(days=row[4])
        if row[1] in stage.places:
            yield Happening(moment(on, 11), partial(_apply, stage, *row[:4], row[5]))
    if _REFUSED[1] in stage.places:
        on = stage.plan.last - timedelta(days=6)
        yield Happening(moment(on, 10), partial(_refuse_and_appeal, stage))


def _apply(
    stage: Stage, name: str, village: str, phone: str, way: Application.Way, words: str,
    at: datetime,
) -> Application:  # fmt: skip
    clerk = None if way == Application.Way.PAGE else stage.parties["clerk"]
    return apply_as_person(
        applicant=Named(name=name, village=stage.places[village], phone=phone),
        form=Form(
            uid=stage.uid("application", name),
            way=way,
            consents=_CONSENTS,
            paper="14" if way == Application.Way.PAPER else "",
            words=words,
            witness=Named(name="", record=stage.parties["second-clerk"]) if clerk else None,
        ),
        by=clerk,
        on=at.date(),
        at=at,
    )


def _refuse_and_appeal(stage: Stage, at: datetime) -> None:
    name, village, phone = _REFUSED
    application = _apply(stage, name, village, phone, Application.Way.PAGE, "Килем", at)
    later = at + timedelta(days=2)
    refuse_applicant(
        application=application, reason=_REASON, by=stage.parties["officer"], on=later.date(),
        at=later,
    )  # fmt: skip
    appeal(application=application, words=_APPEAL, by=None, at=later + timedelta(days=1))
