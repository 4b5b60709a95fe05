"""A private PostgreSQL cluster from the machine's own binaries, for one run of the tests.

    python -m tests.rig.postgres pytest tests/ledger -q

runs a command with AYIL_TEST_DATABASE_URL set to a cluster that lives as long as the command.
It listens on a Unix socket only, in a folder that only its user may enter. The tests sign in as a
role that may create databases and is no superuser, since a superuser passes what others meet.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.rig import machine
from tests.rig.home import TEST_DATABASE

ROLE = "ayil_tests"
READY_WITHIN_S = 30
# What is lost when the power fails does not matter for a cluster that is thrown away.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB")


class PostgresAbsent(RuntimeError):
    """This machine cannot start a private cluster; the message is the reason."""


def unprivileged() -> dict[str, Any]:
    """How to start a child: as `postgres` or `nobody` where we are root, else as ourselves."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise PostgresAbsent("we are root and there is no user `postgres` or `nobody` to run it as")


def short_folder(as_user: dict[str, Any]) -> Path:
    """A new folder of the cluster's user, its path short enough for a Unix socket (107 bytes)."""
    folder = Path(tempfile.mkdtemp(prefix="ayil-pg-"))
    if len(str(folder)) > 80:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="ayil-pg-", dir="/" + "tmp"))
    folder.chmod(0o700)
    if as_user:
        os.chown(folder, as_user["user"], as_user["group"])
    return folder


def call(command: list[str], as_user: dict[str, Any], folder: Path) -> None:
    """Run one program of the cluster, or raise with what it said."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    if done.returncode != 0:
        raise PostgresAbsent(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")


def clean_environment() -> dict[str, str]:
    """Our environment without PG…: a user's PGDATA or PGHOST must not lead to a real cluster."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster, yield its `postgresql://…` address, and take everything away again."""
    binaries = machine.postgres_folder()
    if binaries is None:
        raise PostgresAbsent("no initdb on this machine")
    as_user = unprivileged()
    folder = short_folder(as_user)
    try:
        data = folder / "data"
        words = ["--no-sync", "--auth=trust", "--username=keeper", "--encoding=UTF8"]
        call([str(binaries / "initdb"), "-D", str(data), *words, "--locale=C"], as_user, folder)
        with started(binaries, data, folder, as_user):
            yield f"postgresql://{ROLE}@/ayil?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def started(binaries: Path, data: Path, folder: Path, as_user: dict[str, Any]) -> Iterator[None]:
    """Run the server on this cluster until the block ends."""
    settings = [f"unix_socket_directories={folder}", "listen_addresses=", "timezone=UTC", *FAST]
    options = [word for setting in settings for word in ("-c", setting)]
    with (folder / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), *options],
            cwd=folder,
            env=clean_environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            **as_user,
        )
    try:
        make_role(folder, server)
        yield
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def make_role(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait for the server, then make the tests' role and its database."""
    import psycopg

    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            keeper = psycopg.connect(
                host=str(folder), user="keeper", dbname="postgres", autocommit=True
            )
            break
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                said = (folder / "log.txt").read_text(errors="replace")[-500:]
                raise PostgresAbsent(f"the server did not start: {said}") from error
            time.sleep(0.05)
    with keeper:
        keeper.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOREPLICATION")
        keeper.execute(f"CREATE DATABASE ayil OWNER {ROLE}")


def main(words: list[str]) -> int:
    """Run the words (a module of Python such as `pytest …`) with a cluster beside them."""
    try:
        with cluster() as address:
            command = [sys.executable, "-m", *words]
            environment = os.environ | {TEST_DATABASE: address}
            return subprocess.run(command, env=environment, check=False).returncode
    except PostgresAbsent as absent:
        print(f"PostgreSQL is left out: {absent}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
