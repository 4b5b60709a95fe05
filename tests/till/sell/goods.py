"""Lots as the server tells them to a till."""

from typing import Any

BARSKOON = {
    "code": "barskoon",
    "number": 3,
    "names": {"en": "Barskoon", "ru": "Барскоон", "ky": "Барскоон"},
}
TAMGA = {"code": "tamga", "number": 7, "names": {"en": "Tamga", "ru": "Тамга", "ky": "Тамга"}}
TODAY = "2012-07-05"


def lot(label: str, **told: Any) -> dict[str, Any]:
    """Felt slippers of Barskoon for 450 som, three of them, unless told otherwise."""
    return {
        "label": label,
        "variant": 1,
        "names": {"en": "Felt slippers", "ru": "Войлочные тапочки", "ky": "Кийиз чокой"},
        "form": "38",
        "kind": "craft",
        "owner": "Жыпаргүл Асанова",
        "maker": "",
        "village": BARSKOON,
        "price": 45_000,
        "floor": None,
        "later": [],
        "currency": "KGS",
        "batch": "",
        "best_before": None,
        "on_shelf": 3,
        "photo": "",
    } | told


def jam(label: str, **told: Any) -> dict[str, Any]:
    """Apricot jam of Tamga for 120 som, ten jars, good until June 2013."""
    return lot(
        label,
        **{
            "variant": 2,
            "names": {"en": "Apricot jam", "ru": "Абрикосовое варенье", "ky": "Өрүк кыямы"},
            "form": "0,5 л",
            "kind": "food",
            "owner": "Jyldyz Mamyrova",
            "village": TAMGA,
            "price": 12_000,
            "batch": "2012-06",
            "best_before": "2013-06-01",
            "on_shelf": 10,
        }
        | told,
    )
