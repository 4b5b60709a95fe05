"""The desk's addresses."""

from django.urls import path

from ayil.site.desk import views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/words/", views.words, name="words"),
    path("find/", views.find, name="find"),
]
