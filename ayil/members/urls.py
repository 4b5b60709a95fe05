"""Addresses of people: joining, members, communities, and what is a person's own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
