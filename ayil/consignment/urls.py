"""Addresses of goods on trust: labels, agreements, deliveries, stock."""

from django.urls import path

from ayil.consignment.views import labels

urlpatterns = [
    path("shop/labels/", labels.labels, name="labels"),
]
