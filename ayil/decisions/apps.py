from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "ayil.decisions"
