"""The minutes on paper, in three languages in one file, to be signed, photographed and hung up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from ayil.decisions.models import Decision, Part, PollTally, Rule
from ayil.decisions.rules import in_fours
from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.written import day, language, money, number, share_of

LANGUAGES = ("ky", "ru", "en")
Minutes = Mapping[str, Any]
Parts = list[Facts | Grid | Words | Signs]


def minutes_papers(
    decision: Decision, *, address: str, people: Mapping[str, Sequence[str]]
) -> list[Document]:
    """One paper a language. `people` are the names of those in office by part, for the village; on
    the public paper there are none. The code leads to the published file, and carries the
    beginning of the fingerprint, so that a forged page is told from this paper."""
    papers = []
    for one in LANGUAGES:
        with translation.override(one):
            papers.append(minutes_paper(decision, address, people))
    return papers


def minutes_paper(
    decision: Decision, address: str, people: Mapping[str, Sequence[str]]
) -> Document:
    """One of them, in the language that is active."""
    minutes = decision.minutes
    seal = bytes(decision.sha256).hex()
    parts: Parts = [
        Words(_("The village decided: %(chosen)s.") % {"chosen": chosen_words(minutes)}),
        Facts([*_meeting(minutes), *_room(minutes)]),
        _proposals(minutes),
    ]
    parts += _hands(minutes)
    for line in minutes["rounds"]:
        parts += _round(line, minutes)
    parts += [Facts(_end(minutes)), Signs(_signs(decision, people)), *_sealed(decision)]
    return Document(
        title=_("Minutes of the assembly"),
        subtitle=f"{decision.village.name}, {_day(minutes['held_on'])}",
        house=_("Assembly of the village"),
        parts=parts,
        code=f"{address}#{seal[:16]}",
        foot=_("Fingerprint of these minutes: %(seal)s") % {"seal": " ".join(in_fours(seal))},
    )


def _day(told: str) -> str:
    return day(date.fromisoformat(told))


def names_of(minutes: Minutes) -> dict[int, str]:
    """What was proposed, by number, in the reader's language."""
    return {one["number"]: one[language()] or one["ky"] for one in minutes["proposals"]}


def chosen_words(minutes: Minutes) -> str:
    names = names_of(minutes)
    return ", ".join(names[one] for one in minutes["chosen"]) or _("none of them")


def _meeting(minutes: Minutes) -> list[tuple[str, str]]:
    return [
        (_("When"), _day(minutes["held_on"])),
        (_("Where"), minutes["place"]),
        (_("Called on"), f"{_day(minutes['called_on'])}: {minutes['notice']}"),
        (_("What was asked"), str(Rule(minutes["rule"]).label)),
        *_asked(minutes),
    ]


def _asked(minutes: Minutes) -> list[tuple[str, str]]:
    if minutes["rule"] == Rule.SHARES:
        return [(_("Products sought"), number(minutes["places"]))]
    if minutes["rule"] == Rule.BUDGET:
        return [(_("Budget"), money(minutes["budget_minor"], minutes["currency"]))]
    return []


def _room(minutes: Minutes) -> list[tuple[str, str]]:
    """Who was in the room: by the roll, and at the opening; each vote tells its own."""
    share = "/".join(map(str, minutes["quorum_share"]))
    rows = [
        (
            _("On the roll"),
            _("%(people)s; quorum %(share)s")
            % {"people": number(minutes["roll_size"]), "share": share},
        ),
        (_("Fingerprint of the roll"), " ".join(in_fours(minutes["roll_sha256"]))),
    ]
    added = minutes["provisional"]
    if added:
        rows += [
            (_("On the provisional list"), number(added["size"])),
            (_("Its fingerprint"), " ".join(in_fours(added["sha256"]))),
        ]
    rows.append((_("Came, by the ticked roll"), number(minutes["present"])))
    opening = minutes["at_the_opening"]
    if opening:
        rows.append((_("At the opening"), _heads(opening)))
    return rows


def _heads(counted: Mapping[str, int]) -> str:
    return _("%(present)s people; %(needed)s are a quorum; women: %(women)s (%(share)s)") % {
        "present": number(counted["present"]),
        "needed": number(counted["needed"]),
        "women": number(counted["women"]),
        "share": share_of(counted["women"], counted["present"]),
    }


def _proposals(minutes: Minutes) -> Grid:
    names = names_of(minutes)
    rows = [
        (
            str(one["number"]),
            _("%(product)s (withdrawn)") % {"product": names[one["number"]]}
            if one["withdrawn"]
            else names[one["number"]],
            money(one["start_cost_minor"], minutes["currency"]) if one["start_cost_minor"] else "–",
        )
        for one in minutes["proposals"]
    ]
    return Grid(
        title=_("What was proposed"),
        head=(_("No."), _("Product"), _("Cost of starting")),
        rows=rows,
        numbers=(2,),
        widths=(0, 1, 0),
    )


