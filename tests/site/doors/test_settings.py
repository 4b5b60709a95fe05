"""What the environment says about the doors, read by a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = (
    "ALLOWED_HOSTS", "AYIL_ADDRESS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS",
    "EMAIL_USE_SSL", "DEFAULT_FROM_EMAIL", "AYIL_SMS_URL",
)  # fmt: skip
PROGRAM = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {NAMES!r}}}))
"""


def read(home: Path, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={
            "PATH": os.environ["PATH"],
            "AYIL_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "ayil.site.settings",
            **given,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_on_this_machine_alone(tmp_path: Path) -> None:
    said = json.loads(read(tmp_path).stdout)
    assert said["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert said["AYIL_ADDRESS"] == "http://localhost:8000"
    assert not said["SESSION_COOKIE_SECURE"]


def test_behind_a_proxy_cookies_travel_by_https_alone(tmp_path: Path) -> None:
    said = json.loads(
        read(tmp_path, AYIL_HTTPS="1", AYIL_HOSTS="shop.example:8443, other.example").stdout
    )
    assert said["ALLOWED_HOSTS"] == ["shop.example", "other.example"]
    assert said["AYIL_ADDRESS"] == "https://shop.example:8443"
    assert said["SESSION_COOKIE_SECURE"]
    assert said["CSRF_COOKIE_SECURE"]
    assert said["SECURE_HSTS_SECONDS"] > 0


def test_ways_for_messages(tmp_path: Path) -> None:
    mail = "smtp://ayil:p%40ss@mail.example:2525/?from=ayil@example.org"
    said = json.loads(
        read(tmp_path, AYIL_MAIL_URL=mail, AYIL_SMS_URL="https://sms.example/").stdout
    )
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == ("mail.example", 2525)
    assert (said["EMAIL_HOST_PASSWORD"], said["EMAIL_USE_TLS"]) == ("p@ss", True)
    assert said["DEFAULT_FROM_EMAIL"] == "ayil@example.org"
    assert said["AYIL_SMS_URL"] == "https://sms.example/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AYIL_MAIL_URL", "mail.example"),
        ("AYIL_MAIL_URL", "smtp://mail.example/"),
        ("AYIL_SMS_URL", "file:///etc/passwd"),
        ("AYIL_HTTPS", "yes"),
    ],
)
def test_a_wrong_one_stops_the_start_with_words(tmp_path: Path, name: str, value: str) -> None:
    said = read(tmp_path, **{name: value})
    assert said.returncode != 0
    assert f"ImproperlyConfigured: {name}" in said.stderr
