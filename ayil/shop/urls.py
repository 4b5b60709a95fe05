"""The shop's addresses: the manager's page, and the till's way to the server."""

from django.urls import path

from ayil.shop import sync, views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/exceptions/<int:pk>/clear/", views.clear, name="clear-exception"),
    path("sync/v1/till", sync.till, name="sync-till"),
    path("sync/v1/start", sync.start, name="sync-start"),
    path("sync/v1/events", sync.events, name="sync-events"),
    path("sync/v1/shelf", sync.shelf, name="sync-shelf"),
]
