"""Addresses of assemblies and decisions."""

from django.urls import path

from ayil.decisions.views import assemblies, village

_ONE = "assemblies/<uuid:uid>/"

urlpatterns = [
    path("our-decision/", village.our_decision, name="our-decision"),
    path("assemblies/", assemblies.assemblies, name="assemblies"),
    path("assemblies/call/", assemblies.call, name="assembly-call"),
    path("association/assembly-terms/", assemblies.terms, name="assembly-terms"),
    path(_ONE, assemblies.assembly, name="assembly"),
    path(_ONE + "notice/", assemblies.notice, name="assembly-notice"),
]
