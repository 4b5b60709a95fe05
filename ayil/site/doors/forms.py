"""What a person types at a door."""

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm, UsernameField
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ayil.members.doors_rules import in_groups, read_card_number
from ayil.members.models import User
from ayil.site.doors import locks

FILL_IN = _("Fill this in.")


def _speak_plainly(form: forms.BaseForm) -> None:
    form.label_suffix = ""
    for field in form.fields.values():
        field.error_messages["required"] = FILL_IN


def _type_digits(form: forms.BaseForm) -> None:
    """A phone shows its digits; allauth's placeholder goes, since the label says the same."""
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
    form.fields["code"].widget.attrs.pop("placeholder", None)
    _speak_plainly(form)


def own_device() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        label=_("This is my own phone: keep me signed in for 30 days"),
    )


class NameForm(AuthenticationForm):
    """Django's own check, in our words."""

    own = own_device()
    error_messages = {
        "invalid_login": _(
            "This name and password do not belong together. Look at the letters and try again, "
            "or ask the association for a new password."
        ),
        "inactive": _("This name may no longer sign in. Ask the association."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Name")
        del self.fields["username"].widget.attrs["autofocus"]  # the card's form stands above
        self.fields["password"].label = _("Password")
        _speak_plainly(self)


class PinForm(forms.Form):
    """The PIN for a card whose number is known already, by camera or by the form below."""

    pin = forms.CharField(
        label=_("PIN"),
        max_length=8,
        strip=False,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    own = own_device()

    def __init__(self, request: HttpRequest, number: str = "", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "card_%s"} | kwargs)  # beside the form of names
        self.request, self.number = request, number
        self.user: AbstractBaseUser | None = None
        _speak_plainly(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        number = given.get("card") or self.number
        if not self.errors:
            self.user = authenticate(self.request, card=number, password=given["pin"])
            if self.user is None:
                raise ValidationError(
                    _(
                        "This card and PIN do not belong together. Look at the digits and try "
                        "again, or ask the association for a new PIN."
                    )
                )
        return given


class CardForm(PinForm):
    card = forms.CharField(
        label=_("Number on the card"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ("card", "pin", "own")

    def clean_card(self) -> str:
        number = read_card_number(self.cleaned_data["card"])
        if number is None:
            raise ValidationError(
                _("No card has this number: a digit is wrong. It is printed as %(like)s.")
                % {"like": in_groups("1234567897")}
            )
        return number


class ReachForm(forms.Form):
    """Where a link shall go."""

    reach = forms.CharField(
        label=_("Your telephone number or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak_plainly(self)


def _counted(user: User, check: Callable[[], str]) -> str:
    """A code that is typed: wrong ones are counted as wrong passwords are."""
    request, name = context.request, f"second:{user.pk}"
    if not locks.is_open(request, name):
        raise ValidationError(_("Too many wrong tries. Wait a little."))
    try:
        code = check()
    except ValidationError:
        locks.count_wrong(request, name)
        raise
    locks.forget(name)
    return code


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _type_digits(self)

    def clean_code(self) -> str:
        return _counted(self.user, super().clean_code)


class SecondFactorAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _type_digits(self)

    def clean_code(self) -> str:
        return _counted(self.user, super().clean_code)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")
        _type_digits(self)


class MailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address, or nothing"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak_plainly(self)


class KeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A key that signs in by itself, unless its owner wants it as a second step alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What shall this key be called")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True
        _speak_plainly(self)


class PasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """One's name for signing in and a new password."""

    username = UsernameField(label=_("Name"), max_length=150)
    field_order = ("username", "new_password1", "new_password2")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        own_name = bool(user.party and user.username != user.party.uid.hex)
        super().__init__(user, *args, **kwargs)
        self.fields["username"].initial = user.username if own_name else ""
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("New password once more")
        for name in ("new_password1", "new_password2"):
            self.fields[name].help_text = ""
        _speak_plainly(self)


class NewPinForm(forms.Form):
    current = forms.CharField(label=_("PIN as it is now"), max_length=8, strip=False)
    pin = forms.CharField(label=_("New PIN, 4 to 8 digits"), max_length=8, strip=False)
    again = forms.CharField(label=_("New PIN once more"), max_length=8, strip=False)

    def __init__(self, *args: Any, has_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_pin:
            del self.fields["current"]
        for field in self.fields.values():
            field.widget = forms.PasswordInput(
                attrs={"inputmode": "numeric", "autocomplete": "off"}
            )
        _speak_plainly(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pin") != given.get("again"):
            self.add_error("again", _("The two are not the same. Type the new PIN twice."))
        return given
