"""The till's log as it came, and what is derived from it."""

from ayil.shop.models.devices import Device, DeviceEnd, DeviceStart, TillTerms
from ayil.shop.models.drawer import CashMovement, ShiftClosing, ShiftOpening, Wish
from ayil.shop.models.log import Application, EventException, ExceptionClearing, TillEvent
from ayil.shop.models.sales import Sale, SaleKind, SaleLine, Tender, TenderKind

__all__ = [
    "Application",
    "CashMovement",
    "Device",
    "DeviceEnd",
    "DeviceStart",
    "EventException",
    "ExceptionClearing",
    "Sale",
    "SaleKind",
    "SaleLine",
    "ShiftClosing",
    "ShiftOpening",
    "Tender",
    "TenderKind",
    "TillEvent",
    "TillTerms",
    "Wish",
]
