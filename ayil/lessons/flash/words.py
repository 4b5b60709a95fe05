"""A flash in plain words: as long as its way allows, figures first, and once to be read aloud.

A thing's name stands before a colon, so that no language has to bend it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.kit.spoken import in_words, money_in_words
from ayil.kit.written import JOINER, MINUS, NO_BREAK, money, number, pieces, short_day
from ayil.lessons.flash.rules import Content, Thing
from ayil.members.messages.rules import sms_parts

MOST_SMS_PARTS = 2
LONGEST_MESSAGE = 3500  # letters; Telegram takes 4,096
_PLAIN = str.maketrans({NO_BREAK: " ", JOINER: "", MINUS: "-"})


@dataclass(frozen=True)
class Known:
    """What a flash is told with: whose it is and where, names of things, what is on the shelf.

    `on_shelf` lacks a thing whose deliveries were never counted.
    """

    whose: str
    shop: str
    currency: str
    names: Mapping[int, str]
    on_shelf: Mapping[int, int]


def title(known: Known) -> str:
    return plain(_("Sold at %(shop)s") % {"shop": known.shop})


def long_text(content: Content, known: Known) -> str:
    """For Telegram, e-mail and paper: every thing with what is left of it, as far as there is
    room."""
    head, foot = _head(known), _total(content, known)
    lines: list[str] = []
    for thing in content.things:
        line = _item(thing, known)
        if len("\n".join([head, *lines, line, foot])) > LONGEST_MESSAGE:
            lines.append(_more(len(content.things) - len(lines)))
            break
        lines.append(line)
    return plain("\n".join([head, *lines, foot]))


def short_text(content: Content, known: Known) -> str:
    """For a text message: the fullest of several that fits two parts."""
    for text in _shorter_and_shorter(content, known):
        if sms_parts(plain(text)) <= MOST_SMS_PARTS:
            return plain(text)
    return plain(_total(content, known))


def _shorter_and_shorter(content: Content, known: Known) -> Iterator[str]:
    total = _total(content, known)
    for head in (_head(known), known.whose):
        for with_shelf in (True, False):
            items = [_item(thing, known, with_shelf=with_shelf) for thing in content.things]
            yield "\n".join([head, *items, total])
    for count in range(len(content.things) - 1, 0, -1):
        items = [_item(thing, known, with_shelf=False) for thing in content.things[:count]]
        yield "\n".join([known.whose, *items, _more(len(content.things) - count), total])
    for name in (known.whose, known.whose[:30]):
        yield f"{name}: {_summed(content)}. {total}"


def _more(count: int) -> str:
    words = ngettext("and %(count)s more thing", "and %(count)s more things", count)
    return words % {"count": number(count)}


def _head(known: Known) -> str:
    return f"{known.whose}, {known.shop}"


def _item(thing: Thing, known: Known, *, with_shelf: bool = True) -> str:
    said = [pieces(thing.sold)] if thing.sold else []
    if thing.back:
        said.append(_("%(pieces)s came back") % {"pieces": pieces(thing.back)})
    said.append(money(thing.share_minor, known.currency))
    if thing.late:
        said.append(_("of it from %(days)s") % {"days": _days(thing.late)})
    left = known.on_shelf.get(thing.thing, -1)
    if with_shelf and left >= 0:
        said.append(_("left: %(pieces)s") % {"pieces": number(left)})
    return f"{known.names[thing.thing]}: {', '.join(said)}"


def _days(days: Sequence[date]) -> str:
    """One day, or the first and the last of several."""
    first, last = short_day(days[0]), short_day(days[-1])
    return first if len(days) == 1 else f"{first} – {last}"


def _summed(content: Content) -> str:
    sold = sum(thing.sold for thing in content.things)
    back = sum(thing.back for thing in content.things)
    said = [pieces(sold)] if sold else []
    if back:
        said.append(_("%(pieces)s came back") % {"pieces": pieces(back)})
    return ", ".join(said)


def _total(content: Content, known: Known) -> str:
    return _("For you: %(share)s") % {"share": money(content.share_minor, known.currency)}


def nothing_sold(known: Known, left: int) -> str:
    """For who wants to know that, too; the same for each way."""
    words = _("Nothing was sold today. On the shelf: %(pieces)s.") % {"pieces": pieces(left)}
    return plain(f"{_head(known)}\n{words}")


def spoken_text(content: Content, known: Known) -> str:
    """The same to be read aloud: short sentences, every figure in words."""
    said = [f"{known.whose}."]
    for thing in content.things:
        name = known.names[thing.thing]
        if thing.sold:
            said.append(
                ngettext(
                    "%(name)s: %(count)s piece sold.",
                    "%(name)s: %(count)s pieces sold.",
                    thing.sold,
                )
                % {"name": name, "count": in_words(thing.sold, feminine=True)}
            )
        if thing.back:
            said.append(
                ngettext(
                    "%(name)s: %(count)s piece came back.",
                    "%(name)s: %(count)s pieces came back.",
                    thing.back,
                )
                % {"name": name, "count": in_words(thing.back, feminine=True)}
            )
        left = known.on_shelf.get(thing.thing, -1)
        if left >= 0:
            said.append(_("Left on the shelf: %(count)s.")
                        % {"count": in_words(left, feminine=True)})  # fmt: skip
    share = money_in_words(content.share_minor, known.currency)
    said.append(_("For you: %(share)s.") % {"share": share})
    return plain(" ".join(said))


def plain(text: str) -> str:
    """Without the signs that only a page needs: a text message pays for each of them."""
    return text.translate(_PLAIN)
