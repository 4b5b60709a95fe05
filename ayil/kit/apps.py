from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.models.signals import post_migrate

from ayil.kit import guards


def _install_guards(*, using: str, **_kwargs: Any) -> None:
    guards.install(connections[using])


def _guards_are_in_place(
    *, databases: list[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or []:
        lacking = guards.missing(connections[alias])
        if lacking:
            found.append(
                Error(
                    f"The database lacks guards that keep posted rows unchanged: {lacking}.",
                    hint="Run `ayil migrate`, which puts them back, then `ayil verify`.",
                    id="ayil.E001",
                )
            )
    return found


class KitConfig(AppConfig):
    name = "ayil.kit"

    def ready(self) -> None:
        post_migrate.connect(_install_guards, dispatch_uid="ayil.kit.guards")
        register(_guards_are_in_place, Tags.database)
