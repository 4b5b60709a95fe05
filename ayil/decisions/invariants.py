"""What must hold of the villages' decisions, recomputed from rolls and papers."""

from collections.abc import Iterator

from ayil.decisions.models import Assembly, Ballot, Decision, PollTally, RollFreezing, SigningPart
from ayil.decisions.queries import (
    MINUTES_DOMAIN,
    entry_leaf,
    roll_fingerprint,
    tally_fingerprint,
)
from ayil.decisions.rules import BARRED_ROLES, RULES, count_approvals
from ayil.kit.canonical import digest
from ayil.kit.invariants import Check, by_query

_BARRED = ", ".join(f"'{role}'" for role in sorted(BARRED_ROLES))
_VOTELESS = f"""
    SELECT v.code, a.held_on, r.number, g.role FROM decisions_rollentry r
    JOIN decisions_assembly a ON a.id = r.assembly_id JOIN places_place v ON v.id = a.village_id
    JOIN members_rolegrant g ON g.party_id = r.person_id AND g.since <= a.held_on
    LEFT JOIN members_roleend e ON e.grant_id = g.id
    WHERE (e.id IS NULL OR e."on" > a.held_on) AND g.role IN ({_BARRED})
"""  # noqa: S608 - our own words
_NO_QUORUM = """
    SELECT v.code, a.held_on, q.present, q.needed FROM decisions_poll p
    JOIN decisions_quorumcount q ON q.id = p.quorum_id
    JOIN decisions_assembly a ON a.id = p.assembly_id JOIN places_place v ON v.id = a.village_id
    JOIN decisions_rollfreezing f ON f.assembly_id = a.id
    WHERE q.present < q.needed OR q.assembly_id <> a.id
       OR q.present * f.quorum_denominator < f.roll_size * f.quorum_numerator
"""
_PAPERS = """
    SELECT v.code, a.held_on, p.round, c.issued - c.unused, count(b.id) FROM decisions_polltally t
    JOIN decisions_poll p ON p.id = t.poll_id JOIN decisions_pollclosing c ON c.poll_id = p.id
    JOIN decisions_assembly a ON a.id = p.assembly_id JOIN places_place v ON v.id = a.village_id
    LEFT JOIN decisions_ballot b ON b.poll_id = p.id
    GROUP BY v.code, a.held_on, p.round, c.issued, c.unused
    HAVING count(b.id) <> c.issued - c.unused
"""
_SIGNERS = f"""
    SELECT v.code, d."on", count(DISTINCT s.signer_id) FROM decisions_decision d
    JOIN places_place v ON v.id = d.village_id
    JOIN decisions_decisionsigning s ON s.decision_id = d.id
    GROUP BY d.id, v.code, d."on"
    HAVING count(DISTINCT s.part) = {len(SigningPart)} AND count(DISTINCT s.signer_id) <> 3
"""  # noqa: S608 - our own words


def changed_rolls() -> Iterator[str]:
    """A roll, its quorum and its rule are those whose fingerprint was read aloud."""
    for freezing in RollFreezing.objects.select_related("assembly__village"):
        found = roll_fingerprint(
            freezing.assembly,
            rule=freezing.rule,
            quorum=(freezing.quorum_numerator, freezing.quorum_denominator),
            ties=freezing.ties,
        )
        if found != bytes(freezing.sha256):
            yield f"{freezing.assembly}: roll or rules are not those that were frozen."
        if freezing.assembly.roll.count() != freezing.roll_size:
            yield f"{freezing.assembly}: the roll no longer has {freezing.roll_size} entries."
        yield from _changed_entries(freezing.assembly)


def _changed_entries(assembly: Assembly) -> Iterator[str]:
    """An entry is what was hashed when it was made; only an erased person's may lack it."""
    for entry in assembly.roll.select_related("person__erasure"):
        if entry.salt:
            if entry_leaf(entry) != bytes(entry.leaf):
                yield f"{assembly}: number {entry.number} is not who was entered on the roll."
        elif not hasattr(entry.person, "erasure"):
            yield f"{assembly}: number {entry.number} is hidden, and nobody was erased."


def wrong_tallies() -> Iterator[str]:
    """Every tally counted anew from its papers, by the rule that was frozen."""
    tallies = PollTally.objects.select_related(
        "poll__assembly__village", "poll__assembly__freezing"
    )
    for tally in tallies:
        rows = Ballot.objects.filter(poll=tally.poll).values_list("marks", "spoiled")
        try:
            counted = count_approvals(
                tally.poll.paper, (None if spoiled else marks for marks, spoiled in rows)
            )
        except ValueError as error:
            yield f"{tally.poll.assembly}: {error}."
            continue
        outcome = RULES[tally.poll.assembly.freezing.rule](counted, final=tally.poll.round == 2)
        booked = (tally.approvals, tally.valid, tally.none, tally.spoiled)
        anew = ([list(p) for p in counted.approvals], counted.valid, counted.none, counted.spoiled)
        if booked != anew or (tally.verdict, tally.leaders) != (
            outcome.verdict.value,
            list(outcome.leaders),
        ):
            yield f"{tally.poll.assembly}: the papers say {anew}, the tally {booked}."
        if tally_fingerprint(tally) != bytes(tally.sha256):
            yield f"{tally.poll.assembly}: the tally does not hash to its fingerprint."


def changed_minutes() -> Iterator[str]:
    for decision in Decision.objects.select_related("proposal", "village"):
        if digest(MINUTES_DOMAIN, decision.minutes) != bytes(decision.sha256):
            yield f"{decision}: its minutes do not hash to their fingerprint."
        elif decision.minutes["chosen"] != decision.proposal.number:
            yield f"{decision}: its minutes chose number {decision.minutes['chosen']}."


CHECKS = [
    by_query(
        6,
        "donor, administration and staff are on no roll",
        _VOTELESS,
        "{0} {1}: number {2} of the roll is {3}.",
    ),
    by_query(
        6,
        "every vote was taken with a quorum",
        _NO_QUORUM,
        "{0} {1}: {2} were present, {3} are a quorum.",
    ),
    by_query(
        6,
        "issued papers = used + spoiled + unused",
        _PAPERS,
        "{0} {1}, round {2}: {3} papers were used, {4} are there.",
    ),
    by_query(
        6,
        "three people signed a decision",
        _SIGNERS,
        "{0} {1}: three parts were signed by {2} people.",
    ),
    Check(6, "no roll and no rule changed after it was frozen", changed_rolls),
    Check(6, "every tally counts its papers", wrong_tallies),
    Check(6, "minutes are those that were signed", changed_minutes),
]
