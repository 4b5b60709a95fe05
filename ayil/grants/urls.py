"""The donor's addresses."""

from django.urls import path

from ayil.grants import views

urlpatterns = [
    path("grant/", views.grant, name="grant"),
    path("grant/evidence/<str:sha256>/", views.evidence, name="evidence"),
    path("grant/<slug:code>/", views.grant, name="grant-of"),
]
