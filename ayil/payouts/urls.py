"""Addresses of statements and payouts."""

from django.urls import path

from ayil.payouts.views import statements

_STATEMENT = "statements/<slug:shop>/<uuid:uid>/<int:number>/"

urlpatterns = [
    path(_STATEMENT, statements.statement, name="statement"),
    path(_STATEMENT + "dispute/", statements.dispute, name="dispute"),
    path("owed/<slug:shop>/", statements.owed, name="owed"),
    path("payouts/<int:pk>/received/", statements.received, name="payout-received"),
]
