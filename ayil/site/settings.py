"""Settings of one Ayil, read from the environment; a wrong value stops the start with words.

AYIL_HOME          folder of the data (default: var/ beside the package)
AYIL_DATABASE_URL  postgresql://user:password@host:port/name, or empty for SQLite in AYIL_HOME
AYIL_LANGUAGE      en, ru or ky: the language of those who have not chosen one (default ky)
AYIL_SECRET_KEY    signing key; made once and kept in AYIL_HOME when absent
AYIL_HOSTS         names this server answers to, by comma (default: this machine only); the first,
                   with its port if it has one, is the address that links in messages and on cards
                   lead to
AYIL_HTTPS         1: a proxy of ours ends TLS before this server. It must set X-Forwarded-Proto and
                   add the reader's address to X-Forwarded-For; cookies then travel by https alone
AYIL_MAIL_URL      smtp://user:password@host:587/?from=name@host (smtps:// for TLS from the start;
                   plain=1 for a relay on this machine that speaks no TLS): sends sign-in links
AYIL_SMS_URL       https://user:password@host/path of a gateway that takes a POST of `to` and
                   `text`: sends sign-in links and what was sold as text messages
AYIL_TELEGRAM_URL  https://BOTNAME:TOKEN@api.telegram.org/ of a bot of ours: tells makers what was
                   sold
AYIL_FISCAL_URL    https://user:password@host/path of a fiscal register that takes receipts over the
                   network (ayil/shop/fiscal/wire.py says in which words)
AYIL_DEMO          1: the demo's sign-in links are open (set by `ayil demo`, never on a real shop)
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ayil.members.doors_rules import LOCK, WRONG_BEFORE_A_LOCK

PACKAGE = Path(__file__).resolve().parent.parent
# The till's programme lies beside the package in a checkout, and inside of it in a wheel.
AYIL_TILL = next(
    folder for folder in (PACKAGE.parent / "till", PACKAGE / "till") if (folder / "sw.js").exists()
)
LANGUAGES = [("ky", _("Kyrgyz")), ("ru", _("Russian")), ("en", _("English"))]


def _home() -> Path:
    home = Path(os.environ.get("AYIL_HOME") or PACKAGE.parent / "var").expanduser().resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"AYIL_HOME is {home}, which cannot be made or written ({error.strerror}). "
            "Name a folder that this user may write to."
        ) from error
    return home


def _secret_key(home: Path) -> str:
    given = os.environ.get("AYIL_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured(
                "AYIL_SECRET_KEY is shorter than 32 characters. Give a longer one, or none: "
                "then one is made and kept in AYIL_HOME."
            )
        return given
    kept = home / "secret_key"
    try:
        with kept.open("x", encoding="ascii") as file:
            kept.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii")


def _language() -> str:
    language = os.environ.get("AYIL_LANGUAGE") or "ky"
    if language not in {code for code, _name in LANGUAGES}:
        raise ImproperlyConfigured(f"AYIL_LANGUAGE is {language!r}. It may be ky, ru or en.")
    return language


def _flag(name: str) -> bool:
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}. It may be 0 or 1.")
    return value == "1"


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "ayil.sqlite3",
        "OPTIONS": {
            # DEFERRED, the default, fails nine in ten concurrent writes with "locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # Without recursive_triggers, INSERT OR REPLACE overwrites an immutable row.
            # temp_store stays as it is: in MEMORY, a savepoint's journal is a list that every
            # statement walks from its head, and a large batch spent half its time there.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
                "PRAGMA cache_size=-65536;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "AYIL_DATABASE_URL must look like postgresql://user:password@host:5432/name "
            "(or postgresql:///name?host=/socket/folder). For SQLite leave it empty."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or (parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _mail(url: str) -> dict[str, Any]:
    """Django's settings of e-mail; none given, none sent."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    sender = query.get("from", "")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or "@" not in sender:
        raise ImproperlyConfigured(
            "AYIL_MAIL_URL must look like smtp://user:password@host:587/?from=name@host."
        )
    is_tls = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if is_tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls and query.get("plain") != "1",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
    }


def _web(name: str, of_what: str) -> str:
    url = os.environ.get(name, "")
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise ImproperlyConfigured(
            f"{name} must look like https://user:password@host/path of the {of_what}."
        )
    return url


