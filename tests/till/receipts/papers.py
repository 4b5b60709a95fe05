"""A sale of two makers' goods as a till of the shop in Karakol wrote it, and what it knows."""

from __future__ import annotations

from typing import Any

SLIPPERS: dict[str, Any] = {
    "label": "2000000000015",
    "names": {"en": "Felt slippers", "ru": "Войлочные тапочки", "ky": "Кийиз тапочка"},
    "form": "40", "kind": "craft", "owner": "Гүлнара Асанова", "maker": "Гүлнара Асанова",
    "village": {"names": {"en": "Tort-Kul", "ru": "Тёрт-Куль", "ky": "Төрт-Күл"}},
    "price": 65_000, "floor": 60_000, "batch": "", "best_before": None,
}  # fmt: skip
JAM: dict[str, Any] = {
    "label": "2901234567896",
    "names": {"en": "Sea-buckthorn jam", "ru": "Облепиховое варенье", "ky": "Чычырканак кыямы"},
    "form": "0,5 л", "kind": "food", "owner": "Өмүрбек Жээнбеков", "maker": "Өмүрбек Жээнбеков",
    "village": {"names": {"en": "Barskoon", "ru": "Барскоон", "ky": "Барскоон"}},
    "price": 15_000, "floor": None, "batch": "2012-06", "best_before": "2013-06-01",
}  # fmt: skip
LOTS = [SLIPPERS, JAM]
ABOUT = {
    "device": "karakol-1",
    "shop": {"code": "karakol", "name": "Каракол изилдөө дүкөнү"},
    "time_zone": "Asia/Bishkek",
    "cashiers": [{"uid": "u-1", "name": "Айгүл Үсөнова", "manager": False, "pin": True}],
}
# A code that was signed once: a signature is another one each time.
CODE = (
    "AYIL1:AasPqfRu0jZZ8mXh_cL7Q8CAGi2b0mEe1n2kG3cPlf4tC2thcmFrb2wtMS0x0gmmeQIAAdGLeYAPAtCQBwACo38O"
    "SoQBmHU5b2cK1vQe4Zr0yWwXg3h2kJ7sT8uN6pL5dF1aB4cC0eR9mY2iO7xV3zS8qU6tH1jK4lD5wG0nP3fE2bA7rM"
)


def sale(**changed: Any) -> dict[str, Any]:
    """Two slippers with a discount and a jar of jam, paid in cash with change."""
    payload = {
        "kind": "sale", "receipt": "karakol-1-1-42", "rounding": 0, "visitor": None,
        "lines": [
            {"label": SLIPPERS["label"], "quantity": 2, "unit_price": 65_000, "gross": 120_000,
             "discount": 10_000},
            {"label": JAM["label"], "quantity": 1, "unit_price": 15_000, "gross": 15_000},
        ],
        "tenders": [{"kind": "cash", "amount": 135_000,
                     "notes": {"100000": 2, "50000": -1, "10000": -1, "5000": -1}}],
    }  # fmt: skip
    return {
        "v": 1, "hash": "ab" * 32, "device": "karakol-1", "epoch": 1, "seq": 42,
        "business_date": "2012-07-05", "cashier": "u-1", "shift": "1-00000000",
        "wall": "2012-07-05T14:03:09.120+06:00", "offset_ms": 90_000,
        "payload": payload | changed,
    }  # fmt: skip


# Gives the paper in the language asked for: `given` is [what, language, event, lots, about, code].
PAPER = """
const { wordsIn } = await import("/till/v/test/kit/words.js");
const { receipt } = await import("/till/v/test/receipts/receipt.js");
const { label } = await import("/till/v/test/receipts/label.js");
const [what, language, event, lots, about, code, more] = given;
const words = await wordsIn(language);
const byLanguage = Object.fromEntries(
  await Promise.all(["ky", "ru", "en"].map(async (one) => [one, await wordsIn(one)])));
const lotOf = (one) => lots.find(({ label: number }) => number === one);
const paper = what === "label"
  ? label(lots[1], byLanguage)
  : receipt(event, { lotOf, about, words, code, ...more });
"""


def given(what: str, language: str, **more: Any) -> list[Any]:
    event = more.pop("event", sale())
    about = ABOUT | {"shop": {"code": "karakol", "name": SHOP[language]}}
    return [what, language, event, more.pop("lots", LOTS), about, more.pop("code", CODE), more]


SHOP = {"ky": "Каракол изилдөө дүкөнү", "ru": "Исследовательский магазин в Караколе",
        "en": "Karakol Research Shop"}  # fmt: skip
