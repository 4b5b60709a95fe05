"""Lists that people keep in spreadsheets: read, shown as a plan, carried out, and given out again.

A field names the columns in three languages (`Columns`), reads the cells (`read_sheet`, `Reader`),
and says step by step what the list would do to its records (`Plan`). A plan is carried out just
as it was shown or not at all: whoever carries it out plans the same rows again inside the
transaction and asks `refuse_changed`. What is given out (`written`) reads back as nothing to do.
"""

from ayil.kit.lists.cells import (
    amount_of,
    day_of,
    in_words,
    key_of,
    same_words,
    whole_of,
    written,
    written_amount,
)
from ayil.kit.lists.columns import Columns
from ayil.kit.lists.plan import (
    CHANGED,
    NEW,
    SAME,
    Change,
    Counted,
    Fault,
    Plan,
    Step,
    refuse_changed,
    refuse_faults,
)
from ayil.kit.lists.reading import MOST_ROWS, Reader, Sheet, read_sheet
from ayil.kit.lists.writing import list_file, list_to_fill_in

__all__ = [
    "CHANGED",
    "MOST_ROWS",
    "NEW",
    "SAME",
    "Change",
    "Columns",
    "Counted",
    "Fault",
    "Plan",
    "Reader",
    "Sheet",
    "Step",
    "amount_of",
    "day_of",
    "in_words",
    "key_of",
    "list_file",
    "list_to_fill_in",
    "read_sheet",
    "refuse_changed",
    "refuse_faults",
    "same_words",
    "whole_of",
    "written",
    "written_amount",
]
