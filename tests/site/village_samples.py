"""What the walk asks of a village's decision: its assemblies, proposals, votes and complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.site.sample import Sample, Samples
from tests.site.world import World

VILLAGER = frozenset({"villager"})


def _meeting(*, following: bool = False, **form: str) -> Samples:
    """The assembly of the village that the persona "villager" keeps the roll of; the next one of
    it where the roll is still open."""
    return lambda world: [
        Sample(
            {"uid": (world.meeting.following if following else world.assembly).uid},
            VILLAGER,
            form=form,
        )
    ]


def _proposal(*, is_there: bool = True, own: bool = True, **form: str) -> Samples:
    """Of the assembly that the persona "villager" registers: they type what was said on paper."""
    owners = VILLAGER if own else frozenset()
    return lambda world: [
        Sample({"uid": world.meeting.proposal.uid}, owners, form=form, is_there=is_there)
    ]


def _willing(world: World) -> Sequence[Sample]:
    """Somebody said on paper that they will make it."""
    said = {"say": "yes", "paper-paper": "К-1", "paper-named": "village"}
    form = said | {"paper-person": str(world.meeting.village.people[9].pk)}
    return [Sample({"uid": world.meeting.proposal.uid}, VILLAGER, form=form)]


def _objection(world: World) -> Sequence[Sample]:
    parts = {"uid": world.meeting.following.uid, "objection": world.meeting.objection.uid}
    return [Sample(parts, VILLAGER, form={"verdict": "dismissed", "reason": "Тирүү"})]


def _decided(*, own: bool = True, **form: str) -> Samples:
    """The assembly of that village that decided: minutes, papers, complaints."""
    owners = VILLAGER if own else frozenset()
    return lambda world: [Sample({"uid": world.meeting.decided.assembly.uid}, owners, form=form)]


def _decision(world: World) -> Sequence[Sample]:
    return [Sample({"uid": world.meeting.decided.uid})]


def _complaint(*, own: bool = True, **form: str) -> Samples:
    """Whoever lives there reads it; an officer answers."""
    owners = VILLAGER if own else frozenset()
    return lambda world: [Sample({"uid": world.meeting.complaint.uid}, owners, form=form)]


def _kept_paper(world: World) -> Sequence[Sample]:
    parts = {"uid": world.meeting.decided.assembly.uid, "pk": world.meeting.paper.pk}
    return [Sample(parts, VILLAGER)]


OF_VILLAGES: Mapping[str, Samples] = {
    "assembly": _meeting(),
    "assembly-attendance": _meeting(number="9"),
    "assembly-hands": _meeting(following=True),
    "assembly-minutes": _decided(),
    "assembly-notice": _meeting(),
    "assembly-offices": _meeting(part="chair"),
    "assembly-quorum": _meeting(present="8", women="8"),
    "assembly-roll": _meeting(),
    "assembly-roll-add": _meeting(reason="x"),
    "assembly-roll-add-paper": _meeting(),
    "assembly-roll-answer": _objection,
    "assembly-roll-enter": _meeting(following=True, do="all"),
    "assembly-roll-freeze": _meeting(following=True),
    "assembly-roll-hang": _meeting(following=True, hangs_at="Дүкөн", since="2012-06-06"),
    "assembly-roll-object": _meeting(following=True, about="other", words="x", way="voice"),
    "assembly-roll-paper": _meeting(),
    "assembly-vote": _meeting(),
    "ballot-papers": _meeting(following=True),
    "booth": _meeting(),
    "complain": _decided(own=False, about="count", words="x"),
    "complaint": _complaint(),
    "complaint-answer": _complaint(own=False, verdict="dismiss", reason="x"),
    "complaint-paper": _complaint(),
    "complaints": _decided(),
    "counting-sheets": _meeting(),
    "decision": _decision,
    "decision-bundle": _decision,
    "decision-full-bundle": _decision,
    "decision-minutes": _decision,
    "decision-paper": _kept_paper,
    "decision-paper-keep": _decided(kind="protocol"),
    "decision-review": _decided(finding="x", keeps="yes"),
    "minutes-paper": _decided(),
    "minutes-seal": _decided(),
    "minutes-sign": _decided(part="registrar"),
    "minutes-write": _decided(),
    "proposal": _proposal(),
    "proposal-change": _proposal(),
    "proposal-evidence": _proposal(),
    "proposal-new": _meeting(following=True),
    "proposal-photo": _proposal(),
    "proposal-picture": _proposal(is_there=False),
    "proposal-willing": _willing,
    "proposal-withdraw": _proposal(reason="Жүн жетпейт"),
    "proposal-words": _proposal(own=False, name_en="Felt"),
    "proposals": _meeting(following=True),
    "proposals-poster": _meeting(following=True),
    "resources": lambda world: [Sample({"code": world.assembly.village.code}, VILLAGER)],
    "simulator": _meeting(following=True),
    "tally": _meeting(),
    "vote-certify": _meeting(),
    "vote-close": _meeting(issued="8", exchanged="0", unused="0"),
    "vote-count": _meeting(),
    "vote-lot": _meeting(),
    "vote-open": _meeting(present="8", women="8"),
}
