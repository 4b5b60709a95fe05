from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "ayil.members"
