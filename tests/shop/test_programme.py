"""The till's files are given out under a version that changes with every one of them."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from ayil.shop.programme import ON_DEMAND, SHELL, Programme, programme
from tests.rig.client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings.AYIL_TILL, tmp_path / "till"))


def test_the_version_is_over_every_byte_and_name(folder: Path) -> None:
    first = Programme(folder).version
    assert first == Programme(folder).version
    file = folder / "kit" / "money.js"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    second = Programme(folder).version
    file.rename(folder / "kit" / "coins.js")
    assert len({first, second, Programme(folder).version}) == 3


def test_what_no_browser_reads_is_not_given_out(folder: Path) -> None:
    before = Programme(folder)
    (folder / "kit" / "notes.md").write_text("…", encoding="utf-8")
    assert Programme(folder).files == before.files
    assert "README.md" not in before.files


def test_the_page_names_its_version_everywhere(client: Client) -> None:
    answer = client.get("/till/")
    version = programme().version
    assert answer.headers["Cache-Control"] == "no-cache"
    assert set(re.findall(r"/till/v/([^/]+)/", answer.content.decode())) == {version}
    for address in re.findall(r'(?:src|href)="(/till/v/[^"]+)"', answer.content.decode()):
        assert client.get(address).status_code == 200, address


def test_the_worker_keeps_all_that_opens_without_a_network(client: Client) -> None:
    text = client.get("/till/sw.js").content.decode()
    ours = programme()
    assert f'"{ours.version}"' in text
    kept = set(re.findall(r'"([^"]+\.(?:js|mjs|css|json|svg|png))"', text))
    assert {"main.js", "log/log.js", "words/ky.json", "till.css"} <= kept
    assert not any(name.startswith(ON_DEMAND) for name in kept)
    assert kept == set(ours.files) - set(SHELL) - {
        name for name in ours.files if name.startswith(ON_DEMAND)
    }


def test_a_file_stays_for_good_under_its_version_and_no_other(client: Client) -> None:
    version = programme().version
    answer = client.get(f"/till/v/{version}/log/log.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]
    for address in (
        f"/till/v/{'0' * 16}/log/log.js",
        f"/till/v/{version}/sw.js",
        f"/till/v/{version}/README.md",
        f"/till/v/{version}/../sw.js",
        f"/till/v/{version}/%2e%2e/run.py",
    ):
        assert client.get(address).status_code == 404, address


def test_web_assembly_is_allowed_to_the_cameras_worker_alone(client: Client) -> None:
    ours = programme()
    workers = [name for name in ours.files if name.endswith(".worker.js")]
    assert workers
    for name in (*workers, "main.js"):
        policy = client.get(f"/till/v/{ours.version}/{name}").headers["Content-Security-Policy"]
        assert ("'wasm-unsafe-eval'" in policy) == (name in workers)
        assert "'unsafe-eval'" not in policy
        assert "'unsafe-inline'" not in policy
    page = client.get("/till/").headers["Content-Security-Policy"]
    assert "unsafe" not in page
