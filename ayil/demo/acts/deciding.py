"""Every village decides for itself: called, counted, proposed, voted in secret, signed by three."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from ayil.decisions.actions.assemblies import call_assembly, name_officer
from ayil.decisions.actions.complaints import answer_complaint, complain
from ayil.decisions.actions.counting import count_poll, enter_sheet
from ayil.decisions.actions.evidence import Asked
from ayil.decisions.actions.makers import name_maker
from ayil.decisions.actions.outcomes import minute_decision, sign_decision
from ayil.decisions.actions.polls import close_poll, open_poll
from ayil.decisions.actions.posting import post_roll
from ayil.decisions.actions.proposals import propose
from ayil.decisions.actions.resources import record_resource
from ayil.decisions.actions.roll import count_quorum, enter_roll, freeze_roll, tick_attendance
from ayil.decisions.actions.sealing import seal_decision
from ayil.decisions.models import (
    Assembly,
    Complaint,
    ComplaintOutcome,
    Decision,
    LocalResource,
    Part,
    Proposal,
    Rule,
)
from ayil.decisions.proposals import standing_resources
from ayil.decisions.rules import piles_of
from ayil.demo.acts.founding import enter_person
from ayil.demo.acts.stage import Happening, Stage, moment
from ayil.demo.programme.assemblies import Meeting, Paper, Proposed, VillageVote
from ayil.figures.likes import take_evidence, year_upto
from ayil.products.actions import name_village_product
from ayil.products.models import Product

ROLL_HANGS_AT = "айыл өкмөтүнүн жарыя тактасында"
NOTICE = "айыл өкмөтүнө илинди, намаздан кийин окуп берилди"
COMPLAINT = "Кагаздар бир жолу эле саналды го, эки эсепчи чын эле өзүнчө санадыбы?"
ANSWER = "Эки эсепчинин барагы тең турат: ар бири өзүнчө санап, бирдей сан чыгарган."


def assemblies(stage: Stage) -> Iterator[Happening]:
    for vote in (*stage.plan.votes, stage.plan.share_out):
        asked = ("share out",) if vote.budget_minor else ()
        for number, meeting in enumerate(vote.meetings):
            uid = stage.uid("assembly", vote.village, number, *asked)
            yield Happening(
                moment(meeting.called_on, 17), partial(_call, stage, vote, meeting, uid)
            )
            yield Happening(moment(meeting.held_on, 15), partial(_meet, stage, vote, meeting, uid))


def _call(stage: Stage, vote: VillageVote, meeting: Meeting, uid: UUID, at: datetime) -> None:
    """The call with its roll; those who live there are entered when their roll is first made."""
    for person in vote.residents:
        if person.key not in stage.parties:
            stage.parties[person.key] = enter_person(stage, person, at)
    registrar = stage.parties[vote.officers[0]]
    assembly = call_assembly(
        village=stage.places[vote.village], called_on=meeting.called_on, notice=NOTICE,
        held_on=meeting.held_on, place="айыл мектеби", by=registrar, at=at, uid=uid,
        rule=Rule.BUDGET if vote.budget_minor else Rule.APPROVAL, budget_minor=vote.budget_minor,
    )  # fmt: skip
    for part, key in zip(
        (Part.REGISTRAR, Part.CHAIR, Part.COUNTER, Part.COUNTER), vote.officers, strict=True
    ):
        name_officer(assembly=assembly, part=part, person=stage.parties[key], by=registrar, at=at)
    enter_roll(
        assembly=assembly, people=[stage.parties[key] for key in vote.roll], by=registrar,
        draw=stage.chance("roll", uid).randbytes,
    )  # fmt: skip
    post_roll(
        assembly=assembly, hangs_at=ROLL_HANGS_AT, since=meeting.called_on, by=registrar, at=at
    )


def _meet(stage: Stage, vote: VillageVote, meeting: Meeting, uid: UUID, at: datetime) -> None:
    assembly = Assembly.objects.get(uid=uid)
    registrar, _chair, counter, second = (stage.parties[key] for key in vote.officers)
    freeze_roll(assembly=assembly, by=registrar, at=at)
    tick_attendance(assembly=assembly, numbers=meeting.came)
    count_quorum(assembly=assembly, by=registrar, at=at + timedelta(minutes=30))
    if not meeting.rounds:
        return
    for proposed in vote.proposals:
        _propose(stage, vote, assembly, proposed, at + timedelta(minutes=40))
    for number, papers in enumerate(meeting.rounds):
        begins = at + timedelta(minutes=90 + 45 * number)
        count_quorum(assembly=assembly, by=registrar, at=begins)
        poll = open_poll(assembly=assembly, by=registrar, at=begins)
        close_poll(
            poll=poll, issued=len(papers), unused=0, by=registrar,
            at=begins + timedelta(minutes=20),
        )  # fmt: skip
        piles, spoiled = piles_of(_on_paper(paper, poll.paper) for paper in papers)
        for person in (counter, second):
            enter_sheet(
                poll=poll, counter=person, piles=piles, spoiled=spoiled, by=person,
                at=begins + timedelta(minutes=35), uid=stage.uid("sheet", uid, number, person.pk),
            )  # fmt: skip
        count_poll(
            poll=poll, by=counter, at=begins + timedelta(minutes=40),
            draw=stage.chance("papers", uid, number).randbytes,
        )  # fmt: skip
    _sign(stage, vote, meeting, assembly, at + timedelta(hours=3))


def _on_paper(paper: Paper, options: list[int]) -> list[int] | None:
    """In a runoff the plan's first and second are the two on the paper."""
    if paper is None:
        return None
    return [options[number - 1] for number in sorted(paper) if number <= len(options)]


