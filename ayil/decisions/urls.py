"""Addresses of assemblies and decisions."""

from django.urls import path

from ayil.decisions.views import (
    assemblies,
    attendance,
    counting,
    makers,
    objections,
    offices,
    proposal_photos,
    proposals,
    resources,
    roll,
    village,
    vote,
)

_ONE = "assemblies/<uuid:uid>/"
_ROLL = _ONE + "roll/"
_PROPOSAL = "proposals/<uuid:uid>/"

urlpatterns = [
    path("our-decision/", village.our_decision, name="our-decision"),
    path("assemblies/", assemblies.assemblies, name="assemblies"),
    path("assemblies/call/", assemblies.call, name="assembly-call"),
    path("association/assembly-terms/", assemblies.terms, name="assembly-terms"),
    path(_ONE, assemblies.assembly, name="assembly"),
    path(_ONE + "notice/", assemblies.notice, name="assembly-notice"),
    path(_ONE + "offices/", offices.offices, name="assembly-offices"),
    path(_ROLL, roll.roll, name="assembly-roll"),
    path(_ROLL + "enter/", roll.enter, name="assembly-roll-enter"),
    path(_ROLL + "hangs/", roll.hang, name="assembly-roll-hang"),
    path(_ROLL + "paper/", roll.paper, name="assembly-roll-paper"),
    path(_ROLL + "objections/", objections.object_to, name="assembly-roll-object"),
    path(_ROLL + "objections/<uuid:objection>/", objections.answer, name="assembly-roll-answer"),
    path(_ROLL + "freeze/", roll.freeze, name="assembly-roll-freeze"),
    path(_ROLL + "added/", objections.add, name="assembly-roll-add"),
    path(_ROLL + "added/paper/", objections.add_paper, name="assembly-roll-add-paper"),
    path(_ONE + "attendance/", attendance.attendance, name="assembly-attendance"),
    path(_ONE + "quorum/", attendance.quorum, name="assembly-quorum"),
    path(_ONE + "vote/", vote.vote, name="assembly-vote"),
    path(_ONE + "vote/hands/", vote.hands, name="assembly-hands"),
    path(_ONE + "vote/open/", vote.opening, name="vote-open"),
    path(_ONE + "vote/papers/", vote.ballots, name="ballot-papers"),
    path(_ONE + "vote/booth/", vote.booth, name="booth"),
    path(_ONE + "vote/close/", vote.closing, name="vote-close"),
    path(_ONE + "vote/count/", counting.count, name="vote-count"),
    path(_ONE + "vote/sheets/", counting.sheets, name="counting-sheets"),
    path(_ONE + "vote/certify/", counting.certify, name="vote-certify"),
    path(_ONE + "tally/", counting.tally, name="tally"),
    path(_ONE + "tally/lot/", counting.lot, name="vote-lot"),
    path(_ONE + "proposals/", proposals.proposals, name="proposals"),
    path(_ONE + "proposals/new/", proposals.proposal_new, name="proposal-new"),
    path(_ONE + "proposals/poster/", proposals.poster, name="proposals-poster"),
    path(_PROPOSAL, proposals.proposal, name="proposal"),
    path(_PROPOSAL + "change/", proposals.proposal_change, name="proposal-change"),
    path(_PROPOSAL + "photo/", proposal_photos.proposal_photo, name="proposal-photo"),
    path(_PROPOSAL + "photo.jpg", proposal_photos.proposal_picture, name="proposal-picture"),
    path(_PROPOSAL + "willing/", makers.proposal_willing, name="proposal-willing"),
    path(_PROPOSAL + "withdraw/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path(_PROPOSAL + "words/", proposals.proposal_words, name="proposal-words"),
    path("village/<slug:code>/resources/", resources.resources, name="resources"),
]
