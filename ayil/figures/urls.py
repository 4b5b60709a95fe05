"""Addresses of what villages read out of the figures before they decide."""

from django.urls import path

from ayil.figures import views

urlpatterns = [
    path("proposals/<uuid:uid>/evidence/", views.proposal_evidence, name="proposal-evidence"),
    path("assemblies/<uuid:uid>/simulator/", views.simulator, name="simulator"),
]
