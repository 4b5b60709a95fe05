"""A statement on paper, and its lines as a table: what anybody needs to reckon it again."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from ayil.kit.document import Document, Facts, Grid, Signs, Words
from ayil.kit.money import plain
from ayil.kit.tables import write_csv
from ayil.kit.written import day, money, month, number, numeric_day, rate
from ayil.payouts.models import Statement, StatementItem
from ayil.payouts.queries import (
    FlatLine,
    all_statement_lines,
    statement_items,
    statement_months,
    statement_payouts,
    statement_sale_lines,
)
from ayil.payouts.telling import (
    adding_up,
    became_of,
    coming,
    fees_of,
    moves_of,
    rounding_rules,
    sum_of,
)
from ayil.shop.sold_prices import price_words

# Some forty pages; a longer statement tells its months, and the lines are the table beside it.
MOST_LINES_ON_PAPER = 1500


def statement_paper(
    statement: Statement, *, address: str, today: date, most_lines: int = MOST_LINES_ON_PAPER
) -> Document:
    """The whole statement: how it adds up, by thing, each receipt, and the rule to check it by."""
    parts: list[Facts | Grid | Words | Signs] = [
        Facts(
            [
                (_("Maker"), _maker(statement)),
                (_("Shop"), statement.shop.name),
                (_("Closed on"), day(statement.cut_on)),
            ]
        ),
        _sum(statement),
    ]
    told = coming(statement, today)
    if told is not None:
        parts.append(Words(told.words))
    items = statement_items(statement)
    if items:
        parts.append(_things(items, statement.currency))
    parts += _moved(statement)
    if statement.lines > most_lines:
        parts += _months(statement)
    elif statement.lines:
        parts.append(_receipts(statement))
    parts.append(Words(" ".join(rounding_rules()), small=True))
    named = _("Statement %(number)s of %(maker)s, %(shop)s") % {
        "number": statement.number,
        "maker": statement.consignor,
        "shop": statement.shop.name,
    }
    seal = _("Seal of this statement") + f": {bytes(statement.hash).hex()}"
    return Document(
        title=_("Statement %(number)s") % {"number": statement.number},
        subtitle=f"{statement.consignor} · {day(statement.cut_on)}",
        house=statement.shop.name,
        parts=parts,
        code=address,
        foot=f"{named} · {seal}",
        is_wide=True,
    )


def _maker(statement: Statement) -> str:
    village = statement.consignor.village
    return f"{statement.consignor}, {village.name}" if village else str(statement.consignor)


def _sum(statement: Statement) -> Grid:
    *rows, last = adding_up(statement)
    return Grid(head=(_("How it adds up"), _("Amount")), rows=rows, totals=[last], numbers=(1,))


_NUMBERS = (2, 3, 4, 5, 6)


def _head(first: str) -> tuple[str, ...]:
    return (
        first, _("Percents"), _("Pieces"), _("Buyers paid"), _("The shop's part"), _("Fees"),
        _("For you"),
    )  # fmt: skip


def _figures(sums: dict[str, int], currency: str) -> tuple[str, ...]:
    """What the shop bears stands under its own part, since it is less by that."""
    return (
        number(sums["units"]),
        money(sums["gross_minor"], currency),
        money(sums["commission_minor"] + sums["loss_minor"], currency),
        money(sums["fees_minor"], currency),
        money(sums["share_minor"], currency),
    )


def _things(items: Sequence[StatementItem], currency: str) -> Grid:
    return Grid(
        title=_("By thing"),
        head=_head(_("Goods")),
        rows=[
            (
                item.variant.name,
                rate(item.commission_bp) + (f" + {rate(item.fees_bp)}" if item.fees_bp else ""),
                *_figures(sum_of([item]), currency),
            )
            for item in items
        ],
        totals=[(_("Together"), "", *_figures(sum_of(items), currency))],
        numbers=_NUMBERS,
        widths=(3, 2, 0, 0, 0, 0, 0),
    )


def _moved(statement: Statement) -> Iterator[Grid]:
    currency = statement.currency
    moves = moves_of(statement)
    if moves:
        yield Grid(
            title=_("What else moved your account"),
            head=(_("What"), _("Day"), _("Why"), _("Amount")),
            rows=[
                (
                    move.words,
                    day(move.posting.date),
                    move.reason,
                    money(move.signed_minor, currency),
                )
                for move in moves
            ],
            numbers=(3,),
            widths=(2, 0, 2, 0),
        )
    payouts = statement_payouts(statement)
    if payouts:
        yield Grid(
            title=_("Payouts on this statement"),
            head=(_("What became of it"), _("Amount")),
            rows=[(became_of(one), money(one.amount_minor, currency)) for one in payouts],
            numbers=(1,),
        )


def _receipts(statement: Statement) -> Grid:
    """Fees are named once, in the column of percents; a price that is not the owner's of that day
    is explained under the goods."""
    currency = statement.currency
    why = price_words(list(statement_sale_lines(statement).select_related("sale", "lot")))
    return Grid(
        title=_("Receipt by receipt"),
        head=(
            _("Receipt"), _("Day"), _("Goods"), _("Pieces × price"), _("Buyers paid"),
            _("Percents"), _("The shop's part"), _("Fees"), _("For you"),
        ),
        rows=[
            (
                line.receipt,
                numeric_day(line.date),
                "\n".join(filter(None, (line.lot.variant.name, why.get(line.pk)))),
                f"{number(line.quantity)} × {money(line.unit_price_minor, currency)}",
                money(line.gross_minor, currency),
                _percents(line),
                money(line.commission_minor + line.loss_minor, currency),
                money(line.fees_minor, currency),
                money(line.share_minor, currency),
            )
            for line in all_statement_lines(statement)
        ],
        numbers=(3, 4, 6, 7, 8),
        widths=(2, 0, 3, 0, 0, 2, 0, 0, 0),
    )  # fmt: skip


def _percents(line: FlatLine) -> str:
    kept = rate(line.lot.commission_bp)
    fees = fees_of(line.lot)
    if fees:
        kept += f" + {fees}"
    if line.loss_minor:
        kept += " · " + _("more came back than was paid: the shop bears it")
    return kept


def _months(statement: Statement) -> Iterator[Grid | Words]:
    currency = statement.currency
    months = statement_months(statement)
    yield Grid(
        title=_("By month"),
        head=(
            _("Month"), _("Lines"), _("Pieces"), _("Buyers paid"), _("The shop's part"),
            _("Fees"), _("For you"),
        ),
        rows=[
            (
                month(one.first),
                number(one.lines),
                number(one.units),
                money(one.gross_minor, currency),
                money(one.commission_minor + one.loss_minor, currency),
                money(one.fees_minor, currency),
                money(one.share_minor, currency),
            )
            for one in months
        ],
        numbers=(1, 2, 3, 4, 5, 6),
    )  # fmt: skip
    yield Words(
        _(
            "This statement has %(count)s lines, more than a paper holds. Each of them stands in "
            "the table that the statement's page gives."
        )
        % {"count": number(statement.lines)}
    )


def statement_table(statement: Statement) -> bytes:
    """Each line as CSV: amounts with a point, percents as numbers, days as ISO."""
    currency = statement.currency
    header = (
        _("Receipt"), _("Day"), _("Goods"), _("Label"), _("Pieces"), _("Price"), _("Buyers paid"),
        _("The shop's percent"), _("The shop's part"), _("Percent of fees"), _("Fees"),
        _("What for"), _("Borne by the shop"), _("For you"), _("Currency"),
    )  # fmt: skip
    return write_csv(header, (_cells(line, currency) for line in all_statement_lines(statement)))


def _cells(line: FlatLine, currency: str) -> tuple[str, ...]:
    return (
        line.receipt,
        line.date.isoformat(),
        line.lot.variant.name,
        line.lot.label,
        str(line.quantity),
        plain(line.unit_price_minor, currency),
        plain(line.gross_minor, currency),
        _percent(line.lot.commission_bp),
        plain(line.commission_minor, currency),
        _percent(line.lot.fees_bp),
        plain(line.fees_minor, currency),
        fees_of(line.lot),
        plain(-line.loss_minor, currency),
        plain(line.share_minor, currency),
        currency,
    )


def _percent(rate_bp: int) -> str:
    return f"{rate_bp // 100}.{rate_bp % 100:02d}"
