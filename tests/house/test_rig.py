"""The set-up and the test rig themselves: what everything else is believed by."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

import run
from tests.rig import machine, oracles, postgres, suite

REPORT = """<testsuites><testsuite>
<testcase classname="tests.shop" name="test_a_sale_is_a_fact"/>
<testcase classname="tests.shop" name="test_refund"><failure message="off by one som"/></testcase>
<testcase classname="tests.shop" name="test_till"><error message="no till"/></testcase>
<testcase classname="tests.shop" name="test_page"><skipped message="browser: none"/></testcase>
</testsuite></testsuites>"""


def test_the_set_up_needs_the_standard_library_alone() -> None:
    module = ast.parse((machine.CHECKOUT / "run.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(module) if isinstance(node, ast.Import)]
    names = {alias.name.split(".")[0] for node in imports for alias in node.names}
    names |= {str(n.module) for n in ast.walk(module) if isinstance(n, ast.ImportFrom)}
    assert names
    assert names <= sys.stdlib_module_names


def test_another_lock_is_another_stamp() -> None:
    assert run.stamp_of("run") == run.stamp_of("run")
    assert run.stamp_of("run").split()[1] != run.stamp_of("dev").split()[1]


def test_a_report_is_counted_case_by_case(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    tally = suite.read_report(report)
    assert (tally.passed, tally.failed, tally.skipped) == (1, 2, 1)
    assert tally.closing() == [
        "left out: 1 × browser: none",
        "FAILED: tests.shop::test_refund",
        "FAILED: tests.shop::test_till",
        "1 passed, 2 failed, 1 skipped",
    ]


def run_a_small_suite(folder: Path, text: str) -> suite.Tally:
    """What the rig makes of one test file, run apart from our own settings."""
    (folder / "test_small.py").write_text(text)
    words = ["-c", "/dev/null", "-p", "no:django", "-p", "no:cacheprovider", str(folder)]
    return suite.run_tests("small", words, None, loud=False)


def test_a_run_that_breaks_down_is_a_failure(tmp_path: Path) -> None:
    tally = run_a_small_suite(tmp_path, "import os\nos._exit(3)\n")
    assert (tally.passed, tally.failed) == (0, 1)
    assert tally.broken == ["small: pytest ended with status 3"]


def test_a_run_without_a_test_is_named_and_not_a_pass(tmp_path: Path) -> None:
    tally = run_a_small_suite(tmp_path, "felt = 350\n")
    assert tally.passed == 0
    assert list(tally.left_out) == ["small: no test carries these marks"]


@pytest.mark.postgres
def test_the_private_cluster_is_closed_to_others_and_leaves_nothing() -> None:
    with postgres.cluster() as address:
        folder = Path(address.partition("host=")[2])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert list(folder.glob(".s.PGSQL.*"))
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_a_users_own_cluster_is_never_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "shop.example")
    assert "PGHOST" not in postgres.clean_environment()


def test_libraries_that_cannot_be_had_are_named_with_what_pip_says() -> None:
    program = "import sys; sys.exit('WARNING: slow\\nERROR: No matching distribution for felt')"
    with pytest.raises(oracles.OraclesAbsent, match="ERROR: No matching distribution for felt"):
        oracles.run([sys.executable, "-c", program])


def test_the_counts_are_compared_without_django() -> None:
    """Their environment has none: what they import of ours is the rules alone."""
    ours = set()
    for file in (machine.CHECKOUT / oracles.FOLDER).glob("*.py"):
        module = ast.parse(file.read_text(encoding="utf-8"))
        found = [str(n.module) for n in ast.walk(module) if isinstance(n, ast.ImportFrom)]
        ours |= {name for name in found if name.startswith("ayil")}
    assert ours
    assert {name for name in ours if not name.startswith("ayil.decisions.rules")} == set()
