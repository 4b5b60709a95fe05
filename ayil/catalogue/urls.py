"""The public addresses: villages, goods, announcements."""

from django.urls import path

from ayil.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("villages/", views.villages, name="villages"),
    path("villages/<slug:code>/", views.village, name="village"),
    path("goods/", views.goods, name="goods"),
    path("goods/<int:pk>/", views.good, name="good"),
    path("news/", views.announcements, name="announcements"),
    path("news/<uuid:uid>/", views.announcement, name="announcement"),
]
