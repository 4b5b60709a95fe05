"""What must hold of memberships and communities, from their rows."""

from ayil.kit.invariants import by_query
from ayil.kit.search import words_as_named
from ayil.members.models import Party
from ayil.members.rules import NEXT_STEPS

_LAST_STEPS = (
    "SELECT e.party_id, e.step FROM members_membershipevent e JOIN ("
    "SELECT party_id, max(id) AS id FROM members_membershipevent GROUP BY party_id) l "
    "ON l.id = e.id"
)
_STANDING = (
    "SELECT a.* FROM members_affiliation a LEFT JOIN members_affiliationend n "
    "ON n.affiliation_id = a.id WHERE n.id IS NULL"
)
# The step before each step of the same party, in the order in which they were recorded.
_PAIRS = (
    "SELECT id, party_id, step, lag(step) OVER (PARTITION BY party_id ORDER BY id) AS before "
    "FROM members_membershipevent"
)
_MAY_FOLLOW = " OR ".join(
    f"(coalesce(s.before, '') = '{before or ''}' AND s.step = '{after}')"
    for before, following in NEXT_STEPS.items()
    for after in sorted(following)
)

CHECKS = [
    by_query(
        None,
        "a community that is a member has at least two people to turn to",
        "SELECT p.id, p.name, count(DISTINCT a.person_id) FROM members_party p "  # noqa: S608
        f"JOIN ({_LAST_STEPS}) s ON s.party_id = p.id "
        f"LEFT JOIN ({_STANDING}) a ON a.community_id = p.id AND a.part IN ('leader', 'contact') "
        "WHERE p.kind = 'community' AND s.step IN ('admitted', 'active', 'dormant') "
        "GROUP BY p.id, p.name HAVING count(DISTINCT a.person_id) < 2",
        "community {0} ({1}) is a member with {2} people to turn to",
    ),
    by_query(
        None,
        "a community that had a leader has one",
        "SELECT p.id, p.name FROM members_party p "  # noqa: S608
        "WHERE EXISTS (SELECT 1 FROM members_affiliation a "
        "WHERE a.community_id = p.id AND a.part = 'leader') "
        f"AND NOT EXISTS (SELECT 1 FROM ({_STANDING}) a "
        "WHERE a.community_id = p.id AND a.part = 'leader')",
        "community {0} ({1}) lost its last leader",
    ),
    by_query(
        None,
        "nobody stands in two parts of one community",
        "SELECT a.person_id, a.community_id, count(*) "  # noqa: S608
        f"FROM ({_STANDING}) a GROUP BY a.person_id, a.community_id HAVING count(*) > 1",
        "person {0} stands in {2} parts of community {1} at once",
    ),
    by_query(
        None,
        "a membership begins with an application, and its steps follow the life cycle",
        "SELECT s.id, s.party_id, coalesce(s.before, 'nothing'), s.step "  # noqa: S608
        f"FROM ({_PAIRS}) s WHERE NOT ({_MAY_FOLLOW})",
        "step {0} of party {1} is «{3}» after «{2}»",
    ),
    by_query(
        None,
        "who refused an application did not answer the appeal against it",
        "SELECT w.id, w.by_id FROM members_appealanswer w "
        "JOIN members_appeal a ON a.id = w.appeal_id "
        "JOIN members_membershipevent e ON e.id = a.refusal_id "
        "WHERE e.step <> 'refused' OR e.by_id = w.by_id",
        "the answer {0} to an appeal is by party {1}, who refused",
    ),
    words_as_named(Party, "name"),
]
