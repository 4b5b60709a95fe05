"""What a shop manager is told of an event that needs a person, by the code of its fault.

The log keeps a fault's details in one language, as it was found; these sentences are shown in
the reader's own.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

EXPLANATIONS: Mapping[str, object] = {
    "malformed": _("The till sent something that cannot be read. Call whoever looks after it."),
    "forged-hash": _(
        "A record was changed on its way from the till. Compare it with the receipt, and call "
        "whoever looks after the till."
    ),
    "too-large": _("A record is larger than any till's. Call whoever looks after the till."),
    "other-till": _("A till sent the record of another till. Check which till stands where."),
    "unknown-label": _(
        "No lot has the label on this receipt. It is applied as soon as the goods are taken in "
        "under this label: look whether a till has not sent yet, or whether a count waits here."
    ),
    "intake-waits": _(
        "Goods were counted at a till and cannot be booked as they are. Open the count: it says "
        "what stands in the way."
    ),
    "wrong-pin": _(
        "Somebody signed with a PIN that is not theirs. What they signed stands; ask them whether "
        "it was they."
    ),
    "unknown-signer": _("Somebody signed whom nobody here knows. Ask at the till who it was."),
    "waits-for-sale": _("This refund waits for its sale. It is applied as soon as the sale comes."),
    "does-not-add-up": _(
        "The sums of this receipt do not add up. It was posted as paid; look at the receipt."
    ),
    "other-goods": _("The goods that came back are not those of the sale. Look at both receipts."),
    "over-refund": _(
        "More came back than was sold. The shop bears what is above; ask the clerks of both tills."
    ),
    "over-limit": _(
        "More was given back than a till may without a manager. It was posted; look at the "
        "receipts and ask the clerk."
    ),
    "under-floor": _(
        "Something was sold for less than its owner allows. It was posted; ask the clerk, and "
        "tell the owner."
    ),
    "number-clash": _(
        "A till used one number twice: its records were copied, or set back to an older day. All "
        "sales are kept, and the till begins a new row of numbers by itself. Ask whether two "
        "devices work under one name; end the one too many."
    ),
    "not-applied": _(
        "This record could not be applied. Put right what is said below, then say here that it "
        "is done."
    ),
    "fiscal-no-sale": _(
        "A fiscal number names a receipt that is not here. The number is kept; compare it with the "
        "receipts of the fiscal register."
    ),
    "fiscal-two-numbers": _(
        "One receipt has two fiscal numbers. Look which of them stands on the register's roll, and "
        "cancel the other there."
    ),
    "fiscal-number-twice": _(
        "One fiscal number was given to two receipts. Look which of them it is, and give the other "
        "its own."
    ),
}
