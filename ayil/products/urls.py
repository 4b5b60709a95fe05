"""Addresses of what owners do with their goods."""

from django.urls import path

from ayil.products import views

urlpatterns = [
    path("goods/<int:pk>/photo/", views.photo, name="goods-photo"),
]
