"""Why a joint count cannot be booked, in words that say of which thing and what to do.

Both sides signed the note as a whole, so it is booked as a whole: one line that cannot be holds
the note, and all causes are said at once. Nothing is lost: the event stays, and what the till
sells under its labels in the meantime waits for it.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from ayil.consignment.models import NoteWithdrawal
from ayil.consignment.rules import is_till_label
from ayil.kit.errors import AyilError
from ayil.members.models import Party, PartyKind
from ayil.members.own import is_one_of, speaks_for
from ayil.members.rights import Right, require
from ayil.products.models import ProductKind
from ayil.shop.intake.known import Known
from ayil.shop.payloads import IntakeLine

MOST_PIECES = 1_000_000  # more of one thing than anybody carries to a counter


def obstacles(known: Known, *, vouched_by: Party | None = None) -> list[str]:
    """Empty where the count can be booked.

    `vouched_by` answers for the shop where who signed for it had no right to: a person who
    clears exceptions has looked.
    """
    found = [*_of_the_agreement(known), *_of_the_signers(known, vouched_by)]
    return found + [words for check in _OF_THE_NOTE for words in check(known)] + _of_lines(known)


def _of_the_agreement(known: Known) -> Iterator[str]:
    named, payload = known.named, known.payload
    if named is None:
        yield _("There is no agreement %(number)s in this shop. Enter it first.") % {
            "number": payload.agreement
        }
    elif str(named.consignor.uid) != payload.consignor:
        yield _("Agreement %(agreement)s is not with whom the goods are said to be from.") % {
            "agreement": named
        }
    elif known.agreement is None:
        yield _(
            "Agreement %(agreement)s with %(consignor)s was not in force on %(day)s. Make a new "
            "one that begins on that day or before."
        ) % {"agreement": named, "consignor": named.consignor, "day": known.on}


def who_answers(known: Known, vouched_by: Party | None) -> Party | None:
    """Who counted for the shop, if they might; else whoever vouches; None where nobody may."""
    for party in (known.for_shop, vouched_by):
        if party is not None and _may_receive(party, known):
            return party
    return None


def _of_the_signers(known: Known, vouched_by: Party | None) -> Iterator[str]:
    shops = who_answers(known, vouched_by)
    if shops is None:
        yield _(
            "%(who)s may not receive goods in this shop. Whoever clears this answers for the "
            "shop instead."
        ) % {"who": known.for_shop or known.payload.for_shop.by}
    owners = known.for_consignor
    if owners is None or owners.kind != PartyKind.PERSON:
        yield _("Nobody is known here by the number that signed for the owner: %(uid)s.") % {
            "uid": known.payload.for_consignor.by
        }
        return
    if shops is not None and is_one_of(shops, owners):
        yield _("%(who)s signed for the shop and for the owner. Two people count together.") % {
            "who": owners
        }
    if known.named is not None and not speaks_for(owners, known.named.consignor, known.on):
        yield _(
            "%(who)s does not speak for %(consignor)s. Name them a leader or contact, or enter "
            "the mandate."
        ) % {"who": owners, "consignor": known.named.consignor}


def _may_receive(party: Party, known: Known) -> bool:
    try:
        require(party, Right.RECEIVE_GOODS, on=known.on, shop=known.shop)
    except AyilError:
        return False
    return True


def _labels_twice(known: Known) -> Iterator[str]:
    given = Counter(line.label for line in known.payload.lines if line.accepted)
    for label, times in given.items():
        if times > 1:
            yield _("Label %(label)s stands on two lines. Each has its own.") % {"label": label}


def _withdrawn(known: Known) -> Iterator[str]:
    if known.note is not None and NoteWithdrawal.objects.filter(note=known.note).exists():
        yield _(
            "Note %(note)s was withdrawn before it was counted. If the goods came after all, set "
            "this aside and count them at the till as goods without a note."
        ) % {"note": known.note}


def _lines_twice(known: Known) -> Iterator[str]:
    given = Counter(line.line for line in known.payload.lines if line.line is not None)
    for key, times in given.items():
        if times > 1:
            yield _("One line of note %(note)s (%(key)s) is counted twice in one go.") % {
                "note": known.payload.note,
                "key": key,
            }


_OF_THE_NOTE = (_labels_twice, _lines_twice, _withdrawn)


def _of_lines(known: Known) -> list[str]:
    found = []
    for number, line in enumerate(known.payload.lines, 1):
        variant = known.variant_of(line)
        name = f"{number}, {variant}" if variant else f"{number}"
        for check in _OF_A_LINE:
            words = check(known, line)
            if words is not None:
                found.append(_("Line %(name)s: %(words)s") % {"name": name, "words": words})
    return found


def _declared(known: Known, line: IntakeLine) -> str | None:
    if line.line is None:
        return None
    declared = known.declared.get(line.line)
    if declared is None:
        return _("note %(note)s has no such line.") % {"note": known.payload.note}
    if line.line in known.counted:
        return _(
            "it was counted before. If these are the same goods, set this count aside; the first "
            "one stands."
        )
    if declared.variant_id != line.variant:
        return _("the note declares other goods there.")
    return None


def _whose(known: Known, line: IntakeLine) -> str | None:
    variant = known.variant_of(line)
    if variant is None:
        return _("these goods are not known here.")
    if known.named is not None and variant.product.owner_id != known.named.consignor_id:
        return _("these goods are of %(owner)s.") % {"owner": variant.product.owner}
    return None


def _covered(known: Known, line: IntakeLine) -> str | None:
    variant = known.variant_of(line)
    if variant is None or not known.covered or variant.product_id in known.covered:
        return None
    return _("agreement %(agreement)s is not about these goods. Renew it with them.") % {
        "agreement": known.agreement
    }


def _pieces(known: Known, line: IntakeLine) -> str | None:
    if not line.accepted and not line.refused:
        return _("nothing was accepted and nothing refused.")
    if max(line.accepted, line.refused) > MOST_PIECES:
        return _("so many pieces cannot be. Count them again.")
    if line.refused and not line.reason.strip():
        return _("what was refused needs a reason.")
    return None


def _label(known: Known, line: IntakeLine) -> str | None:
    if not line.accepted:
        return None
    if not is_till_label(line.label):
        return _("«%(label)s» is no label that a till makes.") % {"label": line.label}
    if line.label in known.labels:
        return _("label %(label)s is on other goods already. Put a new one on these.") % {
            "label": line.label
        }
    return None


def _commission(known: Known, line: IntakeLine) -> str | None:
    variant = known.variant_of(line)
    if variant is None or known.agreement is None or not line.accepted:
        return None
    if variant.product.kind in known.kinds:
        return None
    return _("agreement %(agreement)s says no commission for %(kind)s. Agree on one.") % {
        "agreement": known.agreement,
        "kind": variant.product.get_kind_display(),
    }


def _food(known: Known, line: IntakeLine) -> str | None:
    """Invariant 11: food has a batch and a best-before date."""
    variant = known.variant_of(line)
    if variant is None or variant.product.kind != ProductKind.FOOD or not line.accepted:
        return None
    if known.batch_of(line) and known.best_before_of(line):
        return None
    return _("food needs a batch and a best-before date. Ask the maker for both.")


_Check = Callable[[Known, IntakeLine], str | None]
_OF_A_LINE: tuple[_Check, ...] = (
    _declared,
    _whose,
    _covered,
    _pieces,
    _label,
    _commission,
    _food,
)
