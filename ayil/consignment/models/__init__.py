"""Goods on trust: agreements, notes, joint counts, lots and their movements."""

from ayil.consignment.models.agreements import (
    Agreement,
    CommissionTerm,
    ConsignorAccount,
)
from ayil.consignment.models.deliveries import (
    ConsignmentNote,
    JointCount,
    Lot,
    NoteLine,
)
from ayil.consignment.models.stock import (
    Cause,
    LotBalance,
    Movement,
    MovementKind,
    StockCount,
    WriteOff,
)

__all__ = [
    "Agreement",
    "Cause",
    "CommissionTerm",
    "ConsignmentNote",
    "ConsignorAccount",
    "JointCount",
    "Lot",
    "LotBalance",
    "Movement",
    "MovementKind",
    "NoteLine",
    "StockCount",
    "WriteOff",
]
