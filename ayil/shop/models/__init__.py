"""The till's log as it came, and what is derived from it."""

from ayil.shop.models.devices import Device, DeviceEnd, DeviceStart, LogTaking, TillTerms
from ayil.shop.models.drawer import CashMovement, ShiftClosing, ShiftOpening, Wish
from ayil.shop.models.fiscal import FiscalAttempt, FiscalNumber, FiscalRequest
from ayil.shop.models.intake import Intake, IntakeCount, IntakeSetAside, Signature
from ayil.shop.models.log import (
    Application,
    EventException,
    ExceptionClearing,
    LabelMeant,
    TillEvent,
)
from ayil.shop.models.money import BankBalance, MoneyConfirmation, MoneyMove, MoneyReversal
from ayil.shop.models.sales import Sale, SaleKind, SaleLine, Tender, TenderKind
from ayil.shop.models.sealing import SealingKey

__all__ = [
    "Application",
    "BankBalance",
    "CashMovement",
    "Device",
    "DeviceEnd",
    "DeviceStart",
    "EventException",
    "ExceptionClearing",
    "FiscalAttempt",
    "FiscalNumber",
    "FiscalRequest",
    "Intake",
    "IntakeCount",
    "IntakeSetAside",
    "LabelMeant",
    "LogTaking",
    "MoneyConfirmation",
    "MoneyMove",
    "MoneyReversal",
    "Sale",
    "SaleKind",
    "SaleLine",
    "SealingKey",
    "ShiftClosing",
    "ShiftOpening",
    "Signature",
    "Tender",
    "TenderKind",
    "TillEvent",
    "TillTerms",
    "Wish",
]
