"""Invariant 6: a product carries its village's name only where the village itself decided so."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.decisions.models import Decision
from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.products.actions import enter_product, name_village_product
from ayil.products.invariants import CHECKS
from ayil.products.models import Product, ProductKind, VillageProduct
from tests.decisions.barskoon import Barskoon, decided

pytestmark = pytest.mark.django_db
ON = date(2012, 7, 1)


def yurt_of(barskoon: Barskoon, place: int = 0) -> Product:
    return enter_product(
        owner=barskoon.people[place], kind=ProductKind.CRAFT,
        names=("Small yurt", "Маленькая юрта", "Кичине боз үй"), forms=[("1", "")],
    )  # fmt: skip


def test_a_village_product_rests_on_the_villages_decision() -> None:
    barskoon, decision = decided()
    product = yurt_of(barskoon)
    name_village_product(product=product, decision=decision, on=ON, by=barskoon.chair)
    assert product.village_product.decision == decision


def test_another_villages_decision_is_no_ground() -> None:
    barskoon, _decision = decided()
    _tamga, other = decided("tamga", "Tamga")
    product = yurt_of(barskoon)
    with pytest.raises(AyilError, match="has to decide first"):
        name_village_product(product=product, decision=other, on=ON, by=barskoon.chair)
    with pytest.raises(IntegrityError, match="standing decision"), transaction.atomic():
        VillageProduct.objects.create(product=product, decision=other, on=ON, by=barskoon.chair)


def test_an_unsigned_decision_is_no_ground_and_is_found() -> None:
    barskoon, decision = decided()
    product = yurt_of(barskoon)
    unsigned = Decision.objects.get(pk=decision.pk)
    guards.remove(connection)
    unsigned.signings.all().delete()
    guards.install(connection)
    with pytest.raises(AyilError, match="has to decide first"):
        name_village_product(product=product, decision=decision, on=ON, by=barskoon.chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        VillageProduct.objects.create(product=product, decision=decision, on=ON, by=barskoon.chair)
    guards.remove(connection, ["village_product_is_decided"])
    VillageProduct.objects.create(product=product, decision=decision, on=ON, by=barskoon.chair)
    guards.install(connection)
    found = [line for check in CHECKS if check.number == 6 for line in check.find()]
    assert len(found) == 1
