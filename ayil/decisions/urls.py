"""The village's own address."""

from django.urls import path

from ayil.decisions import views

urlpatterns = [path("our-decision/", views.our_decision, name="our-decision")]
