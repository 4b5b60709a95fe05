"""Addresses of what owners do with their goods."""

from django.urls import path

from ayil.products.views import photos, prices

urlpatterns = [
    path("goods/<int:pk>/photo/", photos.photo, name="goods-photo"),
    path("my-goods/", prices.my_goods, name="my-goods"),
    path("my-goods/<int:pk>/", prices.my_price, name="my-price"),
    path("my-goods/asked/<int:pk>/", prices.my_price_answer, name="my-price-answer"),
    path("my-goods/sheet/<uuid:uid>/", prices.my_price_sheet, name="my-price-sheet"),
]
