"""Why a line of a file of trade is not posted."""

from enum import IntEnum


class Reason(IntEnum):
    """Why a line is not posted; `TAKEN` (0) says that it is."""

    TAKEN = 0
    NO_ITEM = 1
    LONG_ITEM = 2
    NO_OWNER = 3
    OTHER_OWNER = 4
    NO_RECEIPT = 5
    LONG_RECEIPT = 6
    NO_DATE = 7
    DATE_FORM = 8
    DATE_FUTURE = 9
    NO_PRICE = 10
    PRICE_ZERO = 11
    PRICE_NEGATIVE = 12
    PRICE_FORM = 13
    NO_QUANTITY = 14
    QUANTITY_ZERO = 15
    QUANTITY_FORM = 16
    QUANTITY_NOT_WHOLE = 17
    QUANTITY_NEGATIVE = 18
    TOO_LARGE = 19
    SIGNS_DIFFER = 20
    RECEIPT_DIFFERS = 21
