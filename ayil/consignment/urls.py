"""Addresses of the shop's labels."""

from django.urls import path

from ayil.consignment import views

urlpatterns = [
    path("shop/labels/", views.labels, name="labels"),
]
