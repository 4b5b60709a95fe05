"""The shop manager's address."""

from django.urls import path

from ayil.shop import views

urlpatterns = [path("today/", views.today, name="today")]
