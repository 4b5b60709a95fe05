from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "ayil.places"
