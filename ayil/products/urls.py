"""Addresses of what owners do with their goods."""

from django.urls import path

from ayil.products.views import photos

urlpatterns = [
    path("goods/<int:pk>/photo/", photos.photo, name="goods-photo"),
]
