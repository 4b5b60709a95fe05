"""Addresses of statements and payouts."""

from django.urls import path

from ayil.payouts import views

_STATEMENT = "statements/<slug:shop>/<uuid:uid>/<int:number>/"

urlpatterns = [
    path(_STATEMENT, views.statement, name="statement"),
    path(_STATEMENT + "dispute/", views.dispute, name="dispute"),
    path("owed/<slug:shop>/", views.owed, name="owed"),
    path("payouts/<int:pk>/received/", views.received, name="payout-received"),
]