def _hands(minutes: Minutes) -> list[Grid]:
    hands = minutes["hands"]
    if not hands:
        return []
    names = names_of(minutes)
    rows = [
        (
            names.get(one, str(one)),
            number(raised),
            _("on the paper") if one in hands["kept"] else "–",
        )
        for one, raised in hands["hands"]
    ]
    return [
        Grid(
            title=_("Show of hands, to shorten the list"),
            head=(_("Product"), _("Hands"), ""),
            rows=rows,
            numbers=(1,),
        )
    ]


def round_title(line: Mapping[str, Any]) -> str:
    title = _("The secret vote") if line["round"] == 1 else _("The runoff")
    if line["counting"] == 1:
        return title
    return _("%(vote)s, counted again") % {"vote": title}


def _round(line: Mapping[str, Any], minutes: Minutes) -> Parts:
    names = names_of(minutes)
    used = line["issued"] - line["unused"] - line["exchanged"]
    rows = [(names[option], number(papers)) for option, papers in line["approvals"]]
    rows += [
        (_("None of them"), number(line["none"])),
    ]
    return [
        Grid(
            title=round_title(line),
            head=(_("Product"), _("Papers")),
            rows=rows,
            numbers=(1,),
            totals=[(_("Valid papers"), number(line["valid"]))],
        ),
        Facts(
            [
                (_("Present"), _heads(line["quorum"])),
                (
                    _("Papers given out"),
                    _(
                        "%(issued)s = %(valid)s valid + %(spoiled)s spoiled in the box + "
                        "%(exchanged)s spoiled and exchanged + %(unused)s unused"
                    )
                    % {
                        "issued": number(line["issued"]),
                        "valid": number(line["valid"]),
                        "spoiled": number(used - line["valid"]),
                        "exchanged": number(line["exchanged"]),
                        "unused": number(line["unused"]),
                    },
                ),
                (_("What came of it"), _verdict(line, names)),
                *beside_rows(line["beside"], names),
                (_("Fingerprint of the count"), " ".join(in_fours(line["sha256"]))),
            ]
        ),
    ]


def _verdict(line: Mapping[str, Any], names: Mapping[int, str]) -> str:
    said = str(PollTally.Verdict(line["verdict"]).label)
    leaders = ", ".join(names[one] for one in line["leaders"])
    return f"{said}: {leaders}" if leaders else said


def beside_rows(beside: Mapping[str, Any], names: Mapping[int, str]) -> list[tuple[str, str]]:
    """What another rule would give, which decides nothing."""
    titles = {
        "pav": _("By proportional approval (PAV), for comparison"),
        "greedy": _("By votes alone, for comparison"),
    }
    return [
        (titles[rule], ", ".join(names.get(one, str(one)) for one in beside[rule]) or "–")
        for rule in titles
        if rule in beside and all(isinstance(one, int) for one in beside[rule])
    ]


def _end(minutes: Minutes) -> list[tuple[str, str]]:
    rows = []
    if minutes["lot"]:
        names = names_of(minutes)
        order = ", ".join(names[one] for one in minutes["lot"]["order"])
        rows.append((_("Order of the public lot, drawn by hand"), order))
    if minutes["returns_minor"] is not None:
        rows.append(
            (_("Returns to the fund"), money(minutes["returns_minor"], minutes["currency"]))
        )
    rows.append((_("Complaints are taken until"), _day(minutes["complaints_until"])))
    return rows


def _signs(decision: Decision, people: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Lines to sign on; under each the names of those in office, and the day once it is signed."""
    signed = {row.part: row.on for row in decision.signings.all()}
    found = []
    for part in Part:
        under = [", ".join(people.get(part, ()))]
        if part in signed:
            under.append(_("signed on %(on)s") % {"on": day(signed[part])})
        found.append((str(part.label), " · ".join(filter(None, under))))
    return found


def _sealed(decision: Decision) -> list[Words]:
    words = []
    if hasattr(decision, "annulment"):
        annulled = _("Annulled on %(on)s: this decision does not stand.")
        words.append(Words(annulled % {"on": day(decision.annulment.on)}))
    seal = getattr(decision, "seal", None)
    if seal is not None:
        told = {"key": seal.key.public, "signature": bytes(seal.signature).hex()}
        words.append(
            Words(
                _("Sealed by the association with the key %(key)s (Ed25519): %(signature)s") % told,
                small=True,
            )
        )
    return words