def _propose(
    stage: Stage, vote: VillageVote, assembly: Assembly, proposed: Proposed, at: datetime
) -> Proposal:
    proposer, thing = stage.parties[proposed.proposer], proposed.resource
    village = stage.places[vote.village]
    known = standing_resources(village).filter(name=thing.name).first()
    resource = known or record_resource(
        village=village, kind=LocalResource.Kind(thing.kind), name=thing.name,
        yearly_amount=thing.yearly_amount, unit=thing.unit, access=thing.access,
        season=thing.season, said_by=thing.said_by, by=proposer, at=at,
    )  # fmt: skip
    proposal = propose(
        assembly=assembly, names=proposed.kind_names, symbol=proposed.symbol, proposer=proposer,
        resource=resource, at=at, uid=stage.uid("proposal", assembly.uid, proposed.symbol),
        piece_cost_minor=proposed.piece_cost_minor, start_cost_minor=proposed.start_cost_minor,
        resource_milli=proposed.resource_milli, pieces_a_month=proposed.pieces_a_month,
        skills=thing.skills, risk_health=thing.risk_health, risk_land=thing.risk_land,
    )  # fmt: skip
    for key in proposed.makers:
        name_maker(proposal=proposal, person=stage.parties[key], may_be_named=True, at=at)
    _look_up(proposal, proposed, at)
    return proposal


def _look_up(proposal: Proposal, proposed: Proposed, at: datetime) -> None:
    """What the shop has sold of such goods in the twelve months before."""
    asked = Asked(proposed.goods_kind, "", None, *year_upto(proposal.assembly.held_on))
    take_evidence(proposal=proposal, asked=asked, by=proposal.proposer, at=at)


def _sign(
    stage: Stage, vote: VillageVote, meeting: Meeting, assembly: Assembly, at: datetime
) -> None:
    registrar, chair, counter, _second = (stage.parties[key] for key in vote.officers)
    decision = minute_decision(
        assembly=assembly, on=meeting.held_on, by=registrar, at=at,
        uid=stage.uid("decision", assembly.uid),
    )  # fmt: skip
    for part, signer in (
        (Part.CHAIR, chair),
        (Part.REGISTRAR, registrar),
        (Part.COUNTER, counter),
    ):
        sign_decision(decision=decision, part=part, signer=signer, on=meeting.held_on, at=at)
    seal_decision(decision=decision, by=registrar, at=at)
    if vote is stage.plan.votes[0]:
        _complain(stage, assembly, at)
    # What shares a budget names no product of the village.
    for product in [] if vote.budget_minor else _decided_products(stage, decision):
        name_village_product(
            product=product, decision=decision, on=meeting.held_on, by=stage.parties["officer"]
        )


def _complain(stage: Stage, assembly: Assembly, at: datetime) -> None:
    """One villager was not content; the answer says why it changed nothing."""
    complaint = complain(
        assembly=assembly, about=Complaint.About.COUNT, words=COMPLAINT, on=assembly.held_on,
        at=at + timedelta(hours=1), uid=stage.uid("complaint", assembly.uid),
    )  # fmt: skip
    answer_complaint(
        complaint=complaint, verdict=ComplaintOutcome.Verdict.DISMISS, reason=ANSWER,
        by=stage.parties["officer"], at=at + timedelta(days=2),
    )  # fmt: skip


def _decided_products(stage: Stage, decision: Decision) -> list[Product]:
    """The village's goods of the kind that its assembly chose."""
    cast = stage.plan.cast
    return [
        stage.variants[f"{good.key}/{good.forms[0].code}"].product
        for good in cast.goods
        if cast.village_of[good.owner] == decision.village.code
        and good.names[0] in {proposal.name_en for proposal in decision.proposals}
    ]
