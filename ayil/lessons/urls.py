"""The maker's addresses."""

from django.urls import path

from ayil.lessons import views

urlpatterns = [
    path("my-sales/", views.my_sales, name="my-sales"),
    path("my-sales/<slug:shop>/<uuid:uid>/", views.sales_of, name="sales-of"),
    path("programme/", views.programme, name="programme"),
    path("lessons/<int:pk>/promise/", views.promise_action, name="promise"),
]
