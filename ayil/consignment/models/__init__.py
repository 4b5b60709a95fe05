"""Goods on trust: agreements, notes, joint counts, lots and their movements."""

from ayil.consignment.models.acts import (
    ActLine,
    ActSigning,
    ActWithdrawal,
    Bearer,
    Cause,
    WriteOffAct,
)
from ayil.consignment.models.ageing import AgeingAsk, AgeingChoice
from ayil.consignment.models.agreements import (
    Agreement,
    AgreementEnd,
    CommissionTerm,
    ConsignorAccount,
    CoveredProduct,
    FeeTerm,
)
from ayil.consignment.models.assessing import Assessment, AssessmentMark
from ayil.consignment.models.car import CarLine, CarLineDone, CarTrip
from ayil.consignment.models.counts import (
    CountClosing,
    CountSheet,
    LotPlace,
    SheetLine,
    Shelf,
    ShelfEnd,
)
from ayil.consignment.models.deliveries import (
    ConsignmentNote,
    JointCount,
    Lot,
    NoteLine,
    NoteWithdrawal,
)
from ayil.consignment.models.returns import GoodsReturn, ReturnHandover, ReturnLine
from ayil.consignment.models.signing import CountSigning
from ayil.consignment.models.stock import (
    LotBalance,
    Movement,
    MovementKind,
    StockCount,
    WriteOff,
)
from ayil.consignment.models.transfers import (
    ArrivedLine,
    ShopTransfer,
    TransferArrival,
    TransferLine,
)

__all__ = [
    "ActLine",
    "ActSigning",
    "ActWithdrawal",
    "AgeingAsk",
    "AgeingChoice",
    "Agreement",
    "AgreementEnd",
    "ArrivedLine",
    "Assessment",
    "AssessmentMark",
    "Bearer",
    "CarLine",
    "CarLineDone",
    "CarTrip",
    "Cause",
    "CommissionTerm",
    "ConsignmentNote",
    "ConsignorAccount",
    "CountClosing",
    "CountSheet",
    "CountSigning",
    "CoveredProduct",
    "FeeTerm",
    "GoodsReturn",
    "JointCount",
    "Lot",
    "LotBalance",
    "LotPlace",
    "Movement",
    "MovementKind",
    "NoteLine",
    "NoteWithdrawal",
    "ReturnHandover",
    "ReturnLine",
    "SheetLine",
    "Shelf",
    "ShelfEnd",
    "ShopTransfer",
    "StockCount",
    "TransferArrival",
    "TransferLine",
    "WriteOff",
    "WriteOffAct",
]
