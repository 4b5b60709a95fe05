"""Addresses of the doors. Of allauth's pages there are only those named here, under its names."""

from django.urls import path

from ayil.site.doors.views import account, devices, entering, second

urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign-in"),
    path("sign-in/", entering.sign_in, name="account_login"),
    path("sign-in/card/", entering.by_card, name="sign-in-card"),
    path("sign-in/passkey/", entering.Passkey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/link/", entering.ask_link, name="ask-link"),
    path("sign-in/second/", second.AskCode.as_view(), name="mfa_authenticate"),
    path("card/<str:code>/", entering.card, name="card"),
    path("link/<str:token>/", entering.follow_link, name="use-link"),
    path("enter/<str:token>/", entering.enter, name="enter"),
    path("sign-out/", entering.SignOut.as_view(), name="sign-out"),
    path("my-account/", account.my_account, name="my-account"),
    path("my-account/", account.my_account, name="mfa_index"),
    path("my-account/password/", account.my_password, name="my-password"),
    path("my-account/pin/", account.my_pin, name="my-pin"),
    path("my-account/mail/", account.my_mail, name="my-mail"),
    path("my-account/cards/<uuid:uid>/end/", account.end_my_card, name="end-my-card"),
    path("my-account/sessions/", account.my_sessions, name="my-sessions"),
    path("my-account/app/", second.AddApp.as_view(), name="mfa_activate_totp"),
    path("my-account/app/remove/", second.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("my-account/keys/add/", second.AddKey.as_view(), name="mfa_add_webauthn"),
    path(
        "my-account/keys/<int:pk>/remove/", second.RemoveKey.as_view(), name="mfa_remove_webauthn"
    ),
    path("my-account/codes/", second.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("my-account/codes/new/", second.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("my-account/again/", second.AskAgain.as_view(), name="account_reauthenticate"),
    path("my-account/again/code/", second.AskCodeAgain.as_view(), name="mfa_reauthenticate"),
    path("my-account/again/key/", second.AskKeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("devices/", devices.devices, name="devices"),
    path("devices/take-in/", devices.take_in_file, name="take-in"),
    path("devices/terms/<slug:shop>/", devices.terms, name="till-terms"),
    path("devices/<slug:code>/end/", devices.end, name="end-device"),
]
