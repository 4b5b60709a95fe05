"""Card and PIN as a way to sign in, beside Django's name and password."""

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from ayil.kit.clock import now
from ayil.members.doors import try_card
from ayil.members.models import User


class CardBackend(ModelBackend):
    """`authenticate(request, card=number, password=pin)`; Django masks what is called password."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, *, card: str, password: str
    ) -> User | None:
        return try_card(number=card, pin=password, at=now())
