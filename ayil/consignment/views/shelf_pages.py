"""What the pages of the shelf have in common."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest

from ayil.kit.errors import AyilError
from ayil.members.models import User


def user_of(request: HttpRequest) -> User:
    """Behind `login_required`: whoever asks is somebody."""
    return cast(User, request.user)


def tried(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """Does it and says so, or says why not; whether it was done."""
    try:
        do()
    except AyilError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
