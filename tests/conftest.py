"""What every test shares: which tests need what, and what this machine could not run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect

from ayil.kit import guards
from tests.rig import machine
from tests.rig.chromium import browser as running_chromium

if TYPE_CHECKING:
    from tests.rig.client import Client

# A slow machine is no defect of the code; the same examples come again in every run, so that a
# red run can be looked at.
settings.register_profile("ayil", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ayil")
# Two browsers share two cores: what comes late is no defect either.
expect.set_options(timeout=20_000)

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
LEFT_OUT: Counter[str] = Counter()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test uses, and skip by name what this machine has not."""
    missing = machine.missing()
    for item in items:
        uses = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        case = getattr(item, "cls", None)
        is_djangos = isinstance(case, type) and issubclass(case, TransactionTestCase)
        if uses or is_djangos or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
        if "tests/house/" in item.nodeid:
            item.add_marker(pytest.mark.house)
        for mark, reason in missing.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=f"{mark}: {reason}"))


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether this test really commits, so that its rows are deleted afterwards."""
    marker = request.node.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool({"transactional_db", "live_server"} & set(request.fixturenames))


@pytest.fixture(autouse=True)
def guards_step_aside_for_the_sweep(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the sweep after a committing test delete posted rows, which the guards forbid.

    The sweep ends with the post_migrate signal, which puts every guard back in place.
    """
    if not commits(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    for connection in connections.all():
        guards.remove(connection)


@pytest.fixture
def client() -> Client:
    """pytest-django's client, but one whose `force_login` goes through our doors."""
    from tests.rig.client import Client  # needs Django's apps, which a conftest comes before

    return Client()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, one for all tests marked `browser`."""
    # Playwright keeps an event loop in this thread, in which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with running_chromium() as browser:
        yield browser
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A new page; the test fails when the page wrote an error or broke the content policy."""
    context = chromium.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember every skip with its reason, whoever asked for it."""
    if report.skipped and isinstance(report.longrepr, tuple):
        LEFT_OUT[report.longrepr[2].removeprefix("Skipped: ")] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out and why: a silent skip reads like a pass."""
    for reason, count in sorted(LEFT_OUT.items()):
        terminalreporter.write_line(f"left out: {count} of {reason}", yellow=True)
