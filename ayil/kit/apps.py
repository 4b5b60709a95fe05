from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "ayil.kit"
