"""What the donor and the association made public, on its day."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from ayil.catalogue.actions import Words, announce
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.demo.programme.notices import DONOR, Notice


def announcements(stage: Stage) -> Iterator[Happening]:
    for notice in stage.plan.notices:
        yield Happening(moment(notice.on, 13), partial(_announce, stage, notice))


def _announce(stage: Stage, notice: Notice, at: datetime) -> None:
    announce(
        on=notice.on,
        issuer=stage.parties[notice.issuer],
        texts={language: Words(title, body) for language, (title, body) in notice.texts.items()},
        by=stage.parties["donor" if notice.issuer == DONOR else "officer"],
        at=at,
    )
