"""What must hold of the villages' decisions, recomputed from rolls and papers."""

from collections.abc import Iterator

from ayil.decisions.bundle import bare_bundle
from ayil.decisions.minutes import minutes_fingerprint
from ayil.decisions.models import ON_ROLL, Assembly, Decision, Part, PollTally, RollFreezing
from ayil.decisions.queries import (
    commitment_to,
    counted_of,
    entry_leaf,
    roll_fingerprint,
    sheet_fingerprint,
    tally_fingerprint,
)
from ayil.decisions.recount import recount
from ayil.decisions.roll_invariants import CHECKS as ROLL_CHECKS
from ayil.decisions.rules import BARRED_ROLES, Verdict
from ayil.kit.invariants import Check, by_query

_BARRED = ", ".join(f"'{role}'" for role in sorted(BARRED_ROLES))
_VOTELESS = f"""
    SELECT v.code, a.held_on, r.number, g.role FROM decisions_rollentry r
    JOIN decisions_assembly a ON a.id = r.assembly_id JOIN places_place v ON v.id = a.village_id
    JOIN members_rolegrant g ON g.party_id = r.person_id AND g.since <= a.held_on
    LEFT JOIN members_roleend e ON e.grant_id = g.id
    WHERE (e.id IS NULL OR e."on" > a.held_on) AND g.role IN ({_BARRED})
    AND NOT EXISTS (SELECT 1 FROM decisions_rollstriking s WHERE s.entry_id = r.id)
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
    SELECT v.code, a.held_on, p.round, c.issued - c.unused - c.exchanged, t.valid + t.spoiled
    FROM decisions_polltally t
    JOIN decisions_poll p ON p.id = t.poll_id JOIN decisions_pollclosing c ON c.poll_id = p.id
    JOIN decisions_assembly a ON a.id = p.assembly_id JOIN places_place v ON v.id = a.village_id
    WHERE t.valid + t.spoiled <> c.issued - c.unused - c.exchanged
"""
_SIGNERS = f"""
    SELECT v.code, d."on", count(DISTINCT s.signer_id) FROM decisions_decision d
    JOIN places_place v ON v.id = d.village_id
    JOIN decisions_decisionsigning s ON s.decision_id = d.id
    GROUP BY d.id, v.code, d."on"
    HAVING count(DISTINCT s.part) = {len(Part)} AND count(DISTINCT s.signer_id) <> 3
"""  # noqa: S608 - our own words


def changed_rolls() -> Iterator[str]:
    """A roll, its quorum and its rule are those whose fingerprint was read aloud."""
    for freezing in RollFreezing.objects.select_related("assembly__village"):
        found = roll_fingerprint(
            freezing.assembly,
            quorum=(freezing.quorum_numerator, freezing.quorum_denominator),
            ties=freezing.ties,
        )
        if found != bytes(freezing.sha256):
            yield f"{freezing.assembly}: roll or rules are not those that were frozen."
        if freezing.assembly.roll.filter(ON_ROLL).count() != freezing.roll_size:
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
    """Every tally counted anew from its piles, by the rule that was frozen."""
    tallies = PollTally.objects.select_related(
        "poll__assembly__village", "poll__assembly__freezing", "first", "second"
    )
    for tally in tallies:
        assembly = tally.poll.assembly
        if commitment_to(tally.first.piles, bytes(tally.salt)) != bytes(tally.commitment):
            yield f"{assembly}: the papers are not those that were sealed."
        try:
            counted = counted_of(tally, with_lot=False)
        except ValueError as error:
            yield f"{assembly}: {error}."
            continue
        booked = (
            tally.approvals, tally.valid, tally.none, tally.verdict, tally.leaders, tally.beside,
        )  # fmt: skip
        anew = (
            [list(pair) for pair in counted.approvals],
            counted.valid,
            counted.none,
            counted.verdict.value,
            list(counted.leaders),
            dict(counted.beside),
        )
        if booked != anew:
            yield f"{assembly}: the papers say {anew}, the tally {booked}."
        for sheet in (tally.first, tally.second):
            said = sheet_fingerprint(tally.poll, tally.counting, sheet.piles, sheet.spoiled)
            if said != bytes(sheet.sha256) or sheet.spoiled != tally.spoiled:
                yield f"{assembly}: a counter's sheet is not the one that was entered."
        if tally_fingerprint(tally) != bytes(tally.sha256):
            yield f"{assembly}: the tally does not hash to its fingerprint."


def changed_minutes() -> Iterator[str]:
    decisions = Decision.objects.select_related("village", "tally__poll__assembly", "tally__first")
    for decision in decisions.prefetch_related("choices__proposal"):
        numbers = [proposal.number for proposal in decision.proposals]
        counted = counted_of(decision.tally)
        if minutes_fingerprint(decision.minutes) != bytes(decision.sha256):
            yield f"{decision}: its minutes do not hash to their fingerprint."
        elif decision.minutes["chosen"] != numbers:
            yield f"{decision}: its minutes chose {decision.minutes['chosen']}, not {numbers}."
        elif (
            counted.verdict not in {Verdict.CHOSEN, Verdict.NONE}
            or sorted(counted.leaders) != numbers
        ):
            yield f"{decision}: its count chose {list(counted.leaders)}, not {numbers}."


_ANNULLED = """
    SELECT v.code, d."on", a."on" FROM decisions_decisionannulment a
    JOIN decisions_decision d ON d.id = a.decision_id JOIN places_place v ON v.id = d.village_id
    JOIN decisions_complaint c ON c.id = a.complaint_id
    LEFT JOIN decisions_complaintoutcome o ON o.complaint_id = c.id AND o.verdict <> 'dismiss'
    WHERE o.id IS NULL OR c.assembly_id <> d.assembly_id
"""


def broken_seals() -> Iterator[str]:
    """Each sealed decision, recounted from what everybody can download and from all its piles."""
    rows = Decision.objects.filter(seal__isnull=False).select_related(
        "village", "assembly__village", "assembly__freezing", "seal__key"
    )
    for decision in rows.prefetch_related("signings"):
        for is_full in (False, True):
            found = recount(bare_bundle(decision, is_full=is_full), whole=False)
            yield from (f"{decision}: {line}." for line in found.broken)


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
    *ROLL_CHECKS,
    by_query(
        6,
        "a decision is annulled by a complaint that was upheld",
        _ANNULLED,
        "{0} {1}: annulled on {2}, and no complaint was upheld.",
    ),
    Check(6, "seals are valid and every sealed decision is recounted", broken_seals),
]
