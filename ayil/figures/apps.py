from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "ayil.figures"