def _telegram(url: str) -> str:
    """Without the bot's name nobody can be shown the way to it, without its token it is mute."""
    parts = urlsplit(url)
    if url and not (parts.username and parts.password):
        raise ImproperlyConfigured(
            "AYIL_TELEGRAM_URL must look like https://BOTNAME:TOKEN@api.telegram.org/, with the "
            "name and the token that @BotFather gave."
        )
    return url


AYIL_HOME = _home()
AYIL_DEMO = _flag("AYIL_DEMO")
SECRET_KEY = _secret_key(AYIL_HOME)
DEBUG = False
_hosts = [
    host.strip()
    for host in (os.environ.get("AYIL_HOSTS") or "localhost:8000,127.0.0.1,[::1]").split(",")
    if host.strip()
]
ALLOWED_HOSTS = [_without_port(host) for host in _hosts]
AYIL_HTTPS = _flag("AYIL_HTTPS")
AYIL_ADDRESS = f"{'https' if AYIL_HTTPS else 'http'}://{_hosts[0].lstrip('.')}"
if AYIL_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

_url = os.environ.get("AYIL_DATABASE_URL", "")
DATABASES = {"default": _postgresql(_url) if _url else _sqlite(AYIL_HOME)}
# Shared by all processes: a code of the second factor that was used opens nothing in another one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the order of the house, from the ground up.
FIELDS = [
    "kit",
    "places",
    "ledger",
    "members",
    "grants",
    "decisions",
    "training",
    "products",
    "consignment",
    "shop",
    "payouts",
    "figures",
    "lessons",
    "catalogue",
    "site",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    *(f"ayil.{field}" for field in FIELDS),
]
AUTH_USER_MODEL = "members.User"
LOGIN_URL = "sign-in"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "ayil.site.doors.backends.CardBackend",
]

ACCOUNT_ADAPTER = "ayil.site.doors.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]  # nobody signs up: that page has no address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Its limits live in one process's memory; ours (AXES) in the database, for all processes.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "ayil.site.doors.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a name is no e-mail address here, so nobody can squat on one
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_TOTP_ISSUER = "Ayil"
MFA_FORMS = {
    "authenticate": "ayil.site.doors.forms.SecondFactorForm",
    "reauthenticate": "ayil.site.doors.forms.SecondFactorAgainForm",
    "activate_totp": "ayil.site.doors.forms.AppForm",
    "add_webauthn": "ayil.site.doors.forms.KeyForm",
}

AXES_HANDLER = "ayil.site.doors.locks.DoorHandler"
AXES_FAILURE_LIMIT = WRONG_BEFORE_A_LOCK
AXES_COOLOFF_TIME = LOCK
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
# Who knocks on a locked door does not keep its owner out for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "ayil.site.doors.locks.name_of"
AXES_CLIENT_IP_CALLABLE = "ayil.kit.addresses.address_of"
AXES_LOCKOUT_CALLABLE = "ayil.site.doors.locks.locked_page"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# Nothing of what was typed is kept with a failed attempt.
AXES_SENSITIVE_PARAMETERS = [
    "username", "ip_address", "password", "card", "pin", "code", "credential", "reach", "next",
    "csrfmiddlewaretoken",
]  # fmt: skip

vars().update(_mail(os.environ.get("AYIL_MAIL_URL", "")))
AYIL_SMS_URL = _web("AYIL_SMS_URL", "SMS gateway")
AYIL_TELEGRAM_URL = _telegram(_web("AYIL_TELEGRAM_URL", "Telegram bot"))
AYIL_FISCAL_URL = _web("AYIL_FISCAL_URL", "fiscal register")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Outside of whitenoise, so that the sheet of style travels compressed too.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ayil.site.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ayil.site.doors.guard.DoorGuard",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "ayil.site.urls"
WSGI_APPLICATION = "ayil.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Our words before those that the libraries bring.
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

# Fields are drawn by our own templates where there is one: the first wrong one gets the keyboard.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = _language()
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
FORMAT_MODULE_PATH = ["ayil.site.formats"]
TIME_ZONE = "Asia/Bishkek"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = AYIL_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a folder that is not there
# One process serves pages and files: the finders' folders are read where they lie.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ayil.site.pages.forged"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
