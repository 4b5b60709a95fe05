"""A browser without a screen, in which somebody is signed in as if through one of the doors."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.test import Client as DjangosClient

from ayil.kit.clock import now
from ayil.members.models import User
from ayil.site.doors import sessions


class Client(DjangosClient):
    """`force_login` leaves a session as after a password and a second factor."""

    def force_login(
        self, user: User, backend: str | None = None, *, second_factor: bool = True
    ) -> None:
        super().force_login(user, backend)
        request: Any = HttpRequest()
        request.session, request.user = self.session, user
        request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": ""}
        request.session[sessions.SINCE] = request.session[sessions.SEEN] = now().isoformat()
        request.session[sessions.WAY] = sessions.PASSWORD
        if second_factor:
            record_authentication(request, user, "mfa", type="test")
        request.session.save()
        UserSession.objects.create_from_request(request)
