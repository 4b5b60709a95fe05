from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "ayil.lessons"

    def ready(self) -> None:
        from ayil.consignment.car import SOURCES
        from ayil.lessons.flash.car import slips_to_bring

        if slips_to_bring not in SOURCES:
            SOURCES.append(slips_to_bring)
