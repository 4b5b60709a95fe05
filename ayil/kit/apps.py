from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate

from ayil.kit import guards


def _install_guards(*, sender: AppConfig, using: str, **_kwargs: Any) -> None:
    tables = {model._meta.db_table for model in sender.get_models(include_auto_created=True)}
    guards.install(connections[using], tables)


def _guards_are_in_place(
    *, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[checks.CheckMessage]:
    """A warning only: an error would keep `migrate` itself from putting the guards back."""
    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        lacking = guards.missing(connections[alias])
        if lacking:
            found.append(
                checks.Warning(
                    f"The database lacks guards that keep posted rows unchanged: {lacking}.",
                    hint="Run `ayil migrate`, which puts them back, then `ayil verify`.",
                    id="ayil.W001",
                )
            )
    return found


class KitConfig(AppConfig):
    name = "ayil.kit"

    def ready(self) -> None:
        post_migrate.connect(_install_guards, dispatch_uid="ayil.kit.guards")
        checks.register(_guards_are_in_place, checks.Tags.database)
