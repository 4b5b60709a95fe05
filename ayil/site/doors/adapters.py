"""Where allauth asks us: where to go after signing in, whose address, which picture of a code."""

import io
from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ayil.kit.addresses import address_of
from ayil.members.models import User
from ayil.site.doors import sessions
from ayil.site.pages import Refusal, refuse
from ayil.site.ways import first_page_of


def is_way_within(address: str) -> bool:
    """Whether the address is a path of this server and nothing else."""
    return (
        address.startswith("/")
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
        and not urlsplit(address).netloc
    )


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.begin(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        return first_page_of(user)

    def is_safe_url(self, url: str) -> bool:
        return is_way_within(url)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        words = _("This name may no longer sign in. Ask the association.")
        return refuse(request, Refusal(403, _("You cannot sign in"), words))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def build_totp_svg(self, url: str) -> str:
        """Drawn without a style of its own: our content policy allows none."""
        drawn = io.BytesIO()
        segno.make(url).save(drawn, kind="svg", svgclass="code", xmldecl=False, svgns=False,
                             omitsize=True, border=4, light="#fff", dark="#000")  # fmt: skip
        return drawn.getvalue().decode()

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """The device shows the person's own name when it asks whose key to use."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": str(user.party or user), "name": str(user.party or user)}
