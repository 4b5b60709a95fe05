"""The till's files are given out under a version that changes with every one of them."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from ayil.shop.programme import (
    KINDS,
    ON_DEMAND,
    PACK,
    SHELL,
    Programme,
    programme,
    without_remarks,
)
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
    whole = client.get(f"/till/v/{ours.version}/{PACK}").content.decode()
    first, rest = whole.split("\n", 1)
    told = json.loads(first)
    texts = {}
    for name, kind, length in told["files"]:
        texts[name], rest = rest[:length], rest[length:]
        assert kind == KINDS[Path(name).suffix]
    pack = json.loads(rest)
    assert len(rest) == told["words"]
    packed = texts | dict.fromkeys(pack["catalogues"])
    alone = set(re.findall(r'"([^"]+\.(?:js|mjs|css|json|svg|png))"', text))
    assert {"main.js", "log/log.js", "words/ky.json", "till.css"} <= set(packed)
    assert alone == {name for name in ours.kept if name.endswith(".worker.js")}
    assert set(packed) | alone == {
        name
        for name in ours.files
        if name not in SHELL and not name.startswith(ON_DEMAND) and not name.endswith(".png")
    }
    for name, text in texts.items():
        assert ours.files[name].decode() == text
    for name, said in pack["catalogues"].items():
        both = zip(pack["english"], said, strict=True)
        assert {one: other for one, other in both if other} == json.loads(ours.files[name])


def test_the_pack_travels_packed_to_those_who_take_it_so(client: Client) -> None:
    address = f"/till/v/{programme().version}/{PACK}"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_remarks_stay_at_home_and_nothing_else_does() -> None:
    code = """// Why.
/** What it gives. */
export function ends(words) {
  /**
   * More of it.
   */
  const address = "https://x"; // a remark beside code stays
  return words.endsWith("*/") || `//${address}`;
}
"""
    slim = without_remarks("kit/x.js", code.encode()).decode()
    assert slim.split("\n") == [
        "export function ends(words) {",
        'const address = "https://x"; // a remark beside code stays',
        'return words.endsWith("*/") || `//${address}`;',
        "}",
    ]
    picture = b"// Dots.\nexport default `\n  // a letter\n`;\n"
    assert without_remarks("kit/dots.js", picture) == picture
    assert without_remarks("libraries/x.js", code.encode()) == code.encode()


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
